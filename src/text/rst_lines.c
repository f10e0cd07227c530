#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "text/rst_block.h"

#define TAB_WIDTH 8

/* The bytes of a line break at an offset of the source, as Python's str.splitlines() breaks; 0: none. Vertical tabs and form feeds are blanks for docutils. */
static size_t line_break(struct str source, size_t at)
{
	struct str rest = str_slice(source, at, 3);

	switch ((unsigned char)rest.ptr[0]) {
	case '\n':
	case 0x1C:
	case 0x1D:
	case 0x1E:
		return 1;
	case '\r':
		return str_starts_with(rest, STR("\r\n")) ? 2 : 1;
	case 0xC2:
		return str_starts_with(rest, STR("\xC2\x85")) ? 2 : 0;
	case 0xE2:
		return str_equal(rest, STR("\xE2\x80\xA8")) || str_equal(rest, STR("\xE2\x80\xA9")) ? 3 : 0;
	default:
		return 0;
	}
}

/* A line with tabs, or what counts as blank, written out. */
static void expand(struct rst_line *line, struct arena *arena, struct str text, const size_t *at)
{
	size_t tabs = 0;
	for (size_t i = 0; i < text.len; i++)
		tabs += text.ptr[i] == '\t';
	char *bytes = arena_bytes(arena, text.len + tabs * TAB_WIDTH);
	size_t *places = arena_calloc(arena, text.len + tabs * TAB_WIDTH + 1, sizeof(*places));
	size_t length = 0, column = 0;

	for (size_t i = 0; i < text.len; i++) {
		size_t blanks = text.ptr[i] == '\t' ? TAB_WIDTH - column % TAB_WIDTH : 1;
		bool is_blank = text.ptr[i] == '\t' || text.ptr[i] == '\v' || text.ptr[i] == '\f';
		for (size_t n = 0; n < blanks; n++) {
			bytes[length] = is_blank ? ' ' : text.ptr[i];
			places[length++] = at[i];
		}
		column += is_blank ? blanks : ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
	}
	places[length] = at[text.len];
	line->text = (struct str){.ptr = bytes, .len = length};
	line->at = places;
}

/* What rstrip() leaves of it. */
static void strip_end(struct rst_line *line)
{
	struct str stripped = rst_strip(line->text);

	line->text.len = stripped.len == 0 ? 0 : (size_t)(stripped.ptr - line->text.ptr) + stripped.len;
}

static struct rst_line make_line(struct arena *arena, struct str text, const size_t *at, size_t number)
{
	struct rst_line line = {.text = text, .at = at, .number = number};

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\t' || text.ptr[i] == '\v' || text.ptr[i] == '\f') {
			expand(&line, arena, text, at);
			break;
		}
	}
	strip_end(&line);
	return line;
}

struct rst_line *rst_split_lines(struct rst_reader *reader, size_t *count)
{
	struct arena *arena = &reader->document->arena;
	struct vec lines = VEC_INIT(struct rst_line);
	struct str source = reader->source;
	size_t *places = arena_calloc(arena, source.len + 1, sizeof(*places));
	size_t start = 0;

	for (size_t i = 0; i <= source.len; i++)
		places[i] = i;
	/* The end of the text ends a line only if that has begun. */
	for (size_t i = 0; i < source.len || start < source.len;) {
		size_t broken = i < source.len ? line_break(source, i) : 1;
		if (broken > 0) {
			struct rst_line *line = vec_push(&lines);
			*line = make_line(arena, str_slice(source, start, i - start), places + start, lines.len);
			start = i + broken;
		}
		i += broken > 0 ? broken : 1;
	}
	struct rst_line *result = arena_calloc(arena, lines.len, sizeof(*result));
	if (lines.len > 0)
		memcpy(result, lines.items, lines.len * sizeof(*result));
	*count = lines.len;
	vec_release(&lines);
	return result;
}

struct rst_line rst_line_slice(struct rst_line line, size_t start, size_t len)
{
	line.text = str_slice(line.text, start, len);
	line.at += start;
	return line;
}

struct rst_line rst_line_skip(struct rst_line line, size_t characters)
{
	size_t bytes = 0, width;

	for (; characters > 0 && bytes < line.text.len; characters--) {
		utf8_decode(str_slice(line.text, bytes, 4), &width);
		bytes += width;
	}
	return rst_line_slice(line, bytes, line.text.len);
}

size_t rst_line_start(const struct rst_line *line)
{
	return line->at[0];
}

size_t rst_line_end(const struct rst_line *line)
{
	return line->at[line->text.len];
}

size_t rst_line_indent(const struct rst_line *line)
{
	size_t characters = 0, bytes = 0, width;

	while (bytes < line->text.len && rst_is_space(utf8_decode(str_slice(line->text, bytes, 4), &width))) {
		bytes += width;
		characters++;
	}
	return characters;
}

void rst_block_release(struct rst_block *block)
{
	free(block->memory);
	*block = (struct rst_block){0};
}

#define UNKNOWN SIZE_MAX

