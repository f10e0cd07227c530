#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "yaml/internal.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS  UINT64_C(0x0101010101010101)

/* The length of the prefix that is ASCII without NUL, rounded down to whole words, then byte by byte. */
static size_t ascii_prefix(struct str text)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof(word) <= text.len; i += sizeof(word)) {
		memcpy(&word, text.ptr + i, sizeof(word));
		if ((word | (word - LOW_BITS)) & HIGH_BITS)
			break;
	}
	while (i < text.len && text.ptr[i] > 0)
		i++;
	return i;
}

size_t encoding_valid_prefix(const struct source *source, bool *is_ascii)
{
	struct str text = source->text;
	size_t start = source->is_plain ? text.len : ascii_prefix(text);
	struct str rest = str_slice(text, start, text.len);
	size_t valid, nul;

	*is_ascii = rest.len == 0;
	if (*is_ascii)
		return text.len;
	valid = utf8_valid_prefix(rest);
	nul = str_find(rest, '\0');
	return start + (nul < valid ? nul : valid);
}

size_t encoding_bom(struct str text)
{
	return str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

bool encoding_is_utf16(struct str text)
{
	return str_starts_with(text, STR("\xFF\xFE")) || str_starts_with(text, STR("\xFE\xFF"));
}

/* The code unit at offset, which has two bytes. */
static uint32_t utf16_unit(struct str text, size_t offset, bool big_endian)
{
	unsigned char first = (unsigned char)text.ptr[offset], second = (unsigned char)text.ptr[offset + 1];

	return big_endian ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

static bool is_surrogate(uint32_t unit, uint32_t base)
{
	return (unit & 0xFC00) == base;
}

bool encoding_from_utf16(struct str *text, struct arena *arena)
{
	struct strbuf out = STRBUF_INIT;
	bool big_endian = text->ptr[0] == '\xFE';
	size_t i = 2;

	for (; i + 2 <= text->len; i += 2) {
		uint32_t unit = utf16_unit(*text, i, big_endian), low;

		if (is_surrogate(unit, 0xD800) && i + 4 <= text->len) {
			low = utf16_unit(*text, i + 2, big_endian);
			if (!is_surrogate(low, 0xDC00))
				break;
			unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
			i += 2;
		} else if ((unit & 0xF800) == 0xD800) {
			break;
		}
		strbuf_append_codepoint(&out, unit);
	}
	big_endian = i == text->len;
	*text = arena_str(arena, strbuf_str(&out));
	strbuf_release(&out);
	return big_endian;
}

void encoding_issue(struct yaml_stream *stream, size_t offset)
{
	struct str text = stream->source.text;
	size_t end = offset < text.len ? offset + 1 : offset;
	struct span span = stream_span(stream, (uint32_t)offset, (uint32_t)end);

	stream->broken = true;
	if (encoding_is_utf16(text))
		stream_issue(stream, YAML_ENCODING, span, "the file is UTF-16, where UTF-8 is expected");
	else if (offset == text.len)
		stream_issue(stream, YAML_ENCODING, span, "the UTF-16 text is broken here");
	else if (text.ptr[offset] == '\0')
		stream_issue(stream, YAML_ENCODING, span, "a NUL byte is not allowed");
	else
		stream_issue(stream, YAML_ENCODING, span, "byte 0x%02X is not UTF-8 here",
			(unsigned)(unsigned char)text.ptr[offset]);
}
