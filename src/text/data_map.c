/* Maps: read from YAML, merged, or filled in. */
#include <xxhash.h>

#include "text/data_log.h"
#include "text/data_private.h"

/* Up to so many entries are looked through one by one. */
#define LINEAR_MAX 8

/* A map is filled once it has been asked for so many keys. */
#define FOUND_MAX 12

struct data *data_map_new(struct arena *arena, struct span span)
{
	struct data *data = arena_calloc(arena, 1, sizeof(*data));

	data->kind = DATA_MAP;
	data->span = span;
	data->map = arena_calloc(arena, 1, sizeof(*data->map));
	data->map->filled = true;
	return data;
}

struct data *data_map_fresh(struct arena *arena)
{
	struct data *data = data_map_new(arena, (struct span){0});

	data->map->fresh = true;
	return data;
}

/* The slot of a key: the one that holds it, or the free one where it belongs. */
static uint32_t *find_slot(const struct data_map *map, struct str key)
{
	size_t mask = map->slot_count - 1;
	size_t slot = (size_t)XXH3_64bits(key.ptr, key.len) & mask;

	while (map->slots[slot] != 0 && !str_equal(map->entries[map->slots[slot] - 1].key, key))
		slot = (slot + 1) & mask;
	return &map->slots[slot];
}

static size_t find_index(const struct data_map *map, struct str key)
{
	if (map->slots)
		return (size_t)*find_slot(map, key) - 1;
	for (size_t i = map->count; i > 0; i--) {
		if (str_equal(map->entries[i - 1].key, key))
			return i - 1;
	}
	return SIZE_MAX;
}

static void make_slots(struct arena *arena, struct data_map *map)
{
	map->slots = NULL;
	if (map->capacity <= LINEAR_MAX)
		return;
	map->slot_count = LINEAR_MAX;
	while (map->slot_count < map->capacity * 2)
		map->slot_count *= 2;
	map->slots = arena_calloc(arena, map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++)
		*find_slot(map, map->entries[i].key) = (uint32_t)i + 1;
}

static void reserve(struct arena *arena, struct data_map *map, size_t capacity)
{
	struct data_entry *entries = arena_alloc(arena, capacity * sizeof(*entries));

	if (map->count > 0)
		memcpy(entries, map->entries, map->count * sizeof(*entries));
	if (map->pairs) {
		const struct node_pair **pairs = arena_calloc(arena, capacity, sizeof(*pairs));

		memcpy(pairs, map->pairs, map->count * sizeof(*pairs));
		map->pairs = pairs;
	}
	map->entries = entries;
	map->capacity = capacity;
	make_slots(arena, map);
}

/* An entry more; of equal keys the last one is found. */
static struct data_entry *append(struct arena *arena, struct data_map *map, struct str key)
{
	if (map->count == map->capacity)
		reserve(arena, map, map->capacity > 0 ? map->capacity * 2 : 4);
	map->entries[map->count] = (struct data_entry){.key = key};
	if (map->slots)
		*find_slot(map, key) = (uint32_t)map->count + 1;
	return &map->entries[map->count++];
}

static struct span key_span(const struct data_map *map, const struct node *key)
{
	struct span span = node_span(key);

	if (map->source == &DATA_NOWHERE)
		return (struct span){0};
	if (map->source)
		span.source = map->source;
	return span;
}

/* So many pairs are read of one mapping and all that it merges. */
#define MERGED_PAIRS_MAX 200000

static void fill_from_node(struct arena *arena, struct data *data, const struct node *mapping, size_t *budget);

/* The pairs of what stands behind a merge key. In a sequence, the first mapping counts most. */
static void fill_merged(struct arena *arena, struct data *data, const struct node *value, size_t *budget)
{
	value = node_resolve(value);
	if (value && value->kind == NODE_MAPPING)
		fill_from_node(arena, data, value, budget);
	for (uint32_t i = value && value->kind == NODE_SEQUENCE ? value->sequence.count : 0; i > 0; i--) {
		const struct node *item = node_resolve(value->sequence.items[i - 1]);

		if (item && item->kind == NODE_MAPPING)
			fill_from_node(arena, data, item, budget);
	}
}

