/* Terminal: blocks. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/write_terminal_private.h"

#define DEFAULT_WIDTH 80
#define INDENT        4
#define TAB_WIDTH     8
#define LINE_DEPTH    15

void terminal_paragraph(struct terminal_writer *w, const struct document_node *node, unsigned style)
{
	struct terminal_text text;

	terminal_text_init(&text, w, style);
	if (document_kind_is_block(node->kind))
		terminal_text_children(&text, node);
	else
		terminal_text_inline(&text, node);
	terminal_text_lines(w, &text);
	terminal_text_release(&text);
}

static void indented(struct terminal_writer *w, const struct document_node *first, size_t indent)
{
	size_t prefix;

	lines_end_marker(&w->lines);
	prefix = lines_push_indent(&w->lines, indent);
	terminal_blocks(w, first);
	lines_pop(&w->lines, prefix);
}

static void title(struct terminal_writer *w, const struct document_node *node)
{
	terminal_paragraph(w, node, TERMINAL_STRONG);
}

static void paragraph(struct terminal_writer *w, const struct document_node *node)
{
	terminal_paragraph(w, node, 0);
}

/* Tabs are as wide as they were, whatever the line is indented by. */
static void add_code_line(struct terminal_writer *w, struct str line)
{
	struct strbuf text = STRBUF_INIT;
	struct str rest = line;
	size_t column = 0;

	if (w->options->color)
		strbuf_append_c(&text, "\033[36m");
	while (rest.len > 0) {
		size_t until_tab = str_find(rest, '\t');
		struct str part = str_slice(rest, 0, until_tab);

		strbuf_append(&text, part);
		column += utf8_display_width(part, 0);
		if (until_tab < rest.len)
			strbuf_append_repeat(&text, ' ', TAB_WIDTH - column % TAB_WIDTH);
		column += TAB_WIDTH - column % TAB_WIDTH;
		rest = str_slice(rest, until_tab + 1, rest.len);
	}
	if (w->options->color)
		strbuf_append_c(&text, "\033[0m");
	lines_add(&w->lines, strbuf_str(&text));
	strbuf_release(&text);
}

static void literal_block(struct terminal_writer *w, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;
	struct str rest;
	size_t prefix;

	document_plain_text(&plain, node);
	escape_plain(&text, strbuf_str(&plain));
	rest = strbuf_str(&text);
	lines_end_marker(&w->lines);
	prefix = lines_push_indent(&w->lines, INDENT);
	while (text.len > 0 && !str_is_absent(rest)) {
		struct str line = str_cut(&rest, '\n');

		if (str_trim(line).len > 0)
			add_code_line(w, line);
		else
			lines_blank(&w->lines);
	}
	lines_pop(&w->lines, prefix);
	strbuf_release(&plain);
	strbuf_release(&text);
}

static void list(struct terminal_writer *w, const struct document_node *node)
{
	bool tight = write_is_tight(node);
	struct strbuf marker = STRBUF_INIT;
	long number = node->start_number;

	for (const struct document_node *item = node->first_child; item; item = item->next, number++) {
		size_t prefix;

		if (item != node->first_child && !tight)
			lines_blank(&w->lines);
		strbuf_clear(&marker);
		if (node->kind == DOCUMENT_ENUMERATED_LIST) {
			escape_plain(&marker, node->prefix);
			write_enumerator(&marker, node, number);
			escape_plain(&marker, node->suffix.len > 0 ? node->suffix : STR("."));
		} else {
			strbuf_append_char(&marker, '-');
		}
		prefix = lines_marker(&w->lines, strbuf_str(&marker), marker.len + 1);
		terminal_blocks(w, item->first_child);
		lines_pop(&w->lines, prefix);
	}
	strbuf_release(&marker);
}

/* The term, the name of a field or the options, in strong letters, with its classifiers. */
static const struct document_node *subject(
	struct terminal_writer *w, const struct document_node *node, const char *behind)
{
	const struct document_node *body = NULL;
	struct terminal_text text;

