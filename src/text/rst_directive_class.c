#include "text/rst_directive_run.h"

/* A "class" directive without content means the next visible element, which is known at the end. */
struct pending_class {
	struct document_node *parent;
	struct document_node *before; /* the element before it; NULL: none */
	size_t line, start, end;
};

void rst_classes_init(struct rst_reader *reader)
{
	vec_init(&reader->classes, sizeof(struct pending_class));
}

void rst_classes_release(struct rst_reader *reader)
{
	vec_release(&reader->classes);
}

static bool makes_classes(struct rst_directive *directive)
{
	struct str rest = directive->argument.text;

	return rst_option_class(directive->machine->reader, rest);
}

/* Moves what a directive holds to where the directive stands; classes in it, from the first on, mean what follows there. */
static void move_children(
	struct rst_reader *reader, struct document_node *parent, const struct document_node *from, size_t first)
{
	for (size_t i = first; i < reader->classes.len; i++) {
		struct pending_class *pending = vec_at(&reader->classes, i);
		if (pending->parent == from) {
			pending->parent = parent;
			pending->before = pending->before ? pending->before : parent->last_child;
		}
	}
	for (struct document_node *child = from->first_child, *next; child; child = next) {
		next = child->next;
		child->next = NULL;
		document_append(parent, child);
	}
}

void rst_run_class(struct rst_directive *directive)
{
	struct rst_machine *machine = directive->machine;

	if (!makes_classes(directive)) {
		rst_refuse(directive, DOCUMENT_LEVEL_ERROR,
			"directive \"%.*s\": no class can be made of its argument; write a word that begins with a "
			"letter",
			STR_ARG(directive->name));
		return;
	}
	if (directive->content.len > 0) {
		size_t first = machine->reader->classes.len;
		move_children(machine->reader, machine->node, rst_read_detached(directive, DOCUMENT_ROOT), first);
		return;
	}
	struct pending_class *pending = vec_push(&machine->reader->classes);
	*pending = (struct pending_class){.parent = machine->node,
		.before = machine->node->last_child,
		.line = directive->line->number,
		.start = rst_line_start(directive->line),
		.end = rst_line_end(directive->line)};
}

/* Elements that are not seen, so that a class means what follows them. */
static bool is_invisible(const struct document_node *node)
{
	return node->kind == DOCUMENT_COMMENT || node->kind == DOCUMENT_TARGET;
}

/* Whether a visible element stands behind a place among the children of a parent, up to another (end NULL: the last). */
static bool has_sibling_behind(const struct pending_class *pending, const struct document_node *end)
{
	const struct document_node *node = pending->before ? pending->before->next : pending->parent->first_child;

	for (; node; node = node == end ? NULL : node->next) {
		if (!is_invisible(node))
			return true;
	}
	return false;
}

/* Whether a visible element stands behind an element and those that hold it. What was set aside is not part of the document, so that nobody knows. */
static bool has_element_behind(const struct document_node *node, const struct document_node *root)
{
	for (; node != root; node = node->parent) {
		if (!node->parent)
			return true;
		for (const struct document_node *next = node->next; next; next = next->next) {
			if (!is_invisible(next))
				return true;
		}
	}
	return false;
}

void rst_settle_classes(struct rst_reader *reader)
{
	const struct pending_class *later = NULL;
	bool found = false;

	/* From the last one on: what the later one of two siblings found is behind the earlier one, too. */
	for (size_t i = reader->classes.len; i-- > 0;) {
		const struct pending_class *pending = vec_at(&reader->classes, i);
		bool siblings = later && later->parent == pending->parent;
		if (siblings)
			found = found ||
				(pending->before != later->before && has_sibling_behind(pending, later->before));
		else
			found = has_sibling_behind(pending, NULL) ||
				has_element_behind(pending->parent, reader->document->root);
		later = pending;
		if (!found)
			rst_report(reader, DOCUMENT_LEVEL_ERROR, pending->line, pending->start, pending->end,
				"no element follows that this class could be for; take the directive out, or put it "
				"before one");
	}
}
