#include "text/rst_block.h"

/* Whether a paragraph ends in an unescaped "::", by which a literal block is announced. */
static bool announces_literal(struct str text)
{
	size_t backslashes = 0;

	if (!str_ends_with(text, STR("::")))
		return false;
	while (backslashes + 2 < text.len && text.ptr[text.len - 3 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 0;
}

/* Of "text ::" both colons go, of "text::" one, and of "::" all. */
static void take_off_colons(struct rst_text *text)
{
	size_t len = text->text.len;

	if (len > 2 && text->text.ptr[len - 3] != ' ' && text->text.ptr[len - 3] != '\n') {
		text->text.len--;
		return;
	}
	text->text.len -= 2;
	struct str stripped = rst_strip(text->text);
	text->text.len = stripped.len == 0 ? 0 : (size_t)(stripped.ptr - text->text.ptr) + stripped.len;
}

/* A paragraph of lines; tells whether a literal block must follow. */
static bool read_paragraph(struct rst_machine *machine, const struct rst_line *lines, size_t count)
{
	struct rst_text text = rst_join(machine->reader, lines, count);
	bool literal = announces_literal(text.text);

	if (literal)
		take_off_colons(&text);
	if (text.text.len == 0)
		return literal;
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_PARAGRAPH, &lines[0]);
	node->end = text.at[text.text.len];
	rst_inline(machine->reader, node, &text);
	return literal;
}

/* The index behind the last line of text from the present one on; an indented line ends it. */
static size_t find_text_end(const struct rst_machine *machine)
{
	size_t end = machine->at;

	while (end < machine->len && machine->lines[end].text.len > 0 && machine->lines[end].text.ptr[0] != ' ')
		end++;
	return end;
}

static void read_plain_text(struct rst_machine *machine)
{
	const struct rst_line *first = &machine->lines[machine->at];
	size_t end = find_text_end(machine);
	size_t count = end - machine->at;

	machine->at = end;
	bool literal = read_paragraph(machine, first, count);
	if (count > 1 && end < machine->len && machine->lines[end].text.len > 0)
		rst_complain(machine, DOCUMENT_LEVEL_ERROR, &machine->lines[end], 1,
			"this line is indented more than the text above, so that it begins a block quote in the midst "
			"of it; indent it as the text, or put a blank line between");
	if (literal)
		rst_read_literal(machine);
}

void rst_read_text(struct rst_machine *machine)
{
	struct str next = STR("");

	if (machine->at + 1 < machine->len)
		next = machine->lines[machine->at + 1].text;
	if (next.len > 0 && next.ptr[0] == ' ')
		rst_read_definition_list(machine);
	else if (!rst_is_rule(next) || !rst_read_underlined(machine))
		read_plain_text(machine);
}
