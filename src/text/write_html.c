/* HTML: blocks. */
#include "text/escape.h"
#include "text/write_html_private.h"

typedef void html_function(struct html_writer *w, const struct document_node *node);

void html_id(struct html_writer *w, const struct document_node *node)
{
	if (w->one_line || str_is_absent(node->id))
		return;
	strbuf_append_c(w->out, " id=\"");
	escape_html_attribute(w->out, w->options->id_prefix);
	escape_html_attribute(w->out, node->id);
	strbuf_append_char(w->out, '"');
}

void html_open(struct html_writer *w, const struct document_node *node, const char *tag, const char *class)
{
	strbuf_printf(w->out, "<%s", tag);
	html_id(w, node);
	if (class)
		strbuf_printf(w->out, " class=\"%s\"", class);
	strbuf_append_char(w->out, '>');
}

void html_close(struct html_writer *w, const char *tag)
{
	strbuf_printf(w->out, "</%s>", tag);
}

/* Blocks on lines of their own. */
static void siblings(struct html_writer *w, const struct document_node *first)
{
	size_t start = w->out->len;

	for (const struct document_node *node = first; node; node = node->next) {
		size_t before = w->out->len;
		size_t separated;

		strbuf_append_c(w->out, before > start ? "\n" : "");
		separated = w->out->len;
		html_block(w, node);
		if (w->out->len == separated)
			strbuf_truncate(w->out, before);
	}
}

static void heading(struct html_writer *w, const struct document_node *title)
{
	unsigned level = w->heading > 6 ? 6 : w->heading;

	strbuf_printf(w->out, "<h%u", level);
	html_id(w, title);
	strbuf_append_char(w->out, '>');
	html_inlines(w, title);
	strbuf_printf(w->out, "</h%u>", level);
}

static void title(struct html_writer *w, const struct document_node *node)
{
	html_open(w, node, "p", "title");
	html_inlines(w, node);
	html_close(w, "p");
}

static void section(struct html_writer *w, const struct document_node *node)
{
	const struct document_node *first = node->first_child;

	html_open(w, node, "section", NULL);
	if (first && first->kind == DOCUMENT_TITLE) {
		strbuf_append_char(w->out, '\n');
		heading(w, first);
		first = first->next;
	}
	w->heading++;
	strbuf_append_char(w->out, '\n');
	siblings(w, first);
	w->heading--;
	strbuf_append_c(w->out, "\n</section>");
}

static char list_type(enum document_enumeration enumeration)
{
	static const char types[] = {
		[DOCUMENT_ARABIC] = '1',
		[DOCUMENT_LOWER_ALPHA] = 'a',
		[DOCUMENT_UPPER_ALPHA] = 'A',
		[DOCUMENT_LOWER_ROMAN] = 'i',
		[DOCUMENT_UPPER_ROMAN] = 'I',
	};
	return types[enumeration];
}

static void enumerated_list(struct html_writer *w, const struct document_node *node)
{
	strbuf_append_c(w->out, "<ol");
	html_id(w, node);
	if (node->enumeration != DOCUMENT_ARABIC)
		strbuf_printf(w->out, " type=\"%c\"", list_type(node->enumeration));
	if (node->start_number != 1)
		strbuf_printf(w->out, " start=\"%ld\"", node->start_number);
	strbuf_append_c(w->out, ">\n");
	html_blocks(w, node);
	strbuf_append_c(w->out, "\n</ol>");
}

static void list_item(struct html_writer *w, const struct document_node *node)
{
	html_open(w, node, "li", NULL);
	html_content(w, node);
	html_close(w, "li");
}

/* "<dt>term <span>classifier</span></dt>": all but the last child is the term, which is the definition, body or description. */
static void described(struct html_writer *w, const struct document_node *node)
{
	const struct document_node *body = node->last_child;

	html_open(w, node, "dt", NULL);
	for (const struct document_node *child = node->first_child; child && child != body; child = child->next) {
		if (child->kind == DOCUMENT_CLASSIFIER) {
			strbuf_append_c(w->out, " <span class=\"classifier\">");
			html_inlines(w, child);
			strbuf_append_c(w->out, "</span>");
		} else {
			html_inlines(w, child);
		}
	}
	strbuf_append_c(w->out, "</dt>\n<dd>");
	if (body)
		html_content(w, body);
	strbuf_append_c(w->out, "</dd>");
}

static void option(struct html_writer *w, const struct document_node *node)
{
	strbuf_append_c(w->out, "<kbd>");
	for (const struct document_node *child = node->first_child; child; child = child->next) {
		bool argument = child->kind == DOCUMENT_OPTION_ARGUMENT;

		if (argument)
			escape_html_text(w->out, str_is_absent(child->name) ? STR(" ") : child->name);
		strbuf_append_c(w->out, argument ? "<var>" : "");
		html_inlines(w, child);
		strbuf_append_c(w->out, argument ? "</var>" : "");
	}
	strbuf_append_c(w->out, "</kbd>");
}

