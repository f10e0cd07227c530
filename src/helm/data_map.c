/* Maps: asked for what they hold, and changed. */
#include "helm/data_fill.h"
#include "helm/data_log.h"
#include "helm/data_private.h"

/* A map is filled once it has been asked for so many keys. */
#define FOUND_MAX 12

struct data *data_map_new(struct arena *arena, struct span span)
{
	struct whole {
		struct data data;
		struct data_map map;
	} *whole = arena_alloc(arena, sizeof(*whole));

	*whole = (struct whole){.data = {.kind = DATA_MAP, .span = span}, .map = {.filled = true}};
	whole->data.map = &whole->map;
	return &whole->data;
}

struct data *data_map_fresh(struct arena *arena)
{
	struct data *data = data_map_new(arena, (struct span){0});

	data->map->fresh = true;
	return data;
}

static bool is_simple(const struct node *mapping)
{
	for (uint32_t i = 0; i < mapping->mapping.count && !mapping->word_keys; i++) {
		const struct node *key = mapping->mapping.pairs[i].key;

		if (key->kind != NODE_SCALAR || key->type != TYPE_STR || !data_key_is_text(key))
			return false;
	}
	return !mapping->has_merge && !mapping->repeats_key;
}

void data_settle(struct arena *arena, const struct data *data)
{
	struct data_map *map = data->map;

	if (data->kind != DATA_MAP || map->filled || map->simple || !map->node)
		return;
	map->simple = is_simple(map->node);
	if (!map->simple)
		data_fill(arena, data);
}

/* What is below a map that is watched is, too. */
static const struct data *watched(struct arena *arena, struct data_map *map, struct str key, const struct data *value)
{
	if (map->trace && map->layers && value && value->kind == DATA_MAP)
		data_watch_below(arena, map->trace, key, value);
	return value;
}

static const struct data *entry_value(struct arena *arena, struct data_map *map, size_t index)
{
	struct data_entry *entry = &map->entries[index];

	if (!entry->value && map->layers)
		entry->value = watched(arena, map, entry->key, data_merged_value(arena, map, entry->key));
	if (!entry->value && map->layers)
		entry->value = &DATA_IS_NIL;
	else if (!entry->value)
		entry->value = data_of_node(arena, map->pairs[index]->value, map->source);
	return entry->value;
}

/* Looks a key up in a map that is not filled, and notes what there is. */
static const struct data *look_up(struct arena *arena, struct data_map *map, struct str key)
{
	struct data_found *found = arena_alloc(arena, sizeof(*found));
	const struct node_pair *pair = map->node ? node_find(map->node, key) : NULL;

	found->key = pair ? pair->key->scalar : arena_str(arena, key);
	found->value = NULL;
	if (pair)
		found->value = data_of_node(arena, pair->value, map->source);
	else if (!map->node)
		found->value = watched(arena, map, found->key, data_merged_value(arena, map, found->key));
	found->next = map->found;
	map->found = found;
	map->found_count++;
	return found->value;
}

const struct data *data_find_unwatched(struct arena *arena, const struct data *data, struct str key)
{
	struct data_map *map = data->map;
	size_t index;

	if (data->kind != DATA_MAP)
		return NULL;
	data_settle(arena, data);
	for (const struct data_found *found = map->filled ? NULL : map->found; found; found = found->next) {
		if (str_equal(found->key, key))
			return found->value;
	}
	if (!map->filled && map->found_count < FOUND_MAX)
		return look_up(arena, map, key);
	data_fill(arena, data);
	index = data_index(map, key);
	return index != SIZE_MAX ? entry_value(arena, map, index) : NULL;
}

const struct data *data_find(struct arena *arena, const struct data *map, struct str key)
{
	const struct data *value = data_find_unwatched(arena, map, key);

	if (map->kind == DATA_MAP && map->map->trace)
		data_log_find(map->map->trace, key, value);
	return value;
}

enum truth data_map_truth(struct arena *arena, const struct data *data)
{
	struct data_map *map = data->map;
	enum truth truth = TRUTH_NO;

