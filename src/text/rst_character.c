#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "text/rst_private.h"

bool rst_is_space(uint32_t codepoint)
{
	return (codepoint >= 0x09 && codepoint <= 0x0D) || (codepoint >= 0x1C && codepoint <= 0x1F) ||
	       codepoint == 0x85 || codepoint == 0x2028 || codepoint == 0x2029 || utf8_is_space_separator(codepoint);
}

/* Of the categories, all letters and all numbers. */
bool rst_is_word(uint32_t codepoint)
{
	if (codepoint < 0x80)
		return ascii_is_alnum((char)codepoint);
	if (codepoint == UTF8_INVALID)
		return false;
	switch (utf8proc_category((utf8proc_int32_t)codepoint)) {
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return utf8_is_letter_or_digit(codepoint);
	}
}

/* The bytes of a run of word characters at the start of text. */
static size_t word_run(struct str text)
{
	size_t length = 0;

	while (length < text.len) {
		size_t width;
		if (!rst_is_word(utf8_decode(str_slice(text, length, 4), &width)))
			break;
		length += width;
	}
	return length;
}

size_t rst_simple_name(struct str text)
{
	size_t length = word_run(text);

	while (length > 0 && length < text.len && memchr("-._+:", text.ptr[length], 5)) {
		size_t more = word_run(str_slice(text, length + 1, text.len));
		if (more == 0)
			break;
		length += 1 + more;
	}
	return length;
}

struct str rst_strip(struct str text)
{
	return utf8_trim(text, rst_is_space);
}

bool rst_is_in_lower_case(struct str text, const char *lower)
{
	if (text.len != strlen(lower))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (ascii_to_lower(text.ptr[i]) != lower[i])
			return false;
	}
	return true;
}

/* Wide although no letters: what marks tones and voices beside ideographs, and fills. */
static bool is_wide_mark(uint32_t codepoint)
{
	return (codepoint >= 0x302A && codepoint <= 0x302F) || (codepoint >= 0x3099 && codepoint <= 0x309A) ||
	       codepoint == 0x16FE4 || (codepoint >= 0x16FF0 && codepoint <= 0x16FF1);
}

bool rst_is_combining(uint32_t codepoint)
{
	return codepoint >= 0x300 && codepoint != UTF8_INVALID &&
	       utf8proc_get_property((utf8proc_int32_t)codepoint)->combining_class != 0;
}

bool rst_is_wide(uint32_t codepoint)
{
	if (codepoint < 0x1100 || codepoint == UTF8_INVALID)
		return false;
	return is_wide_mark(codepoint) || utf8proc_charwidth((utf8proc_int32_t)codepoint) == 2;
}

size_t rst_column_width(struct str text)
{
	size_t columns = 0;

	for (size_t width; text.len > 0; text = str_slice(text, width, text.len)) {
		uint32_t codepoint = utf8_decode(text, &width);
		columns += rst_is_wide(codepoint) ? 2 : 1;
		columns -= rst_is_combining(codepoint) ? 1 : 0;
	}
	return columns;
}
