/* MyST: lists. Those that CommonMark lacks are bullet lists whose items begin with what is described, for the extensions of MyST that know them are seldom switched on. */
#include "text/escape.h"
#include "text/write_myst_private.h"

#define NUMBER_MAX 999999999 /* CommonMark takes nine digits */

static void item(struct myst_writer *w, const struct document_node *node, struct str marker)
{
	size_t prefix = lines_marker(&w->lines, marker, marker.len + 1);

	myst_nested_blocks(w, node->first_child);
	lines_pop(&w->lines, prefix);
}

/* Kinds whose items have the same marks. */
enum family { NO_LIST, BULLETED, NUMBERED };

static enum family family_of(enum document_kind kind)
{
	switch (kind) {
	case DOCUMENT_ENUMERATED_LIST:
		return NUMBERED;
	case DOCUMENT_BULLET_LIST:
	case DOCUMENT_DEFINITION_LIST:
	case DOCUMENT_FIELD_LIST:
	case DOCUMENT_OPTION_LIST:
	case DOCUMENT_FOOTNOTE:
	case DOCUMENT_CITATION:
		return BULLETED;
	default:
		return NO_LIST;
	}
}

static bool is_note(const struct document_node *node)
{
	return node->kind == DOCUMENT_FOOTNOTE || node->kind == DOCUMENT_CITATION;
}

bool myst_alternates(bool alternate, const struct document_node *node, const struct document_node *previous)
{
	if (!previous || family_of(node->kind) == NO_LIST || family_of(previous->kind) != family_of(node->kind))
		return false;
	return is_note(previous) && is_note(node) ? alternate : !alternate;
}

void myst_list(struct myst_writer *w, const struct document_node *list, bool alternate)
{
	bool numbered = list->kind == DOCUMENT_ENUMERATED_LIST;
	char mark = numbered ? '.' : '-';
	long number = list->start_number >= 0 && list->start_number <= NUMBER_MAX ? list->start_number : 1;
	struct strbuf marker = STRBUF_INIT;
	bool tight = write_is_tight(list);

	if (alternate)
		mark = numbered ? ')' : '*';
	for (const struct document_node *node = list->first_child; node; node = node->next) {
		if (node != list->first_child && !tight)
			lines_blank(&w->lines);
		strbuf_clear(&marker);
		if (numbered)
			strbuf_printf(&marker, "%ld", number < NUMBER_MAX ? number++ : NUMBER_MAX);
		strbuf_append_char(&marker, mark);
		item(w, node, strbuf_str(&marker));
	}
	strbuf_release(&marker);
}

static void append_classifier(struct strbuf *out, const struct myst_writer *w, const struct document_node *classifier)
{
	struct document_node emphasis = {.kind = DOCUMENT_EMPHASIS, .first_child = classifier->first_child};
	struct myst_line line;

	myst_line_init(&line, w);
	myst_line_inline(&line, &emphasis);
	strbuf_append_c(out, out->len > 0 ? " " : "");
	myst_line_append(out, &line);
	myst_line_release(&line);
}

static void append_strong(
	struct strbuf *out, const struct myst_writer *w, const struct document_node *node, const char *behind)
{
	struct document_node strong = {.kind = DOCUMENT_STRONG, .first_child = node->first_child};
	struct myst_line line;

	myst_line_init(&line, w);
	myst_line_inline(&line, &strong);
	myst_line_append(out, &line);
	strbuf_append_c(out, behind);
	myst_line_release(&line);
}

static void append_options(struct strbuf *out, const struct document_node *group)
{
	struct strbuf option = STRBUF_INIT;

	for (const struct document_node *child = group->first_child; child; child = child->next) {
		strbuf_clear(&option);
		for (const struct document_node *part = child->first_child; part; part = part->next) {
			if (part->kind == DOCUMENT_OPTION_ARGUMENT)
				strbuf_append(&option, str_is_absent(part->name) ? STR(" ") : part->name);
			write_plain_line(&option, part);
		}
		strbuf_append_c(out, child != group->first_child ? ", " : "");
		escape_myst_literal(out, strbuf_str(&option));
	}
	strbuf_release(&option);
}

/* What an item begins with; gives what is said about it. */
static const struct document_node *append_subject(
	struct strbuf *out, const struct myst_writer *w, const struct document_node *node)
{
	const struct document_node *body = NULL;

