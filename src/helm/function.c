#include "helm/function.h"

#include <stdlib.h>

#include "base/utf8.h"

/* Most differ in their first letter. */
static int compare_name(const void *key, const void *row)
{
	struct str name = *(const struct str *)key;
	const char *other = ((const struct function *)row)->name;
	int order = (name.len > 0 ? (unsigned char)name.ptr[0] : 0) - (unsigned char)other[0];

	return order != 0 ? order : str_compare(name, str_of(other));
}

const struct function *function_find(struct str name)
{
	enum { KNOWN, ANY };
#define FUNCTION_ROW(row_name, row_min, row_max, accepts, row_body)                                                    \
	{.name = row_name, .min = row_min, .max = row_max, .any = accepts, .body = function_##row_body},
	static const struct function table[] = {FUNCTIONS(FUNCTION_ROW)};
#undef FUNCTION_ROW

	return bsearch(&name, table, sizeof(table) / sizeof(table[0]), sizeof(table[0]), compare_name);
}

/* What looking at a value as a whole costs, in nodes. */
static size_t cost_of(const struct data *data)
{
	return data->kind == DATA_STRING ? data->string.len / 64 : data_weight(data) / 8;
}

const struct data *function_call(const struct function *function, const struct call *call)
{
	size_t cost = 0;

	if (call->count < function->min || call->count > function->max)
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < call->count; i++) {
		if (call->arguments[i]->kind == DATA_UNKNOWN && !function->any)
			return &DATA_IS_UNKNOWN;
		cost += cost_of(call->arguments[i]);
	}
	if (!evaluation_spend(call->evaluation, cost))
		return &DATA_IS_UNKNOWN;
	return function->body(call);
}

bool call_string(const struct call *call, size_t index, struct str *text)
{
	if (call->arguments[index]->kind != DATA_STRING)
		return false;
	*text = call->arguments[index]->string;
	return true;
}

bool call_integer(const struct call *call, size_t index, int64_t *value)
{
	if (call->arguments[index]->kind != DATA_INT)
		return false;
	*value = call->arguments[index]->integer;
	return true;
}

bool call_map(const struct call *call, size_t index, const struct data **map)
{
	*map = call->arguments[index];
	return (*map)->kind == DATA_MAP;
}

bool call_items(const struct call *call, size_t index, struct data_items *items)
{
	const struct data *list = call->arguments[index];

	if (list->kind != DATA_LIST || !data_is_closed(call->arena, list))
		return false;
	*items = data_items(call->arena, list);
	return !list->list->unordered || items->count < 2;
}

bool call_entries(const struct call *call, size_t index, struct data_entries *entries)
{
	const struct data *map = call->arguments[index];

	if (map->kind != DATA_MAP || !data_is_closed(call->arena, map))
		return false;
	*entries = data_entries(call->arena, map);
	return true;
}

bool call_is_yaml(const struct call *call, size_t index)
{
	return call->arguments[index]->kind == DATA_YAML;
}

const struct data *call_text(const struct call *call, struct str text)
{
	if (str_is_absent(text) || text.len > EVALUATION_TEXT_MAX)
		return &DATA_IS_UNKNOWN;
	evaluation_spend(call->evaluation, text.len / 64);
	return data_string(call->arena, text, (struct span){0});
}

const struct data *call_take(const struct call *call, struct strbuf *text)
{
	const struct data *data = call_text(call, arena_str(call->arena, strbuf_str(text)));

	strbuf_release(text);
	return data;
}

const struct data *call_truth(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? &DATA_IS_UNKNOWN : data_bool(truth == TRUTH_YES);
}

const struct data *call_list(const struct call *call, const struct data *const *items, size_t count)
{
	struct data *list = data_list_new(call->arena, (struct span){0});

	for (size_t i = 0; i < count; i++)
		data_list_add(call->arena, list, items[i]);
	return list;
}

struct str function_strval(struct arena *arena, const struct data *data)
{
	return data->kind == DATA_NIL ? STR("<nil>") : data_text(arena, data);
}

static enum truth truth_of(bool value)
{
	return value ? TRUTH_YES : TRUTH_NO;
}

/* Lists, and maps, of equal content may still differ in their Go types: they are never known to be equal. */
static enum truth lists_equal(struct evaluation *evaluation, const struct data *a, const struct data *b)
{
	struct data_items left = data_items(evaluation->arena, a), right = data_items(evaluation->arena, b);

	if (!data_is_closed(evaluation->arena, a) || !data_is_closed(evaluation->arena, b))
		return TRUTH_UNKNOWN;
	return left.count != right.count ? TRUTH_NO : TRUTH_UNKNOWN;
}

enum truth function_equal(struct evaluation *evaluation, const struct data *a, const struct data *b)
{
	if (!evaluation_spend(evaluation, 1) || a->kind == DATA_UNKNOWN || b->kind == DATA_UNKNOWN || a->maybe ||
		b->maybe)
		return TRUTH_UNKNOWN;
	if (a->kind != b->kind)
		return a->kind == DATA_YAML || b->kind == DATA_YAML ? TRUTH_UNKNOWN : TRUTH_NO;
	switch (a->kind) {
	case DATA_NIL:
		return TRUTH_YES;
	case DATA_BOOL:
		return truth_of(a->boolean == b->boolean);
	case DATA_INT: /* int or int64 */
		return a->integer == b->integer ? TRUTH_UNKNOWN : TRUTH_NO;
	case DATA_FLOAT:
		return truth_of(a->number == b->number);
	case DATA_STRING:
		return truth_of(str_equal(a->string, b->string));
	case DATA_LIST:
		return lists_equal(evaluation, a, b);
	case DATA_MAP:
	case DATA_YAML:
	case DATA_UNKNOWN:
		break;
	}
	return TRUTH_UNKNOWN;
}
