/* Any bytes as reStructuredText: the tree holds together, everything has its place in the text, and no time is lost. */
#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "text/rst.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

/* Whether a child of this kind may stand in such an element. */
static bool may_hold(const struct document_node *parent, const struct document_node *child)
{
	switch (document_kind_content(parent->kind)) {
	case DOCUMENT_HOLDS_BLOCKS:
		return document_kind_is_block(child->kind);
	case DOCUMENT_HOLDS_INLINES:
		return !document_kind_is_block(child->kind) || child->kind == DOCUMENT_TARGET;
	default:
		return false;
	}
}

static void check_node(const struct document_node *node, size_t size)
{
	const struct document_node *last = NULL;

	/* A transition at the end of a section is moved behind it. */
	bool is_moved = node->kind == DOCUMENT_TRANSITION;

	require(node->start <= node->end && node->end <= size, "an element leaves the text");
	require(!node->parent || is_moved || (node->start >= node->parent->start && node->end <= node->parent->end),
		"an element leaves the one that holds it");
	for (const struct document_node *child = node->first_child; child; child = child->next) {
		require(child->parent == node, "a child has another parent");
		require(may_hold(node, child), "an element holds what it cannot hold");
		last = child;
	}
	require(node->last_child == last, "the last child is another");
}

static void check_notes(const struct document *document, size_t size)
{
	size_t before = 0;

	for (size_t i = 0; i < document->messages.len; i++) {
		const struct document_message *message = vec_at(&document->messages, i);
		require(message->start <= message->end && message->end <= size, "a message leaves the text");
		require(message->start >= before, "messages are out of order");
		require(message->line > 0 && message->text.len > 0, "a message without a line or a text");
		before = message->start;
	}
	for (size_t i = 0; i < document->unsupported.len; i++) {
		const struct document_unsupported *unsupported = vec_at(&document->unsupported, i);
		require(unsupported->start <= unsupported->end && unsupported->end <= size,
			"what is unsupported leaves the text");
		require(unsupported->line > 0 && unsupported->what.len > 0, "what is unsupported has no name");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str roles[] = {{"ref", 3}};
	const struct rst_options options = {.roles = roles, .role_count = 1};
	struct strbuf plain = STRBUF_INIT;
	struct document *document = rst_read((struct str){(const char *)data, size}, size % 2 == 0 ? &options : NULL);
	const struct document_node *root = document->root;

	for (const struct document_node *node = root; node; node = document_next(root, node))
		check_node(node, size);
	check_notes(document, size);
	document_plain_text(&plain, root);
	strbuf_release(&plain);
	document_free(document);
	return 0;
}
