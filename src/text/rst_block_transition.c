#include "text/rst_block.h"

/* Whether an element does not count for the place of a transition. */
static bool is_ignored(const struct document_node *node)
{
	return node->kind == DOCUMENT_TARGET || node->kind == DOCUMENT_TITLE || node->kind == DOCUMENT_SUBTITLE;
}

static bool has_element_between(const struct document_node *first, const struct document_node *end)
{
	for (const struct document_node *node = first; node && node != end; node = node->next) {
		if (!is_ignored(node))
			return true;
	}
	return false;
}

static struct document_node *previous_of(const struct document_node *node)
{
	struct document_node *previous = NULL;

	for (struct document_node *other = node->parent->first_child; other != node; other = other->next)
		previous = other;
	return previous;
}

/* Takes an element out of its parent; previous is the one before it. */
static void take_out(struct document_node *node, struct document_node *previous)
{
	struct document_node *parent = node->parent;

	if (previous)
		previous->next = node->next;
	else
		parent->first_child = node->next;
	if (parent->last_child == node)
		parent->last_child = previous;
	node->next = NULL;
}

static void put_behind(struct document_node *node, struct document_node *previous)
{
	node->parent = previous->parent;
	node->next = previous->next;
	previous->next = node;
	if (!node->next)
		node->parent->last_child = node;
}

/* Moves a transition that ends a section behind the outermost section that ends with it; false where that is the document. */
static bool move_up(struct document_node *node, struct document_node *previous)
{
	struct document_node *section = node->parent;

	while (section->parent && !section->next)
		section = section->parent;
	if (!section->parent)
		return false;
	take_out(node, previous);
	put_behind(node, section);
	return true;
}

static void complain(struct rst_reader *reader, const struct document_node *node, const char *text)
{
	size_t line = 1;

	for (size_t i = 0; i < node->start; i++)
		line += reader->source.ptr[i] == '\n';
	rst_report(reader, DOCUMENT_LEVEL_WARNING, line, node->start, node->end, "%s", text);
}

static void settle(struct rst_reader *reader, struct document_node *node)
{
	struct document_node *previous = previous_of(node);
	bool begins = !has_element_between(node->parent->first_child, node);
	bool follows = previous && previous->kind == DOCUMENT_TRANSITION;

	if (!has_element_between(node->next, NULL) && !move_up(node, previous))
		complain(reader, node, "a transition at the end of the text separates nothing; take it out");
	if (begins)
		complain(reader, node,
			"a transition at the start of the text or a section separates nothing; take it out");
	else if (follows)
		complain(reader, node, "two transitions follow one another; take one out, or put text between");
}

void rst_settle_transitions(struct rst_reader *reader)
{
	struct document_node *root = reader->document->root;
	struct vec transitions = VEC_INIT(struct document_node *);

	for (struct document_node *node = root; node; node = document_next(root, node)) {
		if (node->kind == DOCUMENT_TRANSITION)
			vec_push_pointer(&transitions, node);
	}
	for (size_t i = 0; i < transitions.len; i++)
		settle(reader, vec_pointer(&transitions, i));
	vec_release(&transitions);
}
