#include "base/ascii.h"
#include "base/utf8.h"
#include "text/rst_directive.h"

/* A construct that was recognized by what stands behind "..": reads it, from the machine's line on; `at` is the byte behind ".. ". False: it is malformed, and the rest is a comment. */
typedef bool construct(struct rst_machine *machine, size_t at, bool *blank_finish);

/* Bytes of ".." and the blanks behind it; a construct needs one at least. */
static size_t start_of(struct str line)
{
	size_t blanks = rst_count(line, 2, ' ');

	return blanks > 0 ? 2 + blanks : 0;
}

/* The bytes of a label in brackets with the blanks behind it, or 0. */
static size_t bracket_end(struct str line, size_t end)
{
	if (end >= line.len || line.ptr[end] != ']')
		return 0;
	size_t blanks = rst_count(line, end + 1, ' ');
	return blanks > 0 || end + 1 == line.len ? end + 1 + blanks : 0;
}

/* "[1]", "[#]", "[#name]", "[*]": the bytes of the label. */
static size_t footnote_label(struct str rest)
{
	size_t digits = 0;

	if (rest.len > 0 && rest.ptr[0] == '*')
		return 1;
	if (rest.len > 0 && rest.ptr[0] == '#')
		return 1 + rst_simple_name(str_slice(rest, 1, rest.len));
	while (digits < rest.len && ascii_is_digit(rest.ptr[digits]))
		digits++;
	return digits;
}

static void read_noted(struct rst_machine *machine, struct document_node *node, size_t marker, bool *blank_finish)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct rst_block block;

	rst_take_first_known(&block, machine, marker, 0);
	*blank_finish = block.blank_finish;
	if (block.len > 0)
		rst_read_nested(machine, block.lines, block.len, node);
	else
		rst_complain(machine, DOCUMENT_LEVEL_WARNING, line, 1,
			"this %s is empty; write its text behind the label, or indented below",
			document_kind_name(node->kind));
	rst_close(machine, node);
	rst_block_release(&block);
}

/* Footnotes with a number, and citations, show their label. */
static void add_label(
	struct rst_machine *machine, struct document_node *node, const struct rst_line *line, size_t at, size_t length)
{
	struct rst_line inside = rst_line_slice(*line, at + 1, length);
	struct document_node *label = rst_add(machine, node, DOCUMENT_LABEL, &inside);
	struct document_node *text = document_add_text(machine->reader->document, label, inside.text);

	text->start = label->start;
	text->end = label->end;
}

static bool read_footnote(struct rst_machine *machine, size_t at, bool *blank_finish)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct str label = str_slice(line->text, at + 1, line->text.len);

	label.len = footnote_label(label);
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_FOOTNOTE, line);
	if (label.ptr[0] != '#' && label.ptr[0] != '*')
		add_label(machine, node, line, at, label.len);
	rst_declare_footnote(machine->reader, node, label);
	read_noted(machine, node, bracket_end(line->text, at + 1 + label.len), blank_finish);
	return true;
}

static bool read_citation(struct rst_machine *machine, size_t at, bool *blank_finish)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct str label = str_slice(line->text, at + 1, line->text.len);

	label.len = rst_simple_name(label);
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_CITATION, line);
	add_label(machine, node, line, at, label.len);
	rst_declare_citation(machine->reader, node, label);
	read_noted(machine, node, bracket_end(line->text, at + 1 + label.len), blank_finish);
	return true;
}

static bool read_directive(struct rst_machine *machine, size_t at, bool *blank_finish)
{
	struct str line = machine->lines[machine->at].text;
	struct str name = str_slice(line, at, rst_simple_name(str_slice(line, at, line.len)));
	size_t end = at + name.len;

	end += end < line.len && line.ptr[end] == ' ' ? 3 : 2;
	*blank_finish = rst_read_directive(machine, name, end + rst_count(line, end, ' '));
	return true;
}

/* What a line with ".. " is, by what follows; NULL: a comment. */
static construct *recognize(struct str line, size_t at)
{
	struct str rest = str_slice(line, at, line.len);
	size_t name = rst_simple_name(rest);
	struct str behind = str_slice(rest, name, rest.len);

	if (rest.len == 0)
		return NULL;
	if (rest.ptr[0] == '[') {
		rest = str_slice(rest, 1, rest.len);
		size_t label = footnote_label(rest);
		if (label > 0 && bracket_end(rest, label) > 0)
			return read_footnote;
		label = rst_simple_name(rest);
		return label > 0 && bracket_end(rest, label) > 0 ? read_citation : NULL;
	}
	if (rest.len > 1 && rest.ptr[0] == '_' && rest.ptr[1] != ' ')
		return rst_read_target;
	if (rest.len > 1 && rest.ptr[0] == '|' && rest.ptr[1] != ' ')
		return rst_read_substitution;
	if (name > 0 && behind.len > 0 && behind.ptr[0] == ' ')
		behind = str_slice(behind, 1, behind.len);
	if (name > 0 && str_starts_with(behind, STR("::")) && (behind.len == 2 || behind.ptr[2] == ' '))
		return read_directive;
	return NULL;
}

static bool is_next_blank(const struct rst_machine *machine)
{
	return machine->at + 1 >= machine->len || machine->lines[machine->at + 1].text.len == 0;
}

/* A comment from the machine's line on; marker is the ".." of the line where it begins. */
static bool read_comment(struct rst_machine *machine, size_t marker, bool empty)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_COMMENT, line);
	struct rst_block block;

	node->text = STR("");
	if (is_next_blank(machine) && empty) {
		machine->at++;
		return true;
	}
	/* The marker is counted in characters, as it may stand in another line. */
	rst_take_first_known(&block, machine, line->text.len - rst_line_skip(*line, marker).text.len, 0);
	rst_trim_end(&block);
	node->text = rst_join_plain(machine->reader, block.lines, block.len);
	rst_close(machine, node);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

static bool read_construct(struct rst_machine *machine, size_t marker)
{
	size_t first = machine->at;
	struct str line = machine->lines[first].text;
	size_t at = start_of(line);
	construct *read = at > 0 ? recognize(line, at) : NULL;
	bool blank_finish = true;

	if (read && read(machine, at, &blank_finish))
		return blank_finish;
	/* docutils takes only the last line of what is malformed for a comment. */
	if (read)
		machine->at--;
	return read_comment(machine, marker, marker >= line.len);
}

/* Explicit constructs that follow one another without a blank line, the first of which was read. */
static void read_series(struct rst_machine *machine, bool blank_finish)
{
	while (machine->at < machine->len) {
		struct rst_match match = rst_match_line(machine->lines[machine->at].text);

		if (match.pattern == RST_EXPLICIT)
			blank_finish = read_construct(machine, match.end);
		else if (match.pattern == RST_ANONYMOUS)
			blank_finish = rst_read_anonymous_target(machine, match.end);
		else
			break;
	}
	if (!blank_finish)
		rst_complain_unindent(machine, "explicit markup");
}

bool rst_read_explicit(struct rst_machine *machine, size_t marker)
{
	read_series(machine, read_construct(machine, marker));
	return true;
}

bool rst_read_anonymous(struct rst_machine *machine, size_t marker)
{
	read_series(machine, rst_read_anonymous_target(machine, marker));
	return true;
}