	terminal_text_init(&text, w, TERMINAL_STRONG);
	for (const struct document_node *child = node->first_child; child; child = child->next) {
		if (child->kind == DOCUMENT_DEFINITION || child->kind == DOCUMENT_FIELD_BODY ||
			child->kind == DOCUMENT_DESCRIPTION) {
			body = child;
			continue;
		}
		text.style = child->kind == DOCUMENT_CLASSIFIER ? TERMINAL_EMPHASIS : TERMINAL_STRONG;
		terminal_text_add(&text, child != node->first_child ? STR(" ") : STR(""));
		if (child->kind != DOCUMENT_OPTION_GROUP)
			terminal_text_children(&text, child);
		for (const struct document_node *option = child->first_child;
			option && child->kind == DOCUMENT_OPTION_GROUP; option = option->next) {
			terminal_text_add(&text, option != child->first_child ? STR(", ") : STR(""));
			for (const struct document_node *part = option->first_child; part; part = part->next) {
				if (part->kind == DOCUMENT_OPTION_ARGUMENT)
					terminal_text_add(&text, str_is_absent(part->name) ? STR(" ") : part->name);
				terminal_text_children(&text, part);
			}
		}
	}
	terminal_text_add(&text, str_of(behind));
	terminal_text_lines(w, &text);
	terminal_text_release(&text);
	return body;
}

static void described_list(struct terminal_writer *w, const struct document_node *node)
{
	for (const struct document_node *item = node->first_child; item; item = item->next) {
		const struct document_node *body = subject(w, item, node->kind == DOCUMENT_FIELD_LIST ? ":" : "");

		if (body)
			indented(w, body->first_child, INDENT);
	}
}

static void line_block(struct terminal_writer *w, const struct document_node *block)
{
	for (const struct document_node *node = document_next(block, NULL); node; node = document_next(block, node)) {
		unsigned depth = 0;
		size_t length = w->lines.out->len;
		size_t prefix;

		if (node->kind != DOCUMENT_LINE)
			continue;
		for (const struct document_node *above = node->parent; above != block && depth < LINE_DEPTH;
			above = above->parent)
			depth++;
		prefix = lines_push_indent(&w->lines, (size_t)depth * INDENT);
		terminal_paragraph(w, node, 0);
		if (w->lines.out->len == length)
			lines_blank(&w->lines);
		lines_pop(&w->lines, prefix);
	}
}

static void block_quote(struct terminal_writer *w, const struct document_node *node)
{
	indented(w, node->first_child, INDENT);
}

static void attribution(struct terminal_writer *w, const struct document_node *node)
{
	size_t prefix = lines_marker(&w->lines, STR("--"), 3);

	terminal_paragraph(w, node, 0);
	lines_pop(&w->lines, prefix);
}

static void admonition(struct terminal_writer *w, const struct document_node *node)
{
	const struct document_node *own = write_child(node, DOCUMENT_TITLE);
	struct strbuf name = STRBUF_INIT;
	struct terminal_text text;

	terminal_text_init(&text, w, TERMINAL_STRONG);
	write_admonition_title(&name, node->kind);
	if (own)
		terminal_text_children(&text, own);
	else
		terminal_text_add(&text, strbuf_str(&name));
	terminal_text_lines(w, &text);
	indented(w, write_first_block(node), INDENT);
	terminal_text_release(&text);
	strbuf_release(&name);
}

static void footnote(struct terminal_writer *w, const struct document_node *node)
{
	const struct document_node *label = write_child(node, DOCUMENT_LABEL);
	struct strbuf plain = STRBUF_INIT;
	struct strbuf marker = STRBUF_INIT;
	size_t prefix;

	if (label)
		write_plain_line(&plain, label);
	strbuf_append_char(&marker, '[');
	escape_plain(&marker, strbuf_str(&plain));
	strbuf_append_char(&marker, ']');
	prefix = lines_marker(&w->lines, strbuf_str(&marker), INDENT);
	terminal_blocks(w, write_first_block(node));
	lines_pop(&w->lines, prefix);
	strbuf_release(&plain);
	strbuf_release(&marker);
}

