/* reStructuredText: lists. */
#include "base/utf8.h"
#include "text/write_rst_private.h"

#define FIELD_INDENT       4
#define DEFINITION_INDENT  4
#define LINE_BLOCK_INDENT  4
#define LINE_BLOCK_DEPTH   15
#define ENUMERATORS_LETTER 26

void rst_body(struct rst_writer *w, const struct document_node *first, struct str marker, size_t indent)
{
	const struct document_node *second = first ? first->next : NULL;
	bool joined = first && first->kind == DOCUMENT_PARAGRAPH && (!second || second->kind == DOCUMENT_PARAGRAPH);
	size_t prefix;

	prefix = lines_marker(&w->lines, marker, indent);
	if (!joined)
		lines_end_marker(&w->lines);
	rst_nested_blocks(w, first, RST_INDENT_LEAST);
	lines_pop(&w->lines, prefix);
}

static bool is_bullet(struct str text)
{
	static const char *const bullets[] = {"*", "+", "-", "\xE2\x80\xA2", "\xE2\x80\xA3", "\xE2\x81\x83"};

	for (size_t i = 0; i < sizeof(bullets) / sizeof(*bullets); i++) {
		if (!str_is_absent(text) && str_is(text, bullets[i]))
			return true;
	}
	return false;
}

struct str rst_bullet(const struct document_node *list, struct str not )
{
	struct str bullet = is_bullet(list->name) ? list->name : STR("-");

	if (str_is_absent(not ) || !str_equal(bullet, not ))
		return bullet;
	return str_is(not, "*") ? STR("-") : STR("*");
}

static void item(struct rst_writer *w, const struct document_node *node, struct str marker)
{
	size_t prefix = lines_marker(&w->lines, marker, utf8_length(marker) + 1);

	rst_nested_blocks(w, node->first_child, RST_INDENT_KNOWN);
	lines_pop(&w->lines, prefix);
}

/* Between items a blank line is free: it stands where any of them holds more than a paragraph. */
static bool all_single(const struct document_node *list)
{
	for (const struct document_node *node = list->first_child; node; node = node->next) {
		if (node->first_child && !write_is_single_paragraph(node))
			return false;
	}
	return true;
}

void rst_bullet_list(struct rst_writer *w, const struct document_node *list, struct str bullet)
{
	bool dense = all_single(list);

	for (const struct document_node *node = list->first_child; node; node = node->next) {
		if (node != list->first_child && !dense)
			lines_blank(&w->lines);
		item(w, node, bullet);
	}
}

static long count_children(const struct document_node *node)
{
	long count = 0;

	for (const struct document_node *child = node->first_child; child; child = child->next)
		count++;
	return count;
}

/* How a list is enumerated so that docutils reads the same numbers. */
struct enumeration {
	struct document_node list; /* for write_enumerator(): kind and start alone */
	const char *prefix;
	const char *suffix;
};

static bool is_continued(const struct document_node *list, const struct document_node *previous)
{
	return previous && previous->kind == DOCUMENT_ENUMERATED_LIST &&
	       previous->start_number + count_children(previous) == list->start_number;
}

/* Letters end at z, and "i" begins Roman numbers: what they cannot say is said in Arabic ones. Numbers below zero cannot be said at all. */
static struct enumeration enumeration_of(const struct document_node *list, const struct document_node *previous)
{
	struct enumeration enumeration = {
		.list = {.kind = list->kind, .enumeration = list->enumeration, .start_number = list->start_number}};
	long last = list->start_number + count_children(list) - 1;
	bool letters = list->enumeration == DOCUMENT_LOWER_ALPHA || list->enumeration == DOCUMENT_UPPER_ALPHA;

	if (list->start_number < 0)
		enumeration.list.start_number = 1;
	if (list->enumeration != DOCUMENT_ARABIC &&
		(list->start_number < 1 || last > (letters ? ENUMERATORS_LETTER : 4999)))
		enumeration.list.enumeration = DOCUMENT_ARABIC;
	enumeration.prefix = list->prefix.len > 0 ? "(" : "";
	enumeration.suffix = list->prefix.len > 0 || (list->suffix.len > 0 && list->suffix.ptr[0] == ')') ? ")" : ".";
	if (is_continued(list, previous)) {
		enumeration.prefix = "";
		enumeration.suffix =
			previous->suffix.len > 0 && previous->suffix.ptr[0] == ')' && previous->prefix.len == 0 ? "."
														: ")";
	}
	return enumeration;
}

void rst_enumerated_list(struct rst_writer *w, const struct document_node *list, const struct document_node *previous)
{
	struct enumeration enumeration = enumeration_of(list, previous);
	long number = enumeration.list.start_number;
	struct strbuf marker = STRBUF_INIT;
	bool dense = all_single(list);

	for (const struct document_node *node = list->first_child; node; node = node->next, number++) {
		if (node != list->first_child && !dense)
			lines_blank(&w->lines);
		strbuf_clear(&marker);
		strbuf_append_c(&marker, enumeration.prefix);
		write_enumerator(&marker, &enumeration.list, number);
		strbuf_append_c(&marker, enumeration.suffix);
		item(w, node, strbuf_str(&marker));
	}
	strbuf_release(&marker);
}

