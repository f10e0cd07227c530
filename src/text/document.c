#include "text/document.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

static const struct {
	const char *name;
	bool block;
	enum document_content content;
} kinds[] = {
#define DOCUMENT_KIND_ROW(enumerator, xml_name, is_block, holds) [enumerator] = {xml_name, is_block, holds},
	DOCUMENT_KINDS(DOCUMENT_KIND_ROW)
#undef DOCUMENT_KIND_ROW
};

static const char *const levels[] = {
#define DOCUMENT_LEVEL_ROW(enumerator, name) [enumerator] = (name),
	DOCUMENT_LEVELS(DOCUMENT_LEVEL_ROW)
#undef DOCUMENT_LEVEL_ROW
};

static const char *const enumerations[] = {
	[DOCUMENT_ARABIC] = "arabic",
	[DOCUMENT_LOWER_ALPHA] = "loweralpha",
	[DOCUMENT_UPPER_ALPHA] = "upperalpha",
	[DOCUMENT_LOWER_ROMAN] = "lowerroman",
	[DOCUMENT_UPPER_ROMAN] = "upperroman",
};

const char *document_kind_name(enum document_kind kind)
{
	return kinds[kind].name;
}

bool document_kind_is_block(enum document_kind kind)
{
	return kinds[kind].block;
}

enum document_content document_kind_content(enum document_kind kind)
{
	return kinds[kind].content;
}

bool document_kind_is_admonition(enum document_kind kind)
{
	return kind >= DOCUMENT_ATTENTION && kind <= DOCUMENT_ADMONITION;
}

const char *document_enumeration_name(enum document_enumeration enumeration)
{
	return enumerations[enumeration];
}

const char *document_level_name(enum document_level level)
{
	return levels[level];
}

struct document *document_new(void)
{
	struct document *document = xcalloc(1, sizeof(*document));

	arena_init(&document->arena);
	vec_init(&document->messages, sizeof(struct document_message));
	vec_init(&document->unsupported, sizeof(struct document_unsupported));
	document->root = document_add(document, NULL, DOCUMENT_ROOT);
	return document;
}

void document_free(struct document *document)
{
	if (!document)
		return;
	vec_release(&document->messages);
	vec_release(&document->unsupported);
	arena_release(&document->arena);
	free(document);
}

enum document_level document_worst(const struct document *document)
{
	enum document_level worst = DOCUMENT_LEVEL_DEBUG;

	for (size_t i = 0; i < document->messages.len; i++) {
		const struct document_message *message = vec_at(&document->messages, i);
		if (message->level > worst)
			worst = message->level;
	}
	return worst;
}

struct document_node *document_add(struct document *document, struct document_node *parent, enum document_kind kind)
{
	struct document_node *node = arena_calloc(&document->arena, 1, sizeof(*node));

	node->kind = kind;
	node->start_number = 1;
	if (parent)
		document_append(parent, node);
	return node;
}

struct document_node *document_add_text(struct document *document, struct document_node *parent, struct str text)
{
	struct document_node *node = document_add(document, parent, DOCUMENT_TEXT);

	node->text = text;
	return node;
}

void document_append(struct document_node *parent, struct document_node *child)
{
	child->parent = parent;
	if (parent->last_child)
		parent->last_child->next = child;
	else
		parent->first_child = child;
	parent->last_child = child;
}

struct document_node *document_next(const struct document_node *root, const struct document_node *node)
{
	if (!node)
		return (struct document_node *)root;
	if (node->first_child)
		return node->first_child;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* What stands between two siblings of which at least one is a block: a line break where lines make up a whole, else a blank line. */
static struct str separator_before(const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_TEXT:
		return STR("");
	case DOCUMENT_LINE:
	case DOCUMENT_DEFINITION:
	case DOCUMENT_CLASSIFIER:
		return STR("\n");
	default:
		return document_kind_is_block(node->kind) && node->parent && node->parent->first_child != node
			       ? STR("\n\n")
			       : STR("");
	}
}

void document_plain_text(struct strbuf *out, const struct document_node *root)
{
	size_t start = out->len;

	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (node != root && out->len > start)
			strbuf_append(out, separator_before(node));
		if (node->text.len > 0)
			strbuf_append(out, node->text);
	}
}
