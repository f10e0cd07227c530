/* reStructuredText: what stands in a paragraph. Markup does not nest there: of nested elements, the innermost that can be written is. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/escape.h"
#include "text/write_rst_private.h"

#define LITERAL_MAX 2000

/* How an element is marked up: by what stands around it, or by a role. */
static const struct {
	const char *mark;
	const char *role;
} markups[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_EMPHASIS] = {"*", "emphasis"},
	[DOCUMENT_STRONG] = {"**", "strong"},
	[DOCUMENT_TITLE_REFERENCE] = {NULL, "title"},
	[DOCUMENT_SUBSCRIPT] = {NULL, "sub"},
	[DOCUMENT_SUPERSCRIPT] = {NULL, "sup"},
	[DOCUMENT_ABBREVIATION] = {NULL, "abbreviation"},
	[DOCUMENT_ACRONYM] = {NULL, "acronym"},
};

static void append_role(struct rst_line *line, const char *role, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	strbuf_printf(&markup, ":%s:`", role);
	rst_append_content(&markup, content);
	strbuf_append_char(&markup, '`');
	rst_line_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

/* Text as the content of a kind of element: white space at its ends goes outside. */
static void marked(struct rst_line *line, enum document_kind kind, struct str content)
{
	struct str trimmed = str_trim(content);
	struct strbuf markup = STRBUF_INIT;
	const char *mark = markups[kind].mark;

	if (trimmed.len == 0) {
		rst_line_text(line, content);
		return;
	}
	if (trimmed.ptr > content.ptr)
		rst_line_text(line, STR(" "));
	if (mark) {
		strbuf_append_c(&markup, mark);
		escape_rst_inline(&markup, trimmed);
		strbuf_append_c(&markup, mark);
		rst_line_markup(line, strbuf_str(&markup), strlen(mark));
	} else if (!line->in_name) {
		append_role(line, markups[kind].role, trimmed);
	} else { /* a colon in front would end the name */
		strbuf_append_char(&markup, '`');
		rst_append_content(&markup, trimmed);
		strbuf_append_char(&markup, '`');
		if (kind != DOCUMENT_TITLE_REFERENCE)
			strbuf_printf(&markup, ":%s:", markups[kind].role);
		rst_line_markup(line, strbuf_str(&markup), 1);
	}
	if (trimmed.ptr + trimmed.len < content.ptr + content.len)
		rst_line_text(line, STR(" "));
	strbuf_release(&markup);
}

static void literal_piece(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	escape_rst_literal(&markup, content);
	if (line->in_name && (markup.ptr[0] == ':' || str_find(content, ':') < content.len))
		rst_line_text(line, content);
	else
		rst_line_markup(line, strbuf_str(&markup), markup.ptr[0] == '`' ? 2 : markup.len);
	strbuf_release(&markup);
}

/* Long ones in pieces, between which lines can be broken. */
static void literal(struct rst_line *line, struct str content)
{
	struct str rest = content;

	do {
		struct str piece = utf8_prefix(rest, LITERAL_MAX);

		literal_piece(line, piece);
		rest = str_slice(rest, piece.len, rest.len);
	} while (rest.len > 0);
}

/* Commands by which TeX on a page does more than show a formula. */
static bool is_tame_formula(struct str formula)
{
	static const char *const commands[] = {
		"href", "require", "data", "style", "class", "cssId", "url", "include", "unicode"};

	if (str_find(formula, '`') < formula.len || str_trim(formula).len < formula.len || formula.len == 0)
		return false;
	for (struct str rest = formula; rest.len > 0; rest = str_slice(rest, 1, rest.len)) {
		for (size_t i = 0; rest.ptr[0] == '\\' && i < sizeof(commands) / sizeof(*commands); i++) {
			if (str_starts_with(str_slice(rest, 1, rest.len), str_of(commands[i])))
				return false;
		}
	}
	return formula.ptr[formula.len - 1] != '\\';
}

static void formula(struct rst_line *line, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (line->in_name || !is_tame_formula(content)) {
		literal(line, content);
		return;
	}
	strbuf_append_c(&markup, ":math:`");
	escape_plain(&markup, content);
	strbuf_append_char(&markup, '`');
	rst_line_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

static bool is_role_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (!ascii_is_alnum(name.ptr[i]) &&
			(i == 0 || i + 1 == name.len || name.ptr[i] == '\0' || !strchr("-_.:+", name.ptr[i])))
			return false;
	}
	return name.len > 0;
}

