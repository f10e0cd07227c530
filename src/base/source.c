#include "base/source.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "base/utf8.h"

/* One mark for each so many bytes, so that a position is found in bounded time in lines of any length. */
#define MARK_DISTANCE 512

/* Of lines likewise. */
#define LINES_DISTANCE 512

/* A place between two code points: its offset, and the number of code points before it. */
struct source_mark {
	uint32_t offset;
	uint32_t codepoints;
};

enum lines_state { LINES_UNKNOWN, LINES_BEING_FOUND, LINES_KNOWN };

/* How many lines have begun at each so many bytes. */
struct source_lines {
	atomic_int state; /* enum lines_state */
	uint32_t count;
	uint32_t begun[]; /* at or before the offset 0, LINES_DISTANCE, … */
};

static bool ends_line(struct str text, size_t offset)
{
	char c = text.ptr[offset];

	return c == '\n' || (c == '\r' && (offset + 1 == text.len || text.ptr[offset + 1] != '\n'));
}

/* How many lines begin behind start and not behind end. */
static uint32_t count_lines(const struct source *source, size_t start, size_t end)
{
	uint32_t count = 0;

	/* Plain text has line feeds alone, which compilers count many at a time. */
	for (size_t i = start; source->is_plain && i < end; i++)
		count += source->text.ptr[i] == '\n';
	for (size_t i = start; !source->is_plain && i < end; i++)
		count += ends_line(source->text, i);
	return count;
}

static void find_lines(const struct source *source)
{
	struct source_lines *lines = source->lines;
	size_t last = source->text.len / LINES_DISTANCE;

	lines->begun[0] = 1;
	for (size_t i = 0; i < last; i++)
		lines->begun[i + 1] =
			lines->begun[i] + count_lines(source, i * LINES_DISTANCE, (i + 1) * LINES_DISTANCE);
	lines->count = lines->begun[last] + count_lines(source, last * LINES_DISTANCE, source->text.len);
}

/* Found by whoever asks first; another thread that asks at that time does without: NULL. */
static const struct source_lines *lines_of(const struct source *source)
{
	int state = LINES_UNKNOWN;

	if (!source->lines)
		return NULL;
	if (atomic_load_explicit(&source->lines->state, memory_order_acquire) == LINES_KNOWN)
		return source->lines;
	if (!atomic_compare_exchange_strong(&source->lines->state, &state, LINES_BEING_FOUND))
		return state == LINES_KNOWN ? source->lines : NULL;
	find_lines(source);
	atomic_store_explicit(&source->lines->state, LINES_KNOWN, memory_order_release);
	return source->lines;
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
	source->lines = arena_alloc(
		arena, sizeof(*source->lines) + (text.len / LINES_DISTANCE + 1) * sizeof(source->lines->begun[0]));
	atomic_init(&source->lines->state, LINES_UNKNOWN);
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

uint32_t source_line_count(const struct source *source)
{
	const struct source_lines *lines = lines_of(source);

	return lines ? lines->count : 1 + count_lines(source, 0, source->text.len);
}

uint32_t source_line_at(const struct source *source, uint32_t offset)
{
	const struct source_lines *lines = lines_of(source);
	uint32_t place = lines ? offset / LINES_DISTANCE : 0;

	return (lines ? lines->begun[place] : 1) + count_lines(source, place * LINES_DISTANCE, offset);
}

/* The last place at which less than so many lines have begun, which is more than one. */
static size_t place_before(const struct source_lines *lines, size_t places, uint32_t line)
{
	size_t low = 0, high = places;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lines->begun[middle] < line)
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t source_line_start(const struct source *source, uint32_t line)
{
	const struct source_lines *lines = lines_of(source);
	size_t place = lines && line > 1 ? place_before(lines, source->text.len / LINES_DISTANCE + 1, line) : 0;
	uint32_t begun = lines ? lines->begun[place] : 1;
	size_t offset = place * LINES_DISTANCE;

	assert(line > 0);
	while (begun < line) {
		assert(offset < source->text.len);
		begun += ends_line(source->text, offset++);
	}
	return (uint32_t)offset;
}

struct position source_position(const struct source *source, uint32_t offset)
{
	uint32_t line;
	uint32_t start;

	assert(offset <= source->text.len);
	line = source_line_at(source, offset);
	start = source_line_start(source, line);
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
	if (position.line > source_line_count(source))
		return (uint32_t)source->text.len;
	line = source_line(source, position.line);
	start = source_line_start(source, position.line);
	end = start + (uint32_t)line.len;
	offset = offset_of_codepoint(source, (uint64_t)codepoints_before(source, start) + position.column - 1);
	return offset < end ? offset : end;
}

struct str source_line(const struct source *source, uint32_t line)
{
	uint32_t start = source_line_start(source, line);
	bool is_last = line == source_line_count(source);
	size_t end = is_last ? source->text.len : source_line_start(source, line + 1);

	if (!is_last) {
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
