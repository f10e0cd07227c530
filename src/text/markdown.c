#include "text/markdown.h"

#include <cmark.h>

#include "base/strbuf.h"
#include "text/uri.h"

#define LEVELS_MAX 6

struct markdown_reader {
	struct document *document;
	struct str source;
	struct vec lines;             /* size_t: where each line starts */
	struct document_node *parent; /* what is being filled */
	struct strbuf text;           /* of the text node that comes next: cmark gives words in pieces */
	size_t text_start, text_end;  /* where it stands */
	struct document_node *sections[LEVELS_MAX + 1]; /* the open one of each level, or NULL */
};

static void find_lines(struct markdown_reader *reader)
{
	struct str source = reader->source;
	size_t start = str_starts_with(source, STR("\xEF\xBB\xBF")) ? 3 : 0; /* cmark does not count it */

	vec_append(&reader->lines, &start, 1);
	for (size_t i = start; i < source.len; i++) {
		bool end = source.ptr[i] == '\n' ||
			   (source.ptr[i] == '\r' && (i + 1 == source.len || source.ptr[i + 1] != '\n'));

		start = i + 1;
		if (end)
			vec_append(&reader->lines, &start, 1);
	}
}

/* The offset of a column, both counted from 1; within the text whatever cmark says. */
static size_t offset_of(const struct markdown_reader *reader, int line, int column)
{
	size_t offset;

	if (line < 1 || (size_t)line > reader->lines.len)
		return line < 1 ? 0 : reader->source.len;
	offset = *(size_t *)vec_at(&reader->lines, (size_t)line - 1) + (column > 1 ? (size_t)column - 1 : 0);
	return offset < reader->source.len ? offset : reader->source.len;
}

/* cmark ends some HTML blocks a line early. Where lines have nothing before them, the block's text tells where it ends. */
static void set_html_end(const struct markdown_reader *reader, size_t start, size_t *end, cmark_node *from)
{
	struct str literal = str_trim(str_of(cmark_node_get_literal(from)));

	if (str_starts_with(str_slice(reader->source, start, reader->source.len), literal))
		*end = start + literal.len;
}

static void set_span(const struct markdown_reader *reader, size_t *start, size_t *end, cmark_node *from)
{
	*start = offset_of(reader, cmark_node_get_start_line(from), cmark_node_get_start_column(from));
	*end = offset_of(reader, cmark_node_get_end_line(from), cmark_node_get_end_column(from) + 1);
	if (*end < *start)
		*end = *start;
	if (cmark_node_get_type(from) == CMARK_NODE_HTML_BLOCK)
		set_html_end(reader, *start, end, from);
}

static struct str copy(struct markdown_reader *reader, const char *text)
{
	return arena_str(&reader->document->arena, str_of(text ? text : ""));
}

static void flush_text(struct markdown_reader *reader)
{
	struct document_node *node;

	if (reader->text.len == 0)
		return;
	node = document_add_text(
		reader->document, reader->parent, arena_str(&reader->document->arena, strbuf_str(&reader->text)));
	node->start = reader->text_start;
	node->end = reader->text_end;
	strbuf_clear(&reader->text);
}

static void add_text(struct markdown_reader *reader, struct str text, cmark_node *from)
{
	size_t start, end;

	if (text.len == 0)
		return;
	set_span(reader, &start, &end, from);
	if (cmark_node_get_start_line(from) < 1)
		start = end = reader->text_end; /* of breaks cmark tells nothing */
	if (reader->text.len == 0)
		reader->text_start = start;
	reader->text_end = end > reader->text_start ? end : reader->text_start;
	strbuf_append(&reader->text, text);
}

static struct document_node *add(struct markdown_reader *reader, enum document_kind kind, cmark_node *from)
{
	struct document_node *node;

	flush_text(reader);
	node = document_add(reader->document, reader->parent, kind);
	set_span(reader, &node->start, &node->end, from);
	return node;
}

static void tell_unsupported(struct markdown_reader *reader, cmark_node *from, struct str what)
{
	struct document_unsupported *unsupported = vec_push(&reader->document->unsupported);

	unsupported->what = what;
	unsupported->line = cmark_node_get_start_line(from) > 0 ? (size_t)cmark_node_get_start_line(from) : 1;
	set_span(reader, &unsupported->start, &unsupported->end, from);
}

