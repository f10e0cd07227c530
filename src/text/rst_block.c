#include "text/rst_block.h"

#include <stdlib.h>

static rst_element *const elements[RST_PATTERN_COUNT] = {
	[RST_BULLET] = rst_read_bullet_list,
	[RST_ENUMERATOR] = rst_read_enumerated_list,
	[RST_FIELD] = rst_read_field_list,
	[RST_OPTION] = rst_read_option_list,
	[RST_DOCTEST] = rst_read_doctest,
	[RST_LINE_BLOCK] = rst_read_line_block,
	[RST_GRID_TABLE] = rst_read_grid_table,
	[RST_SIMPLE_TABLE] = rst_read_simple_table,
	[RST_EXPLICIT] = rst_read_explicit,
	[RST_ANONYMOUS] = rst_read_anonymous,
	[RST_LINE] = rst_read_rule,
};

static void read_block_quote(struct rst_machine *machine)
{
	struct rst_block block;

	rst_take_indented(&block, machine);
	rst_read_quotes(machine, block.lines, block.len, machine->node);
	if (!block.blank_finish)
		rst_complain_unindent(machine, "block quote");
	rst_block_release(&block);
}

void rst_read_body(struct rst_machine *machine)
{
	while (machine->at < machine->len) {
		struct rst_match match = rst_match_line(machine->lines[machine->at].text);

		if (match.pattern == RST_BLANK)
			machine->at++;
		else if (match.pattern == RST_INDENT)
			read_block_quote(machine);
		else if (match.pattern == RST_TEXT || !elements[match.pattern](machine, match.end))
			rst_read_text(machine);
	}
}

void rst_read_nested(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct document_node *node)
{
	struct rst_machine nested = {
		.reader = machine->reader, .lines = lines, .len = count, .node = node, .depth = machine->depth + 1};

	if (count == 0)
		return;
	if (nested.depth > RST_DEPTH_MAX) {
		nested.at = count;
		rst_give_up(&nested, NULL, 0, "more than %d elements in one another", RST_DEPTH_MAX);
	} else {
		rst_read_body(&nested);
	}
}

struct document_node *rst_add(
	struct rst_machine *machine, struct document_node *parent, enum document_kind kind, const struct rst_line *line)
{
	struct document_node *node = document_add(machine->reader->document, parent, kind);

	node->start = rst_line_start(line);
	node->end = rst_line_end(line);
	return node;
}

void rst_close(struct rst_machine *machine, struct document_node *node)
{
	size_t last = machine->at;

	while (last > 0 && machine->lines[last - 1].text.len == 0)
		last--;
	if (last > 0 && rst_line_end(&machine->lines[last - 1]) > node->end)
		node->end = rst_line_end(&machine->lines[last - 1]);
}

void rst_inline_lines(
	struct rst_machine *machine, struct document_node *node, const struct rst_line *lines, size_t count)
{
	struct rst_text text = rst_join(machine->reader, lines, count);

	rst_inline(machine->reader, node, &text);
}

void rst_complain(struct rst_machine *machine, enum document_level level, const struct rst_line *first, size_t count,
	const char *format, ...)
{
	const struct rst_line *last = first + (count > 0 ? count - 1 : 0);
	struct rst_line shown = rst_line_skip(*first, rst_line_indent(first));
	va_list args;

	va_start(args, format);
	rst_vreport(machine->reader, level, first->number, rst_line_start(&shown), rst_line_end(last), format, args);
	va_end(args);
}

void rst_complain_unindent(struct rst_machine *machine, const char *element)
{
	size_t at = machine->at < machine->len ? machine->at : machine->len - 1;

	rst_complain(machine, DOCUMENT_LEVEL_WARNING, &machine->lines[at], 1,
		"the %s above ends here without a blank line between; put one in, or indent this line as deep as "
		"what it belongs to",
		element);
}

void rst_give_up(struct rst_machine *machine, struct document_node *parent, size_t first, const char *format, ...)
{
	const struct rst_line *line = &machine->lines[first];
	size_t last = machine->at;
	va_list args;

	while (last > first + 1 && machine->lines[last - 1].text.len == 0)
		last--;
	if (last <= first)
		return;
	va_start(args, format);
	struct str what = arena_vprintf(&machine->reader->document->arena, format, args);
	va_end(args);
	rst_unsupported(machine->reader, line->number, rst_line_start(line), rst_line_end(&machine->lines[last - 1]),
		"%.*s", STR_ARG(what));
	struct document_node *node = rst_add(machine, parent ? parent : machine->node, DOCUMENT_LITERAL_BLOCK, line);
	node->text = rst_join_plain(machine->reader, line, last - first);
	node->end = rst_line_end(&machine->lines[last - 1]);
}
