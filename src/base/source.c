#include "base/source.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/* One mark for each so many bytes, so that a position is found in bounded time in lines of any length. */
#define MARK_DISTANCE 512

/* Files of a repository have shorter lines than prose. */
#define LINE_LENGTH_GUESS 24

/* A place between two code points: its offset, and the number of code points before it. */
struct source_mark {
	uint32_t offset;
	uint32_t codepoints;
};

/* The bytes of the line end at offset; 0 where there is none. */
static size_t line_end_width(struct str text, size_t offset)
{
	if (offset >= text.len)
		return 0;
	if (text.ptr[offset] == '\r')
		return offset + 1 < text.len && text.ptr[offset + 1] == '\n' ? 2 : 1;
	return text.ptr[offset] == '\n';
}

/* The offset behind the line that starts at start, or 0 when it is the last one. Without carriage returns in the text it is found quickly. */
static size_t next_line(struct str text, size_t start, bool has_returns)
{
	const char *feed;

	if (!has_returns) {
		feed = start < text.len ? memchr(text.ptr + start, '\n', text.len - start) : NULL;
		return feed ? (size_t)(feed - text.ptr) + 1 : 0;
	}
	for (size_t i = start; i < text.len; i++) {
		size_t width = line_end_width(text, i);

		if (width > 0)
			return i + width;
	}
	return 0;
}

static void find_lines(struct source *source, struct arena *arena)
{
	bool has_returns = !source->is_plain && str_find(source->text, '\r') < source->text.len;
	size_t capacity = source->text.len / LINE_LENGTH_GUESS + 8, count = 0, start = 0;
	uint32_t *lines = arena_alloc(arena, capacity * sizeof(*lines));

	do {
		if (count == capacity) {
			lines = arena_grow(arena, lines, capacity * sizeof(*lines), 2 * capacity * sizeof(*lines));
			capacity *= 2;
		}
		lines[count++] = (uint32_t)start;
	} while ((start = next_line(source->text, start, has_returns)) > 0);
	arena_shrink(arena, lines, capacity * sizeof(*lines), count * sizeof(*lines));
	source->lines = lines;
	source->line_count = (uint32_t)count;
}

/* The next place after mark, one code point on; the text must not end there. */
static struct source_mark step(const struct source *source, struct source_mark mark)
{
	size_t width;

	utf8_decode(str_slice(source->text, mark.offset, source->text.len), &width);
	return (struct source_mark){.offset = mark.offset + (uint32_t)width, .codepoints = mark.codepoints + 1};
}

/* The same for as many characters of ASCII as stand before limit in groups of eight. */
static struct source_mark skip_ascii(const struct source *source, struct source_mark mark, uint32_t limit)
{
	uint64_t group;
	uint32_t skipped = 0;

	while (limit - mark.offset - skipped >= sizeof(group)) {
		memcpy(&group, source->text.ptr + mark.offset + skipped, sizeof(group));
		if (group & UINT64_C(0x8080808080808080))
			break;
		skipped += (uint32_t)sizeof(group);
	}
	return (struct source_mark){.offset = mark.offset + skipped, .codepoints = mark.codepoints + skipped};
}

static void find_marks(struct source *source, struct arena *arena)
{
	uint32_t count = (uint32_t)(source->text.len / MARK_DISTANCE) + 1;
	struct source_mark *marks;
	struct source_mark mark = {0, 0};

	if (source->is_plain || utf8_is_ascii(source->text))
		return;
	marks = arena_alloc(arena, count * sizeof(*marks));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t limit = i * MARK_DISTANCE;

		while (mark.offset < limit) {
			mark = skip_ascii(source, mark, limit);
			if (mark.offset < limit)
				mark = step(source, mark);
		}
		marks[i] = mark;
	}
	source->marks = marks;
	source->mark_count = count;
}

void source_init(struct source *source, struct arena *arena, struct str path, struct str text)
{
	assert(text.len < UINT32_MAX);
	*source = (struct source){.path = path, .text = text, .is_plain = utf8_is_plain(text)};
	find_lines(source, arena);
	find_marks(source, arena);
}

/* The code points that end at or before offset. */
static uint32_t codepoints_before(const struct source *source, uint32_t offset)
{
	struct source_mark mark;
	uint32_t index = offset / MARK_DISTANCE;

	if (!source->marks)
		return offset;
	/* A code point that reaches over the boundary puts the mark behind offset. */
	mark = source->marks[index];
	if (mark.offset > offset)
		mark = source->marks[index - 1];
	while (mark.offset < offset) {
		struct source_mark next = step(source, mark);

		if (next.offset > offset)
			break;
		mark = next;
	}
	return mark.codepoints;
}

/* The offset of the code point with that number in the text, or the end of the text. */
static uint32_t offset_of_codepoint(const struct source *source, uint64_t number)
{
	struct source_mark mark;
	uint32_t low = 0;
	uint32_t high = source->mark_count;

	if (!source->marks)
		return number < source->text.len ? (uint32_t)number : (uint32_t)source->text.len;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (source->marks[middle].codepoints <= number)
			low = middle;
		else
			high = middle;
	}
	mark = source->marks[low];
	while (mark.offset < source->text.len && mark.codepoints < number)
		mark = step(source, mark);
	return mark.offset;
}

/* The last one that starts at or before the offset. */
uint32_t source_line_at(const struct source *source, uint32_t offset)
{
	uint32_t low = 0;
	uint32_t high = source->line_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

struct position source_position(const struct source *source, uint32_t offset)
{
	uint32_t line;
	uint32_t start;

	assert(offset <= source->text.len);
	line = source_line_at(source, offset);
	start = source->lines[line - 1];
	return (struct position){
		.line = line,
		.column = codepoints_before(source, offset) - codepoints_before(source, start) + 1,
	};
}

uint32_t source_offset(const struct source *source, struct position position)
{
	struct str line;
	uint32_t start;
	uint32_t end;
	uint32_t offset;

	assert(position.line > 0 && position.column > 0);
	if (position.line > source->line_count)
		return (uint32_t)source->text.len;
	line = source_line(source, position.line);
	start = source->lines[position.line - 1];
	end = start + (uint32_t)line.len;
	offset = offset_of_codepoint(source, (uint64_t)codepoints_before(source, start) + position.column - 1);
	return offset < end ? offset : end;
}

struct str source_line(const struct source *source, uint32_t line)
{
	uint32_t start;
	size_t end;

	assert(line > 0 && line <= source->line_count);
	start = source->lines[line - 1];
	end = line < source->line_count ? source->lines[line] : source->text.len;
	if (line < source->line_count) {
		end--;
		if (source->text.ptr[end] == '\n' && end > start && source->text.ptr[end - 1] == '\r')
			end--;
	}
	return str_slice(source->text, start, end - start);
}

struct span span_of_source(const struct source *source)
{
	return (struct span){.source = source, .start = 0, .end = 0};
}

struct str span_text(struct span span)
{
	assert(span.start <= span.end);
	if (!span.source)
		return STR_ABSENT;
	return str_slice(span.source->text, span.start, span.end - span.start);
}
