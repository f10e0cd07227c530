#include <string.h>

#include "base/ascii.h"
#include "yaml/internal.h"
#include "yaml/scalar_map.h"

size_t span_break_width(struct str text, size_t offset)
{
	const char *at = text.ptr + offset;
	size_t left = text.len - offset;

	if (left == 0)
		return 0;
	if (*at == '\n')
		return 1;
	if (*at == '\r')
		return left > 1 && at[1] == '\n' ? 2 : 1;
	if (*at == '\xC2')
		return left > 1 && at[1] == '\x85' ? 2 : 0;
	if (*at == '\xE2')
		return left > 2 && at[1] == '\x80' && (at[2] == '\xA8' || at[2] == '\xA9') ? 3 : 0;
	return 0;
}

bool span_is_line_start(struct str text, size_t offset)
{
	if (offset == 0 || text.ptr[offset - 1] == '\n' || text.ptr[offset - 1] == '\r')
		return true;
	return (offset >= 2 && span_break_width(text, offset - 2) == 2) ||
	       (offset >= 3 && span_break_width(text, offset - 3) == 3);
}

/* The end of the line that offset is in, as YAML 1.1 sees lines. */
static size_t line_end(struct str text, size_t offset)
{
	while (offset < text.len && span_break_width(text, offset) == 0)
		offset++;
	return offset;
}

uint32_t span_skip_trivia(struct str text, uint32_t offset)
{
	bool comment_may_start = false, is_line_start = offset == 0;
	size_t at = offset, width;

	while (at < text.len) {
		if ((width = span_break_width(text, at)) > 0) {
			is_line_start = true;
		} else if (ascii_is_blank(text.ptr[at])) {
			width = 1;
			is_line_start = false;
		} else if (text.ptr[at] == '#' && comment_may_start) {
			width = line_end(text, at) - at;
		} else if (is_line_start && encoding_bom(str_slice(text, at, text.len)) > 0) {
			width = 3; /* libyaml skips a byte order mark at the start of any line */
			is_line_start = false;
		} else {
			break;
		}
		comment_may_start = true;
		at += width;
	}
	return (uint32_t)at;
}

/* The end of the anchor or tag at offset. */
static size_t property_end(struct str text, size_t offset)
{
	bool is_tag = text.ptr[offset] == '!';
	size_t at = offset + 1;

	if (is_tag && at < text.len && text.ptr[at] == '<')
		return at + str_find(str_slice(text, at, text.len), '>') + 1;
	while (at < text.len && !ascii_is_blank(text.ptr[at]) && span_break_width(text, at) == 0 &&
		!memchr(is_tag ? ",[]{}" : ",[]{}:?", text.ptr[at], is_tag ? 5 : 7))
		at++;
	return at;
}

uint32_t span_skip_properties(struct str text, uint32_t offset)
{
	while (offset < text.len && (text.ptr[offset] == '&' || text.ptr[offset] == '!'))
		offset = span_skip_trivia(text, (uint32_t)property_end(text, offset));
	return offset;
}

uint32_t span_empty_value(struct str text, uint32_t key_end, uint32_t limit)
{
	uint32_t at = span_skip_trivia(text, key_end);

	return at < limit && text.ptr[at] == ':' ? at + 1 : key_end;
}

struct block_header span_block_header(struct str text, uint32_t offset)
{
	struct block_header header = {.indicators_end = offset + 1};
	size_t at = offset + 1;

	for (; at < text.len && memchr("+-123456789", text.ptr[at], 11); at++) {
		if (text.ptr[at] == '+' || text.ptr[at] == '-')
			header.chomping = text.ptr[at];
		else
			header.indent = (unsigned)(text.ptr[at] - '0');
	}
	header.indicators_end = (uint32_t)at;
	header.line_end = (uint32_t)line_end(text, at);
	return header;
}

/* The length of a value without the line breaks at its end. */
static size_t without_breaks(struct str value)
{
	size_t len = value.len;

	for (;;) {
		if (len >= 1 && value.ptr[len - 1] == '\n')
			len--;
		else if (len >= 3 && span_break_width(value, len - 3) == 3)
			len -= 3;
		else
			return len;
	}
}

/* Whether the byte before at belongs to blanks or a line break; *at goes before it. */
static bool step_back(struct str text, size_t *at)
{
	if (ascii_is_blank(text.ptr[*at - 1]) || text.ptr[*at - 1] == '\n' || text.ptr[*at - 1] == '\r')
		*at -= 1;
	else if (*at >= 2 && span_break_width(text, *at - 2) == 2)
		*at -= 2;
	else if (*at >= 3 && span_break_width(text, *at - 3) == 3)
		*at -= 3;
	else
		return false;
	return true;
}

/* The source of the last character that is no line break, found the long way. */
static uint32_t mapped_end(const struct node *scalar, size_t content)
{
	struct scalar_map *map = scalar_map_new(scalar);
	uint32_t end = scalar->end;

	if (map)
		end = scalar_map_span(map, content - 1, content).end;
	scalar_map_free(map);
	return end;
}

uint32_t span_block_scalar_end(const struct node *scalar, uint32_t end)
{
	struct str text = scalar->stream->source.text;
	struct block_header header = span_block_header(text, scalar->value_start);
	size_t content = without_breaks(scalar->scalar), blanks = 0;
	size_t at = end;

	if (content == 0)
		return header.indicators_end;
	while (blanks < content && ascii_is_blank(scalar->scalar.ptr[content - 1 - blanks]))
		blanks++;
	if (blanks == content || without_breaks((struct str){scalar->scalar.ptr, content - blanks}) < content - blanks)
		return mapped_end(scalar, content);
	while (at > header.line_end && step_back(text, &at))
		;
	return (uint32_t)(at + blanks);
}
