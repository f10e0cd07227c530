/* reStructuredText: blocks. */
#include "base/utf8.h"
#include "text/write_rst_private.h"

#define DIRECTIVE_INDENT 3
#define QUOTE_INDENT     4

/* Of sections, from the outermost. */
static const char adornments[] = "=-^\"~+.:'#`*";

static void add_c(struct rst_writer *w, const char *line)
{
	lines_add(&w->lines, str_of(line));
}

/* At least as long as docutils takes the title to be: wide characters count two there. */
static size_t title_width(struct str title)
{
	size_t width = 0;

	for (size_t at = 0, bytes; at < title.len; at += bytes)
		width += utf8_decode(str_slice(title, at, title.len), &bytes) >= 0x1100 ? 2 : 1;
	return width;
}

static void heading(struct rst_writer *w, const struct document_node *title)
{
	struct strbuf adornment = STRBUF_INIT;
	struct rst_line line;
	struct str text;

	rst_line_init(&line, w);
	rst_line_children(&line, title);
	text = rst_line_finish(&line);
	if (text.len > 0) {
		strbuf_append_repeat(&adornment, adornments[w->level - 1], title_width(text));
		lines_add(&w->lines, text);
		lines_add(&w->lines, strbuf_str(&adornment));
	}
	strbuf_release(&adornment);
	rst_line_release(&line);
}

/* ".. name:: inline content" */
static bool directive_line(struct rst_writer *w, const char *name, const struct document_node *argument)
{
	struct strbuf whole = STRBUF_INIT;
	struct rst_line line;
	bool any = false;

	rst_line_init(&line, w);
	strbuf_printf(&whole, ".. %s::", name);
	if (argument) {
		struct str text = (rst_line_children(&line, argument), rst_line_finish(&line));

		any = text.len > 0;
		strbuf_append_c(&whole, any ? " " : "");
		strbuf_append(&whole, text);
	}
	if (any || !argument)
		lines_add(&w->lines, strbuf_str(&whole));
	rst_line_release(&line);
	strbuf_release(&whole);
	return any || !argument;
}

static void rubric(struct rst_writer *w, const struct document_node *node)
{
	directive_line(w, "rubric", node);
}

/* A quote would be taken for what belongs to the directive before it. */
static void separate_quote(struct rst_writer *w, const struct document_node *first)
{
	while (first && (first->kind == DOCUMENT_TRANSITION || !write_is_shown(first) || write_is_empty(first)))
		first = first->next;
	if (!first || first->kind != DOCUMENT_BLOCK_QUOTE)
		return;
	add_c(w, "..");
	lines_blank(&w->lines);
}

static void section(struct rst_writer *w, const struct document_node *node)
{
	const struct document_node *title = write_child(node, DOCUMENT_TITLE);
	bool headed = !w->nested && w->level <= sizeof(adornments) - 1;
	size_t length = w->lines.out->len;

	if (title && headed)
		heading(w, title);
	else if (title)
		rubric(w, title);
	if (title && title->next && w->lines.out->len > length) {
		lines_blank(&w->lines);
		if (!headed)
			separate_quote(w, title->next);
	}
	w->level++;
	rst_blocks(w, title ? title->next : node->first_child);
	w->level--;
}

/* A title that stands alone, as those of whole documents: what follows is below it. */
static void lone_title(struct rst_writer *w, const struct document_node *node)
{
	if (w->nested || w->level > sizeof(adornments) - 1) {
		rubric(w, node);
	} else {
		heading(w, node);
		w->level++;
	}
}

static void paragraph(struct rst_writer *w, const struct document_node *node)
{
	rst_paragraph(w, node);
}

void rst_nested_blocks(struct rst_writer *w, const struct document_node *first, enum rst_indentation indentation)
{
	bool was_nested = w->nested;
	bool least = indentation == RST_INDENT_LEAST;
	bool lost = first && first->kind == DOCUMENT_BLOCK_QUOTE && !write_is_empty(first);

	for (const struct document_node *node = first; lost && least && node; node = node->next)
		lost = node->kind == DOCUMENT_BLOCK_QUOTE;
	if (lost) {
		add_c(w, "..");
		lines_blank(&w->lines);
	}
	w->nested = true;
	rst_blocks(w, first);
	w->nested = was_nested;
}

void rst_indented(struct rst_writer *w, const struct document_node *first, size_t indent)
{
	size_t prefix;

	lines_end_marker(&w->lines);
	prefix = lines_push_indent(&w->lines, indent);
	rst_nested_blocks(w, first, RST_INDENT_LEAST);
	lines_pop(&w->lines, prefix);
}

static void attribution(struct rst_writer *w, const struct document_node *node)
{
	struct strbuf whole = STRBUF_INIT;
	struct rst_line line;

	rst_line_init(&line, w);
	rst_line_children(&line, node);
	strbuf_append_c(&whole, "-- ");
	strbuf_append(&whole, rst_line_finish(&line));
	lines_add(&w->lines, strbuf_str(&whole));
	rst_line_release(&line);
	strbuf_release(&whole);
}