/* The host's own role, where it is known to be there: "text <target>" unless both are the same. */
static void host_role(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (!line->writer->options->roles || !is_role_name(node->name) || line->in_name || str_trim(content).len == 0) {
		rst_line_text(line, content);
		return;
	}
	strbuf_append_char(&markup, ':');
	strbuf_append(&markup, node->name);
	strbuf_append_c(&markup, ":`");
	rst_append_content(&markup, str_trim(content));
	if (node->target.len > 0 && !str_equal(node->target, content)) {
		strbuf_append_c(&markup, " <");
		rst_append_content(&markup, node->target);
		strbuf_append_char(&markup, '>');
	}
	strbuf_append_char(&markup, '`');
	rst_line_markup(line, strbuf_str(&markup), markup.len);
	strbuf_release(&markup);
}

/* An inline target: others refer to it by what it says. */
static void inline_target(struct rst_line *line, const struct document_node *node, struct str content)
{
	struct strbuf markup = STRBUF_INIT;

	if (!node->first_child || !rst_is_written_target(node, line->writer->options) ||
		str_trim(content).len < content.len) {
		rst_line_text(line, content);
		return;
	}
	strbuf_append_c(&markup, "_`");
	rst_append_content(&markup, content);
	strbuf_append_char(&markup, '`');
	rst_line_markup(line, strbuf_str(&markup), 2);
	strbuf_release(&markup);
}

/* flat */
static void leaf(struct rst_line *line, const struct document_node *node, struct str content)
{
	switch (node->kind) {
	case DOCUMENT_LITERAL:
		literal(line, content);
		break;
	case DOCUMENT_MATH:
		formula(line, content);
		break;
	case DOCUMENT_REFERENCE:
		rst_line_reference(line, node, content);
		break;
	case DOCUMENT_FOOTNOTE_REFERENCE:
	case DOCUMENT_CITATION_REFERENCE:
		rst_line_note_reference(line, node, content);
		break;
	case DOCUMENT_ROLE:
		host_role(line, node, content);
		break;
	case DOCUMENT_TARGET:
		inline_target(line, node, content);
		break;
	default:
		if (markups[node->kind].role)
			marked(line, node->kind, content);
		else
			rst_line_text(line, content);
		break;
	}
}

/* Whether the element is written as one piece: it holds nothing but text, or what it is matters more than what is marked up within. */
static bool is_leaf(const struct document_node *node)
{
	bool whole = node->kind == DOCUMENT_REFERENCE || node->kind == DOCUMENT_FOOTNOTE_REFERENCE ||
		     node->kind == DOCUMENT_CITATION_REFERENCE || node->kind == DOCUMENT_ROLE;

	for (const struct document_node *child = node->first_child; child && !whole; child = child->next) {
		if (child->kind != DOCUMENT_TEXT)
			return false;
	}
	return true;
}

/* Of elements within each other, the innermost that can be written; text directly in node is shown as what node is. itself, or the one around it where it has no markup of its own. */
void rst_line_inline(struct rst_line *line, const struct document_node *node)
{
	struct strbuf content = STRBUF_INIT;

	if (node->kind == DOCUMENT_LINE_BREAK) {
		strbuf_append_char(&line->text, RST_BREAK);
		line->after_markup = false;
	} else if (is_leaf(node) || line->depth > WRITE_DEPTH_MAX) {
		document_plain_text(&content, node);
		leaf(line, node, strbuf_str(&content));
	} else {
		line->depth++;
		rst_line_children(line, node);
		line->depth--;
	}
	strbuf_release(&content);
}

/* Whether nothing but the text of an element is written. */
static bool is_text(const struct rst_line *line, const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_TEXT:
		return true;
	case DOCUMENT_ROLE:
		return !line->writer->options->roles;
	case DOCUMENT_REFERENCE:
		return !rst_line_is_link(line, node);
	default:
		return false;
	}
}

/* Texts that stand side by side are one: what is escaped depends on what is around it. `as`: what they are shown as. Gives the last of them. */
static const struct document_node *text_run(
	struct rst_line *line, const struct document_node *first, enum document_kind as)
{
	const struct document_node *last = first;
	struct strbuf content = STRBUF_INIT;

	document_plain_text(&content, first);
	for (; last->next && is_text(line, last->next); last = last->next)
		document_plain_text(&content, last->next);
	leaf(line, &(struct document_node){.kind = as}, strbuf_str(&content));
	strbuf_release(&content);
	return last;
}

void rst_line_children(struct rst_line *line, const struct document_node *parent)
{
	enum document_kind as = document_kind_is_block(parent->kind) ? DOCUMENT_TEXT : parent->kind;

	line->source = line->source ? line->source : parent;
	for (const struct document_node *child = parent->first_child; child; child = child->next) {
		if (is_text(line, child))
			child = text_run(line, child, as);
		else
			rst_line_inline(line, child);
	}
}
