/* The second step of blanking: what stands in block scalars is text, however it is indented. */
#include "helm/helm_blank_private.h"

/* The first hole that starts in a line, or NULL. */
static struct blank_hole *first_hole(const struct blanker *blanker, const struct blank_line *line)
{
	struct blank_hole *hole = line->hole < blanker->holes.len ? hole_at(blanker, line->hole) : NULL;

	return hole && hole->start < line->end ? hole : NULL;
}

/* Whether a line starts with an action that takes the end of the line before away. */
static bool is_glued(const struct blanker *blanker, const struct blank_line *line)
{
	uint32_t at = line->start;

	while (at < line->end && ascii_is_blank(blanker->source.ptr[at]))
		at++;
	return at + 3 < blanker->end && (line->first == LINE_NO_TEXT || line->first > at) &&
	       memcmp(blanker->source.ptr + at, "{{-", 3) == 0;
}

/* A block scalar that is being looked at: the column that its content must exceed, -1 at the top of a document. */
struct block {
	uint32_t indicator;
	int64_t parent;
	uint32_t content; /* the least column of its lines */
	size_t last;      /* its last line */
};

/* Where the first thing of a line stands that is not blank: text, or an action that prints. */
static uint32_t line_head(const struct blanker *blanker, const struct blank_line *line)
{
	const struct blank_hole *hole = first_hole(blanker, line);

	return hole && hole->start < line->first ? hole->start : line->first;
}

/* The column that the value at the end of a line is deeper than: that of its key, or of the last dash before it. */
static int64_t parent_column(const struct blanker *blanker, const struct blank_line *line, uint32_t indicator)
{
	uint32_t at = line_head(blanker, line);
	int64_t dash = -1;

	if (line->end - at >= 3 && at == line->start && memcmp(out_at(blanker, at), "---", 3) == 0)
		return -1;
	while (at + 1 < indicator && *out_at(blanker, at) == '-' && ascii_is_blank(*out_at(blanker, at + 1))) {
		const struct blank_hole *hole;

		dash = at - line->start;
		at++;
		for (size_t i = line->hole; at < indicator && ascii_is_blank(*out_at(blanker, at)); at++) {
			while (i < blanker->holes.len && hole_at(blanker, i)->start < at)
				i++;
			hole = i < blanker->holes.len ? hole_at(blanker, i) : NULL;
			if (hole && hole->start == at)
				return at - line->start;
		}
	}
	if (at >= indicator || *out_at(blanker, at) == '!' || *out_at(blanker, at) == '&')
		return dash;
	return at - line->start;
}

/* Goes back over blanks in front of at, down to floor. */
static uint32_t before_blanks(const struct blanker *blanker, uint32_t at, uint32_t floor)
{
	while (at > floor && ascii_is_blank(*out_at(blanker, at - 1)))
		at--;
	return at;
}

/* Goes back over a tag or an anchor in front of at. */
static uint32_t before_property(const struct blanker *blanker, uint32_t at, uint32_t floor)
{
	uint32_t start = at;

	while (start > floor && !ascii_is_blank(*out_at(blanker, start - 1)))
		start--;
	if (start < at && (*out_at(blanker, start) == '!' || *out_at(blanker, start) == '&'))
		return before_blanks(blanker, start, floor);
	return at;
}

/* The end of a line's text without a comment behind it. */
static uint32_t without_comment(const struct blanker *blanker, const struct blank_line *line)
{
	for (uint32_t at = line->first; at < line->last; at++) {
		if (*out_at(blanker, at) == '#' && at > line->start && ascii_is_blank(*out_at(blanker, at - 1)))
			return before_blanks(blanker, at, line->start);
	}
	return line->last + 1;
}

/* A quick look for what may be one. */
static bool has_indicator(const struct blanker *blanker, const struct blank_line *line)
{
	const char *text = out_at(blanker, line->first);
	size_t len = line->last + 1 - line->first;

	if (!strchr("|>+-123456789", *out_at(blanker, line->last)) && !memchr(text, '#', len))
		return false;
	return memchr(text, '|', len) || memchr(text, '>', len);
}

/* The offset of a block scalar's indicator that ends a line, or LINE_NO_TEXT. */
static uint32_t find_indicator(const struct blanker *blanker, const struct blank_line *line)
{
	uint32_t at, indicator;

	if (line->first == LINE_NO_TEXT || *out_at(blanker, line->first) == '#' || !has_indicator(blanker, line))
		return LINE_NO_TEXT;
	at = without_comment(blanker, line);
	while (at > line->first && strchr("+-123456789", *out_at(blanker, at - 1)) && *out_at(blanker, at - 1))
		at--;
	if (at == line->first || (*out_at(blanker, at - 1) != '|' && *out_at(blanker, at - 1) != '>'))
		return LINE_NO_TEXT;
	indicator = at - 1;
	at = before_blanks(blanker, indicator, line->start);
	if (at == indicator)
		return LINE_NO_TEXT;
	at = before_property(blanker, at, line->start);
	at = before_property(blanker, at, line->start);
	if (at == line->start || (*out_at(blanker, at - 1) != ':' && *out_at(blanker, at - 1) != '-'))
		return LINE_NO_TEXT;
	return indicator;
}

