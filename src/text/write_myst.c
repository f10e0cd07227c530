/* MyST: blocks. */
#include "text/escape.h"
#include "text/write_myst_private.h"

#define LEVEL_MAX 6

static void heading(struct myst_writer *w, const struct document_node *title)
{
	struct strbuf whole = STRBUF_INIT;
	struct myst_line line;

	myst_line_init(&line, w);
	myst_line_children(&line, title);
	strbuf_append_repeat(&whole, '#', w->level);
	strbuf_append_char(&whole, ' ');
	myst_line_append(&whole, &line);
	if (whole.len > w->level + 1)
		lines_add(&w->lines, strbuf_str(&whole));
	myst_line_release(&line);
	strbuf_release(&whole);
}

/* A title where headings cannot be. */
static void rubric(struct myst_writer *w, const struct document_node *node)
{
	struct document_node strong = {.kind = DOCUMENT_STRONG, .first_child = node->first_child};

	myst_paragraph(w, &strong, STR(""));
}

static void title(struct myst_writer *w, const struct document_node *node)
{
	if (w->nested || w->level > LEVEL_MAX)
		rubric(w, node);
	else
		heading(w, node);
}

static void section(struct myst_writer *w, const struct document_node *node)
{
	const struct document_node *own = write_child(node, DOCUMENT_TITLE);

	if (own)
		title(w, own);
	if (own && own->next)
		lines_blank(&w->lines);
	w->level++;
	myst_blocks(w, own ? own->next : node->first_child);
	w->level--;
}

static void lone_title(struct myst_writer *w, const struct document_node *node)
{
	title(w, node);
	w->level += !w->nested;
}

static void paragraph(struct myst_writer *w, const struct document_node *node)
{
	myst_paragraph(w, node, STR(""));
}

static void literal_block(struct myst_writer *w, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;

	document_plain_text(&plain, node);
	escape_plain(&text, strbuf_str(&plain));
	myst_fence(w, write_language(node), strbuf_str(&text));
	strbuf_release(&plain);
	strbuf_release(&text);
}

static void block_quote(struct myst_writer *w, const struct document_node *node)
{
	size_t prefix = lines_push(&w->lines, STR("> "));

	myst_nested_blocks(w, node->first_child);
	lines_pop(&w->lines, prefix);
}

static void attribution(struct myst_writer *w, const struct document_node *node)
{
	myst_paragraph(w, node, STR("\xE2\x80\x94 "));
}

static void transition(struct myst_writer *w, const struct document_node *node)
{
	(void)node;
	lines_add(&w->lines, w->nested ? STR("\\* \\* \\*") : STR("***"));
}

typedef void myst_function(struct myst_writer *w, const struct document_node *node);

/* Kinds that need to know nothing of their siblings. Those of neither are their content. */
static myst_function *const functions[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_SECTION] = section,
	[DOCUMENT_TITLE] = lone_title,
	[DOCUMENT_SUBTITLE] = rubric,
	[DOCUMENT_RUBRIC] = rubric,
	[DOCUMENT_PARAGRAPH] = paragraph,
	[DOCUMENT_LITERAL_BLOCK] = literal_block,
	[DOCUMENT_DOCTEST_BLOCK] = literal_block,
	[DOCUMENT_LINE_BLOCK] = myst_line_block,
	[DOCUMENT_BLOCK_QUOTE] = block_quote,
	[DOCUMENT_ATTRIBUTION] = attribution,
	[DOCUMENT_TABLE] = myst_table,
	[DOCUMENT_TRANSITION] = transition,
};

static void too_deep(struct myst_writer *w, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;

	write_plain_line(&plain, node);
	myst_text(w, strbuf_str(&plain));
	strbuf_release(&plain);
}