/* Keys of different types may become the same text (1 and "1"): which value is then left is left to chance. */
static void fill_pair(struct arena *arena, struct data *data, const struct node_pair *pair)
{
	struct data_map *map = data->map;
	struct str key = data_key_of_node(arena, pair->key);
	size_t index;

	if (str_is_absent(key)) {
		data->open = true;
		return;
	}
	index = find_index(map, key);
	if (index == SIZE_MAX) {
		append(arena, map, key);
		index = map->count - 1;
	} else if (!data_key_is_text(pair->key) || !data_key_is_text(map->pairs[index]->key)) {
		map->entries[index].value = &DATA_IS_UNKNOWN;
	}
	map->entries[index].key_span = key_span(map, pair->key);
	map->pairs[index] = pair;
}

/* Pairs in the order of the text, of which the last one counts, be it merged or not: so has Helm's reader it, unlike others. */
static void fill_from_node(struct arena *arena, struct data *data, const struct node *mapping, size_t *budget)
{
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node_pair *pair = &mapping->mapping.pairs[i];
		const struct node *key = node_resolve(pair->key);

		if (*budget == 0) {
			data->open = true;
			return;
		}
		(*budget)--;
		if (key && key->type == TYPE_MERGE)
			fill_merged(arena, data, pair->value, budget);
		else
			fill_pair(arena, data, pair);
	}
}

static void map_fill(struct arena *arena, const struct data *data);

/* All keys of all layers, with their values to be made later. */
static void fill_from_layers(struct arena *arena, struct data_map *map)
{
	size_t count = 0;

	for (size_t i = 0; i < map->layer_count; i++) {
		if (map->layers[i]->kind != DATA_MAP)
			continue;
		map_fill(arena, map->layers[i]);
		count += map->layers[i]->map->count;
	}
	reserve(arena, map, count);
	for (size_t i = 0; i < map->layer_count; i++) {
		const struct data_map *layer = map->layers[i]->kind == DATA_MAP ? map->layers[i]->map : NULL;

		for (size_t j = 0; layer && j < layer->count; j++) {
			if (find_index(map, layer->entries[j].key) == SIZE_MAX)
				append(arena, map, layer->entries[j].key)->key_span = layer->entries[j].key_span;
		}
	}
}

static void fill_from_mapping(struct arena *arena, struct data *data)
{
	struct data_map *map = data->map;
	size_t budget = map->node->mapping.count + MERGED_PAIRS_MAX;

	map->pairs = arena_alloc(arena, sizeof(*map->pairs));
	reserve(arena, map, map->node->mapping.count);
	fill_from_node(arena, data, map->node, &budget);
	map->node = NULL;
}

/* The data is not changed as such, but that reading shows whether it is open. */
static void map_fill(struct arena *arena, const struct data *data)
{
	struct data_map *map = data->map;

	if (map->filled)
		return;
	map->filled = true;
	if (map->node)
		fill_from_mapping(arena, (struct data *)data);
	else
		fill_from_layers(arena, map);
	for (const struct data_found *found = map->found; found; found = found->next) {
		size_t index = found->value ? find_index(map, found->key) : SIZE_MAX;
		if (index != SIZE_MAX)
			map->entries[index].value = found->value;
	}
}

static bool is_simple(const struct node *mapping)
{
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
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
		map_fill(arena, data);
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
	map_fill(arena, data);
	index = find_index(map, key);
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

	map_fill(arena, data);
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

const struct data *data_get(struct arena *arena, const struct data *data, struct str key)
{
	const struct data *value = data_find(arena, data, key);

	if (value)
		return value;
	if (data->kind == DATA_UNKNOWN || data->kind == DATA_YAML || (data->kind == DATA_MAP && data->open))
		return &DATA_IS_UNKNOWN;
	return &DATA_IS_NIL;
}

void data_map_add(struct arena *arena, struct data *map, struct str key, struct span span, const struct data *value)
{
	struct data_entry *entry;

	map_fill(arena, map);
	entry = append(arena, map->map, key);
	entry->key_span = span;
	entry->value = value;
}

void data_remove(struct arena *arena, const struct data *data, struct str key)
{
	struct data_map *map = data->map;
	size_t index, kept = 0;

	map_fill(arena, data);
	if (find_index(map, key) == SIZE_MAX)
		return;
	for (index = 0; index < map->count; index++) {
		if (str_equal(map->entries[index].key, key))
			continue;
		if (map->pairs)
			map->pairs[kept] = map->pairs[index];
		map->entries[kept++] = map->entries[index];
	}
	map->count = kept;
	make_slots(arena, map);
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
	map_fill(arena, data);
	index = find_index(data->map, key);
	if (index != SIZE_MAX)
		data->map->entries[index].value = value;
	else
		append(arena, data->map, key)->value = value;
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
	map_fill(arena, data);
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
