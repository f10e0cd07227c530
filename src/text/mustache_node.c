#include "text/mustache_private.h"
#include "yaml/node.h"

static struct mustache_value *of_scalar(struct arena *arena, const struct node *node)
{
	struct mustache_value *value;

	switch ((enum node_type)node->type) {
	case TYPE_NULL:
		return NULL;
	case TYPE_BOOL:
		return mustache_bool(arena, node_bool(node));
	case TYPE_INT:
	case TYPE_FLOAT:
		value = mustache_text(arena, node->scalar);
		value->kind = MUSTACHE_NUMBER;
		value->truth = node_truth(node);
		return value;
	default:
		return mustache_text(arena, node->scalar);
	}
}

static struct mustache_value *of_mapping(struct arena *arena, const struct node *node)
{
	struct mustache_value *map = mustache_map(arena);
	const struct node_pair *pair;
	struct node_pairs walk;

	for (node_pairs_begin(&walk, node); (pair = node_pairs_next(&walk));)
		mustache_set_str(map, node_text(pair->key), mustache_of_node(arena, pair->value));
	node_pairs_end(&walk);
	return map;
}

/* No deeper than JSON may nest (YAML_DEPTH_MAX). */
struct mustache_value *mustache_of_node(struct arena *arena, const struct node *node)
{
	struct mustache_value *list;

	node = node_resolve(node);
	if (!node)
		return NULL;
	if (node->kind == NODE_MAPPING)
		return of_mapping(arena, node);
	if (node->kind == NODE_SCALAR)
		return of_scalar(arena, node);
	list = mustache_list(arena);
	for (uint32_t i = 0; i < node->sequence.count; i++)
		mustache_push(list, mustache_of_node(arena, node->sequence.items[i]));
	return list;
}