	for (const struct document_node *child = node->first_child; child; child = child->next) {
		switch (child->kind) {
		case DOCUMENT_TERM:
			append_strong(out, w, child, "");
			break;
		case DOCUMENT_FIELD_NAME:
			append_strong(out, w, child, ":");
			break;
		case DOCUMENT_CLASSIFIER:
			append_classifier(out, w, child);
			break;
		case DOCUMENT_OPTION_GROUP:
			append_options(out, child);
			break;
		default:
			body = child;
			break;
		}
	}
	return body;
}

/* Blocks behind a subject that is written already: its first paragraph goes on in the same line where `joined`. */
static void described(
	struct myst_writer *w, struct str mark, struct str subject, const struct document_node *first, bool joined)
{
	size_t prefix = lines_marker(&w->lines, mark, 2);
	struct strbuf before = STRBUF_INIT;

	strbuf_append(&before, subject);
	strbuf_append_char(&before, ' ');
	if (joined && first && first->kind == DOCUMENT_PARAGRAPH && myst_paragraph(w, first, strbuf_str(&before)))
		first = first->next;
	else
		lines_add(&w->lines, subject);
	if (first) {
		lines_blank(&w->lines);
		myst_nested_blocks(w, first);
	}
	lines_pop(&w->lines, prefix);
	strbuf_release(&before);
}

void myst_described_list(struct myst_writer *w, const struct document_node *list, bool alternate)
{
	struct str mark = alternate ? STR("*") : STR("-");

	for (const struct document_node *node = list->first_child; node; node = node->next) {
		struct strbuf subject = STRBUF_INIT;
		const struct document_node *body = append_subject(&subject, w, node);

		if (node != list->first_child && list->kind != DOCUMENT_FIELD_LIST)
			lines_blank(&w->lines);
		described(w, mark, strbuf_str(&subject), body ? body->first_child : NULL,
			list->kind == DOCUMENT_FIELD_LIST);
		strbuf_release(&subject);
	}
}

/* Without a number that links: what refers to it shows the same label. */
void myst_footnote(struct myst_writer *w, const struct document_node *node, bool alternate)
{
	struct str mark = alternate ? STR("*") : STR("-");
	const struct document_node *label = write_child(node, DOCUMENT_LABEL);
	struct strbuf subject = STRBUF_INIT;
	struct myst_line line;

	myst_line_init(&line, w);
	if (label)
		myst_line_children(&line, label);
	strbuf_append_c(&subject, "\\[");
	myst_line_append(&subject, &line);
	strbuf_append_c(&subject, "\\]");
	described(w, mark, strbuf_str(&subject), label ? label->next : node->first_child, true);
	myst_line_release(&line);
	strbuf_release(&subject);
}

#define LINE_DEPTH 15

static unsigned line_depth(const struct document_node *line, const struct document_node *block)
{
	unsigned depth = 0;

	for (const struct document_node *node = line->parent; node != block && depth < LINE_DEPTH; node = node->parent)
		depth++;
	return depth;
}

static const struct document_node *next_line(const struct document_node *block, const struct document_node *line)
{
	const struct document_node *node = document_next(block, line);

	while (node && node->kind != DOCUMENT_LINE)
		node = document_next(block, node);
	return node;
}

/* A line, and what it begins with. */
static void append_line(
	struct strbuf *out, const struct myst_writer *w, const struct document_node *node, unsigned depth)
{
	struct myst_line line;

	myst_line_init(&line, w);
	myst_line_children(&line, node);
	for (unsigned i = depth; i > 0; i--)
		strbuf_append_c(out, "&nbsp;&nbsp;&nbsp;&nbsp;");
	if (line.text.len == 0)
		strbuf_append_c(out, "&nbsp;");
	myst_line_append(out, &line);
	myst_line_release(&line);
}

/* Lines that are broken where they are; blanks that do not break indent them. */
void myst_line_block(struct myst_writer *w, const struct document_node *block)
{
	const struct document_node *next;

	for (const struct document_node *node = next_line(block, NULL); node; node = next) {
		struct strbuf whole = STRBUF_INIT;

		next = next_line(block, node);
		append_line(&whole, w, node, line_depth(node, block));
		myst_guarded_line(w, strbuf_str(&whole), next != NULL);
		strbuf_release(&whole);
	}
}
