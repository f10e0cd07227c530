#include "yaml/number.h"

#include <ctype.h>

#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

static bool is_unicode_space(uint32_t codepoint)
{
	return codepoint == 0x85 || codepoint == 0x2028 || codepoint == 0x2029 ||
	       utf8proc_category((utf8proc_int32_t)codepoint) == UTF8PROC_CATEGORY_ZS;
}

static bool is_unicode_digit(uint32_t codepoint)
{
	return utf8proc_category((utf8proc_int32_t)codepoint) == UTF8PROC_CATEGORY_ND;
}

/* The value of a decimal digit: Unicode has them in runs of ten from 0 to 9. */
static char digit_value(uint32_t codepoint)
{
	uint32_t first = codepoint;

	while (is_unicode_digit(first - 1))
		first--;
	return (char)('0' + (codepoint - first) % 10);
}

void number_append_ascii(struct strbuf *out, struct str text)
{
	size_t width;

	for (size_t i = 0; i < text.len; i += width) {
		uint32_t codepoint = utf8_decode(str_slice(text, i, text.len), &width);

		if (codepoint < 0x80)
			strbuf_append_char(out, (char)codepoint);
		else if (codepoint != UTF8_INVALID && is_unicode_space(codepoint))
			strbuf_append_char(out, ' ');
		else if (codepoint != UTF8_INVALID && is_unicode_digit(codepoint))
			strbuf_append_char(out, digit_value(codepoint));
		else
			strbuf_append_char(out, '?');
	}
}

struct str number_trim(struct str text)
{
	while (text.len > 0 && ascii_is_space(text.ptr[0]))
		text = str_slice(text, 1, text.len);
	while (text.len > 0 && ascii_is_space(text.ptr[text.len - 1]))
		text.len--;
	return text;
}

bool number_take_sign(struct str *text, bool *negative)
{
	if (text->len == 0 || (text->ptr[0] != '-' && text->ptr[0] != '+'))
		return false;
	*negative = text->ptr[0] == '-';
	*text = str_slice(*text, 1, text->len);
	return true;
}

/* Whether a character is a digit of base. */
static bool is_digit_of(char c, unsigned base)
{
	if (ascii_is_digit(c))
		return (unsigned)(c - '0') < base;
	return base == 16 && isxdigit((unsigned char)c);
}

bool number_read_int(struct strbuf *digits, bool *negative, struct str text, unsigned base)
{
	char prefix = base == 16 ? 'x' : base == 8 ? 'o' : base == 2 ? 'b' : '0';
	struct strbuf ascii = STRBUF_INIT;
	size_t start = digits->len;
	struct str rest;
	bool valid;

	number_append_ascii(&ascii, text);
	rest = number_trim(strbuf_str(&ascii));
	*negative = false;
	number_take_sign(&rest, negative);
	if (base != 10 && rest.len > 1 && rest.ptr[0] == '0' && (rest.ptr[1] | 0x20) == prefix)
		rest = str_slice(rest, 2, rest.len);
	strbuf_append(digits, rest);
	valid = rest.len > 0 && (base != 10 || rest.len <= NUMBER_DECIMAL_DIGITS_MAX);
	for (size_t i = 0; valid && i < rest.len; i++)
		valid = is_digit_of(rest.ptr[i], base);
	if (!valid)
		strbuf_truncate(digits, start);
	strbuf_release(&ascii);
	return valid;
}

void number_append_clean(struct strbuf *out, struct str text)
{
	while (!str_is_absent(text))
		strbuf_append(out, str_cut(&text, '_'));
}
