/* Equality of what nodes construct to, as Python's ==. */
#include <stdlib.h>

#include "yaml/internal.h"

static bool is_pairs(const struct node *node)
{
	return node->type == TYPE_OMAP || node->type == TYPE_PAIRS;
}

/* The key of a pair of !!omap or !!pairs with its value. */
static bool pairs_equal(const struct node *a, const struct node *b)
{
	a = node_resolve(a);
	b = node_resolve(b);
	if (a->kind != NODE_MAPPING || b->kind != NODE_MAPPING || a->mapping.count != 1 || b->mapping.count != 1)
		return false;
	return node_equal(a->mapping.pairs[0].key, b->mapping.pairs[0].key) &&
	       node_equal(a->mapping.pairs[0].value, b->mapping.pairs[0].value);
}

static bool sequences_equal(const struct node *a, const struct node *b)
{
	bool equal = a->sequence.count == b->sequence.count;

	for (uint32_t i = 0; equal && i < a->sequence.count; i++) {
		if (is_pairs(a) && is_pairs(b))
			equal = pairs_equal(a->sequence.items[i], b->sequence.items[i]);
		else
			equal = is_pairs(a) == is_pairs(b) && node_equal(a->sequence.items[i], b->sequence.items[i]);
	}
	return equal;
}

/* Every entry of b has an equal one in a, and there are as many. */
static bool entries_equal(const struct vec *a, const struct vec *b, bool with_values)
{
	bool equal = a->len == b->len;
	struct arena scratch;
	struct map places;

	arena_init(&scratch);
	map_init(&places);
	for (size_t i = 0; equal && i < a->len; i++) {
		struct dict_entry *entry = vec_at(a, i);

		map_set(&places, key_text(&scratch, entry->key), entry);
	}
	for (size_t i = 0; equal && i < b->len; i++) {
		const struct dict_entry *entry = vec_at(b, i);
		const struct dict_entry *other = map_get(&places, key_text(&scratch, entry->key));

		equal = other && (!with_values || node_equal(other->pair->value, entry->pair->value));
	}
	map_release(&places);
	arena_release(&scratch);
	return equal;
}

static bool mappings_equal(const struct node *a, const struct node *b)
{
	struct vec first = VEC_INIT(struct dict_entry), second = VEC_INIT(struct dict_entry);
	bool equal;

	if ((a->type == TYPE_SET) != (b->type == TYPE_SET))
		return false;
	pairs_flatten(&first, a);
	pairs_flatten(&second, b);
	equal = entries_equal(&first, &second, a->type != TYPE_SET);
	vec_release(&first);
	vec_release(&second);
	return equal;
}

static bool scalars_equal(const struct node *a, const struct node *b)
{
	struct arena scratch;
	bool equal;

	arena_init(&scratch);
	equal = str_equal(key_text(&scratch, a), key_text(&scratch, b));
	arena_release(&scratch);
	return equal;
}

bool node_equal(const struct node *a, const struct node *b)
{
	a = node_resolve(a);
	b = node_resolve(b);
	if (a == b)
		return true;
	if (!a || !b)
		return node_is_null(a) && node_is_null(b);
	if ((a->type == TYPE_UNKNOWN || b->type == TYPE_UNKNOWN) &&
		(a->type != b->type || !str_equal(node_tag(a), node_tag(b))))
		return false;
	if (a->kind != b->kind)
		return false;
	if (a->kind == NODE_SEQUENCE)
		return sequences_equal(a, b);
	return a->kind == NODE_MAPPING ? mappings_equal(a, b) : scalars_equal(a, b);
}
