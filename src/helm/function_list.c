/* Functions of lists, and those that make lists of text. */
#include <stdlib.h>

#include "helm/function.h"

static const struct data *range_of(const struct call *call, const struct data_items *items, size_t start, size_t end)
{
	return start < end ? call_list(call, items->items + start, end - start) : call_list(call, NULL, 0);
}

const struct data *function_list(const struct call *call)
{
	return call_list(call, call->arguments, call->count);
}

const struct data *function_first(const struct call *call)
{
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	return items.count > 0 ? items.items[0] : &DATA_IS_NIL;
}

const struct data *function_last(const struct call *call)
{
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	return items.count > 0 ? items.items[items.count - 1] : &DATA_IS_NIL;
}

const struct data *function_rest(const struct call *call)
{
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	return items.count > 0 ? range_of(call, &items, 1, items.count) : call_list(call, NULL, 0);
}

const struct data *function_initial(const struct call *call)
{
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	return items.count > 0 ? range_of(call, &items, 0, items.count - 1) : call_list(call, NULL, 0);
}

const struct data *function_append(const struct call *call)
{
	struct data_items items;
	struct data *list;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	list = (struct data *)range_of(call, &items, 0, items.count);
	data_list_add(call->arena, list, call->arguments[1]);
	return list;
}

const struct data *function_prepend(const struct call *call)
{
	struct data_items items;
	struct data *list;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	list = (struct data *)call_list(call, &call->arguments[1], 1);
	for (size_t i = 0; i < items.count; i++)
		data_list_add(call->arena, list, items.items[i]);
	return list;
}

const struct data *function_concat(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items;

	for (size_t i = 0; i < call->count; i++) {
		if (!call_items(call, i, &items))
			return &DATA_IS_UNKNOWN;
		for (size_t j = 0; j < items.count; j++)
			data_list_add(call->arena, list, items.items[j]);
	}
	return list;
}

const struct data *function_reverse(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	for (size_t i = items.count; i > 0; i--)
		data_list_add(call->arena, list, items.items[i - 1]);
	return list;
}

static enum truth is_among(
	const struct call *call, const struct data *needle, const struct data *const *items, size_t count)
{
	enum truth truth = TRUTH_NO;

	for (size_t i = 0; i < count; i++) {
		enum truth next = function_equal(call->evaluation, needle, items[i]);

		if (next == TRUTH_YES)
			return next;
		if (next == TRUTH_UNKNOWN)
			truth = next;
	}
	return truth;
}

const struct data *function_uniq(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items, kept;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < items.count; i++) {
		enum truth truth;

		kept = data_items(call->arena, list);
		truth = is_among(call, items.items[i], kept.items, kept.count);
		if (truth == TRUTH_UNKNOWN)
			return &DATA_IS_UNKNOWN;
		if (truth == TRUTH_NO)
			data_list_add(call->arena, list, items.items[i]);
	}
	return list;
}

const struct data *function_without(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < items.count; i++) {
		enum truth truth = is_among(call, items.items[i], call->arguments + 1, call->count - 1);

		if (truth == TRUTH_UNKNOWN)
			return &DATA_IS_UNKNOWN;
		if (truth == TRUTH_NO)
			data_list_add(call->arena, list, items.items[i]);
	}
	return list;
}

/* The order of the list is of no importance here. */
const struct data *function_has(const struct call *call)
{
	const struct data *list = call->arguments[1];
	struct data_items items = data_items(call->arena, list);
	enum truth truth;

	if (list->kind == DATA_NIL)
		return data_bool(false);
	if (list->kind != DATA_LIST)
		return &DATA_IS_UNKNOWN;
	truth = is_among(call, call->arguments[0], items.items, items.count);
	return truth == TRUTH_NO && list->open ? &DATA_IS_UNKNOWN : call_truth(truth);
}

const struct data *function_compact(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < items.count; i++) {
		enum truth truth = data_truth(call->arena, items.items[i]);

		if (truth == TRUTH_UNKNOWN)
			return &DATA_IS_UNKNOWN;
		if (truth == TRUTH_YES)
			data_list_add(call->arena, list, items.items[i]);
	}
	return list;
}

/* slice list [start [end]]; of an empty list nil. */
const struct data *function_slice(const struct call *call)
{
	struct data_items items;
	int64_t start = 0, end;

	if (!call_items(call, 0, &items))
		return &DATA_IS_UNKNOWN;
	if (items.count == 0)
		return &DATA_IS_NIL;
	end = (int64_t)items.count;
	if ((call->count > 1 && !call_integer(call, 1, &start)) || (call->count > 2 && !call_integer(call, 2, &end)))
		return &DATA_IS_UNKNOWN;
	if (start < 0 || end < start || end > (int64_t)items.count)
		return &DATA_IS_UNKNOWN;
	return range_of(call, &items, (size_t)start, (size_t)end);
}

