#include "schema/schema_resolve.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "schema/schema.h"
#include "schema/schema_keywords.h"
#include "schema/schema_uri.h"

static void scan(struct schema_index *index, struct schema_place place);

void schema_index_init(struct schema_index *index)
{
	arena_init(&index->arena);
	map_init(&index->resources);
	map_init(&index->places);
	vec_init(&index->all, sizeof(struct schema_resource *));
}

void schema_index_release(struct schema_index *index)
{
	for (size_t i = 0; i < index->all.len; i++)
		map_release(&(*(struct schema_resource **)vec_at(&index->all, i))->anchors);
	vec_release(&index->all);
	map_release(&index->resources);
	map_release(&index->places);
	arena_release(&index->arena);
}

const struct schema_location *schema_location_below(
	struct arena *arena, const struct schema_location *parent, struct str token)
{
	struct schema_location *location = arena_alloc(arena, sizeof(*location));

	*location = (struct schema_location){.parent = parent, .token = token};
	return location;
}

void schema_location_write(struct strbuf *out, const struct schema_location *location)
{
	struct vec tokens = VEC_INIT(struct str);

	for (; location != NULL; location = location->parent)
		*(struct str *)vec_push(&tokens) = location->token;
	while (tokens.len > 0) {
		pointer_append(out, *(struct str *)vec_last(&tokens));
		vec_pop(&tokens);
	}
	vec_release(&tokens);
}

static struct str address_key(const struct node *const *node)
{
	return (struct str){.ptr = (const char *)node, .len = sizeof(*node)};
}

const struct schema_place *schema_index_place(const struct schema_index *index, const struct node *node)
{
	return map_get(&index->places, address_key(&node));
}

static struct schema_resource *add_resource(struct schema_index *index, struct str uri, struct schema_place place)
{
	struct schema_resource *resource = arena_calloc(&index->arena, 1, sizeof(*resource));

	resource->uri = arena_str(&index->arena, uri);
	resource->root = place.node;
	resource->parent = place.resource;
	map_init(&resource->anchors);
	vec_push_pointer(&index->all, resource);
	if (!map_has(&index->resources, resource->uri))
		map_set(&index->resources, resource->uri, resource);
	return resource;
}

static void add_anchor(struct schema_index *index, struct schema_place place, struct str name, bool dynamic)
{
	struct schema_anchor *anchor = map_get(&place.resource->anchors, name);

	if (str_is_absent(name))
		return;
	if (anchor == NULL) {
		anchor = arena_calloc(&index->arena, 1, sizeof(*anchor));
		anchor->place = place;
		map_set(&place.resource->anchors, name, anchor);
	}
	anchor->dynamic = anchor->dynamic || dynamic;
}

static void scan_list(struct schema_index *index, struct schema_place place, const struct node *list)
{
	const struct schema_location *location = place.location;

	list = node_resolve(list);
	if (!node_is_sequence(list))
		return;
	for (uint32_t i = 0; i < list->sequence.count; i++) {
		place.node = list->sequence.items[i];
		place.location =
			schema_location_below(&index->arena, location, arena_printf(&index->arena, "%u", (unsigned)i));
		scan(index, place);
	}
}

static void scan_map(struct schema_index *index, struct schema_place place, const struct node *mapping)
{
	const struct schema_location *location = place.location;
	struct node_pairs walk;
	const struct node_pair *pair;

	if (!node_is_mapping(mapping))
		return;
	node_pairs_begin(&walk, node_resolve(mapping));
	while ((pair = node_pairs_next(&walk)) != NULL) {
		if (!node_is_string(pair->key))
			continue;
		place.node = pair->value;
		place.location = schema_location_below(&index->arena, location, node_string(pair->key));
		scan(index, place);
	}
	node_pairs_end(&walk);
}

static void scan_keyword(struct schema_index *index, struct schema_place place, const struct node_pair *pair)
{
	enum schema_keyword keyword = keyword_find(node_string(pair->key));

	if (keyword == KEYWORD_COUNT)
		return;
	place.location = schema_location_below(&index->arena, place.location, node_string(pair->key));
	switch (keyword_row(keyword)->shape) {
	case SHAPE_SCHEMA:
		place.node = pair->value;
		scan(index, place);
		break;
	case SHAPE_SCHEMA_LIST:
		scan_list(index, place, pair->value);
		break;
	case SHAPE_SCHEMA_MAP:
	case SHAPE_PATTERN_MAP:
		scan_map(index, place, pair->value);
		break;
	default:
		break;
	}
}

static void enter_resource(struct schema_index *index, struct schema_place *place)
{
	struct str id = node_string(node_get(place->node, STR("$id")));

	if (str_is_absent(id))
		return;
	uri_cut_fragment(&id);
	id = uri_resolve(&index->arena, place->resource->uri, id);
	if (place->resource->root == place->node) {
		place->resource->uri = id;
		if (!map_has(&index->resources, id))
			map_set(&index->resources, id, place->resource);
	} else {
		place->resource = add_resource(index, id, *place);
	}
}