/* What has no content at all has an empty comment, for docutils wants some. */
static void admonition(struct rst_writer *w, const struct document_node *node)
{
	const struct document_node *title =
		node->kind == DOCUMENT_ADMONITION ? write_child(node, DOCUMENT_TITLE) : NULL;
	const struct document_node *first = title ? title->next : node->first_child;
	size_t prefix;

	if (!directive_line(
		    w, node->kind == DOCUMENT_ADMONITION && !title ? "note" : document_kind_name(node->kind), title))
		add_c(w, ".. note::");
	lines_blank(&w->lines);
	prefix = lines_push_indent(&w->lines, DIRECTIVE_INDENT);
	if (!first)
		add_c(w, "..");
	rst_nested_blocks(w, first, RST_INDENT_LEAST);
	lines_pop(&w->lines, prefix);
}

static void footnote(struct rst_writer *w, const struct document_node *node)
{
	const struct document_node *label = write_child(node, DOCUMENT_LABEL);
	struct strbuf marker = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;

	if (label)
		write_plain_line(&text, label);
	strbuf_append_c(&marker, ".. [");
	rst_append_label(&marker, node->kind, strbuf_str(&text), w->options);
	strbuf_append_char(&marker, ']');
	rst_body(w, label ? label->next : node->first_child, strbuf_str(&marker), DIRECTIVE_INDENT);
	strbuf_release(&marker);
	strbuf_release(&text);
}

/* Transitions stand between blocks of a document or a section, never at its ends or next to each other. */
static void transition(struct rst_writer *w, const struct document_node *node)
{
	(void)node;
	add_c(w, w->nested ? "\\* \\* \\*" : "----");
}

typedef void rst_function(struct rst_writer *w, const struct document_node *node);

/* Kinds that need to know nothing of their siblings. Those of neither are their content. */
static rst_function *const functions[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_SECTION] = section,
	[DOCUMENT_TITLE] = lone_title,
	[DOCUMENT_SUBTITLE] = lone_title,
	[DOCUMENT_RUBRIC] = rubric,
	[DOCUMENT_PARAGRAPH] = paragraph,
	[DOCUMENT_DEFINITION_LIST] = rst_definition_list,
	[DOCUMENT_FIELD_LIST] = rst_field_list,
	[DOCUMENT_OPTION_LIST] = rst_option_list,
	[DOCUMENT_LITERAL_BLOCK] = rst_literal_block,
	[DOCUMENT_DOCTEST_BLOCK] = rst_doctest_block,
	[DOCUMENT_LINE_BLOCK] = rst_line_block,
	[DOCUMENT_ATTRIBUTION] = attribution,
	[DOCUMENT_TABLE] = rst_table,
	[DOCUMENT_TRANSITION] = transition,
	[DOCUMENT_COMMENT] = rst_comment,
	[DOCUMENT_FOOTNOTE] = footnote,
	[DOCUMENT_CITATION] = footnote,
};

static void too_deep(struct rst_writer *w, const struct document_node *node)
{
	struct document_node text = {.kind = DOCUMENT_TEXT};
	struct strbuf plain = STRBUF_INIT;

	write_plain_line(&plain, node);
	text.text = strbuf_str(&plain);
	rst_paragraph(w, &text);
	strbuf_release(&plain);
}

void rst_block(struct rst_writer *w, const struct document_node *node)
{
	if (functions[node->kind])
		functions[node->kind](w, node);
	else if (document_kind_is_admonition(node->kind))
		admonition(w, node);
	else if (!document_kind_is_block(node->kind) || document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
		rst_paragraph(w, node);
	else
		rst_blocks(w, node->first_child);
}

/* Whether an indented block after this one would be taken for a part of it. */
static bool takes_indented(const struct rst_writer *w, const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_DEFINITION_LIST:
	case DOCUMENT_FIELD_LIST:
	case DOCUMENT_OPTION_LIST:
	case DOCUMENT_LITERAL_BLOCK:
	case DOCUMENT_FOOTNOTE:
	case DOCUMENT_CITATION:
	case DOCUMENT_RUBRIC:
		return true;
	case DOCUMENT_TITLE:
	case DOCUMENT_SUBTITLE:
		return w->nested || w->level > sizeof(adornments) - 1;
	case DOCUMENT_BULLET_LIST:
	case DOCUMENT_ENUMERATED_LIST: /* an item that is empty has no indentation yet */
		return node->last_child && !node->last_child->first_child;
	case DOCUMENT_TABLE:
		return w->table_directive;
	case DOCUMENT_COMMENT:
		return str_trim(node->text).len > 0;
	case DOCUMENT_BLOCK_QUOTE:
		return !node->last_child || node->last_child->kind != DOCUMENT_ATTRIBUTION;
	default:
		return document_kind_is_admonition(node->kind);
	}
}

/* Lists and quotes look at what is before them. bullet: of the list before, or absent. */
static void sibling(struct rst_writer *w, const struct document_node *node, const struct document_node *previous,
	struct str *bullet)
{
	bool after_list =
		previous && (previous->kind == DOCUMENT_BULLET_LIST || previous->kind == DOCUMENT_ENUMERATED_LIST);
	struct str last_bullet = *bullet;