static void option_list_item(struct html_writer *w, const struct document_node *node)
{
	const struct document_node *group = write_child(node, DOCUMENT_OPTION_GROUP);
	const struct document_node *description = write_child(node, DOCUMENT_DESCRIPTION);

	html_open(w, node, "dt", NULL);
	for (const struct document_node *child = group ? group->first_child : NULL; child; child = child->next) {
		strbuf_append_c(w->out, child != group->first_child ? ", " : "");
		option(w, child);
	}
	strbuf_append_c(w->out, "</dt>\n<dd>");
	if (description)
		html_content(w, description);
	strbuf_append_c(w->out, "</dd>");
}

static void literal_block(struct html_writer *w, const struct document_node *node)
{
	struct str language = write_language(node);

	strbuf_append_c(w->out, "<pre");
	html_id(w, node);
	strbuf_append_c(w->out, " tabindex=\"0\"><code");
	if (language.len > 0) {
		strbuf_append_c(w->out, " class=\"language-");
		escape_html_attribute(w->out, language);
		strbuf_append_char(w->out, '"');
	}
	strbuf_append_char(w->out, '>');
	escape_html_text(w->out, node->text);
	html_inlines(w, node);
	strbuf_append_c(w->out, "</code></pre>");
}

static void admonition(struct html_writer *w, const struct document_node *node)
{
	const char *tag = w->in_header ? "div" : "aside";

	strbuf_printf(w->out, "<%s", tag);
	html_id(w, node);
	strbuf_append_c(w->out, " role=\"note\" class=\"admonition");
	if (node->kind != DOCUMENT_ADMONITION)
		strbuf_printf(w->out, " %s", document_kind_name(node->kind));
	strbuf_append_c(w->out, "\">\n");
	if (node->kind != DOCUMENT_ADMONITION) {
		strbuf_append_c(w->out, "<p class=\"title\">");
		write_admonition_title(w->out, node->kind);
		strbuf_append_c(w->out, "</p>\n");
	}
	html_blocks(w, node);
	strbuf_printf(w->out, "\n</%s>", tag);
}

/* A footnote or citation, with its label in front of its first paragraph. */
static void footnote(struct html_writer *w, const struct document_node *node)
{
	const struct document_node *label = write_child(node, DOCUMENT_LABEL);

	strbuf_append_c(w->out, "<div");
	html_id(w, node);
	strbuf_append_c(w->out, " role=\"note\" class=\"footnote\">\n<p class=\"label\">[");
	if (label)
		html_inlines(w, label);
	strbuf_append_c(w->out, "]</p>\n");
	siblings(w, label ? label->next : node->first_child);
	strbuf_append_c(w->out, "\n</div>");
}

/* A target with a refid names the element behind it, which has the id; one with an address is no place on this page. */
static void target(struct html_writer *w, const struct document_node *node)
{
	if (str_is_absent(node->id) || !str_is_absent(node->refid) || node->target.len > 0)
		return;
	html_open(w, node, "span", NULL);
	html_inlines(w, node);
	html_close(w, "span");
}

static void transition(struct html_writer *w, const struct document_node *node)
{
	html_open(w, node, "hr", NULL);
}

static void comment(struct html_writer *w, const struct document_node *node)
{
	(void)w;
	(void)node;
}