/* Kinds that stand next to each other in ways of their own. False for others. */
static bool sibling(struct myst_writer *w, const struct document_node *node, bool alternate)
{
	switch (node->kind) {
	case DOCUMENT_BULLET_LIST:
	case DOCUMENT_ENUMERATED_LIST:
		myst_list(w, node, alternate);
		return true;
	case DOCUMENT_DEFINITION_LIST:
	case DOCUMENT_FIELD_LIST:
	case DOCUMENT_OPTION_LIST:
		myst_described_list(w, node, alternate);
		return true;
	case DOCUMENT_FOOTNOTE:
	case DOCUMENT_CITATION:
		myst_footnote(w, node, alternate);
		return true;
	default:
		return false;
	}
}

static void block(struct myst_writer *w, const struct document_node *node, bool alternate)
{
	if (w->depth > WRITE_DEPTH_MAX && write_is_container(node->kind))
		too_deep(w, node);
	else if (sibling(w, node, alternate))
		return;
	else if (functions[node->kind])
		functions[node->kind](w, node);
	else if (document_kind_is_admonition(node->kind))
		myst_admonition(w, node);
	else if (!document_kind_is_block(node->kind) || document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
		myst_paragraph(w, node, STR(""));
	else
		myst_blocks(w, node->first_child);
}

/* As in reStructuredText, a transition stands between blocks. */
static bool is_written(
	const struct myst_writer *w, const struct document_node *node, const struct document_node *previous)
{
	const struct document_node *next = node->next;

	if (node->kind != DOCUMENT_TRANSITION || w->nested)
		return write_is_shown(node);
	while (next && !write_is_shown(next))
		next = next->next;
	return previous && next && previous->kind != DOCUMENT_TRANSITION && next->kind != DOCUMENT_TRANSITION &&
	       previous->kind != DOCUMENT_TITLE && previous->kind != DOCUMENT_SUBTITLE;
}

/* Two lists in an item that is tight stand without a blank line between them, as their paragraphs do. */
static bool is_joined(const struct document_node *node)
{
	const struct document_node *item = node->parent;

	return item && item->kind == DOCUMENT_LIST_ITEM && item->parent && write_is_tight(item->parent) &&
	       (node->kind == DOCUMENT_BULLET_LIST ||
		       (node->kind == DOCUMENT_ENUMERATED_LIST && node->start_number == 1));
}

void myst_blocks(struct myst_writer *w, const struct document_node *first)
{
	const struct document_node *previous = NULL;
	unsigned level = w->level;
	bool alternate = false;

	w->depth++;
	for (const struct document_node *node = first; node; node = node->next) {
		struct lines before = w->lines;
		size_t length = w->lines.out->len;
		size_t separated;

		if (!is_written(w, node, previous))
			continue;
		if (previous && !is_joined(node))
			lines_blank(&w->lines);
		separated = w->lines.out->len;
		alternate = myst_alternates(alternate, node, previous);
		block(w, node, alternate);
		if (w->lines.out->len > separated) {
			previous = node;
			continue;
		}
		lines_return(&w->lines, &before, length); /* it turned out to have no text */
	}
	w->level = level;
	w->depth--;
}

void myst_nested_blocks(struct myst_writer *w, const struct document_node *first)
{
	bool was_nested = w->nested;

	w->nested = true;
	myst_blocks(w, first);
	w->nested = was_nested;
}

static struct myst_writer writer_of(struct strbuf *out, const struct document_write_options *options)
{
	struct myst_writer w = {.options = options, .level = options->heading_base + 1, .nested = options->indent > 0};

	lines_init(&w.lines, out, options->indent);
	return w;
}

void write_myst(struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct myst_writer w = writer_of(out, options);

	if (node->kind == DOCUMENT_ROOT)
		myst_blocks(&w, node->first_child);
	else
		block(&w, node, false);
	lines_release(&w.lines);
}

void write_myst_inline(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct myst_writer w = writer_of(out, options);
	struct strbuf whole = STRBUF_INIT;
	struct myst_line line;

	myst_line_init(&line, &w);
	if (document_kind_is_block(node->kind))
		myst_line_children(&line, node);
	else
		myst_line_inline(&line, node);
	myst_line_append(&whole, &line);
	myst_append_guarded(out, strbuf_str(&whole));
	strbuf_release(&whole);
	myst_line_release(&line);
	lines_release(&w.lines);
}
