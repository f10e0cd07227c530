#include "helm/template_literal.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "helm/template_lex.h"

/* A character of a quoted text: bytes are what \x and octal escapes give, which need not be UTF-8. */
struct character {
	uint32_t value;
	bool is_byte;
};

static bool take_digits(struct str *rest, size_t count, unsigned base, uint32_t *value)
{
	if (rest->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		int digit = str_hex_digit(rest->ptr[i]);

		if (digit < 0 || (unsigned)digit >= base)
			return false;
		*value = *value * base + (unsigned)digit;
	}
	*rest = str_slice(*rest, count, rest->len);
	return true;
}

static bool take_codepoint(struct str *rest, size_t digits, struct character *out)
{
	out->is_byte = false;
	return take_digits(rest, digits, 16, &out->value) && out->value <= 0x10FFFF &&
	       (out->value < 0xD800 || out->value > 0xDFFF);
}

/* What follows the backslash in *rest. */
/* flat */
static bool take_escape(struct str *rest, char quote, struct character *out)
{
	static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
	char letter = rest->len > 0 ? rest->ptr[0] : '\0';
	const char *simple = letter != '\0' ? strchr(letters, letter) : NULL;

	*out = (struct character){.is_byte = true};
	if (letter >= '0' && letter <= '7')
		return take_digits(rest, 3, 8, &out->value) && out->value <= 0xFF;
	*rest = str_slice(*rest, 1, rest->len);
	if (simple) {
		out->value = (unsigned char)values[simple - letters];
		return true;
	}
	switch (letter) {
	case 'x':
		return take_digits(rest, 2, 16, &out->value);
	case 'u':
		return take_codepoint(rest, 4, out);
	case 'U':
		return take_codepoint(rest, 8, out);
	default:
		out->value = (unsigned char)letter;
		return letter == quote;
	}
}

/* The next character of *rest, which is not empty; what is no UTF-8 becomes U+FFFD. */
static bool take_character(struct str *rest, char quote, struct character *out)
{
	char c = rest->ptr[0];
	size_t width = 1;

	if (c == quote)
		return false;
	*out = (struct character){.value = (unsigned char)c};
	if ((unsigned char)c >= 0x80)
		out->value = utf8_decode(*rest, &width);
	if (out->value == UTF8_INVALID)
		out->value = 0xFFFD;
	*rest = str_slice(*rest, width, rest->len);
	return c != '\\' || take_escape(rest, quote, out);
}

static bool append_unquoted(struct strbuf *out, struct str rest)
{
	struct character character;

	while (rest.len > 0) {
		if (!take_character(&rest, '"', &character))
			return false;
		if (character.is_byte)
			strbuf_append_char(out, (char)character.value);
		else
			strbuf_append_codepoint(out, character.value);
	}
	return true;
}

/* Go drops carriage returns from raw strings. */
static void append_raw(struct strbuf *out, struct str rest)
{
	while (!str_is_absent(rest))
		strbuf_append(out, str_cut(&rest, '\r'));
}

struct str template_unquote(struct arena *arena, struct str quoted)
{
	struct str content = str_slice(quoted, 1, quoted.len - 2), value = STR_ABSENT;
	bool raw = quoted.ptr[0] == '`';
	struct strbuf out;

	if (raw ? str_find(content, '\r') == content.len
		: str_find(content, '\\') == content.len && utf8_valid_prefix(content) == content.len)
		return content;
	strbuf_init(&out);
	if (raw)
		append_raw(&out, content);
	if (raw || append_unquoted(&out, content))
		value = arena_str(arena, strbuf_str(&out));
	strbuf_release(&out);
	return value;
}

bool template_is_character(struct str quoted)
{
	struct str rest = str_slice(quoted, 1, quoted.len - 2);
	struct character character;

	return rest.len > 0 && take_character(&rest, '\'', &character) && rest.len == 0;
}

/* Whether underscores stand between digits alone; a prefix such as 0x counts as one. */
static bool underscores_are_fine(struct str digits, bool hex, bool prefixed)
{
	bool after_digit = prefixed, after_underscore = false;

	for (size_t i = prefixed ? 2 : 0; i < digits.len; i++) {
		char c = digits.ptr[i];
		bool is_digit = hex ? str_hex_digit(c) >= 0 : c >= '0' && c <= '9';

		if (c == '_' ? !after_digit : after_underscore && !is_digit)
			return false;
		after_digit = is_digit;
		after_underscore = c == '_';
	}
	return !after_underscore;
}

