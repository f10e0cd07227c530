/* The value of a scalar is built again from its source, as libyaml's scanner builds it, and every piece remembers where it comes from. */
#include "yaml/scalar_map.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "yaml/escape.h"
#include "yaml/internal.h"

/* A piece of the value up to the next one. */
struct segment {
	size_t value_start;
	uint32_t start, end; /* of the source */
	bool is_copy;        /* byte by byte the same; else the whole piece comes from the whole range */
};

struct scalar_map {
	const struct node *scalar;
	struct str source;
	struct strbuf text;
	struct vec segments; /* struct segment */
};

/* A line break of the source. */
struct line_break {
	uint32_t start;
	uint32_t width; /* 0: none */
};

static void add_segment(struct scalar_map *map, size_t start, size_t end, bool is_copy)
{
	struct segment *last = map->segments.len > 0 ? vec_last(&map->segments) : NULL;

	if (is_copy && last && last->is_copy && last->end == start) {
		last->end = (uint32_t)end;
		return;
	}
	last = vec_push(&map->segments);
	*last = (struct segment){
		.value_start = map->text.len, .start = (uint32_t)start, .end = (uint32_t)end, .is_copy = is_copy};
}

static void add_copy(struct scalar_map *map, size_t start, size_t end)
{
	if (start == end)
		return;
	add_segment(map, start, end, true);
	strbuf_append(&map->text, str_slice(map->source, start, end - start));
}

static void add_text(struct scalar_map *map, struct str text, size_t start, size_t end)
{
	add_segment(map, start, end, false);
	strbuf_append(&map->text, text);
}

static struct line_break break_at(const struct scalar_map *map, size_t offset)
{
	return (struct line_break){(uint32_t)offset, (uint32_t)span_break_width(map->source, offset)};
}

/* CR, LF, CRLF and NEL become a line feed and may be folded; LS and PS stay. */
static bool is_plain_break(struct line_break line_break)
{
	return line_break.width == 1 || line_break.width == 2;
}

static void add_break(struct scalar_map *map, struct line_break line_break)
{
	if (line_break.width == 0)
		return;
	if (is_plain_break(line_break))
		add_text(map, STR("\n"), line_break.start, line_break.start + line_break.width);
	else
		add_copy(map, line_break.start, line_break.start + line_break.width);
}

/* Empty lines and indentation from at on; each empty line is a line break of the value. Returns what follows; *count counts the breaks. */
static size_t add_empty_lines(struct scalar_map *map, size_t at, size_t end, size_t *count)
{
	struct line_break line_break;

	for (*count = 0; at < end;) {
		line_break = break_at(map, at);
		if (line_break.width > 0)
			++*count;
		else if (!ascii_is_blank(map->source.ptr[at]))
			break;
		add_break(map, line_break);
		at += line_break.width > 0 ? line_break.width : 1;
	}
	return at;
}

/* White space inside of a plain or quoted scalar: kept within a line, folded across lines. */
static size_t add_white_space(struct scalar_map *map, size_t at, size_t end)
{
	size_t start = at, count;
	struct line_break first;

	while (at < end && ascii_is_blank(map->source.ptr[at]))
		at++;
	first = break_at(map, at);
	if (at == end || first.width == 0) {
		add_copy(map, start, at);
		return at;
	}
	if (!is_plain_break(first))
		add_break(map, first);
	at = add_empty_lines(map, at + first.width, end, &count);
	if (is_plain_break(first) && count == 0)
		add_text(map, STR(" "), first.start, first.start + first.width);
	return at;
}

static bool is_white_space(const struct scalar_map *map, size_t at)
{
	return ascii_is_blank(map->source.ptr[at]) || span_break_width(map->source, at) > 0;
}

/* A backslash in a double-quoted scalar. Returns what follows; where it is no escape, end. */
static size_t add_escape(struct scalar_map *map, size_t at, size_t end)
{
	struct strbuf character = STRBUF_INIT;
	uint32_t codepoint;
	size_t width = span_break_width(map->source, at + 1), count;

	if (width > 0)
		return add_empty_lines(map, at + 1 + width, end, &count);
	width = escape_read(map->source, at, &codepoint);
	if (width == 0)
		return end;
	strbuf_append_codepoint(&character, codepoint);
	add_text(map, strbuf_str(&character), at, at + width);
	strbuf_release(&character);
	return at + width;
}

/* A plain or quoted scalar, the quotes left out. */
static void build_flow(struct scalar_map *map, size_t at, size_t end)
{
	enum node_style style = map->scalar->style;

	while (at < end) {
		char c = map->source.ptr[at];

		if (is_white_space(map, at)) {
			at = add_white_space(map, at, end);
		} else if (style == NODE_SINGLE_QUOTED && c == '\'') {
			add_text(map, STR("'"), at, at + 2);
			at += 2;
		} else if (style == NODE_DOUBLE_QUOTED && c == '\\') {
			at = add_escape(map, at, end);
		} else {
			add_copy(map, at, at + 1);
			at++;
		}
	}
}

/* The bytes of the line breaks that the value starts with, and their number. */
static size_t leading_breaks(struct str value, size_t *count)
{
	size_t at = 0, width;

	for (*count = 0; (width = span_break_width(value, at)) > 0; ++*count)
		at += width;
	return at;
}

static size_t count_spaces(struct str text, size_t at)
{
	size_t start = at;

	while (at < text.len && text.ptr[at] == ' ')
		at++;
	return at - start;
}