	*bullet = STR_ABSENT;
	if (w->depth > WRITE_DEPTH_MAX && write_is_container(node->kind)) {
		too_deep(w, node);
	} else if (node->kind == DOCUMENT_BULLET_LIST) {
		*bullet = rst_bullet(node, last_bullet);
		rst_bullet_list(w, node, *bullet);
	} else if (node->kind == DOCUMENT_ENUMERATED_LIST) {
		rst_enumerated_list(w, node, previous);
	} else if (node->kind == DOCUMENT_BLOCK_QUOTE) {
		/* One blank is less than any item has. */
		rst_indented(w, node->first_child, after_list && !takes_indented(w, previous) ? 1 : QUOTE_INDENT);
	} else if (node->kind == DOCUMENT_TARGET) {
		rst_target(w, node);
	} else {
		rst_block(w, node);
	}
}

static bool needs_comment_between(
	const struct rst_writer *w, const struct document_node *previous, const struct document_node *node)
{
	if (node->kind == DOCUMENT_BLOCK_QUOTE)
		return takes_indented(w, previous);
	return previous->kind == node->kind &&
	       (node->kind == DOCUMENT_DEFINITION_LIST || node->kind == DOCUMENT_FIELD_LIST ||
		       node->kind == DOCUMENT_OPTION_LIST);
}

static bool is_written(
	const struct rst_writer *w, const struct document_node *node, const struct document_node *previous)
{
	const struct document_node *next = node->next;

	if ((node->kind == DOCUMENT_BLOCK_QUOTE || node->kind == DOCUMENT_SECTION) && write_is_empty(node))
		return false;
	if (node->kind == DOCUMENT_TARGET)
		return node->first_child || rst_is_written_target(node, w->options);
	if (node->kind != DOCUMENT_TRANSITION || w->nested)
		return true;
	while (next && (!write_is_shown(next) || write_is_empty(next)))
		next = next->next;
	return previous && next && previous->kind != DOCUMENT_TRANSITION && previous->kind != DOCUMENT_TITLE &&
	       previous->kind != DOCUMENT_SUBTITLE && next->kind != DOCUMENT_TRANSITION;
}

/* "like this:" before a literal block becomes "like this::". */
static bool announces(
	const struct rst_writer *w, const struct document_node *previous, const struct document_node *node)
{
	struct str written = strbuf_str(w->lines.out);

	return previous->kind == DOCUMENT_PARAGRAPH && node->kind == DOCUMENT_LITERAL_BLOCK &&
	       str_trim(node->text).len > 0 && str_is_absent(write_language(node)) &&
	       str_ends_with(written, STR(":")) && !str_ends_with(written, STR("\\:")) &&
	       !str_ends_with(written, STR("::")) && !str_ends_with(written, STR(" :")) &&
	       !str_ends_with(written, STR("\n:"));
}

void rst_blocks(struct rst_writer *w, const struct document_node *first)
{
	const struct document_node *previous = NULL;
	struct str bullet = STR_ABSENT;
	unsigned level = w->level;

	w->depth++;
	for (const struct document_node *node = first; node; node = node->next) {
		struct lines before = w->lines;
		size_t length = w->lines.out->len;
		size_t separated;

		if (!is_written(w, node, previous))
			continue;
		if (previous && announces(w, previous, node)) {
			strbuf_append_char(w->lines.out, ':');
			w->announced = true;
		} else if (previous) {
			lines_blank(&w->lines);
		}
		if (previous && needs_comment_between(w, previous, node)) {
			add_c(w, "..");
			lines_blank(&w->lines);
		}
		separated = w->lines.out->len;
		sibling(w, node, previous, &bullet);
		if (w->lines.out->len == separated) {
			lines_return(&w->lines, &before, length); /* it turned out to have no text */
		} else {
			previous = node;
		}
	}
	w->level = level;
	w->depth--;
}

static struct rst_writer writer_of(struct strbuf *out, const struct document_write_options *options)
{
	struct rst_writer w = {.options = options, .level = options->heading_base + 1};

	lines_init(&w.lines, out, options->indent);
	return w;
}

/* What is indented may stand in a list or a cell, where the text it is in knows of no sections. */
void write_rst(struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct rst_writer w = writer_of(out, options);
	struct map targets;

	map_init(&targets);
	rst_collect_targets(&targets, node, options);
	w.targets = &targets;
	w.nested = options->indent > 0;
	if (node->kind == DOCUMENT_ROOT && w.nested)
		rst_nested_blocks(&w, node->first_child, RST_INDENT_KNOWN);
	else if (node->kind == DOCUMENT_ROOT)
		rst_blocks(&w, node->first_child);
	else
		sibling(&w, node, NULL, &(struct str){NULL, 0});
	map_release(&targets);
	lines_release(&w.lines);
}

void write_rst_inline(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct rst_writer w = writer_of(out, options);
	struct rst_line line;

	rst_line_init(&line, &w);
	if (document_kind_is_block(node->kind))
		rst_line_children(&line, node);
	else
		rst_line_inline(&line, node);
	strbuf_append(out, rst_line_finish(&line));
	rst_line_release(&line);
	lines_release(&w.lines);
}
