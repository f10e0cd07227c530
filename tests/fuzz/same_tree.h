/* Both readers of YAML must give the same tree of a text that the quick one takes for simple. Shared by the fuzz target and the tests. */
#ifndef ASPIS_FUZZ_SAME_TREE_H
#define ASPIS_FUZZ_SAME_TREE_H

#include "fuzz_tree.h"
#include "yaml/internal.h"
#include "yaml/readers.h"

static inline void require_same_node(const struct node *a, const struct node *b)
{
	require(a->kind == b->kind && a->style == b->style && a->type == b->type, "the nodes are of other kinds", a);
	require(a->start == b->start && a->end == b->end && a->value_start == b->value_start,
		"the nodes stand elsewhere", a);
	require(a->has_merge == b->has_merge && a->repeats_key == b->repeats_key, "the keys are others", a);
	require(str_is_absent(node_tag(b)) && str_equal(node_anchor(a), node_anchor(b)), "the properties differ", a);
	if (a->kind == NODE_SCALAR) {
		require(str_equal(a->scalar, b->scalar), "the values differ", a);
	} else if (a->kind == NODE_SEQUENCE) {
		require(a->sequence.count == b->sequence.count, "the sequences differ in length", a);
		for (uint32_t i = 0; i < a->sequence.count; i++)
			require_same_node(a->sequence.items[i], b->sequence.items[i]);
	} else if (a->kind == NODE_ALIAS) {
		require(a->target->start == b->target->start, "the aliases refer to other nodes", a);
	} else {
		require(a->mapping.count == b->mapping.count, "the mappings differ in length", a);
		for (uint32_t i = 0; i < a->mapping.count; i++) {
			require_same_node(a->mapping.pairs[i].key, b->mapping.pairs[i].key);
			require_same_node(a->mapping.pairs[i].value, b->mapping.pairs[i].value);
		}
	}
}

static inline void require_same_documents(const struct yaml_stream *a, const struct yaml_stream *b)
{
	require(a->documents.len == b->documents.len && !b->broken, "the documents differ in number", NULL);
	for (size_t i = 0; i < a->documents.len; i++) {
		const struct yaml_document *one = vec_at(&a->documents, i), *other = vec_at(&b->documents, i);

		require(one->span.start == other->span.start && one->span.end == other->span.end,
			"a document starts elsewhere", one->root);
		require(!one->root == !other->root, "a document is empty", one->root);
		if (one->root)
			require_same_node(one->root, other->root);
	}
}

static inline void require_same_issues(const struct yaml_stream *a, const struct yaml_stream *b)
{
	require(a->issues.len == b->issues.len, "the issues differ in number", NULL);
	for (size_t i = 0; i < a->issues.len; i++) {
		const struct yaml_issue *one = vec_at(&a->issues, i), *other = vec_at(&b->issues, i);

		require(one->kind == other->kind && one->span.start == other->span.start &&
				one->span.end == other->span.end && str_equal(one->message, other->message),
			"the issues differ", NULL);
	}
}

/* Whether the quick reader takes a text (UTF-8 without NUL) for simple; then, both readers have given the same. */
static inline bool require_same_readers(struct str text)
{
	struct builder quick, thorough;
	bool is_ascii, simple = false;
	struct arena arena;

	arena_init(&arena);
	builder_init(&quick, stream_new(&arena, STR("quick.yaml"), text));
	builder_init(&thorough, stream_new(&arena, STR("thorough.yaml"), text));
	if (encoding_valid_prefix(&quick.stream->source, &is_ascii) == text.len && encoding_bom(text) == 0)
		simple = simple_read(&quick);
	if (simple) {
		libyaml_read(&thorough, 0, is_ascii);
		require_same_documents(quick.stream, thorough.stream);
		require_same_issues(quick.stream, thorough.stream);
	}
	yaml_stream_release(quick.stream);
	yaml_stream_release(thorough.stream);
	builder_release(&quick);
	builder_release(&thorough);
	arena_release(&arena);
	return simple;
}

#endif