enum line_place { LINE_OUTSIDE, LINE_INSIDE, LINE_NEUTRAL };

/* Whether a line is part of a block scalar, and in which column if it is. An action that stands less deep may print text that is deep enough: it belongs to the
 * scalar if text of the scalar follows. */
static enum line_place place_line(
	const struct blanker *blanker, const struct block *block, const struct blank_line *line, uint32_t *column)
{
	const struct blank_hole *hole = first_hole(blanker, line);
	bool glued = is_glued(blanker, line);

	*column = UINT32_MAX;
	if (line->first == LINE_NO_TEXT && !hole)
		return LINE_NEUTRAL;
	if (line->first == LINE_NO_TEXT) {
		struct indentation indentation = indentation_of(hole->node);

		*column = hole_column(hole, line);
		if (*column > block->parent)
			return LINE_INSIDE;
		*column = UINT32_MAX;
		return glued && !indentation.breaks ? LINE_INSIDE : LINE_NEUTRAL;
	}
	*column = line_head(blanker, line) - line->start;
	if (*column > block->parent && !(block->parent < 0 && line->end - line->start >= 3 &&
					       memcmp(out_at(blanker, line->start), "---", 3) == 0))
		return LINE_INSIDE;
	*column = UINT32_MAX;
	return glued ? LINE_INSIDE : LINE_OUTSIDE;
}

/* Makes text of the actions in a line of a block scalar, from the column of its content on, so that the line does not look indented more deeply. */
static void fill_line(struct blanker *blanker, const struct block *block, const struct blank_line *line)
{
	const char *source = blanker->source.ptr;
	uint32_t from = block->content < line->end - line->start ? line->start + block->content : line->end;
	uint32_t last = line->end;
	bool before = false;

	while (last > from && ascii_is_blank(source[last - 1]))
		last--;
	before = line->first == LINE_NO_TEXT;
	for (uint32_t at = line->start; at < from && !before; at++)
		before = !ascii_is_blank(source[at]);
	for (uint32_t at = from; at < last; at++) {
		if (ascii_is_blank(*out_at(blanker, at)) && (!ascii_is_blank(source[at]) || (before && at == from)))
			*out_at(blanker, at) = 'x';
	}
}

/* Marks the holes up to a line's end, and returns the end of the last action or text there. */
static uint32_t take_holes(struct blanker *blanker, size_t first, const struct blank_line *last, uint32_t end)
{
	uint32_t line_end = last->end;

	for (size_t i = first; i < blanker->holes.len && hole_at(blanker, i)->start < line_end; i++) {
		hole_at(blanker, i)->in_scalar = true;
		end = hole_at(blanker, i)->end > end ? hole_at(blanker, i)->end : end;
	}
	while (line_end > end && ascii_is_blank(blanker->source.ptr[line_end - 1]))
		line_end--;
	return line_end > end ? line_end : end;
}

static size_t hole_behind(const struct blanker *blanker, const struct blank_line *line, uint32_t offset)
{
	size_t index = line->hole;

	while (index < blanker->holes.len && hole_at(blanker, index)->start < offset)
		index++;
	return index;
}

/* Ends a block scalar before the actions that follow it: blanks deeper than its content would be part of it, a comment is not. */
static void end_block(struct blanker *blanker, const struct block *block, size_t next)
{
	for (; block->parent >= 0 && next < blanker->line_count; next++) {
		const struct blank_line *line = line_at(blanker, next);
		uint32_t at = line->start;

		if (line->first != LINE_NO_TEXT)
			return;
		while (at < line->end && ascii_is_blank(blanker->source.ptr[at]))
			at++;
		if (at < line->end) {
			*out_at(blanker, line->start) = '#';
			return;
		}
	}
}

/* Takes the lines of a block scalar whose header is in line `header`. Returns the line to go on with. */
static size_t take_block(struct blanker *blanker, size_t header, uint32_t indicator)
{
	const struct blank_line *line = line_at(blanker, header);
	struct block block = {indicator, parent_column(blanker, line, indicator), UINT32_MAX, header};
	size_t first = hole_behind(blanker, line, indicator), next = header + 1;
	struct helm_range *range = vec_push(&blanker->scalars);
	enum line_place place = LINE_NEUTRAL;
	uint32_t column;

	for (; next < blanker->line_count && place != LINE_OUTSIDE; next++) {
		place = place_line(blanker, &block, line_at(blanker, next), &column);
		if (place == LINE_INSIDE)
			block.last = next;
		if (place == LINE_INSIDE && column < block.content)
			block.content = column;
	}
	if (block.content == UINT32_MAX)
		block.content = (uint32_t)(block.parent + 1);
	for (size_t i = header + 1; i <= block.last; i++)
		fill_line(blanker, &block, line_at(blanker, i));
	end_block(blanker, &block, block.last + 1);
	range->start = indicator;
	range->end = take_holes(blanker, first, line_at(blanker, block.last), indicator + 1);
	return block.last + 1;
}

void blank_scalars(struct blanker *blanker)
{
	for (size_t i = 0; i < blanker->line_count;) {
		uint32_t indicator = find_indicator(blanker, line_at(blanker, i));

		i = indicator == LINE_NO_TEXT ? i + 1 : take_block(blanker, i, indicator);
	}
}