static bool take_sign(struct str *text, bool *negative)
{
	bool is_signed = text->len > 0 && (text->ptr[0] == '+' || text->ptr[0] == '-');

	*negative = is_signed && text->ptr[0] == '-';
	if (is_signed)
		*text = str_slice(*text, 1, text->len);
	return is_signed;
}

/* 16, 8 or 2 by the letter behind a leading zero; 0: there is none. */
static unsigned prefix_base(struct str digits)
{
	if (digits.len < 2 || digits.ptr[0] != '0')
		return 0;
	switch (digits.ptr[1] | 0x20) {
	case 'x':
		return 16;
	case 'o':
		return 8;
	case 'b':
		return 2;
	default:
		return 0;
	}
}

static bool read_digits(struct str digits, unsigned base, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = str_hex_digit(digits.ptr[i]);

		if (digits.ptr[i] == '_')
			continue;
		if (digit < 0 || (unsigned)digit >= base)
			return false;
		if (__builtin_mul_overflow(*value, base, value) ||
			__builtin_add_overflow(*value, (uint64_t)digit, value))
			return false;
	}
	return true;
}

static bool is_integer(struct str text)
{
	bool negative, is_signed = take_sign(&text, &negative);
	uint64_t value, limit = !is_signed ? UINT64_MAX : negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
	unsigned base = prefix_base(text);
	size_t start = base > 0 ? 2 : 0;

	if (text.len == start || !underscores_are_fine(text, base == 16, base > 0))
		return false;
	if (base == 0)
		base = text.ptr[0] == '0' ? 8 : 10;
	return read_digits(str_slice(text, start, text.len), base, &value) && value <= limit;
}

/* The value of a float of which the form is known to be right. */
static double read_double(struct str text)
{
	locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	struct strbuf clean = STRBUF_INIT;
	double value;

	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '_')
			strbuf_append_char(&clean, text.ptr[i]);
	value = strtod_l(clean.ptr, NULL, c_locale);
	strbuf_release(&clean);
	freelocale(c_locale);
	return value;
}

static size_t count_mantissa(struct str text, bool hex, size_t *digits)
{
	bool point = false;
	size_t at = 0;

	for (*digits = 0; at < text.len; at++) {
		char c = text.ptr[at];
		bool is_digit = hex ? str_hex_digit(c) >= 0 : c >= '0' && c <= '9';

		if (!is_digit && c != '_' && (c != '.' || point))
			break;
		*digits += is_digit;
		point = point || c == '.';
	}
	return at;
}

/* An exponent up to the end: a letter, perhaps a sign, digits. */
static bool is_exponent(struct str text, char letter)
{
	bool negative;

	if (text.len == 0 || (text.ptr[0] | 0x20) != letter)
		return false;
	text = str_slice(text, 1, text.len);
	take_sign(&text, &negative);
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] < '0' || text.ptr[i] > '9') && (text.ptr[i] != '_' || i == 0))
			return false;
	return text.len > 0;
}

static bool is_float(struct str text)
{
	struct str whole = text, rest;
	size_t digits, end;
	bool negative, hex;

	take_sign(&text, &negative);
	hex = prefix_base(text) == 16;
	rest = str_slice(text, hex ? 2 : 0, text.len);
	end = count_mantissa(rest, hex, &digits);
	rest = str_slice(rest, end, rest.len);
	if (digits == 0 || ((hex || rest.len > 0) && !is_exponent(rest, hex ? 'p' : 'e')))
		return false;
	if (str_find(text, '_') < text.len && !underscores_are_fine(text, hex, hex))
		return false;
	return isfinite(read_double(whole));
}

/* 1+2i: two floats, the second with a sign. */
static bool is_complex(struct str real, struct str imaginary)
{
	return is_float(real) && is_float(str_slice(imaginary, 0, imaginary.len - 1));
}

bool template_is_number(struct str text)
{
	static const char marks[] = ".eEpP";
	uint32_t end;

	template_scan_number(text, 0, &end);
	if (end < text.len)
		return is_complex(str_slice(text, 0, end), str_slice(text, end, text.len));
	if (text.ptr[text.len - 1] == 'i')
		return is_float(str_slice(text, 0, text.len - 1));
	if (is_integer(text))
		return true;
	for (size_t i = 0; i < sizeof(marks) - 1; i++)
		if (str_find(text, marks[i]) < text.len)
			return is_float(text);
	return false; /* too large for an integer, and Go takes it for nothing else */
}