/* The indentation of a block scalar's content that starts at offset at: what the first line that is not empty has more of spaces than the value shows. */
static size_t block_indent(const struct scalar_map *map, size_t at)
{
	size_t lines, start = leading_breaks(map->scalar->scalar, &lines), source, value;

	if (start == map->scalar->scalar.len)
		return SIZE_MAX;
	for (; lines > 0; lines--) {
		while (at < map->source.len && span_break_width(map->source, at) == 0)
			at++;
		at += span_break_width(map->source, at);
	}
	source = count_spaces(map->source, at);
	value = count_spaces(map->scalar->scalar, start);
	return source > value ? source - value : 0;
}

/* The state of building a block scalar: the line break behind the last line, and the empty lines that follow it. */
struct block {
	size_t at;
	size_t indent;
	size_t column;
	struct line_break last;
	struct vec empty; /* struct line_break */
};

static void skip_empty_lines(const struct scalar_map *map, struct block *block)
{
	struct line_break line_break;

	do {
		for (block->column = 0; block->column < block->indent && block->at < map->source.len &&
					map->source.ptr[block->at] == ' ';
			block->column++)
			block->at++;
		line_break = break_at(map, block->at);
		if (line_break.width > 0)
			*(struct line_break *)vec_push(&block->empty) = line_break;
		block->at += line_break.width;
	} while (line_break.width > 0);
}

static void add_skipped_lines(struct scalar_map *map, struct block *block)
{
	for (size_t i = 0; i < block->empty.len; i++)
		add_break(map, *(struct line_break *)vec_at(&block->empty, i));
	vec_clear(&block->empty);
}

/* The line at block->at, and before it the break of the line before, folded or not. */
static void add_line(struct scalar_map *map, struct block *block, bool fold)
{
	size_t start = block->at;

	if (!fold || !is_plain_break(block->last))
		add_break(map, block->last);
	else if (block->empty.len == 0)
		add_text(map, STR(" "), block->last.start, block->last.start + block->last.width);
	add_skipped_lines(map, block);
	while (block->at < map->source.len && span_break_width(map->source, block->at) == 0)
		block->at++;
	add_copy(map, start, block->at);
	block->last = break_at(map, block->at);
	block->at += block->last.width;
}

static void build_block(struct scalar_map *map)
{
	struct block_header header = span_block_header(map->source, map->scalar->value_start);
	struct block block = {.at = header.line_end, .empty = VEC_INIT(struct line_break)};
	bool is_folded = map->scalar->style == NODE_FOLDED, after_blank = false;

	block.at += span_break_width(map->source, block.at);
	block.indent = block_indent(map, block.at);
	skip_empty_lines(map, &block);
	while (block.column == block.indent && block.at < map->source.len) {
		bool blank = ascii_is_blank(map->source.ptr[block.at]);

		add_line(map, &block, is_folded && !after_blank && !blank);
		after_blank = blank;
		skip_empty_lines(map, &block);
		if (map->text.len > map->scalar->scalar.len)
			break;
	}
	if (header.chomping != '-')
		add_break(map, block.last);
	if (header.chomping == '+')
		add_skipped_lines(map, &block);
	vec_release(&block.empty);
}

struct scalar_map *scalar_map_new(const struct node *scalar)
{
	struct scalar_map *map;

	scalar = node_resolve(scalar);
	if (!scalar || scalar->kind != NODE_SCALAR)
		return NULL;
	map = xcalloc(1, sizeof(*map));
	map->scalar = scalar;
	map->source = scalar->stream->source.text;
	strbuf_init(&map->text);
	vec_init(&map->segments, sizeof(struct segment));
	if (scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED)
		build_block(map);
	else if (scalar->style == NODE_PLAIN)
		build_flow(map, scalar->value_start, scalar->end);
	else
		build_flow(map, scalar->value_start + 1, scalar->end - 1);
	if (!str_equal(strbuf_str(&map->text), scalar->scalar)) {
		scalar_map_free(map);
		return NULL;
	}
	return map;
}

void scalar_map_free(struct scalar_map *map)
{
	if (!map)
		return;
	strbuf_release(&map->text);
	vec_release(&map->segments);
	free(map);
}

struct str scalar_map_text(const struct scalar_map *map)
{
	return strbuf_str(&map->text);
}

/* The last segment that starts at offset or before. There is one at least. */
static const struct segment *find_segment(const struct scalar_map *map, size_t offset)
{
	size_t low = 0, high = map->segments.len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (((struct segment *)vec_at(&map->segments, middle))->value_start <= offset)
			low = middle;
		else
			high = middle;
	}
	return vec_at(&map->segments, low);
}

struct span scalar_map_span(const struct scalar_map *map, size_t start, size_t end)
{
	const struct node *scalar = map->scalar;
	uint32_t inside = scalar->value_start + (scalar->style == NODE_PLAIN ? 0 : 1);
	const struct segment *first, *last;
	struct span span;

	if (map->segments.len == 0)
		return stream_span(scalar->stream, inside, inside);
	end = end > map->text.len ? map->text.len : end;
	start = start > end ? end : start;
	first = find_segment(map, start);
	last = find_segment(map, end > start ? end - 1 : start);
	span = stream_span(scalar->stream, first->start, last->end);
	if (first->is_copy)
		span.start += (uint32_t)(start - first->value_start);
	else if (start == map->text.len)
		span.start = first->end;
	if (last->is_copy)
		span.end = last->start + (uint32_t)(end - last->value_start);
	return end > start ? span : stream_span(scalar->stream, span.start, span.start);
}
