#include "text/rst_block.h"

/* What separates the string of an option from its argument, and where. */
static size_t find_argument(struct str option, size_t *argument)
{
	size_t blank = str_find(option, ' ');
	size_t equals = str_find(str_slice(option, 0, blank), '=');

	if (equals < blank) {
		*argument = equals + 1;
		return equals;
	}
	/* "-oARG" and "+oARG": behind one character. */
	if (blank > 2 && ((option.ptr[0] == '-' && option.ptr[1] != '-') || option.ptr[0] == '+')) {
		*argument = 2;
		return 2;
	}
	*argument = blank + rst_count(option, blank, ' ');
	return blank;
}

static void add_text(
	struct rst_machine *machine, struct document_node *option, enum document_kind kind, const struct rst_line *part)
{
	struct document_node *node = rst_add(machine, option, kind, part);
	struct document_node *text = document_add_text(machine->reader->document, node, part->text);

	text->start = node->start;
	text->end = node->end;
}

static void add_option(struct rst_machine *machine, struct document_node *group, const struct rst_line *line)
{
	struct document_node *option = rst_add(machine, group, DOCUMENT_OPTION, line);
	size_t argument;
	size_t end = find_argument(line->text, &argument);
	struct rst_line string = rst_line_slice(*line, 0, end);
	struct rst_line value = rst_line_slice(*line, argument, line->text.len);

	add_text(machine, option, DOCUMENT_OPTION_STRING, &string);
	if (argument < line->text.len) {
		option->last_child->next = NULL;
		add_text(machine, option, DOCUMENT_OPTION_ARGUMENT, &value);
		/* Words in <> stand apart by one blank. */
		option->last_child->first_child->text = rst_normalize_space(machine->reader, value.text);
		/* What stands between: " ", "=" or nothing. */
		option->last_child->name = str_slice(line->text, end, argument - end);
	}
}

/* The end of an option within a marker: the next ", " outside of <>, or the end of the marker. */
static size_t find_option_end(struct str marker, size_t start)
{
	bool inside = false;

	for (size_t i = start; i < marker.len; i++) {
		if (marker.ptr[i] == '<' || marker.ptr[i] == '>')
			inside = marker.ptr[i] == '<';
		else if (!inside && str_starts_with(str_slice(marker, i, 2), STR(", ")))
			return i;
	}
	return marker.len;
}

static void read_group(
	struct rst_machine *machine, struct document_node *item, const struct rst_line *line, size_t marker)
{
	struct rst_line strings = rst_line_slice(*line, 0, marker);
	struct document_node *group;

	strings.text = rst_strip(strings.text);
	group = rst_add(machine, item, DOCUMENT_OPTION_GROUP, &strings);
	for (size_t start = 0, end; start < strings.text.len; start = end + 2) {
		end = find_option_end(strings.text, start);
		struct rst_line option = rst_line_slice(strings, start, end - start);
		add_option(machine, group, &option);
	}
}

/* An item is one only if something describes the option; false and nothing read else. */
static bool read_item(struct rst_machine *machine, struct document_node *list, size_t marker, bool *blank_finish)
{
	const struct rst_line *line = &machine->lines[machine->at];
	size_t before = machine->at;
	struct rst_block block;

	rst_take_first_known(&block, machine, marker, 0);
	*blank_finish = block.blank_finish;
	if (block.len == 0) {
		rst_block_release(&block);
		machine->at = before;
		return false;
	}
	struct document_node *item = rst_add(machine, list, DOCUMENT_OPTION_LIST_ITEM, line);
	read_group(machine, item, line, marker);
	struct document_node *description = rst_add(machine, item, DOCUMENT_DESCRIPTION, &block.lines[0]);
	rst_read_nested(machine, block.lines, block.len, description);
	rst_close(machine, description);
	rst_close(machine, item);
	rst_block_release(&block);
	return true;
}

bool rst_read_option_list(struct rst_machine *machine, size_t marker)
{
	struct document_node *list = rst_add(machine, NULL, DOCUMENT_OPTION_LIST, &machine->lines[machine->at]);
	bool blank_finish = true;
	bool last_finish;

	if (!read_item(machine, list, marker, &blank_finish))
		return false;
	document_append(machine->node, list);
	for (;;) {
		size_t at = machine->at;
		while (at < machine->len && machine->lines[at].text.len == 0)
			at++;
		struct rst_match match = {.pattern = RST_BLANK};
		if (at < machine->len)
			match = rst_match_line(machine->lines[at].text);
		if (match.pattern != RST_OPTION)
			break;
		machine->at = at;
		if (!read_item(machine, list, match.end, &last_finish))
			break;
		blank_finish = last_finish;
	}
	rst_close(machine, list);
	if (!blank_finish)
		rst_complain_unindent(machine, "option list");
	return true;
}