/* "…\n" of blocks, without its end. */
static struct str without_line_end(struct str text)
{
	return str_ends_with(text, STR("\n")) ? str_slice(text, 0, text.len - 1) : text;
}

static void add_code_block(struct markdown_reader *reader, cmark_node *from)
{
	struct document_node *node = add(reader, DOCUMENT_LITERAL_BLOCK, from);
	struct str info = copy(reader, cmark_node_get_fence_info(from));

	node->text = without_line_end(copy(reader, cmark_node_get_literal(from)));
	if (info.len > 0)
		node->name = str_cut(&info, ' ');
}

static void add_html_block(struct markdown_reader *reader, cmark_node *from)
{
	struct str text = without_line_end(copy(reader, cmark_node_get_literal(from)));
	struct str trimmed = str_trim(text);
	struct str inside = str_slice(trimmed, 4, trimmed.len > 7 ? trimmed.len - 7 : 0);

	if (str_starts_with(trimmed, STR("<!--")) && trimmed.len >= 7 && str_ends_with(trimmed, STR("-->")) &&
		!str_contains(inside, STR("-->"))) {
		add(reader, DOCUMENT_COMMENT, from)->text = str_trim(inside);
		return;
	}
	add(reader, DOCUMENT_LITERAL_BLOCK, from)->text = text;
	tell_unsupported(reader, from, STR("raw HTML"));
}

static void begin_heading(struct markdown_reader *reader, cmark_node *from)
{
	int level = cmark_node_get_heading_level(from);

	if (cmark_node_get_type(cmark_node_parent(from)) != CMARK_NODE_DOCUMENT) {
		reader->parent = add(reader, DOCUMENT_RUBRIC, from);
		return;
	}
	reader->parent = reader->document->root;
	for (int above = 1; above < level; above++) {
		if (reader->sections[above])
			reader->parent = reader->sections[above];
	}
	reader->parent = add(reader, DOCUMENT_SECTION, from);
	reader->sections[level] = reader->parent;
	for (int below = level + 1; below <= LEVELS_MAX; below++)
		reader->sections[below] = NULL;
	reader->parent = add(reader, DOCUMENT_TITLE, from);
}

static void begin_list(struct markdown_reader *reader, cmark_node *from)
{
	bool ordered = cmark_node_get_list_type(from) == CMARK_ORDERED_LIST;
	struct document_node *list = add(reader, ordered ? DOCUMENT_ENUMERATED_LIST : DOCUMENT_BULLET_LIST, from);

	if (ordered) {
		list->start_number = cmark_node_get_list_start(from);
		list->prefix = STR("");
		list->suffix = cmark_node_get_list_delim(from) == CMARK_PAREN_DELIM ? STR(")") : STR(".");
	} else {
		list->name = STR("-");
	}
	reader->parent = list;
}

/* The address of a link or image; blanks in it, which Markdown allows in angle brackets, are encoded. */
static struct str address_of(struct markdown_reader *reader, cmark_node *from)
{
	struct strbuf text = STRBUF_INIT;
	struct str url = str_of(cmark_node_get_url(from) ? cmark_node_get_url(from) : "");
	struct str address;

	for (size_t i = 0; i < url.len; i++)
		strbuf_append(&text, url.ptr[i] == ' ' ? STR("%20") : str_slice(url, i, 1));
	address = arena_str(&reader->document->arena, strbuf_str(&text));
	strbuf_release(&text);
	return address;
}

static struct str scheme_of(struct str uri)
{
	return str_slice(uri, 0, str_find(uri, ':'));
}

static void tell_link(struct markdown_reader *reader, cmark_node *from, struct str url)
{
	if (scheme_of(url).len < url.len)
		tell_unsupported(reader, from,
			arena_printf(
				&reader->document->arena, "link with the scheme \"%.*s\"", STR_ARG(scheme_of(url))));
	else
		tell_unsupported(reader, from, STR("link that leads to no page"));
}