/* How a kind is written: by a function, or as an element with what it holds. Without a row it is its content alone. */
static const struct html_kind {
	html_function *write;
	const char *tag;
	const char *class;
} kinds[DOCUMENT_KIND_COUNT] = {
	[DOCUMENT_SECTION] = {section, NULL, NULL},
	[DOCUMENT_TITLE] = {title, NULL, NULL},
	[DOCUMENT_SUBTITLE] = {NULL, "p", "subtitle"},
	[DOCUMENT_PARAGRAPH] = {NULL, "p", NULL},
	[DOCUMENT_BULLET_LIST] = {NULL, "ul", NULL},
	[DOCUMENT_ENUMERATED_LIST] = {enumerated_list, NULL, NULL},
	[DOCUMENT_LIST_ITEM] = {list_item, NULL, NULL},
	[DOCUMENT_DEFINITION_LIST] = {NULL, "dl", NULL},
	[DOCUMENT_DEFINITION_LIST_ITEM] = {described, NULL, NULL},
	[DOCUMENT_FIELD_LIST] = {NULL, "dl", "fields"},
	[DOCUMENT_FIELD] = {described, NULL, NULL},
	[DOCUMENT_OPTION_LIST] = {NULL, "dl", "options"},
	[DOCUMENT_OPTION_LIST_ITEM] = {option_list_item, NULL, NULL},
	[DOCUMENT_LITERAL_BLOCK] = {literal_block, NULL, NULL},
	[DOCUMENT_DOCTEST_BLOCK] = {literal_block, NULL, NULL},
	[DOCUMENT_LINE_BLOCK] = {NULL, "div", "lines"},
	[DOCUMENT_LINE] = {NULL, "div", "line"},
	[DOCUMENT_BLOCK_QUOTE] = {NULL, "blockquote", NULL},
	[DOCUMENT_ATTRIBUTION] = {NULL, "p", "attribution"},
	[DOCUMENT_ATTENTION] = {admonition, NULL, NULL},
	[DOCUMENT_CAUTION] = {admonition, NULL, NULL},
	[DOCUMENT_DANGER] = {admonition, NULL, NULL},
	[DOCUMENT_ERROR] = {admonition, NULL, NULL},
	[DOCUMENT_HINT] = {admonition, NULL, NULL},
	[DOCUMENT_IMPORTANT] = {admonition, NULL, NULL},
	[DOCUMENT_NOTE] = {admonition, NULL, NULL},
	[DOCUMENT_TIP] = {admonition, NULL, NULL},
	[DOCUMENT_WARNING] = {admonition, NULL, NULL},
	[DOCUMENT_ADMONITION] = {admonition, NULL, NULL},
	[DOCUMENT_TABLE] = {html_table, NULL, NULL},
	[DOCUMENT_TRANSITION] = {transition, NULL, NULL},
	[DOCUMENT_COMMENT] = {comment, NULL, NULL},
	[DOCUMENT_FOOTNOTE] = {footnote, NULL, NULL},
	[DOCUMENT_CITATION] = {footnote, NULL, NULL},
	[DOCUMENT_RUBRIC] = {NULL, "p", "rubric"},
	[DOCUMENT_TARGET] = {target, NULL, NULL},
};

static void too_deep(struct html_writer *w, const struct document_node *node)
{
	struct strbuf text = STRBUF_INIT;

	write_plain_line(&text, node);
	strbuf_append_c(w->out, "<p>");
	escape_html_text(w->out, strbuf_str(&text));
	strbuf_append_c(w->out, "</p>");
	strbuf_release(&text);
}

static void element(struct html_writer *w, const struct document_node *node, const struct html_kind *kind)
{
	bool blocks = document_kind_content(node->kind) == DOCUMENT_HOLDS_BLOCKS;

	html_open(w, node, kind->tag, kind->class);
	strbuf_append_c(w->out, blocks ? "\n" : "");
	if (blocks)
		html_blocks(w, node);
	else
		html_inlines(w, node);
	strbuf_append_c(w->out, blocks ? "\n" : "");
	html_close(w, kind->tag);
}

void html_block(struct html_writer *w, const struct document_node *node)
{
	const struct html_kind *kind = &kinds[node->kind];
	unsigned depth = w->depth;

	w->depth++;
	if (w->depth > WRITE_DEPTH_MAX && write_is_container(node->kind))
		too_deep(w, node);
	else if (kind->write)
		kind->write(w, node);
	else if (kind->tag)
		element(w, node, kind);
	else if (!document_kind_is_block(node->kind))
		html_inline(w, node);
	else if (document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
		html_inlines(w, node);
	else
		html_blocks(w, node);
	w->depth = depth;
}

void html_blocks(struct html_writer *w, const struct document_node *parent)
{
	siblings(w, parent->first_child);
}

void html_content(struct html_writer *w, const struct document_node *parent)
{
	if (write_is_single_paragraph(parent) && str_is_absent(parent->first_child->id))
		html_inlines(w, parent->first_child);
	else
		html_blocks(w, parent);
}

static struct html_writer writer_of(struct strbuf *out, const struct document_write_options *options)
{
	return (struct html_writer){.out = out, .options = options, .heading = options->heading_base + 1};
}

/* The title of a document stands above its sections. */
void write_html(struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct html_writer w = writer_of(out, options);
	const struct document_node *first = node->first_child;

	if (node->kind != DOCUMENT_ROOT || !first || first->kind != DOCUMENT_TITLE) {
		html_block(&w, node);
		return;
	}
	heading(&w, first);
	w.heading++;
	strbuf_append_char(out, '\n');
	siblings(&w, first->next);
}

void write_html_inline(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options)
{
	struct html_writer w = writer_of(out, options);

	w.one_line = true;
	if (document_kind_is_block(node->kind))
		html_inlines(&w, node);
	else
		html_inline(&w, node);
}
