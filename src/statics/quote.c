#include "statics/quote.h"

#include <assert.h>
#include <stdio.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* No byte of a value takes more than its four in an escape. */
#define ESCAPE_GROWTH 4
#define ESCAPE_SIZE   11 /* of the longest, with the NUL of printf */

/* Text under construction in an arena, in memory that is large enough. */
struct writer {
	char *bytes;
	size_t len;
};

static void put(struct writer *writer, struct str text)
{
	memcpy(writer->bytes + writer->len, text.ptr, text.len);
	writer->len += text.len;
}

static struct str written(const struct writer *writer)
{
	return (struct str){.ptr = writer->bytes, .len = writer->len};
}

static bool is_printable(char c)
{
	return c >= ' ' && c <= '~';
}

/* Whether single quotes do: one line of printable ASCII. */
static bool is_line(struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (!is_printable(value.ptr[i]))
			return false;
	}
	return true;
}

/* Whether a line may stand in a literal block as it is. */
static bool is_block_line(struct str line)
{
	bool blank = true;

	for (size_t i = 0; i < line.len; i++) {
		if (!is_printable(line.ptr[i]) && (line.ptr[i] != '\t' || i == 0))
			return false;
		blank = blank && ascii_is_blank(line.ptr[i]);
	}
	return !blank || line.len == 0;
}

/* Whether a literal block does: printable lines, the first of which shows the indentation, with at most one line break at the end. */
static bool is_block(struct str value)
{
	if (value.ptr[0] == ' ' || value.ptr[0] == '\n' || str_find(value, '\n') == value.len ||
		str_ends_with(value, STR("\n\n")))
		return false;
	for (struct str rest = value; !str_is_absent(rest);) {
		if (!is_block_line(str_cut(&rest, '\n')))
			return false;
	}
	return true;
}

static struct str quote_single(struct arena *arena, struct str value)
{
	struct writer writer = {.bytes = arena_bytes(arena, 2 * value.len + 2)};

	put(&writer, STR("'"));
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '\'')
			put(&writer, STR("'"));
		put(&writer, str_slice(value, i, 1));
	}
	put(&writer, STR("'"));
	return written(&writer);
}

static struct str quote_block(struct arena *arena, struct str value, unsigned step)
{
	size_t lines = 2;
	struct str rest = value;
	struct writer writer;

	for (size_t i = 0; i < value.len; i++)
		lines += value.ptr[i] == '\n';
	writer = (struct writer){.bytes = arena_bytes(arena, value.len + lines * (step + 1) + 3)};
	put(&writer, str_ends_with(value, STR("\n")) ? STR("|\n") : STR("|-\n"));
	while (!str_is_absent(rest) && rest.len > 0) {
		struct str line = str_cut(&rest, '\n');

		if (line.len > 0) {
			memset(writer.bytes + writer.len, ' ', step);
			writer.len += step;
		}
		put(&writer, line);
		put(&writer, STR("\n"));
	}
	return written(&writer);
}

/* What stands for a code point that cannot stand for itself. */
static void put_escape(struct writer *writer, uint32_t codepoint, bool json)
{
	static const char named[] = {['\n'] = 'n', ['\t'] = 't', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
	char *to = writer->bytes + writer->len;

	if (codepoint < sizeof(named) && named[codepoint] != '\0') {
		put(writer, STR("\\"));
		put(writer, (struct str){.ptr = &named[codepoint], .len = 1});
	} else if (codepoint > 0xFFFF) {
		writer->len += (size_t)snprintf(to, ESCAPE_SIZE, "\\U%08X", (unsigned)codepoint);
	} else if (codepoint > 0xFF || json) {
		writer->len += (size_t)snprintf(to, ESCAPE_SIZE, "\\u%04X", (unsigned)codepoint);
	} else {
		writer->len += (size_t)snprintf(to, ESCAPE_SIZE, "\\x%02X", (unsigned)codepoint);
	}
}

static struct str quote_double(struct arena *arena, struct str value, bool json)
{
	size_t growth = json ? ESCAPE_GROWTH + 2 : ESCAPE_GROWTH;
	struct writer writer = {.bytes = arena_bytes(arena, growth * value.len + 2 + ESCAPE_SIZE)};

	put(&writer, STR("\""));
	while (value.len > 0) {
		size_t width;
		uint32_t codepoint = utf8_decode(value, &width);
		struct str character = str_slice(value, 0, width);
		bool plain = width == 1 ? is_printable(value.ptr[0]) : json && codepoint > 0xFFFF;

		assert(codepoint != UTF8_INVALID);
		if (plain && codepoint != '"' && codepoint != '\\')
			put(&writer, character);
		else
			put_escape(&writer, codepoint, json);
		value = str_slice(value, width, value.len);
	}
	put(&writer, STR("\""));
	return written(&writer);
}

struct str quote_value(struct arena *arena, struct str value, enum quote_style style, unsigned step)
{
	if (style == QUOTE_JSON)
		return quote_double(arena, value, true);
	if (is_line(value))
		return quote_single(arena, value);
	if (style == QUOTE_BLOCK && is_block(value))
		return quote_block(arena, value, step);
	return quote_double(arena, value, false);
}
