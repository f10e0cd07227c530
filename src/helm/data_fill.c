/* What maps are filled with: entries that are found by their keys, from a YAML mapping or from layers. */
#include "helm/data_fill.h"

#include <xxhash.h>

#include "helm/data_private.h"

/* Up to so many entries are looked through one by one. */
#define LINEAR_MAX 8

/* The slot of a key: the one that holds it, or the free one where it belongs. */
static uint32_t *find_slot(const struct data_map *map, struct str key)
{
	size_t mask = map->slot_count - 1;
	size_t slot = (size_t)XXH3_64bits(key.ptr, key.len) & mask;

	while (map->slots[slot] != 0 && !str_equal(map->entries[map->slots[slot] - 1].key, key))
		slot = (slot + 1) & mask;
	return &map->slots[slot];
}

size_t data_index(const struct data_map *map, struct str key)
{
	if (map->slots)
		return (size_t)*find_slot(map, key) - 1;
	for (size_t i = map->count; i > 0; i--) {
		if (str_equal(map->entries[i - 1].key, key))
			return i - 1;
	}
	return SIZE_MAX;
}

void data_make_slots(struct arena *arena, struct data_map *map)
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
	data_make_slots(arena, map);
}

struct data_entry *data_append(struct arena *arena, struct data_map *map, struct str key)
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
	index = data_index(map, key);
	if (index == SIZE_MAX) {
		data_append(arena, map, key);
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

/* All keys of all layers, with their values to be made later. */
static void fill_from_layers(struct arena *arena, struct data_map *map)
{
	size_t count = 0;

	for (size_t i = 0; i < map->layer_count; i++) {
		if (map->layers[i]->kind != DATA_MAP)
			continue;
		data_fill(arena, map->layers[i]);
		count += map->layers[i]->map->count;
	}
	reserve(arena, map, count);
	for (size_t i = 0; i < map->layer_count; i++) {
		const struct data_map *layer = map->layers[i]->kind == DATA_MAP ? map->layers[i]->map : NULL;

		for (size_t j = 0; layer && j < layer->count; j++) {
			if (data_index(map, layer->entries[j].key) == SIZE_MAX)
				data_append(arena, map, layer->entries[j].key)->key_span = layer->entries[j].key_span;
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

void data_fill(struct arena *arena, const struct data *data)
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
		size_t index = found->value ? data_index(map, found->key) : SIZE_MAX;
		if (index != SIZE_MAX)
			map->entries[index].value = found->value;
	}
}
