#include "text/rst_block.h"

/* A transition with what its siblings tell. */
struct placed {
	struct document_node *node;
	struct document_node *previous; /* the element before it; NULL: none */
	bool begins, follows, ends;
};

/* Whether an element does not count for the place of a transition. */
static bool is_ignored(const struct document_node *node)
{
	return node->kind == DOCUMENT_TARGET || node->kind == DOCUMENT_TITLE || node->kind == DOCUMENT_SUBTITLE;
}

/* The last child that counts; NULL: none. */
static const struct document_node *last_counting(const struct document_node *parent)
{
	const struct document_node *last = NULL;

	for (const struct document_node *child = parent->first_child; child; child = child->next)
		last = is_ignored(child) ? last : child;
	return last;
}

/* The transitions among the children of an element. */
static void collect_children(struct vec *transitions, const struct document_node *parent)
{
	const struct document_node *last = last_counting(parent);
	struct document_node *previous = NULL;
	bool seen = false;

	for (struct document_node *child = parent->first_child; child; child = child->next) {
		if (child->kind == DOCUMENT_TRANSITION) {
			struct placed *placed = vec_push(transitions);
			*placed = (struct placed){
				.node = child, .previous = previous, .begins = !seen, .ends = child == last};
			placed->follows = previous && previous->kind == DOCUMENT_TRANSITION;
		}
		seen = seen || !is_ignored(child);
		previous = child;
	}
}

/* Messages that stand between a mark and the next one. */
static bool has_messages_behind(const struct rst_machine *machine, size_t mark)
{
	const struct vec *marks = &machine->styles->marks;
	size_t here = ((const struct rst_mark *)vec_at(marks, mark))->messages;
	size_t next = mark + 1 < marks->len ? ((const struct rst_mark *)vec_at(marks, mark + 1))->messages
					    : machine->reader->document->messages.len;

	return next > here;
}

/* Messages count as elements, although they are none here. */
static void count_messages(const struct rst_machine *machine, struct placed *placed, size_t mark)
{
	bool before = mark > 0 ? has_messages_behind(machine, mark - 1)
			       : ((const struct rst_mark *)vec_at(&machine->styles->marks, 0))->messages > 0;

	placed->begins = placed->begins && !before;
	placed->follows = placed->follows && !before;
	placed->ends = placed->ends && !has_messages_behind(machine, mark);
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
static bool move_up(const struct placed *placed)
{
	struct document_node *section = placed->node->parent;

	while (section->parent && !section->next)
		section = section->parent;
	if (!section->parent)
		return false;
	take_out(placed->node, placed->previous);
	put_behind(placed->node, section);
	return true;
}

static void complain(struct rst_machine *machine, const struct document_node *node, const char *text)
{
	size_t low = 0, high = machine->len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (rst_line_start(&machine->lines[middle]) <= node->start)
			low = middle;
		else
			high = middle;
	}
	rst_complain(machine, DOCUMENT_LEVEL_WARNING, &machine->lines[low], 1, "%s", text);
}

static void settle(struct rst_machine *machine, const struct placed *placed)
{
	if (placed->ends && !move_up(placed))
		complain(machine, placed->node, "a transition at the end of the text separates nothing; take it out");
	if (placed->begins)
		complain(machine, placed->node,
			"a transition at the start of the text or a section separates nothing; take it out");
	else if (placed->follows)
		complain(
			machine, placed->node, "two transitions follow one another; take one out, or put text between");
}

void rst_judge_transitions(struct rst_machine *machine, struct vec *transitions)
{
	struct document_node *root = machine->reader->document->root;
	const struct vec *marks = &machine->styles->marks;
	size_t next = 0;

	vec_init(transitions, sizeof(struct placed));
	for (struct document_node *node = root; node; node = document_next(root, node)) {
		if (node->kind == DOCUMENT_ROOT || node->kind == DOCUMENT_SECTION)
			collect_children(transitions, node);
	}
	/* Both are in the order of the text: a section's transitions come before its subsections. */
	for (size_t i = 0; i < marks->len; i++) {
		const struct rst_mark *mark = vec_at(marks, i);
		if (mark->node->kind == DOCUMENT_TRANSITION)
			count_messages(machine, vec_at(transitions, next++), i);
	}
}

void rst_settle_transitions(struct rst_machine *machine, struct vec *transitions)
{
	for (size_t i = 0; i < transitions->len; i++)
		settle(machine, vec_at(transitions, i));
	vec_release(transitions);
}
