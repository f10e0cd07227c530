/* HTML: what stands in a paragraph. */
#include "text/escape.h"
#include "text/uri.h"
#include "text/write_html_private.h"

static const struct {
	const char *tag;
	const char *class;
} elements[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_EMPHASIS] = {"em", NULL},
	[DOCUMENT_STRONG] = {"strong", NULL},
	[DOCUMENT_LITERAL] = {"code", NULL},
	[DOCUMENT_TITLE_REFERENCE] = {"cite", NULL},
	[DOCUMENT_SUBSCRIPT] = {"sub", NULL},
	[DOCUMENT_SUPERSCRIPT] = {"sup", NULL},
	[DOCUMENT_ABBREVIATION] = {"abbr", NULL},
	[DOCUMENT_ACRONYM] = {"abbr", NULL},
	[DOCUMENT_MATH] = {"code", "math"},
	[DOCUMENT_ROLE] = {"span", "role"},
	[DOCUMENT_TARGET] = {"span", NULL},
	[DOCUMENT_PROBLEMATIC] = {"span", "problematic"},
};

static void text(struct html_writer *w, struct str s)
{
	size_t start = w->out->len;

	escape_html_text(w->out, s);
	for (size_t i = start; w->one_line && i < w->out->len; i++) {
		if (w->out->ptr[i] == '\n')
			w->out->ptr[i] = ' ';
	}
}

/* '<a href="#prefix-id" …>' or '<a href="uri" …>'; false, and nothing, where there is nothing to link to. */
static bool open_link(struct html_writer *w, const struct document_node *node)
{
	if (w->in_link || (w->one_line && node->refid.len > 0))
		return false;
	if (node->refid.len > 0) {
		strbuf_append_c(w->out, "<a href=\"#");
		escape_html_attribute(w->out, w->options->id_prefix);
		escape_html_attribute(w->out, node->refid);
		strbuf_append_c(w->out, "\">");
		return true;
	}
	if (!uri_is_plain(node->target))
		return false;
	struct strbuf uri = STRBUF_INIT;
	uri_append(&uri, node->target);
	strbuf_append_c(w->out, "<a href=\"");
	escape_html_attribute(w->out, strbuf_str(&uri));
	strbuf_append_c(w->out, "\" rel=\"noopener noreferrer\">");
	strbuf_release(&uri);
	return true;
}

static void reference(struct html_writer *w, const struct document_node *node)
{
	bool note = node->kind != DOCUMENT_REFERENCE;
	bool link;

	if (node->kind == DOCUMENT_FOOTNOTE_REFERENCE)
		strbuf_append_c(w->out, "<sup>");
	link = open_link(w, node);
	w->in_link = w->in_link || link;
	strbuf_append_c(w->out, note ? "[" : "");
	html_inlines(w, node);
	strbuf_append_c(w->out, note ? "]" : "");
	if (link) {
		strbuf_append_c(w->out, "</a>");
		w->in_link = false;
	}
	if (node->kind == DOCUMENT_FOOTNOTE_REFERENCE)
		strbuf_append_c(w->out, "</sup>");
}

static void too_deep(struct html_writer *w, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;

	write_plain_line(&plain, node);
	text(w, strbuf_str(&plain));
	strbuf_release(&plain);
}

static void element(struct html_writer *w, const struct document_node *node)
{
	const char *tag = elements[node->kind].tag;

	if (tag)
		html_open(w, node, tag, elements[node->kind].class);
	if (node->text.len > 0)
		text(w, node->text);
	html_inlines(w, node);
	if (tag)
		html_close(w, tag);
}

void html_inline(struct html_writer *w, const struct document_node *node)
{
	switch (node->kind) {
	case DOCUMENT_TEXT:
		text(w, node->text);
		break;
	case DOCUMENT_LINE_BREAK:
		strbuf_append_c(w->out, w->one_line ? " " : "<br>\n");
		break;
	case DOCUMENT_TARGET:
		if (node->first_child) /* else the one that a reference with an address brings */
			element(w, node);
		break;
	case DOCUMENT_REFERENCE:
	case DOCUMENT_FOOTNOTE_REFERENCE:
	case DOCUMENT_CITATION_REFERENCE:
		reference(w, node);
		break;
	default:
		element(w, node);
		break;
	}
}

void html_inlines(struct html_writer *w, const struct document_node *parent)
{
	w->depth++;
	for (const struct document_node *child = parent->first_child; child; child = child->next) {
		if (w->depth > WRITE_DEPTH_MAX)
			too_deep(w, child);
		else
			html_inline(w, child);
	}
	w->depth--;
}
