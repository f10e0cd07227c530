/* A hash map from strings to pointers that remembers the order of insertion. Keys are borrowed: they must outlive the map. */
#ifndef ASPIS_BASE_MAP_H
#define ASPIS_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value;
};

struct map {
	struct map_entry *entries; /* in the order of insertion */
	size_t len;
	size_t capacity;
	uint32_t *slots;   /* index into entries + 1; 0: free */
	size_t slot_count; /* a power of two, or 0 */
};

void map_init(struct map *map);
void map_release(struct map *map); /* what values point to is the caller's */

/* The value of key, or NULL where there is none (or its value is NULL: map_has tells). */
void *map_get(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);

/* Sets key to value; a value that was there is replaced (its place in the order stays) and returned, else NULL. */
void *map_set(struct map *map, struct str key, void *value);

/* The address of key's value, made (NULL) if it is not there. Valid until the next insertion. */
void **map_slot(struct map *map, struct str key) __attribute__((returns_nonnull));

#endif
