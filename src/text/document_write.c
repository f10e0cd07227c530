#include "text/document_write.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/document_write_private.h"
#include "text/enumeration.h"
#include "text/escape.h"

static const struct {
	document_writer *blocks;
	document_writer *line;
} formats[] = {
	[DOCUMENT_FORMAT_RST] = {write_rst, write_rst_inline},
	[DOCUMENT_FORMAT_HTML] = {write_html, write_html_inline},
	[DOCUMENT_FORMAT_MYST] = {write_myst, write_myst_inline},
	[DOCUMENT_FORMAT_TERMINAL] = {write_terminal, write_terminal_inline},
	[DOCUMENT_FORMAT_XML] = {write_xml, write_xml_inline},
};

static const struct document_write_options no_options;

void document_write(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options)
{
	formats[format].blocks(out, node, options ? options : &no_options);
}

/* The first element below a node that holds inline content, or NULL. */
static const struct document_node *first_with_inlines(const struct document_node *root)
{
	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (!document_kind_is_block(node->kind) || document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
			return node;
	}
	return NULL;
}

void document_write_inline(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options)
{
	const struct document_node *content = first_with_inlines(node);
	struct document_node plain = {.kind = DOCUMENT_TEXT};
	struct strbuf text = STRBUF_INIT;

	if (!content) {
		write_plain_line(&text, node);
		plain.text = strbuf_str(&text);
	}
	formats[format].line(out, content ? content : &plain, options ? options : &no_options);
	strbuf_release(&text);
}

bool write_is_container(enum document_kind kind)
{
	switch (kind) {
	case DOCUMENT_SECTION:
	case DOCUMENT_BULLET_LIST:
	case DOCUMENT_ENUMERATED_LIST:
	case DOCUMENT_DEFINITION_LIST:
	case DOCUMENT_FIELD_LIST:
	case DOCUMENT_OPTION_LIST:
	case DOCUMENT_LINE_BLOCK:
	case DOCUMENT_BLOCK_QUOTE:
	case DOCUMENT_TABLE:
	case DOCUMENT_FOOTNOTE:
	case DOCUMENT_CITATION:
		return true;
	default:
		return document_kind_is_admonition(kind);
	}
}

void write_plain_line(struct strbuf *out, const struct document_node *node)
{
	struct strbuf plain = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;
	bool blank = false;

	document_plain_text(&plain, node);
	escape_plain(&text, strbuf_str(&plain));
	strbuf_release(&plain);
	for (size_t i = 0; i < text.len; i++) {
		bool space = text.ptr[i] == ' ' || (text.ptr[i] >= '\t' && text.ptr[i] <= '\r');

		if (!space) {
			strbuf_append_c(out, blank ? " " : "");
			strbuf_append_char(out, text.ptr[i]);
			blank = false;
		}
		blank = blank || (space && i > 0);
	}
	strbuf_release(&text);
}

void write_admonition_title(struct strbuf *out, enum document_kind kind)
{
	const char *name = document_kind_name(kind);

	strbuf_append_char(out, ascii_to_upper(name[0]));
	strbuf_append_c(out, name + 1);
}

const struct document_node *write_child(const struct document_node *node, enum document_kind kind)
{
	const struct document_node *child = node->first_child;

	while (child && child->kind != kind)
		child = child->next;
	return child;
}

bool write_is_shown(const struct document_node *node)
{
	return node->kind != DOCUMENT_COMMENT && (node->kind != DOCUMENT_TARGET || node->first_child);
}

static const struct document_node *block_from(const struct document_node *node)
{
	while (node && (!write_is_shown(node) || node->kind == DOCUMENT_TITLE || node->kind == DOCUMENT_LABEL ||
			       node->kind == DOCUMENT_ATTRIBUTION))
		node = node->next;
	return node;
}

const struct document_node *write_first_block(const struct document_node *node)
{
	return block_from(node->first_child);
}

static const struct document_node *next_block(const struct document_node *block)
{
	return block_from(block->next);
}

bool write_is_single_paragraph(const struct document_node *node)
{
	return node->first_child && node->first_child == node->last_child &&
	       node->first_child->kind == DOCUMENT_PARAGRAPH;
}

static bool is_list(const struct document_node *node)
{
	return node->kind == DOCUMENT_BULLET_LIST || node->kind == DOCUMENT_ENUMERATED_LIST;
}

static bool is_tight_item(const struct document_node *item)
{
	const struct document_node *block = write_first_block(item);

	if (block && block->kind == DOCUMENT_PARAGRAPH)
		block = next_block(block);
	while (block && is_list(block))
		block = next_block(block);
	return block == NULL;
}

bool write_is_tight(const struct document_node *list)
{
	for (const struct document_node *item = list->first_child; item; item = item->next) {
		if (!is_tight_item(item))
			return false;
	}
	return true;
}

bool write_is_empty(const struct document_node *root)
{
	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (node->kind == DOCUMENT_LIST_ITEM || node->kind == DOCUMENT_ENTRY ||
			node->kind == DOCUMENT_TRANSITION ||
			(node->kind != DOCUMENT_COMMENT && str_trim(node->text).len > 0))
			return false;
	}
	return true;
}

size_t write_break(struct str line, bool *blank)
{
	size_t at = WRITE_LINE_MAX;

	*blank = false;
	if (line.len <= WRITE_LINE_MAX)
		return line.len;
	while (at > 1 && line.ptr[at] != ' ')
		at--;
	*blank = at > 1;
	if (*blank)
		return at;
	at = utf8_prefix(line, WRITE_LINE_MAX).len;
	while (at > 1 && line.ptr[at - 1] == '\\') /* which belongs to what follows */
		at--;
	return at;
}

static bool is_space(uint32_t codepoint)
{
	return (codepoint >= '\t' && codepoint <= '\r') || codepoint == 0x85 || codepoint == 0x2028 ||
	       codepoint == 0x2029 || utf8_is_space_separator(codepoint);
}

struct str write_trim(struct str text)
{
	return utf8_trim(text, is_space);
}

void write_enumerator(struct strbuf *out, const struct document_node *list, long number)
{
	char room[ENUMERATION_ROOM];
	struct str text = enumeration_write(room, list->enumeration, number);

	strbuf_append(out, str_is_absent(text) ? enumeration_write(room, DOCUMENT_ARABIC, number) : text);
}

static const char *const languages[] = {"bash", "c", "console", "css", "diff", "docker", "dockerfile", "go", "html",
	"http", "ini", "java", "javascript", "jinja", "js", "json", "make", "none", "php", "python", "python3", "rst",
	"ruby", "rust", "sh", "shell", "sql", "text", "toml", "ts", "typescript", "xml", "yaml"};

struct str write_language(const struct document_node *literal_block)
{
	for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
		if (!str_is_absent(literal_block->name) && str_is(literal_block->name, languages[i]))
			return literal_block->name;
	}
	return STR_ABSENT;
}
