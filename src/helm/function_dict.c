/* Functions of maps. Some change them, as all see that hold them; those that come from values, which other templates see too, become unknown there. */
#include "helm/data_log.h"
#include "helm/function.h"

/* Maps within each other, for functions that copy or merge them. */
#define DEPTH_MAX 200

/* Others see a change of what no function has made. */
static void note_change(const struct call *call, const struct data *map)
{
	evaluation_settle(call->evaluation);
	if (map->map->trace)
		data_log_change(map->map->trace);
	else if (!map->map->fresh)
		call->evaluation->changes_others = true;
}

/* Sets a key (NULL: takes it out), as far as it is known that this is executed. */
static void change(const struct call *call, const struct data *map, struct str key, const struct data *value)
{
	bool was_there = data_find(call->arena, map, key) != NULL;

	note_change(call, map);
	if (map->map->fresh && !call->maybe)
		data_set(call->arena, map, key, value);
	else if (was_there || value)
		data_set(call->arena, map, key,
			was_there ? &DATA_IS_UNKNOWN : data_maybe(call->arena, &DATA_IS_UNKNOWN));
}

/* All that is in a map becomes unknown, and more may be. */
static void forget(const struct call *call, const struct data *map)
{
	struct data_entries entries = data_entries(call->arena, map);
	struct data *open = (struct data *)map;

	note_change(call, map);
	for (size_t i = 0; i < entries.count; i++)
		data_set(call->arena, map, entries.items[i].key, data_maybe(call->arena, &DATA_IS_UNKNOWN));
	open->open = true;
}

const struct data *function_dict(const struct call *call)
{
	struct data *map = data_map_fresh(call->arena);

	for (size_t i = 0; i < call->count; i += 2) {
		struct str key = function_strval(call->arena, call->arguments[i]);

		if (str_is_absent(key))
			return &DATA_IS_UNKNOWN;
		data_set(call->arena, map, key,
			i + 1 < call->count ? call->arguments[i + 1]
					    : data_string(call->arena, STR(""), (struct span){0}));
	}
	return map;
}

const struct data *function_get(const struct call *call)
{
	const struct data *map, *value;
	struct str key;

	if (!call_map(call, 0, &map) || !call_string(call, 1, &key))
		return &DATA_IS_UNKNOWN;
	value = data_find(call->arena, map, key);
	if (value)
		return value->maybe ? &DATA_IS_UNKNOWN : value;
	return map->open ? &DATA_IS_UNKNOWN : call_text(call, STR(""));
}

/* Sets a key of the first argument, or takes it away (NULL); the map is the result. */
static const struct data *change_key(const struct call *call, const struct data *value)
{
	const struct data *map;
	struct str key;

	if (!call_map(call, 0, &map))
		return &DATA_IS_UNKNOWN;
	if (call_string(call, 1, &key))
		change(call, map, key, value);
	else
		forget(call, map);
	return map;
}

const struct data *function_set(const struct call *call)
{
	return change_key(call, call->arguments[2]);
}

const struct data *function_unset(const struct call *call)
{
	return change_key(call, NULL);
}

const struct data *function_has_key(const struct call *call)
{
	const struct data *map, *value;
	struct str key;

	if (!call_map(call, 0, &map) || !call_string(call, 1, &key))
		return &DATA_IS_UNKNOWN;
	value = data_find(call->arena, map, key);
	if (value)
		return value->maybe ? &DATA_IS_UNKNOWN : data_bool(true);
	return map->open ? &DATA_IS_UNKNOWN : data_bool(false);
}

const struct data *function_pluck(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	const struct data *map, *value;
	struct str key;

	if (!call_string(call, 0, &key))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 1; i < call->count; i++) {
		if (!call_map(call, i, &map))
			return &DATA_IS_UNKNOWN;
		value = data_find(call->arena, map, key);
		if (value ? value->maybe : map->open)
			return &DATA_IS_UNKNOWN;
		if (value)
			data_list_add(call->arena, list, value);
	}
	return list;
}

const struct data *function_keys(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_entries entries;

	for (size_t i = 0; i < call->count; i++) {
		if (!call_entries(call, i, &entries))
			return &DATA_IS_UNKNOWN;
		for (size_t j = 0; j < entries.count; j++)
			data_list_add(call->arena, list, call_text(call, entries.items[j].key));
	}
	list->list->unordered = true;
	return list;
}

const struct data *function_values(const struct call *call)
{
	struct data *list = data_list_new(call->arena, (struct span){0});
	struct data_entries entries;

	if (!call_entries(call, 0, &entries))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < entries.count; i++)
		data_list_add(call->arena, list, entries.items[i].value);
	list->list->unordered = true;
	return list;
}

const struct data *function_pick(const struct call *call)
{
	struct data *picked = data_map_fresh(call->arena);
	const struct data *map, *value;
	struct str key;

	if (!call_map(call, 0, &map))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 1; i < call->count; i++) {
		if (!call_string(call, i, &key))
			return &DATA_IS_UNKNOWN;
		value = data_find(call->arena, map, key);
		if (value)
			data_set(call->arena, picked, key, value);
		else
			picked->open = picked->open || map->open;
	}
	return picked;
}

static struct data *copy_map(const struct call *call, const struct data *map)
{
	struct data_entries entries = data_entries(call->arena, map);
	struct data *copy = data_map_fresh(call->arena);

	for (size_t i = 0; i < entries.count; i++)
		data_set(call->arena, copy, entries.items[i].key, entries.items[i].value);
	copy->open = map->open;
	copy->span = map->span;
	return copy;
}