/* "term : classifier", on one line. */
static void term(struct rst_writer *w, const struct document_node *item_node)
{
	struct strbuf whole = STRBUF_INIT;

	for (const struct document_node *child = item_node->first_child; child; child = child->next) {
		struct rst_line line;

		if (child->kind != DOCUMENT_TERM && child->kind != DOCUMENT_CLASSIFIER)
			continue;
		rst_line_init(&line, w);
		line.in_term = true;
		rst_line_children(&line, child);
		strbuf_append_c(&whole, whole.len > 0 ? " : " : "");
		strbuf_append(&whole, rst_line_finish(&line));
		rst_line_release(&line);
	}
	lines_add(&w->lines, whole.len > 0 ? strbuf_str(&whole) : STR("\\ "));
	strbuf_release(&whole);
}

void rst_definition_list(struct rst_writer *w, const struct document_node *list)
{
	for (const struct document_node *node = list->first_child; node; node = node->next) {
		const struct document_node *definition = write_child(node, DOCUMENT_DEFINITION);
		size_t prefix;

		if (node != list->first_child)
			lines_blank(&w->lines);
		term(w, node);
		prefix = lines_push_indent(&w->lines, DEFINITION_INDENT);
		if (definition && definition->first_child)
			rst_nested_blocks(w, definition->first_child, RST_INDENT_LEAST);
		else
			lines_add(&w->lines, STR(".."));
		lines_pop(&w->lines, prefix);
	}
}

void rst_field_list(struct rst_writer *w, const struct document_node *list)
{
	for (const struct document_node *node = list->first_child; node; node = node->next) {
		const struct document_node *name = write_child(node, DOCUMENT_FIELD_NAME);
		const struct document_node *body = write_child(node, DOCUMENT_FIELD_BODY);
		struct strbuf marker = STRBUF_INIT;
		struct rst_line line;

		rst_line_init(&line, w);
		line.in_name = true;
		if (name)
			rst_line_children(&line, name);
		strbuf_append_char(&marker, ':');
		strbuf_append(&marker, line.text.len > 0 ? rst_line_finish(&line) : STR("\\ "));
		strbuf_append_char(&marker, ':');
		rst_body(w, body ? body->first_child : NULL, strbuf_str(&marker), FIELD_INDENT);
		rst_line_release(&line);
		strbuf_release(&marker);
	}
}

/* "-f FILE, --file=FILE": as the reader took it apart. */
static void options_line(struct strbuf *out, const struct document_node *group)
{
	for (const struct document_node *option = group->first_child; option; option = option->next) {
		strbuf_append_c(out, option != group->first_child ? ", " : "");
		for (const struct document_node *part = option->first_child; part; part = part->next) {
			if (part->kind == DOCUMENT_OPTION_ARGUMENT)
				strbuf_append(out, str_is_absent(part->name) ? STR(" ") : part->name);
			write_plain_line(out, part);
		}
	}
}

void rst_option_list(struct rst_writer *w, const struct document_node *list)
{
	for (const struct document_node *node = list->first_child; node; node = node->next) {
		const struct document_node *group = write_child(node, DOCUMENT_OPTION_GROUP);
		const struct document_node *description = write_child(node, DOCUMENT_DESCRIPTION);
		struct strbuf marker = STRBUF_INIT;
		size_t prefix;

		if (group)
			options_line(&marker, group);
		lines_add(&w->lines, strbuf_str(&marker));
		prefix = lines_push_indent(&w->lines, FIELD_INDENT);
		if (description && description->first_child)
			rst_nested_blocks(w, description->first_child, RST_INDENT_LEAST);
		else
			lines_add(&w->lines, STR(".."));
		lines_pop(&w->lines, prefix);
		strbuf_release(&marker);
	}
}

/* How many line blocks a line stands in below the outermost one, as far as that matters. */
static size_t line_depth(const struct document_node *line, const struct document_node *block)
{
	size_t depth = 0;

	for (const struct document_node *node = line->parent; node != block && depth < LINE_BLOCK_DEPTH;
		node = node->parent)
		depth++;
	return depth;
}

void rst_line_block(struct rst_writer *w, const struct document_node *block)
{
	for (const struct document_node *node = document_next(block, NULL); node; node = document_next(block, node)) {
		struct strbuf whole = STRBUF_INIT;
		struct rst_line line;
		struct str text;

		if (node->kind != DOCUMENT_LINE)
			continue;
		rst_line_init(&line, w);
		line.inside = true;
		rst_line_children(&line, node);
		text = rst_line_finish(&line);
		strbuf_append_char(&whole, '|');
		if (text.len > 0) {
			strbuf_append_repeat(&whole, ' ', line_depth(node, block) * LINE_BLOCK_INDENT + 1);
			strbuf_append(&whole, text);
		}
		lines_add(&w->lines, strbuf_str(&whole));
		rst_line_release(&line);
		strbuf_release(&whole);
	}
}