/* Whether a line that is not blank belongs to an indented block. */
static bool is_indented(const struct rst_line *line, size_t known)
{
	return line->text.ptr[0] == ' ' && (known == UNKNOWN || rst_line_indent(line) >= known);
}

/* The index behind the last line of a block that begins at the present one, the first `fixed` lines of which (0 or 1) belong to it in any case. Sets the indentation that all share, unless it is known. */
static size_t find_end(struct rst_machine *machine, size_t fixed, size_t *indent, unsigned flags, bool *blank_finish)
{
	size_t known = *indent, least = UNKNOWN;
	size_t end = machine->at + fixed;

	*blank_finish = true;
	for (; end < machine->len; end++) {
		const struct rst_line *line = &machine->lines[end];
		if (line->text.len == 0) {
			if (flags & RST_TAKE_UNTIL_BLANK)
				break;
			continue;
		}
		if (!is_indented(line, known)) {
			*blank_finish = end > machine->at && machine->lines[end - 1].text.len == 0;
			break;
		}
		size_t own = rst_line_indent(line);
		least = own < least ? own : least;
	}
	if (known == UNKNOWN)
		*indent = least == UNKNOWN ? 0 : least;
	return end;
}

/* Takes lines up to end; the first `fixed` lines lose `bytes` bytes, the others `indent` characters. */
static void take(struct rst_block *out, struct rst_machine *machine, size_t end, size_t fixed, size_t bytes,
	size_t indent, unsigned flags)
{
	size_t count = end - machine->at;

	out->memory = xcalloc(count + 1, sizeof(*out->memory));
	out->lines = out->memory;
	out->len = count;
	for (size_t i = 0; i < count; i++) {
		struct rst_line line = machine->lines[machine->at + i];
		if (i < fixed)
			line = rst_line_slice(line, bytes, line.text.len);
		else if (!(flags & RST_TAKE_KEEP_INDENT))
			line = rst_line_skip(line, indent);
		out->lines[i] = line;
	}
	machine->at = end;
	if (!(flags & RST_TAKE_KEEP_TOP))
		rst_trim_start(out);
}

void rst_take_indented(struct rst_block *out, struct rst_machine *machine)
{
	size_t indent = UNKNOWN;
	size_t end = find_end(machine, 0, &indent, 0, &out->blank_finish);

	take(out, machine, end, 0, 0, indent, 0);
}

void rst_take_known(struct rst_block *out, struct rst_machine *machine, size_t characters)
{
	size_t end = find_end(machine, 1, &characters, 0, &out->blank_finish);
	struct rst_line rest = rst_line_skip(machine->lines[machine->at], characters);
	size_t bytes = machine->lines[machine->at].text.len - rest.text.len;

	take(out, machine, end, 1, bytes, characters, 0);
}

void rst_take_first_known(struct rst_block *out, struct rst_machine *machine, size_t bytes, unsigned flags)
{
	size_t indent = UNKNOWN;
	size_t end = find_end(machine, 1, &indent, flags, &out->blank_finish);

	take(out, machine, end, 1, bytes, indent, flags);
}

void rst_trim_end(struct rst_block *block)
{
	while (block->len > 0 && block->lines[block->len - 1].text.len == 0)
		block->len--;
}

void rst_trim_start(struct rst_block *block)
{
	while (block->len > 0 && block->lines[0].text.len == 0) {
		block->lines++;
		block->len--;
	}
}

static size_t joined_length(const struct rst_line *lines, size_t count)
{
	size_t length = count > 0 ? count - 1 : 0;

	for (size_t i = 0; i < count; i++)
		length += lines[i].text.len;
	return length;
}

struct rst_text rst_join(struct rst_reader *reader, const struct rst_line *lines, size_t count)
{
	if (count == 1)
		return (struct rst_text){.text = lines[0].text, .at = lines[0].at, .line = lines[0].number};

	struct arena *arena = &reader->document->arena;
	size_t length = joined_length(lines, count), used = 0;
	size_t *at = arena_calloc(arena, length + 1, sizeof(*at));

	for (size_t i = 0; i < count; i++) {
		/* The line's end is the place of the line break, or of the end of all. */
		memcpy(at + used, lines[i].at, (lines[i].text.len + 1) * sizeof(*at));
		used += lines[i].text.len + 1;
	}
	return (struct rst_text){
		.text = rst_join_plain(reader, lines, count), .at = at, .line = count > 0 ? lines[0].number : 1};
}

struct str rst_join_plain(struct rst_reader *reader, const struct rst_line *lines, size_t count)
{
	size_t length = joined_length(lines, count), used = 0;
	char *bytes = arena_bytes(&reader->document->arena, length + 1);

	for (size_t i = 0; i < count; i++) {
		memcpy(bytes + used, lines[i].text.ptr, lines[i].text.len);
		used += lines[i].text.len;
		if (i + 1 < count)
			bytes[used++] = '\n';
	}
	return (struct str){.ptr = bytes, .len = length};
}