const struct data *function_omit(const struct call *call)
{
	const struct data *map;
	struct data *kept;
	struct str key;

	if (!call_map(call, 0, &map))
		return &DATA_IS_UNKNOWN;
	kept = copy_map(call, map);
	for (size_t i = 1; i < call->count; i++) {
		if (!call_string(call, i, &key) || kept->open)
			return &DATA_IS_UNKNOWN;
		data_remove(call->arena, kept, key);
	}
	return kept;
}

/* dig "a" "b" default map */
const struct data *function_dig(const struct call *call)
{
	const struct data *data = call->arguments[call->count - 1];
	struct str key;

	for (size_t i = 0; i + 2 < call->count; i++) {
		const struct data *value =
			data->kind == DATA_MAP && call_string(call, i, &key) ? data_find(call->arena, data, key) : NULL;

		if (data->kind != DATA_MAP || call->arguments[i]->kind != DATA_STRING || (!value && data->open))
			return &DATA_IS_UNKNOWN;
		if (!value)
			return call->arguments[call->count - 2];
		if (value->maybe)
			return &DATA_IS_UNKNOWN;
		data = value;
	}
	return data;
}

static const struct data *deep_copy(const struct call *call, const struct data *data, unsigned depth)
{
	struct data_entries entries = data_entries(call->arena, data);
	struct data_items items = data_items(call->arena, data);
	struct data *copy;

	if (data->kind != DATA_MAP && data->kind != DATA_LIST)
		return data;
	if (depth > DEPTH_MAX || !evaluation_spend(call->evaluation, 1 + entries.count / 4 + items.count / 4))
		return &DATA_IS_UNKNOWN;
	copy = data->kind == DATA_MAP ? data_map_fresh(call->arena) : data_list_new(call->arena, data->span);
	for (size_t i = 0; i < entries.count; i++)
		data_set(call->arena, copy, entries.items[i].key, deep_copy(call, entries.items[i].value, depth + 1));
	for (size_t i = 0; i < items.count; i++)
		data_list_add(call->arena, copy, deep_copy(call, items.items[i], depth + 1));
	if (data->kind == DATA_LIST)
		copy->list->unordered = data->list->unordered;
	copy->open = data->open;
	copy->maybe = data->maybe;
	copy->span = data->span;
	return copy;
}

const struct data *function_deep_copy(const struct call *call)
{
	return deep_copy(call, call->arguments[0], 0);
}

static struct data *merge_into(
	const struct call *call, const struct data *into, const struct data *from, bool overwrite, unsigned depth);

/* What mergo leaves at a key; NULL: what was there. Combinations that its versions treat differently are unknown. */
static const struct data *merge_value(
	const struct call *call, const struct data *old, const struct data *new, bool overwrite, unsigned depth)
{
	enum truth is_set = old ? data_truth(call->arena, old) : TRUTH_NO;

	if ((!old || old->maybe) && (new->maybe || new->kind == DATA_NIL) && (old || new->maybe))
		return data_maybe(call->arena, &DATA_IS_UNKNOWN);
	if (new->maybe || is_set == TRUTH_UNKNOWN || (old && old->maybe))
		return &DATA_IS_UNKNOWN;
	if (new->kind == DATA_NIL && overwrite && !(old && old->kind == DATA_NIL))
		return old ? &DATA_IS_UNKNOWN : data_maybe(call->arena, new);
	if (new->kind == DATA_NIL)
		return NULL;
	if (new->kind == DATA_UNKNOWN)
		return is_set == TRUTH_YES && !overwrite && old->kind != DATA_MAP ? NULL : new;
	if (old && old->kind == DATA_MAP && new->kind == DATA_MAP)
		return is_set == TRUTH_YES ? merge_into(call, old, new, overwrite, depth + 1) : new;
	if (new->kind == DATA_MAP)
		return !old || old->kind == DATA_NIL ? new : &DATA_IS_UNKNOWN;
	return is_set == TRUTH_NO || overwrite ? new : NULL;
}

/* Merges into a map; where that belongs to the values, into a copy of it, and nothing more is said of itself: what is done to the result is done to it. */
static struct data *merge_into(
	const struct call *call, const struct data *into, const struct data *from, bool overwrite, unsigned depth)
{
	struct data_entries entries = data_entries(call->arena, from);
	bool in_place = into->map->fresh && !call->maybe;
	struct data *merged = in_place ? (struct data *)into : copy_map(call, into);

	evaluation_settle(call->evaluation);
	if (depth > DEPTH_MAX || from->open || !evaluation_spend(call->evaluation, 1 + entries.count / 4)) {
		forget(call, into);
		forget(call, merged);
		return merged;
	}
	for (size_t i = 0; i < entries.count; i++) {
		struct str key = entries.items[i].key;
		const struct data *old = data_find(call->arena, merged, key);
		const struct data *value = merge_value(call, old, entries.items[i].value, overwrite, depth);

		if (!value)
			continue;
		data_set(call->arena, merged, key, !old && into->open ? &DATA_IS_UNKNOWN : value);
	}
	if (!in_place)
		forget(call, into);
	return merged;
}

static const struct data *merge_all(const struct call *call, bool overwrite)
{
	const struct data *merged, *from;

	if (!call_map(call, 0, &merged))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 1; i < call->count; i++) {
		if (!call_map(call, i, &from)) {
			forget(call, merged);
			return &DATA_IS_UNKNOWN;
		}
		merged = merge_into(call, merged, from, overwrite, 0);
	}
	return merged;
}

const struct data *function_merge(const struct call *call)
{
	return merge_all(call, false);
}

const struct data *function_merge_overwrite(const struct call *call)
{
	return merge_all(call, true);
}
