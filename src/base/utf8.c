#include "base/utf8.h"

#include <string.h>

#include <utf8proc.h>

#define TAB_WIDTH 8

/* What the first byte of a longer form says: how many follow, and the range of the first of these (it excludes overlong forms, surrogates and
 * what is above 10FFFF; Unicode, table 3-7). */
struct lead {
	unsigned char first, last;
	unsigned char following;
	unsigned char second_min, second_max;
};

static const struct lead leads[] = {
	{0xC2, 0xDF, 1, 0x80, 0xBF},
	{0xE0, 0xE0, 2, 0xA0, 0xBF},
	{0xE1, 0xEC, 2, 0x80, 0xBF},
	{0xED, 0xED, 2, 0x80, 0x9F},
	{0xEE, 0xEF, 2, 0x80, 0xBF},
	{0xF0, 0xF0, 3, 0x90, 0xBF},
	{0xF1, 0xF3, 3, 0x80, 0xBF},
	{0xF4, 0xF4, 3, 0x80, 0x8F},
};

static const struct lead *find_lead(unsigned char byte)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	}
	return NULL;
}

uint32_t utf8_decode(struct str s, size_t *width)
{
	const unsigned char *bytes = (const unsigned char *)s.ptr;
	const struct lead *lead;
	uint32_t codepoint;

	*width = 1;
	if (bytes[0] < 0x80)
		return bytes[0];
	lead = find_lead(bytes[0]);
	if (!lead || s.len <= lead->following || bytes[1] < lead->second_min || bytes[1] > lead->second_max)
		return UTF8_INVALID;
	codepoint = bytes[0] & (0x3Fu >> lead->following);
	for (size_t i = 1; i <= lead->following; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return UTF8_INVALID;
		codepoint = codepoint << 6 | (bytes[i] & 0x3Fu);
	}
	*width = (size_t)lead->following + 1;
	return codepoint;
}

/* Cuts the first code point off *rest, which is not empty. */
static uint32_t next(struct str *rest)
{
	size_t width;
	uint32_t codepoint = utf8_decode(*rest, &width);

	*rest = str_slice(*rest, width, rest->len);
	return codepoint;
}

size_t utf8_valid_prefix(struct str s)
{
	struct str rest = s;

	while (rest.len > 0) {
		size_t offset = s.len - rest.len;

		if (next(&rest) == UTF8_INVALID)
			return offset;
	}
	return s.len;
}

struct str utf8_prefix(struct str s, size_t max)
{
	struct str prefix = str_slice(s, 0, max);
	size_t width = 1;

	if (prefix.len == s.len)
		return s;
	for (size_t back = 1; back <= 3 && back <= prefix.len; back++) {
		utf8_decode(str_slice(s, prefix.len - back, s.len), &width);
		if (width > back)
			return str_slice(s, 0, prefix.len - back);
	}
	return prefix;
}

bool utf8_is_letter_or_digit(uint32_t codepoint)
{
	switch (codepoint == UTF8_INVALID ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)codepoint)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
		return true;
	default:
		return false;
	}
}

bool utf8_is_space_separator(uint32_t codepoint)
{
	return codepoint == ' ' || codepoint == 0xA0 || codepoint == 0x1680 ||
	       (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x202F || codepoint == 0x205F ||
	       codepoint == 0x3000;
}

struct str utf8_trim(struct str s, bool (*is_space)(uint32_t codepoint))
{
	size_t width;

	while (s.len > 0 && is_space(utf8_decode(s, &width)))
		s = str_slice(s, width, s.len);
	while (s.len > 0) {
		size_t start = s.len - 1;

		while (start > 0 && s.len - start < 4 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
			start--;
		if (!is_space(utf8_decode(str_slice(s, start, s.len), &width)))
			break;
		s.len = start;
	}
	return s;
}

bool utf8_is_ascii(struct str text)
{
	uint64_t word;
	size_t i = 0;

	for (; i + sizeof(word) <= text.len; i += sizeof(word)) {
		memcpy(&word, text.ptr + i, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			return false;
	}
	for (; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	}
	return true;
}

bool utf8_is_plain(struct str s)
{
	unsigned char odd = 0;

	/* A loop that the compiler makes look at many bytes at once. */
	for (size_t i = 0; i < s.len; i++) {
		unsigned char byte = (unsigned char)s.ptr[i];

		odd |= (unsigned char)((byte < ' ') | (byte > '~')) & (unsigned char)(byte != '\n');
	}
	return odd == 0;
}

size_t utf8_length(struct str s)
{
	size_t length = 0;

	while (s.len > 0) {
		next(&s);
		length++;
	}
	return length;
}

size_t utf8_utf16_length(struct str s)
{
	size_t length = 0;

	while (s.len > 0) {
		uint32_t codepoint = next(&s);

		length += codepoint != UTF8_INVALID && codepoint > 0xFFFF ? 2 : 1;
	}
	return length;
}

size_t utf8_display_width(struct str s, size_t start_column)
{
	size_t column = start_column;

	while (s.len > 0) {
		uint32_t codepoint = next(&s);

		if (codepoint == '\t')
			column += TAB_WIDTH - column % TAB_WIDTH;
		else if (codepoint == UTF8_INVALID)
			column++;
		else
			column += (size_t)utf8proc_charwidth((utf8proc_int32_t)codepoint);
	}
	return column - start_column;
}

static bool is_hidden(uint32_t codepoint)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x0080, 0x009F}, /* C1 */
		{0x061C, 0x061C}, /* Arabic letter mark */
		{0x200E, 0x200F}, /* left-to-right and right-to-left marks */
		{0x2028, 0x202E}, /* line and paragraph separators, embeddings and overrides */
		{0x2066, 0x2069}, /* isolates */
		{0xFEFF, 0xFEFF}, /* byte order mark */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (codepoint >= ranges[i].first && codepoint <= ranges[i].last)
			return true;
	}
	return false;
}

void strbuf_append_visible(struct strbuf *buf, struct str s)
{
	while (s.len > 0) {
		struct str before = s;
		uint32_t codepoint = next(&s);

		if (codepoint == UTF8_INVALID)
			strbuf_printf(buf, "\\x%02X", (unsigned)(unsigned char)before.ptr[0]);
		else if (codepoint == '\n')
			strbuf_append_c(buf, "\\n");
		else if (codepoint == '\t')
			strbuf_append_c(buf, "\\t");
		else if (codepoint == '\r')
			strbuf_append_c(buf, "\\r");
		else if (codepoint < 0x20 || codepoint == 0x7F)
			strbuf_printf(buf, "\\x%02X", (unsigned)codepoint);
		else if (codepoint >= 0x80 && is_hidden(codepoint))
			strbuf_printf(buf, "\\u{%04X}", (unsigned)codepoint);
		else
			strbuf_append_bytes(buf, before.ptr, before.len - s.len);
	}
}
