#include "base/utf8.h"
#include "text/rst_block.h"

/* Whether the next line that is not blank begins with a pattern; the machine then stands there. */
static bool find_next(struct rst_machine *machine, enum rst_pattern pattern, struct rst_match *match)
{
	size_t at = machine->at;

	while (at < machine->len && machine->lines[at].text.len == 0)
		at++;
	if (at == machine->len)
		return false;
	*match = rst_match_line(machine->lines[at].text);
	if (match->pattern != pattern)
		return false;
	machine->at = at;
	return true;
}

bool rst_read_item(struct rst_machine *machine, struct document_node *list, size_t marker)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *item = rst_add(machine, list, DOCUMENT_LIST_ITEM, line);
	struct rst_block block;

	if (marker < line->text.len)
		rst_take_known(&block, machine, utf8_length(str_slice(line->text, 0, marker)));
	else
		rst_take_first_known(&block, machine, marker, 0);
	rst_read_nested(machine, block.lines, block.len, item);
	rst_close(machine, item);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

/* The bullet, which may take several bytes. */
static struct str bullet_of(struct str line)
{
	size_t width;

	utf8_decode(line, &width);
	return str_slice(line, 0, width);
}

bool rst_read_bullet_list(struct rst_machine *machine, size_t marker)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *list = rst_add(machine, machine->node, DOCUMENT_BULLET_LIST, line);
	struct rst_match match = {.end = marker};
	bool blank_finish;

	list->name = bullet_of(line->text);
	do
		blank_finish = rst_read_item(machine, list, match.end);
	while (find_next(machine, RST_BULLET, &match) &&
		str_equal(bullet_of(machine->lines[machine->at].text), list->name));
	rst_close(machine, list);
	if (!blank_finish)
		rst_complain_unindent(machine, "bullet list");
	return true;
}

static bool read_field(struct rst_machine *machine, struct document_node *list, size_t marker)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *field = rst_add(machine, list, DOCUMENT_FIELD, line);
	struct document_node *name = rst_add(machine, field, DOCUMENT_FIELD_NAME, line);
	size_t colon = str_find_last(str_slice(line->text, 0, marker), ':');
	struct rst_line inside = rst_line_slice(*line, 1, colon - 1);
	struct rst_line behind = rst_line_slice(*line, line->text.len, 0);
	struct rst_block block;

	name->start = rst_line_start(&inside);
	name->end = rst_line_end(&inside);
	rst_inline_lines(machine, name, &inside, 1);
	rst_take_first_known(&block, machine, marker, 0);
	struct document_node *body =
		rst_add(machine, field, DOCUMENT_FIELD_BODY, block.len > 0 ? block.lines : &behind);
	rst_read_nested(machine, block.lines, block.len, body);
	rst_close(machine, body);
	rst_close(machine, field);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

bool rst_read_field_list(struct rst_machine *machine, size_t marker)
{
	struct document_node *list = rst_add(machine, machine->node, DOCUMENT_FIELD_LIST, &machine->lines[machine->at]);
	struct rst_match match = {.end = marker};
	bool blank_finish;

	do
		blank_finish = read_field(machine, list, match.end);
	while (find_next(machine, RST_FIELD, &match));
	rst_close(machine, list);
	if (!blank_finish)
		rst_complain_unindent(machine, "field list");
	return true;
}