static void begin_link(struct markdown_reader *reader, cmark_node *from)
{
	bool image = cmark_node_get_type(from) == CMARK_NODE_IMAGE;
	struct str url = address_of(reader, from);
	bool plain = uri_is_plain(url);

	flush_text(reader);
	if (image)
		tell_unsupported(reader, from, STR("image"));
	else if (!plain && url.len > 0)
		tell_link(reader, from, url);
	if (!plain)
		return;
	reader->parent = add(reader, DOCUMENT_REFERENCE, from);
	reader->parent->target = url;
	if (image && !cmark_node_first_child(from))
		add_text(reader, url, from);
}

static void end_link(struct markdown_reader *reader, cmark_node *from)
{
	struct str url = address_of(reader, from);
	bool image = cmark_node_get_type(from) == CMARK_NODE_IMAGE;

	if (uri_is_plain(url)) {
		flush_text(reader);
		reader->parent = reader->parent->parent;
	} else if (!image && url.len > 0) {
		add_text(reader, STR(" ("), from);
		add_text(reader, url, from);
		add_text(reader, STR(")"), from);
	}
}

/* Elements that hold others and are no more than their kind. */
static enum document_kind container_kind(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_BLOCK_QUOTE:
		return DOCUMENT_BLOCK_QUOTE;
	case CMARK_NODE_ITEM:
		return DOCUMENT_LIST_ITEM;
	case CMARK_NODE_PARAGRAPH:
		return DOCUMENT_PARAGRAPH;
	case CMARK_NODE_EMPH:
		return DOCUMENT_EMPHASIS;
	case CMARK_NODE_STRONG:
		return DOCUMENT_STRONG;
	default:
		return DOCUMENT_KIND_COUNT;
	}
}

/* flat */
static void enter(struct markdown_reader *reader, cmark_node *from)
{
	cmark_node_type type = cmark_node_get_type(from);

	switch (type) {
	case CMARK_NODE_LIST:
		begin_list(reader, from);
		break;
	case CMARK_NODE_HEADING:
		begin_heading(reader, from);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		begin_link(reader, from);
		break;
	case CMARK_NODE_CODE_BLOCK:
		add_code_block(reader, from);
		break;
	case CMARK_NODE_HTML_BLOCK:
		add_html_block(reader, from);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		add(reader, DOCUMENT_TRANSITION, from);
		break;
	case CMARK_NODE_CODE:
		add(reader, DOCUMENT_LITERAL, from)->text = copy(reader, cmark_node_get_literal(from));
		break;
	case CMARK_NODE_HTML_INLINE:
		tell_unsupported(reader, from, STR("raw HTML"));
		add_text(reader, str_of(cmark_node_get_literal(from)), from);
		break;
	case CMARK_NODE_TEXT:
		add_text(reader, str_of(cmark_node_get_literal(from)), from);
		break;
	case CMARK_NODE_SOFTBREAK:
		add_text(reader, STR("\n"), from);
		break;
	case CMARK_NODE_LINEBREAK:
		add(reader, DOCUMENT_LINE_BREAK, from);
		break;
	default:
		if (container_kind(type) != DOCUMENT_KIND_COUNT)
			reader->parent = add(reader, container_kind(type), from);
		break;
	}
}

static void leave(struct markdown_reader *reader, cmark_node *from)
{
	cmark_node_type type = cmark_node_get_type(from);

	if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
		end_link(reader, from);
	} else if (type == CMARK_NODE_LIST || type == CMARK_NODE_HEADING ||
		   container_kind(type) != DOCUMENT_KIND_COUNT) {
		flush_text(reader);
		reader->parent = reader->parent->parent;
	}
}

struct document *markdown_read(struct str text)
{
	struct markdown_reader reader = {
		.document = document_new(), .source = text, .lines = VEC_INIT(size_t), .text = STRBUF_INIT};
	cmark_node *root = cmark_parse_document(text.ptr ? text.ptr : "", text.len, CMARK_OPT_DEFAULT);
	cmark_iter *walk = cmark_iter_new(root);
	cmark_event_type event;

	reader.parent = reader.document->root;
	reader.parent->end = text.len;
	find_lines(&reader);
	while ((event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER)
			enter(&reader, cmark_iter_get_node(walk));
		else
			leave(&reader, cmark_iter_get_node(walk));
	}
	cmark_iter_free(walk);
	cmark_node_free(root);
	vec_release(&reader.lines);
	strbuf_release(&reader.text);
	return reader.document;
}
