#include "text/rst_block.h"

/* The bytes of the dash that begins an attribution, with the blanks behind it; 0: none. */
static size_t match_dash(struct str line)
{
	size_t dashes = rst_count(line, 0, '-');
	size_t end = dashes == 2 || dashes == 3 ? dashes : str_starts_with(line, STR("\xE2\x80\x94")) ? 3 : 0;

	if (end == 0)
		return 0;
	end += rst_count(line, end, ' ');
	return end < line.len ? end : 0;
}

/* The index behind the attribution that begins at start, and in *indent the indentation of its other lines; 0 where these are indented unlike, so that it is none. */
static size_t find_attribution_end(const struct rst_line *lines, size_t count, size_t start, size_t *indent)
{
	size_t i = start + 1;

	*indent = 0;
	for (; i < count && lines[i].text.len > 0; i++) {
		size_t own = rst_line_indent(&lines[i]);
		if (i == start + 1)
			*indent = own;
		else if (own != *indent)
			return 0;
	}
	return i;
}

struct attribution {
	size_t start, end; /* lines; start is the count of all where there is none */
	size_t dash;       /* bytes */
	size_t indent;
};

static struct attribution find_attribution(const struct rst_line *lines, size_t count)
{
	struct attribution found = {.start = count, .end = count};
	bool seen = false;

	for (size_t i = 0; i < count; i++) {
		if (lines[i].text.len == 0)
			continue;
		found.dash = seen && lines[i - 1].text.len == 0 ? match_dash(lines[i].text) : 0;
		size_t end = found.dash > 0 ? find_attribution_end(lines, count, i, &found.indent) : 0;
		if (end > 0) {
			found.start = i;
			found.end = end;
			break;
		}
		seen = true;
	}
	return found;
}

static void add_attribution(struct rst_machine *machine, struct document_node *quote, const struct rst_line *lines,
	const struct attribution *found)
{
	struct document_node *node = rst_add(machine, quote, DOCUMENT_ATTRIBUTION, lines);
	size_t count = found->end - found->start;
	struct rst_block block = {
		.memory = NULL, .lines = arena_calloc(&machine->reader->document->arena, count, sizeof(*lines))};

	for (size_t i = 0; i < count; i++)
		block.lines[i] = i == 0 ? rst_line_slice(lines[0], found->dash, lines[0].text.len)
					: rst_line_skip(lines[i], found->indent);
	node->end = rst_line_end(&lines[count - 1]);
	rst_inline_lines(machine, node, block.lines, count);
}

void rst_read_quotes(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct document_node *parent)
{
	while (count > 0) {
		struct attribution found = find_attribution(lines, count);
		struct document_node *quote = rst_add(machine, parent, DOCUMENT_BLOCK_QUOTE, &lines[0]);
		size_t last = found.end;

		rst_read_nested(machine, lines, found.start, quote);
		if (found.start < count)
			add_attribution(machine, quote, lines + found.start, &found);
		while (last > 1 && lines[last - 1].text.len == 0)
			last--;
		quote->end = rst_line_end(&lines[last - 1]);
		for (last = found.end; last < count && lines[last].text.len == 0;)
			last++;
		lines += last;
		count -= last;
	}
}