static void scan(struct schema_index *index, struct schema_place place)
{
	struct schema_place *kept;
	struct node_pairs walk;
	const struct node_pair *pair;

	place.node = node_resolve(place.node);
	if (!node_is_mapping(place.node) || schema_index_place(index, place.node) != NULL)
		return;
	enter_resource(index, &place);
	kept = arena_alloc(&index->arena, sizeof(*kept));
	*kept = place;
	map_set(&index->places, address_key(&kept->node), kept);
	add_anchor(index, place, node_string(node_get(place.node, STR("$anchor"))), false);
	add_anchor(index, place, node_string(node_get(place.node, STR("$dynamicAnchor"))), true);
	node_pairs_begin(&walk, place.node);
	while ((pair = node_pairs_next(&walk)) != NULL)
		if (node_is_string(pair->key))
			scan_keyword(index, place, pair);
	node_pairs_end(&walk);
}

struct schema_resource *schema_index_add(struct schema_index *index, struct str uri, const struct node *root)
{
	struct schema_place place = {.node = node_resolve(root)};

	uri_cut_fragment(&uri);
	place.resource = add_resource(index, uri, place);
	scan(index, place);
	return place.resource;
}

void schema_index_scan(struct schema_index *index, struct schema_place place)
{
	scan(index, place);
}

struct schema_registry *schema_registry_new(void)
{
	struct schema_registry *registry = xcalloc(1, sizeof(*registry));

	schema_index_init(&registry->index);
	return registry;
}

void schema_registry_free(struct schema_registry *registry)
{
	if (registry == NULL)
		return;
	schema_index_release(&registry->index);
	free(registry);
}

void schema_registry_add(struct schema_registry *registry, struct str uri, const struct node *root)
{
	schema_index_add(&registry->index, uri, root);
}

struct schema_resource *schema_lookup_resource(const struct schema_lookup *lookup, struct str uri)
{
	struct schema_resource *resource = map_get(&lookup->own->resources, uri);

	if (resource == NULL && lookup->shared != NULL)
		resource = map_get(&lookup->shared->resources, uri);
	return resource;
}

const struct schema_place *schema_lookup_place(const struct schema_lookup *lookup, const struct node *node)
{
	const struct schema_place *place = schema_index_place(lookup->own, node);

	if (place == NULL && lookup->shared != NULL)
		place = schema_index_place(lookup->shared, node);
	return place;
}

static const struct node *step(const struct node *node, struct str token)
{
	size_t index = 0;

	if (node_is_mapping(node))
		return node_resolve(node_get(node, token));
	if (!node_is_sequence(node) || token.len == 0 || token.len > 9 || (token.len > 1 && token.ptr[0] == '0'))
		return NULL;
	for (size_t i = 0; i < token.len; i++) {
		if (token.ptr[i] < '0' || token.ptr[i] > '9')
			return NULL;
		index = index * 10 + (size_t)(token.ptr[i] - '0');
	}
	return index < node->sequence.count ? node_resolve(node->sequence.items[index]) : NULL;
}

/* A pointer may lead through the roots of embedded resources, and to where no keyword marks a schema. */
static bool follow_pointer(const struct schema_lookup *lookup, struct str pointer, struct schema_place *place)
{
	while (pointer.len > 0) {
		struct str token = pointer_next(&lookup->own->arena, &pointer);
		const struct schema_place *known;

		place->node = step(place->node, token);
		if (place->node == NULL)
			return false;
		place->location = schema_location_below(&lookup->own->arena, place->location, token);
		known = schema_lookup_place(lookup, place->node);
		if (known != NULL)
			*place = *known;
	}
	return true;
}

bool schema_lookup_reference(const struct schema_lookup *lookup, const struct schema_resource *base,
	struct str reference, struct schema_place *place, const struct schema_anchor **anchor)
{
	struct str fragment = uri_cut_fragment(&reference);
	struct str uri = uri_resolve(&lookup->own->arena, base->uri, reference);
	struct schema_resource *resource = schema_lookup_resource(lookup, uri);
	const struct schema_place *root;

	*anchor = NULL;
	if (resource == NULL)
		return false;
	root = schema_lookup_place(lookup, resource->root);
	*place = root != NULL ? *root : (struct schema_place){.node = resource->root, .resource = resource};
	fragment = uri_decode(&lookup->own->arena, str_is_absent(fragment) ? STR("") : fragment);
	if (fragment.len == 0)
		return true;
	if (fragment.ptr[0] == '/')
		return follow_pointer(lookup, fragment, place);
	*anchor = map_get(&resource->anchors, fragment);
	if (*anchor == NULL)
		return false;
	*place = (*anchor)->place;
	return true;
}
