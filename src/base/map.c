#include "base/map.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/xalloc.h"

#define CAPACITY_MIN 8

void map_init(struct map *map)
{
	*map = (struct map){.entries = NULL};
}

void map_release(struct map *map)
{
	free(map->entries);
	free(map->slots);
	map_init(map);
}

/* The slot that holds key, or the free one where it would be put. Needs slots, of which one at least is free. */
static uint32_t *find_slot(const struct map *map, struct str key, uint64_t hash)
{
	size_t mask = map->slot_count - 1;
	size_t slot = (size_t)hash & mask;

	while (map->slots[slot] != 0) {
		const struct map_entry *entry = &map->entries[map->slots[slot] - 1];

		if (entry->hash == hash && str_equal(entry->key, key))
			break;
		slot = (slot + 1) & mask;
	}
	return &map->slots[slot];
}

static struct map_entry *find_entry(const struct map *map, struct str key)
{
	uint32_t slot;

	if (map->len == 0)
		return NULL;
	slot = *find_slot(map, key, XXH3_64bits(key.ptr, key.len));
	return slot != 0 ? &map->entries[slot - 1] : NULL;
}

void *map_get(const struct map *map, struct str key)
{
	const struct map_entry *entry = find_entry(map, key);

	return entry ? entry->value : NULL;
}

bool map_has(const struct map *map, struct str key)
{
	return find_entry(map, key) != NULL;
}

/* Twice the entries, and twice as many slots again, so that at most half of them are taken. */
static void grow(struct map *map)
{
	size_t capacity = map->capacity > 0 ? xalloc_product(map->capacity, 2) : CAPACITY_MIN;

	if (capacity > UINT32_MAX)
		xalloc_fail(SIZE_MAX);
	map->entries = xgrow(
		map->entries, map->capacity * sizeof(*map->entries), xalloc_product(capacity, sizeof(*map->entries)));
	map->capacity = capacity;
	free(map->slots);
	map->slot_count = capacity * 2;
	map->slots = xcalloc(map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->len; i++)
		*find_slot(map, map->entries[i].key, map->entries[i].hash) = (uint32_t)i + 1;
}

void **map_slot(struct map *map, struct str key)
{
	uint64_t hash = XXH3_64bits(key.ptr, key.len);
	uint32_t *slot;

	if (map->len > 0) {
		slot = find_slot(map, key, hash);
		if (*slot != 0)
			return &map->entries[*slot - 1].value;
	}
	if (map->len == map->capacity)
		grow(map);
	slot = find_slot(map, key, hash);
	map->entries[map->len++] = (struct map_entry){.key = key, .hash = hash, .value = NULL};
	*slot = (uint32_t)map->len;
	return &map->entries[map->len - 1].value;
}

void *map_set(struct map *map, struct str key, void *value)
{
	void **slot = map_slot(map, key);
	void *before = *slot;

	*slot = value;
	return before;
}
