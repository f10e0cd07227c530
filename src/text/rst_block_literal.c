#include "base/ascii.h"
#include "text/rst_block.h"

static void add_literal(
	struct rst_machine *machine, enum document_kind kind, const struct rst_line *lines, size_t count)
{
	struct document_node *node = rst_add(machine, machine->node, kind, &lines[0]);

	node->text = rst_join_plain(machine->reader, lines, count);
	node->end = rst_line_end(&lines[count - 1]);
}

/* What follows the lines that begin with the same quoting character, from quoted up to the present one. */
static void judge_end_of_quoting(struct rst_machine *machine)
{
	const struct rst_line *line = &machine->lines[machine->at];

	if (machine->at >= machine->len || line->text.len == 0)
		return;
	rst_complain(machine, DOCUMENT_LEVEL_ERROR, line, 1,
		line->text.ptr[0] == ' '
			? "an indented line in a literal block whose lines begin with the same character; take the "
			  "indentation off, or put a blank line before"
			: "this line does not begin with the character of the literal block above; put a blank line "
			  "between, or the character before it");
}

/* A literal block whose lines are not indented, but begin with the same punctuation character. */
static void read_quoted(struct rst_machine *machine)
{
	const struct rst_line *lines = machine->lines;
	size_t first = machine->at;

	while (first < machine->len && lines[first].text.len == 0)
		first++;
	if (first >= machine->len || !ascii_is_punctuation(lines[first].text.ptr[0])) {
		size_t place = first < machine->len ? first : machine->len - 1;
		machine->at = first;
		rst_complain(machine, DOCUMENT_LEVEL_WARNING, &lines[place], 1,
			"a literal block should follow \"::\", but nothing indented does; indent what is meant, or end "
			"the text with one colon");
		return;
	}
	machine->at = first + 1;
	while (machine->at < machine->len && lines[machine->at].text.len > 0 &&
		lines[machine->at].text.ptr[0] == lines[first].text.ptr[0])
		machine->at++;
	add_literal(machine, DOCUMENT_LITERAL_BLOCK, &lines[first], machine->at - first);
	judge_end_of_quoting(machine);
}

void rst_read_literal(struct rst_machine *machine)
{
	struct rst_block block;

	rst_take_indented(&block, machine);
	rst_trim_end(&block);
	if (block.len == 0) {
		read_quoted(machine);
	} else {
		add_literal(machine, DOCUMENT_LITERAL_BLOCK, block.lines, block.len);
		if (!block.blank_finish)
			rst_complain_unindent(machine, "literal block");
	}
	rst_block_release(&block);
}

bool rst_read_doctest(struct rst_machine *machine, size_t marker)
{
	size_t first = machine->at;

	(void)marker;
	while (machine->at < machine->len && machine->lines[machine->at].text.len > 0)
		machine->at++;
	add_literal(machine, DOCUMENT_DOCTEST_BLOCK, &machine->lines[first], machine->at - first);
	return true;
}
