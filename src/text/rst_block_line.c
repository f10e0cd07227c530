#include "text/rst_block.h"

/* A line of a line block: how deep it is indented; an empty one is as deep as the line before it. */
struct indented_line {
	struct document_node *node;
	size_t indent;
	bool empty;
};

static bool read_line(struct rst_machine *machine, size_t marker, struct indented_line *out)
{
	const struct rst_line *line = &machine->lines[machine->at];
	struct rst_block block;

	out->empty = line->text.len == 1;
	out->indent = marker < 2 ? 0 : marker - 2;
	rst_take_first_known(&block, machine, marker, RST_TAKE_UNTIL_BLANK);
	out->node = rst_add(machine, NULL, DOCUMENT_LINE, line);
	rst_close(machine, out->node);
	if (block.len > 0)
		rst_inline_lines(machine, out->node, block.lines, block.len);
	bool blank_finish = block.blank_finish;
	rst_block_release(&block);
	return blank_finish;
}

/* Puts lines into a block: those that are indented more than the least ones are in blocks of their own, one for each run of them. */
static void nest_lines(struct rst_machine *machine, struct document_node *block, const struct indented_line *lines,
	size_t count, unsigned depth)
{
	size_t least = lines[0].indent;

	for (size_t i = 0; i < count; i++)
		least = lines[i].indent < least ? lines[i].indent : least;
	for (size_t i = 0; i < count;) {
		size_t end = i;
		while (end < count && lines[end].indent > least && depth > 0)
			end++;
		if (depth == 0 && lines[i].indent > least)
			rst_unsupported(machine->reader, machine->lines[machine->at - 1].number, lines[i].node->start,
				lines[i].node->end, "a line block of more than %d levels", RST_DEPTH_MAX);
		if (end > i) {
			struct document_node *inner =
				document_add(machine->reader->document, block, DOCUMENT_LINE_BLOCK);
			inner->start = lines[i].node->start;
			inner->end = lines[end - 1].node->end;
			nest_lines(machine, inner, lines + i, end - i, depth - 1);
			i = end;
		} else {
			document_append(block, lines[i++].node);
		}
	}
}

/* An empty line is as deep as the one before it. */
static void settle_lines(struct rst_machine *machine, struct document_node *block, const struct vec *lines)
{
	struct indented_line *all = lines->items;

	for (size_t i = 0; i < lines->len; i++) {
		if (all[i].empty)
			all[i].indent = i > 0 ? all[i - 1].indent : 0;
	}
	nest_lines(machine, block, all, lines->len, RST_DEPTH_MAX);
}

bool rst_read_line_block(struct rst_machine *machine, size_t marker)
{
	const struct rst_line *first = &machine->lines[machine->at];
	struct document_node *block = rst_add(machine, machine->node, DOCUMENT_LINE_BLOCK, first);
	struct vec lines = VEC_INIT(struct indented_line);
	struct rst_match match = {.pattern = RST_LINE_BLOCK, .end = marker};
	bool blank_finish = false;

	while (match.pattern == RST_LINE_BLOCK) {
		blank_finish = read_line(machine, match.end, vec_push(&lines));
		match = machine->at < machine->len && !blank_finish ? rst_match_line(machine->lines[machine->at].text)
								    : (struct rst_match){.pattern = RST_BLANK};
	}
	rst_close(machine, block);
	if (!blank_finish)
		rst_complain_unindent(machine, "line block");
	settle_lines(machine, block, &lines);
	vec_release(&lines);
	return true;
}
