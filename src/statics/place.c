#include "statics/place.h"

#include "base/ascii.h"

/* The width of the line break at an offset; 0: there is none. */
static size_t line_break(struct str text, size_t at)
{
	struct str rest = str_slice(text, at, 3);

	if (rest.len == 0)
		return 0;
	if (rest.ptr[0] == '\n')
		return 1;
	if (rest.ptr[0] == '\r')
		return str_starts_with(rest, STR("\r\n")) ? 2 : 1;
	if (str_starts_with(rest, STR("\xC2\x85")))
		return 2;
	return str_starts_with(rest, STR("\xE2\x80\xA8")) || str_starts_with(rest, STR("\xE2\x80\xA9")) ? 3 : 0;
}

bool place_is_line_start(struct str text, size_t at)
{
	if (at == 0 || text.ptr[at - 1] == '\n')
		return true;
	if (text.ptr[at - 1] == '\r')
		return at == text.len || text.ptr[at] != '\n';
	return (at >= 2 && line_break(text, at - 2) == 2) || (at >= 3 && line_break(text, at - 3) == 3);
}

size_t place_line_start(struct str text, size_t at)
{
	while (!place_is_line_start(text, at))
		at--;
	return at;
}

size_t place_line_end(struct str text, size_t at)
{
	while (at < text.len && line_break(text, at) == 0)
		at++;
	return at;
}

size_t place_next_line(struct str text, size_t at)
{
	size_t end = place_line_end(text, at);

	return end + line_break(text, end);
}

size_t place_column(struct str text, size_t at, bool *first)
{
	struct str line = str_slice(text, place_line_start(text, at), text.len);
	size_t column = 0;

	line.len = (size_t)(text.ptr + at - line.ptr);
	if (line.ptr == text.ptr && str_starts_with(line, STR("\xEF\xBB\xBF")))
		line = str_slice(line, 3, line.len);
	*first = true;
	for (size_t i = 0; i < line.len; i++) {
		*first = *first && line.ptr[i] == ' ';
		column += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
	}
	return column;
}

bool place_is_last(struct str text, size_t at)
{
	while (at < text.len && ascii_is_blank(text.ptr[at]))
		at++;
	return at == text.len || line_break(text, at) > 0;
}

struct str place_line_break(struct str text)
{
	size_t end = place_line_end(text, 0);
	struct str found = str_slice(text, end, line_break(text, end));

	/* The others are no line breaks to most programs. */
	return str_is(found, "\r\n") || str_is(found, "\r") ? found : STR("\n");
}

const struct node *place_last_scalar(const struct node *node)
{
	for (;;) {
		if (node->kind == NODE_MAPPING && node->style == NODE_BLOCK && node->mapping.count > 0)
			node = node->mapping.pairs[node->mapping.count - 1].value;
		else if (node->kind == NODE_SEQUENCE && node->style == NODE_BLOCK && node->sequence.count > 0)
			node = node->sequence.items[node->sequence.count - 1];
		else
			return node;
	}
}

/* Whether a block scalar has a '+' in its header. */
static bool keeps_breaks(struct str text, const struct node *node)
{
	struct str header = str_slice(text, node->value_start + (size_t)1, 2);

	if (node->kind != NODE_SCALAR || (node->style != NODE_LITERAL && node->style != NODE_FOLDED))
		return false;
	return str_starts_with(header, STR("+")) ||
	       (header.len == 2 && header.ptr[0] >= '1' && header.ptr[0] <= '9' && header.ptr[1] == '+');
}

size_t place_node_end(struct str text, const struct node *node)
{
	size_t end = node->end;

	if (!keeps_breaks(text, place_last_scalar(node)))
		return end;
	for (size_t next = place_next_line(text, end); next < text.len && place_is_last(text, next);
		next = place_next_line(text, next))
		end = next;
	return end;
}

/* The '#' of a line that is a comment alone; text.len where the line is none. */
static size_t comment_at(struct str text, size_t line)
{
	while (line < text.len && ascii_is_blank(text.ptr[line]))
		line++;
	return line < text.len && text.ptr[line] == '#' ? line : text.len;
}

size_t place_behind_member(struct str text, const struct node_pair *member, size_t column)
{
	size_t at = place_next_line(text, place_node_end(text, member->value));
	bool first;

	for (size_t look = at; look < text.len; look = place_next_line(text, look)) {
		size_t comment = comment_at(text, look);

		if (comment < text.len && place_column(text, comment, &first) > column)
			at = place_next_line(text, comment);
		else if (!place_is_last(text, look))
			break;
	}
	return at;
}

size_t place_above_comments(struct str text, size_t at)
{
	size_t above = at;

	while (above > 0) {
		size_t line = place_line_start(text, above - 1);
		struct str start = str_slice(text, line, 3);

		if (str_is(start, "---") || str_starts_with(start, STR("%")))
			return at;
		if (comment_at(text, line) == text.len)
			return above;
		above = line;
	}
	return at;
}