	data_fill(arena, data);
	if (map->count > 0 || data->open)
		truth = TRUTH_UNKNOWN;
	for (size_t i = 0; i < map->count && truth != TRUTH_YES; i++) {
		if (!entry_value(arena, map, i)->maybe)
			truth = TRUTH_YES;
	}
	if (map->trace)
		data_log_truth(map->trace, truth);
	return truth;
}

/* What stands for the value of a key that is not there. */
static const struct data *nothing_in(const struct data *data)
{
	if (data->kind == DATA_UNKNOWN || data->kind == DATA_YAML || (data->kind == DATA_MAP && data->open))
		return &DATA_IS_UNKNOWN;
	return &DATA_IS_NIL;
}

const struct data *data_get(struct arena *arena, const struct data *data, struct str key)
{
	const struct data *value = data_find(arena, data, key);

	return value ? value : nothing_in(data);
}

enum truth data_truth_at(struct arena *arena, const struct data *map, struct str key)
{
	const struct data *value = data_find_unwatched(arena, map, key);
	enum truth truth;

	if (value && value->kind == DATA_MAP)
		value = data_find(arena, map, key);
	truth = data_truth(arena, value ? value : nothing_in(map));
	if (value && value->maybe && value->kind != DATA_NIL)
		truth = TRUTH_UNKNOWN;
	if (map->kind == DATA_MAP && map->map->trace && !(value && value->kind == DATA_MAP))
		data_log_truth_at(map->map->trace, key, truth);
	return truth;
}

void data_map_add(struct arena *arena, struct data *map, struct str key, struct span span, const struct data *value)
{
	struct data_entry *entry;

	data_fill(arena, map);
	entry = data_append(arena, map->map, key);
	entry->key_span = span;
	entry->value = value;
}

void data_remove(struct arena *arena, const struct data *data, struct str key)
{
	struct data_map *map = data->map;
	size_t index, kept = 0;

	data_fill(arena, data);
	if (data_index(map, key) == SIZE_MAX)
		return;
	for (index = 0; index < map->count; index++) {
		if (str_equal(map->entries[index].key, key))
			continue;
		if (map->pairs)
			map->pairs[kept] = map->pairs[index];
		map->entries[kept++] = map->entries[index];
	}
	map->count = kept;
	data_make_slots(arena, map);
}

void data_set(struct arena *arena, const struct data *data, struct str key, const struct data *value)
{
	size_t index;

	if (data->kind != DATA_MAP)
		return;
	if (!value) {
		data_remove(arena, data, key);
		return;
	}
	data_fill(arena, data);
	index = data_index(data->map, key);
	if (index != SIZE_MAX)
		data->map->entries[index].value = value;
	else
		data_append(arena, data->map, key)->value = value;
}

size_t data_weight(const struct data *data)
{
	const struct data_map *map = data->map;
	size_t weight = 0;

	if (data->kind == DATA_LIST)
		return data->list->node ? data->list->node->sequence.count : data->list->count;
	if (data->kind != DATA_MAP)
		return 0;
	if (map->node)
		return map->node->mapping.count;
	for (size_t i = 0; i < map->layer_count && !map->filled; i++)
		weight += data_weight(map->layers[i]);
	return map->filled ? map->count : weight;
}

struct data_entries data_entries(struct arena *arena, const struct data *data)
{
	if (data->kind != DATA_MAP)
		return (struct data_entries){0};
	data_fill(arena, data);
	for (size_t i = 0; i < data->map->count; i++)
		entry_value(arena, data->map, i);
	if (data->map->trace)
		data_log_entries(data->map->trace, data->map->entries, data->map->count);
	return (struct data_entries){.items = data->map->entries, .count = data->map->count};
}

bool data_is_closed(struct arena *arena, const struct data *data)
{
	struct data_entries entries = data_entries(arena, data);
	struct data_items items = data_items(arena, data);

	if (data->maybe || (data->kind == DATA_MAP ? data->open : data->kind != DATA_LIST || data->open))
		return false;
	for (size_t i = 0; i < entries.count; i++) {
		if (entries.items[i].value->maybe)
			return false;
	}
	for (size_t i = 0; i < items.count; i++) {
		if (items.items[i]->maybe)
			return false;
	}
	return true;
}
