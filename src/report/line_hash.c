#include "report/line_hash.h"

#include <inttypes.h>

#include "base/conceal.h"
#include "base/utf8.h"

enum {
	BLOCK = 100,
	FACTOR = 37,
	END_OF_TEXT = 65535,
	REPLACEMENT = 0xFFFD,
};

/* The last BLOCK units, as a ring. A line's hash is known when the unit that it begins with is about to leave. */
struct window {
	struct vec *out;
	uint64_t leaving_factor; /* FACTOR to the power of BLOCK */
	uint64_t hash;
	uint64_t units[BLOCK];
	uint32_t lines[BLOCK]; /* the line that begins with the unit; 0: none does */
	size_t next;
	uint32_t line;
	bool at_line_start;
	bool after_return;
};

static void push_unit(struct window *window, uint64_t unit, uint32_t line)
{
	size_t at = window->next;

	if (window->lines[at] != 0) {
		struct line_hash *hash = vec_push(window->out);

		*hash = (struct line_hash){.value = window->hash, .line = window->lines[at]};
	}
	window->hash = FACTOR * window->hash + unit - window->leaving_factor * window->units[at];
	window->units[at] = unit;
	window->lines[at] = line;
	window->next = (at + 1) % BLOCK;
}

static void read_unit(struct window *window, uint32_t unit)
{
	bool second_half = window->after_return && unit == '\n';

	window->after_return = unit == '\r';
	if (unit == ' ' || unit == '\t' || second_half)
		return;
	if (unit == '\r')
		unit = '\n';
	push_unit(window, unit, window->at_line_start ? ++window->line : 0);
	window->at_line_start = unit == '\n';
}

/* How many bytes of what is no UTF-8 a decoder replaces at once: a character that is cut short counts as one (WHATWG Encoding, Unicode 3.9 U+FFFD
 * substitution of maximal subparts). */
static size_t invalid_width(struct str text)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t most = bytes[0] >= 0xF0 ? 3 : 2;

	if (bytes[0] < 0xE0 || bytes[0] > 0xF4 || text.len < 2)
		return 1;
	unsigned char least_second = bytes[0] == 0xE0 ? 0xA0 : bytes[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char last_second = bytes[0] == 0xED ? 0x9F : bytes[0] == 0xF4 ? 0x8F : 0xBF;
	if (bytes[1] < least_second || bytes[1] > last_second)
		return 1;
	return most == 3 && text.len > 2 && (bytes[2] & 0xC0) == 0x80 ? 3 : 2;
}

static void read_text(struct window *window, struct str text)
{
	size_t width;

	for (size_t i = 0; i < text.len; i += width) {
		struct str rest = str_slice(text, i, text.len - i);
		uint32_t codepoint = utf8_decode(rest, &width);

		if (codepoint == UTF8_INVALID) {
			width = invalid_width(rest);
			read_unit(window, REPLACEMENT);
		} else if (codepoint > 0xFFFF) {
			read_unit(window, 0xD800 + ((codepoint - 0x10000) >> 10));
			read_unit(window, 0xDC00 + ((codepoint - 0x10000) & 0x3FF));
		} else {
			read_unit(window, codepoint);
		}
	}
	read_unit(window, END_OF_TEXT);
	for (size_t i = 0; i < BLOCK; i++)
		push_unit(window, 0, 0);
}

static int compare_value(const void *a, const void *b)
{
	const struct line_hash *first = a;
	const struct line_hash *second = b;

	return (first->value > second->value) - (first->value < second->value);
}

static int compare_line(const void *a, const void *b)
{
	const struct line_hash *first = a;
	const struct line_hash *second = b;

	return (first->line > second->line) - (first->line < second->line);
}

/* Numbers those that are equal in the order of their lines. */
static void count_occurrences(struct vec *hashes)
{
	vec_sort(hashes, compare_value);
	struct line_hash *items = hashes->items;
	for (size_t i = 0; i < hashes->len; i++)
		items[i].occurrence = i > 0 && items[i].value == items[i - 1].value ? items[i - 1].occurrence + 1 : 1;
	vec_sort(hashes, compare_line);
}

void line_hashes(struct vec *out, struct str text)
{
	struct window window = {.out = out, .leaving_factor = 1, .at_line_start = true};

	for (size_t i = 0; i < BLOCK; i++)
		window.leaving_factor *= FACTOR;
	read_text(&window, text);
	count_occurrences(out);
}

bool line_hash_reveals(const struct source *source, uint32_t line, const struct vec *concealed)
{
	struct span rest = {
		.source = source, .start = source_line_start(source, line), .end = (uint32_t)source->text.len};
	const struct span *first = conceal_find(concealed, rest);
	size_t units = 0;

	/* A character is at least one unit, and a line end is one, so what is counted here reaches no less far. */
	for (uint32_t i = rest.start; first != NULL && i < first->start && units < BLOCK; i++) {
		char c = source->text.ptr[i];

		units += c != ' ' && c != '\t' && c != '\r' && ((unsigned char)c & 0xC0) != 0x80;
	}
	return first != NULL && units < BLOCK;
}

void append_line_hash(struct strbuf *out, const struct line_hash *hash)
{
	strbuf_printf(out, "%" PRIx64 ":%u", hash->value, hash->occurrence);
}
