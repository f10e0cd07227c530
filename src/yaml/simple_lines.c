/* Simple YAML: scalars of several lines. */
#include "yaml/internal.h"
#include "yaml/simple.h"

static void append_breaks(struct strbuf *value, size_t count)
{
	for (size_t i = 0; i < count; i++)
		strbuf_append_char(value, '\n');
}

/* From the end of a line to what comes next, which is not looked at. Returns the line breaks between. */
static size_t skip_breaks(struct simple *simple)
{
	size_t breaks = 0;

	while (simple_byte(simple, simple->at) == '\n') {
		breaks++;
		simple->line = ++simple->at;
		simple_skip_spaces(simple);
	}
	return breaks;
}

/* The lines of a plain scalar from the second on. */
static bool read_more_lines(struct simple *simple, struct simple_scalar *scalar, int parent)
{
	strbuf_clear(&simple->value);
	strbuf_append(&simple->value, scalar->value);
	do {
		size_t breaks = skip_breaks(simple);
		uint32_t start = simple->at;

		if (simple_byte(simple, start) == '#' || simple_column(simple) <= parent)
			break;
		if (breaks == 1)
			strbuf_append_char(&simple->value, ' ');
		append_breaks(&simple->value, breaks - 1);
		scalar->end = simple_scan_plain_line(simple, false);
		strbuf_append(&simple->value, str_slice(simple->text, start, scalar->end - start));
	} while (simple_byte(simple, simple->at) == '\n');
	scalar->value = strbuf_str(&simple->value);
	simple->at = scalar->end;
	return simple_end_line(simple) && simple_column(simple) <= parent;
}

bool simple_end_plain(struct simple *simple, struct simple_scalar *scalar, int parent)
{
	if (!simple_end_line(simple))
		return false;
	if (simple_column(simple) > parent) {
		simple->at = scalar->end;
		simple_skip_spaces(simple);
		if (simple_byte(simple, simple->at) != '\n' || !read_more_lines(simple, scalar, parent))
			return false;
	}
	simple_place_scalar(simple, scalar);
	return true;
}

/* A block scalar. */
struct block {
	bool folded;
	char chomping;   /* '-', '+' or another */
	uint32_t indent; /* the spaces before its lines; 0: it has none */
	size_t breaks;   /* empty lines since the last line */
};

/* The header, up to the start of the next line. An indentation indicator is not simple. */
static bool read_header(struct simple *simple, struct block *block)
{
	bool is_apart;

	block->folded = simple_byte(simple, simple->at++) == '>';
	block->chomping = simple_byte(simple, simple->at);
	if (block->chomping == '-' || block->chomping == '+')
		simple->at++;
	is_apart = simple_byte(simple, simple->at) == ' ';
	simple_skip_spaces(simple);
	if (is_apart && simple_byte(simple, simple->at) == '#')
		simple_skip_line(simple);
	if (simple_byte(simple, simple->at) != '\n')
		return false;
	simple->line = ++simple->at;
	return true;
}

/* Finds the spaces before the first line that is not empty. One before it that has more would count, too, and is not simple. */
static bool find_indent(const struct simple *simple, struct block *block, int parent)
{
	uint32_t at = simple->at, most = 0, spaces;

	for (;; at++) {
		uint32_t start = at;

		while (simple_byte(simple, at) == ' ')
			at++;
		spaces = at - start;
		if (simple_byte(simple, at) != '\n')
			break;
		if (spaces > most)
			most = spaces;
	}
	block->indent = at < simple->text.len && spaces > 0 && (int)spaces > parent ? spaces : 0;
	return block->indent > 0 ? most <= block->indent : block->chomping != '+' && at < simple->text.len;
}

/* Goes over empty lines to the next one of the scalar, behind its indentation; false, at the start of a line, where there is none. */
static bool find_line(struct simple *simple, struct block *block)
{
	block->breaks = 0;
	for (;;) {
		simple->line = simple->at;
		while (simple->at - simple->line < block->indent && simple_byte(simple, simple->at) == ' ')
			simple->at++;
		if (simple_byte(simple, simple->at) != '\n')
			break;
		block->breaks++;
		simple->at++;
	}
	if (block->indent > 0 && simple->at - simple->line == block->indent && simple->at < simple->text.len)
		return true;
	simple->at = simple->line;
	return false;
}

/* What stands between two lines, or before the first. Lines that begin with a space are not folded. */
static void append_between(struct simple *simple, const struct block *block, bool is_first, bool is_spaced)
{
	if (is_first)
		append_breaks(&simple->value, block->breaks);
	else if (!block->folded || is_spaced)
		append_breaks(&simple->value, block->breaks + 1);
	else if (block->breaks == 0)
		strbuf_append_char(&simple->value, ' ');
	else
		append_breaks(&simple->value, block->breaks);
}

static bool read_lines(struct simple *simple, struct block *block)
{
	bool is_first = true, was_spaced = false;

	strbuf_clear(&simple->value);
	while (find_line(simple, block)) {
		bool is_spaced = simple_byte(simple, simple->at) == ' ';
		uint32_t start = simple->at;

		append_between(simple, block, is_first, is_spaced || was_spaced);
		is_first = false;
		was_spaced = is_spaced;
		simple_skip_line(simple);
		if (simple->at == simple->text.len)
			return false;
		strbuf_append(&simple->value, str_slice(simple->text, start, simple->at - start));
		simple->at++;
	}
	if (block->chomping != '-' && !is_first)
		strbuf_append_char(&simple->value, '\n');
	if (block->chomping == '+')
		append_breaks(&simple->value, block->breaks);
	return true;
}

bool simple_read_block_scalar(struct simple *simple, int parent)
{
	struct simple_scalar scalar = {.start = simple->at};
	struct block block = {0};

	if (!read_header(simple, &block) || !find_indent(simple, &block, parent) || !read_lines(simple, &block))
		return false;
	scalar.style = block.folded ? NODE_FOLDED : NODE_LITERAL;
	scalar.end = simple->at;
	scalar.value = strbuf_str(&simple->value);
	simple_place_scalar(simple, &scalar);
	return true;
}
