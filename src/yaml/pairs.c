/* Mappings as the dicts that CSafeLoader builds from them: merged, and every key once. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "yaml/internal.h"

/* The pair of a merged value (a mapping or a sequence of mappings; anything else is not merged). */
static const struct node_pair *find_merged(const struct node *value, struct str key)
{
	const struct node_pair *pair = NULL;

	value = node_resolve(value);
	if (value->kind == NODE_MAPPING)
		return node_find(value, key);
	if (value->kind != NODE_SEQUENCE)
		return NULL;
	for (uint32_t i = 0; i < value->sequence.count && !pair; i++)
		pair = node_find(value->sequence.items[i], key);
	return pair;
}

const struct node_pair *node_find(const struct node *mapping, struct str key)
{
	const struct node_pair *pair;

	mapping = node_resolve(mapping);
	if (!mapping || mapping->kind != NODE_MAPPING)
		return NULL;
	pair = keys_find(mapping, key);
	if (pair || mapping->mapping.reach <= 1)
		return pair;
	for (uint32_t i = mapping->mapping.count; i > 0 && !pair; i--) {
		if (keys_is_merge(&mapping->mapping.pairs[i - 1]))
			pair = find_merged(mapping->mapping.pairs[i - 1].value, key);
	}
	return pair;
}

const struct node *node_get(const struct node *mapping, struct str key)
{
	const struct node_pair *pair = node_find(mapping, key);

	return pair ? pair->value : NULL;
}

/* A dict that is being filled. */
struct dict {
	struct vec *entries; /* struct dict_entry */
	struct map places;   /* number of the entry plus one, by key_text */
	struct arena scratch;
};

static void dict_set(struct dict *dict, struct node_pair *pair)
{
	void **place = map_slot(&dict->places, key_text(&dict->scratch, pair->key));
	struct dict_entry *entry;

	if (*place) {
		entry = vec_at(dict->entries, (size_t)(uintptr_t)*place - 1);
		entry->pair = pair;
		return;
	}
	entry = vec_push(dict->entries);
	*entry = (struct dict_entry){.key = pair->key, .pair = pair};
	*place = (void *)(uintptr_t)dict->entries->len;
}

static void dict_fill(struct dict *dict, const struct node *mapping);

static void dict_merge(struct dict *dict, const struct node *value)
{
	value = node_resolve(value);
	if (value->kind == NODE_MAPPING)
		dict_fill(dict, value);
	if (value->kind != NODE_SEQUENCE)
		return;
	for (uint32_t i = value->sequence.count; i > 0; i--)
		dict_fill(dict, node_resolve(value->sequence.items[i - 1]));
}

/* Merged pairs come first, in the order of their << keys; what is set later counts. */
static void dict_fill(struct dict *dict, const struct node *mapping)
{
	if (mapping->kind != NODE_MAPPING)
		return;
	for (uint32_t i = 0; mapping->has_merge && i < mapping->mapping.count; i++) {
		if (keys_is_merge(&mapping->mapping.pairs[i]))
			dict_merge(dict, mapping->mapping.pairs[i].value);
	}
	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		if (!keys_is_merge(&mapping->mapping.pairs[i]))
			dict_set(dict, &mapping->mapping.pairs[i]);
	}
}

void pairs_flatten(struct vec *entries, const struct node *mapping)
{
	struct dict dict = {.entries = entries};

	arena_init(&dict.scratch);
	map_init(&dict.places);
	dict_fill(&dict, mapping);
	map_release(&dict.places);
	arena_release(&dict.scratch);
}

void node_pairs_begin(struct node_pairs *walk, const struct node *mapping)
{
	struct vec entries = VEC_INIT(struct dict_entry);

	*walk = (struct node_pairs){0};
	mapping = node_resolve(mapping);
	if (!mapping || mapping->kind != NODE_MAPPING)
		return;
	if (!mapping->has_merge && !mapping->repeats_key) {
		walk->pairs = mapping->mapping.pairs;
		walk->count = mapping->mapping.count;
		return;
	}
	pairs_flatten(&entries, mapping);
	walk->pairs = xreallocarray(NULL, entries.len, sizeof(walk->pairs[0]));
	walk->count = entries.len;
	walk->owned = true;
	for (size_t i = 0; i < entries.len; i++)
		walk->pairs[i] = *((struct dict_entry *)vec_at(&entries, i))->pair;
	vec_release(&entries);
}

const struct node_pair *node_pairs_next(struct node_pairs *walk)
{
	return walk->next < walk->count ? &walk->pairs[walk->next++] : NULL;
}

void node_pairs_end(struct node_pairs *walk)
{
	if (walk->owned)
		free(walk->pairs);
	*walk = (struct node_pairs){0};
}