static void transition(struct terminal_writer *w, const struct document_node *node)
{
	(void)node;
	lines_add(&w->lines, STR("* * *"));
}

typedef void terminal_function(struct terminal_writer *w, const struct document_node *node);

/* Kinds without a row are their content. */
static terminal_function *const functions[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_TITLE] = title,
	[DOCUMENT_SUBTITLE] = title,
	[DOCUMENT_RUBRIC] = title,
	[DOCUMENT_PARAGRAPH] = paragraph,
	[DOCUMENT_BULLET_LIST] = list,
	[DOCUMENT_ENUMERATED_LIST] = list,
	[DOCUMENT_DEFINITION_LIST] = described_list,
	[DOCUMENT_FIELD_LIST] = described_list,
	[DOCUMENT_OPTION_LIST] = described_list,
	[DOCUMENT_LITERAL_BLOCK] = literal_block,
	[DOCUMENT_DOCTEST_BLOCK] = literal_block,
	[DOCUMENT_LINE_BLOCK] = line_block,
	[DOCUMENT_BLOCK_QUOTE] = block_quote,
	[DOCUMENT_ATTRIBUTION] = attribution,
	[DOCUMENT_TABLE] = terminal_table,
	[DOCUMENT_TRANSITION] = transition,
	[DOCUMENT_FOOTNOTE] = footnote,
	[DOCUMENT_CITATION] = footnote,
};

static void too_deep(struct terminal_writer *w, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;
	struct terminal_text text;

	terminal_text_init(&text, w, 0);
	write_plain_line(&plain, node);
	terminal_text_add(&text, strbuf_str(&plain));
	terminal_text_lines(w, &text);
	terminal_text_release(&text);
	strbuf_release(&plain);
}

static void block(struct terminal_writer *w, const struct document_node *node)
{
	if (w->depth > WRITE_DEPTH_MAX && write_is_container(node->kind))
		too_deep(w, node);
	else if (functions[node->kind])
		functions[node->kind](w, node);
	else if (document_kind_is_admonition(node->kind))
		admonition(w, node);
	else if (!document_kind_is_block(node->kind) || document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
		terminal_paragraph(w, node, 0);
	else
		terminal_blocks(w, node->first_child);
}

static bool is_list(const struct document_node *node)
{
	return node->kind == DOCUMENT_BULLET_LIST || node->kind == DOCUMENT_ENUMERATED_LIST;
}

/* In a tight list, a list in an item follows its paragraph without a blank line. */
static bool is_joined(const struct document_node *node)
{
	const struct document_node *item = node->parent;

	return is_list(node) && item && item->kind == DOCUMENT_LIST_ITEM && item->parent &&
	       write_is_tight(item->parent);
}

void terminal_blocks(struct terminal_writer *w, const struct document_node *first)
{
	bool any = false;

	w->depth++;
	for (const struct document_node *node = first; node; node = node->next) {
		struct lines before = w->lines;
		size_t length = w->lines.out->len;
		size_t separated;

		if (!write_is_shown(node))
			continue;
		if (any && !is_joined(node))
			lines_blank(&w->lines);
		separated = w->lines.out->len;
		block(w, node);
		if (w->lines.out->len > separated) {
			any = true;
			continue;
		}
		lines_return(&w->lines, &before, length); /* it turned out to have no text */
	}
	w->depth--;
}

void write_terminal(struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct terminal_writer w = {.options = options, .width = options->width > 0 ? options->width : DEFAULT_WIDTH};

	lines_init(&w.lines, out, options->indent);
	block(&w, node);
	lines_release(&w.lines);
}

void write_terminal_inline(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct terminal_writer w = {.options = options};
	struct terminal_text text;

	terminal_text_init(&text, &w, 0);
	if (document_kind_is_block(node->kind))
		terminal_text_children(&text, node);
	else
		terminal_text_inline(&text, node);
	terminal_text_squeeze(&text);
	terminal_text_append(out, &text, 0, text.text.len);
	terminal_text_release(&text);
}