const struct data *function_chunk(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items;
	int64_t size;

	if (!call_integer(call, 0, &size) || size < 1 || !call_items(call, 1, &items))
		return &DATA_IS_UNKNOWN;
	for (size_t start = 0; start < items.count;) {
		size_t end = (uint64_t)size < items.count - start ? start + (size_t)size : items.count;

		data_list_add(call->arena, list, range_of(call, &items, start, end));
		start = end;
	}
	return list;
}

/* The items as text (sprig's strslice): nil ones are left out, and what is no list is one item. */
static const struct data *to_strings(const struct call *call, const struct data *data)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_items items = {.items = &data, .count = 1};

	if (data->kind == DATA_LIST) {
		if (!data_is_closed(call->arena, data))
			return NULL;
		items = data_items(call->arena, data);
		list->list->unordered = data->list->unordered;
	}
	for (size_t i = 0; i < items.count; i++) {
		struct str text = data_text(call->arena, items.items[i]);

		if (items.items[i]->kind == DATA_NIL)
			continue;
		if (str_is_absent(text))
			return NULL;
		data_list_add(call->arena, list, call_text(call, text));
	}
	return list;
}

const struct data *function_to_strings(const struct call *call)
{
	const struct data *list = to_strings(call, call->arguments[0]);

	return list ? list : &DATA_IS_UNKNOWN;
}

static int compare_text(const void *a, const void *b)
{
	return str_compare((*(const struct data *const *)a)->string, (*(const struct data *const *)b)->string);
}

const struct data *function_sort_alpha(const struct call *call)
{
	const struct data *list = call->arguments[0]->kind == DATA_NIL ? NULL : to_strings(call, call->arguments[0]);

	if (!list)
		return &DATA_IS_UNKNOWN;
	list->list->unordered = false;
	if (list->list->count > 1)
		qsort(list->list->items, list->list->count, sizeof(struct data *), compare_text);
	return list;
}

const struct data *function_join(const struct call *call)
{
	const struct data *list = to_strings(call, call->arguments[1]);
	struct strbuf out = STRBUF_INIT;
	struct str separator;

	if (!list || !call_string(call, 0, &separator) || (list->list->unordered && list->list->count > 1))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < list->list->count && out.len <= EVALUATION_TEXT_MAX; i++) {
		if (i > 0)
			strbuf_append(&out, separator);
		strbuf_append(&out, list->list->items[i]->string);
	}
	return call_take(call, &out);
}

/* Up to limit pieces (0: any number); of an empty separator Go makes characters. NULL where too many. */
static struct data *cut(const struct call *call, struct str separator, struct str text, size_t limit)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	size_t start = 0;

	if (separator.len == 0)
		return NULL;
	for (size_t at = 0; at + separator.len <= text.len && (limit == 0 || list->list->count + 1 < limit);) {
		if (!str_starts_with(str_slice(text, at, text.len), separator)) {
			at++;
			continue;
		}
		if (list->list->count >= EVALUATION_ITEMS_MAX)
			return NULL;
		data_list_add(call->arena, list, call_text(call, str_slice(text, start, at - start)));
		at += separator.len;
		start = at;
	}
	data_list_add(call->arena, list, call_text(call, str_slice(text, start, text.len)));
	return list;
}

const struct data *function_split_list(const struct call *call)
{
	struct str separator, text;
	const struct data *list;

	if (!call_string(call, 0, &separator) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	list = cut(call, separator, text, 0);
	return list ? list : &DATA_IS_UNKNOWN;
}

/* A map with keys _0, _1, … It is open: what is not there is "" in it, not nil. */
static const struct data *numbered(const struct call *call, const struct data *list)
{
	struct data *map = data_map_fresh(call->arena);

	if (!list)
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < list->list->count; i++)
		data_set(call->arena, map, arena_printf(call->arena, "_%zu", i), list->list->items[i]);
	map->open = true;
	return map;
}

const struct data *function_split(const struct call *call)
{
	struct str separator, text;

	if (!call_string(call, 0, &separator) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return numbered(call, cut(call, separator, text, 0));
}

const struct data *function_splitn(const struct call *call)
{
	struct str separator, text;
	int64_t count;

	if (!call_string(call, 0, &separator) || !call_integer(call, 1, &count) || !call_string(call, 2, &text))
		return &DATA_IS_UNKNOWN;
	return count > 0 ? numbered(call, cut(call, separator, text, (size_t)count)) : &DATA_IS_UNKNOWN;
}
