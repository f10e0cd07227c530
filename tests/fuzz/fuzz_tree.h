/* What must hold of every tree, whatever it was read from. Shared by the fuzz targets of YAML and JSON. */
#ifndef ASPIS_FUZZ_TREE_H
#define ASPIS_FUZZ_TREE_H

#include <stdio.h>
#include <stdlib.h>

#include "yaml/construct.h"
#include "yaml/node.h"
#include "yaml/scalar_map.h"
#include "yaml/stream.h"

/* Walks of aliases end here. */
#define VISITS_MAX 20000

static inline void require(bool condition, const char *what, const struct node *node)
{
	if (condition)
		return;
	fprintf(stderr, "%s, at [%u, %u)\n", what, node ? (unsigned)node->start : 0, node ? (unsigned)node->end : 0);
	abort();
}

/* The map's value is the scalar's, and its ranges follow one another within the scalar or, of a block scalar, its lines. */
static inline void check_scalar(const struct node *scalar)
{
	struct scalar_map *map = scalar_map_new(scalar);
	uint32_t last = scalar->value_start;

	require(map, "the value does not come out of the source again", scalar);
	require(str_equal(scalar_map_text(map), scalar->scalar), "the value of the map is another", scalar);
	for (size_t i = 0; i < scalar->scalar.len && i < 300; i++) {
		struct span span = scalar_map_span(map, i, i + 1);

		require(span.start >= last && span.end > span.start, "the map goes backwards", scalar);
		require(span.end <= scalar->stream->source.text.len, "the map leaves the text", scalar);
		last = span.start;
	}
	scalar_map_free(map);
}

static inline void check_node(const struct node *node, uint32_t start, uint32_t end);

static inline void check_mapping(const struct node *mapping)
{
	uint32_t from = mapping->value_start;
	struct node_pairs walk;
	size_t count = 0;

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node_pair *pair = &mapping->mapping.pairs[i];

		check_node(pair->key, from, mapping->end);
		check_node(pair->value, pair->key->end, mapping->end);
		from = pair->value->end;
		if (node_is_string(pair->key))
			require(node_find(mapping, node_string(pair->key)), "a key is not found", pair->key);
	}
	node_pairs_begin(&walk, mapping);
	while (node_pairs_next(&walk))
		count++;
	node_pairs_end(&walk);
	require(mapping->has_merge || count <= mapping->mapping.count, "there are too many pairs", mapping);
}

/* A node lies in [start, end), and what it holds lies in it, in order. */
static inline void check_node(const struct node *node, uint32_t start, uint32_t end)
{
	uint32_t from = node->value_start;

	require(node->start >= start && node->end <= end, "a node leaves its parent", node);
	require(node->start <= node->value_start && node->value_start <= node->end, "a node ends before it starts",
		node);
	node_truth(node);
	require(node_equal(node, node), "a node is not equal to itself", node);
	if (node->kind == NODE_SCALAR)
		check_scalar(node);
	else if (node->kind == NODE_MAPPING)
		check_mapping(node);
	for (uint32_t i = 0; node->kind == NODE_SEQUENCE && i < node->sequence.count; i++) {
		check_node(node->sequence.items[i], from, node->end);
		from = node->sequence.items[i]->end;
	}
}

static inline enum node_visit count_visit(void *context, const struct node *node, unsigned depth)
{
	require(node->kind != NODE_ALIAS && depth <= YAML_DEPTH_MAX, "the walk went astray", node);
	++*(size_t *)context;
	return NODE_CONTINUE;
}

static inline void check_stream(struct yaml_stream *stream)
{
	struct str text = stream->source.text;
	struct strbuf dump = STRBUF_INIT;
	const struct vec *comments = yaml_comments(stream);
	size_t visits = 0;

	for (size_t i = 0; i < stream->documents.len; i++) {
		const struct node *root = ((struct yaml_document *)vec_at(&stream->documents, i))->root;

		if (root)
			check_node(root, 0, (uint32_t)text.len);
		node_walk(root, VISITS_MAX, count_visit, &visits);
	}
	for (size_t i = 0; i < stream->issues.len; i++) {
		const struct yaml_issue *issue = vec_at(&stream->issues, i);

		require(issue->span.start <= issue->span.end && issue->span.end <= text.len, "an issue leaves the text",
			NULL);
		source_position(&stream->source, issue->span.start);
	}
	for (size_t i = 0; i < comments->len; i++) {
		struct span span = *(struct span *)vec_at(comments, i);

		require(text.ptr[span.start] == '#' && span.end <= text.len, "a comment is none", NULL);
	}
	if (visits < VISITS_MAX)
		yaml_dump(&dump, stream);
	strbuf_release(&dump);
}

#endif
