#include "store/vault_spelling.h"

#include <stdint.h>

/* The value of n hexadecimal digits at the start of text, or -1. */
static int hex_number(struct str text, size_t n)
{
	int number = 0;

	if (text.len < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int digit = str_hex_digit(text.ptr[i]);

		if (digit < 0)
			return -1;
		number = number * 16 + digit;
	}
	return number;
}

static void append_percent(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		int byte = text.ptr[i] == '%' ? hex_number(str_slice(text, i + 1, 2), 2) : -1;

		strbuf_append_char(out, byte >= 0 ? (char)byte : text.ptr[i]);
		i += byte >= 0 ? 2 : 0;
	}
	strbuf_append_char(out, '\n');
}

/* Resolves one escape after its backslash; returns how many characters it has. */
static size_t append_escape(struct strbuf *out, struct str rest)
{
	static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";
	int high = rest.len > 0 && rest.ptr[0] == 'u' ? hex_number(str_slice(rest, 1, 4), 4) : -1;
	int low = high >= 0xD800 && high < 0xDC00 && str_starts_with(str_slice(rest, 5, 2), STR("\\u"))
			  ? hex_number(str_slice(rest, 7, 4), 4)
			  : -1;
	const char *letter = rest.len > 0 && rest.ptr[0] != '\0' ? strchr(letters, rest.ptr[0]) : NULL;

	if (low >= 0xDC00 && low < 0xE000) {
		strbuf_append_codepoint(out, 0x10000 + ((uint32_t)(high - 0xD800) << 10) + (uint32_t)(low - 0xDC00));
		return 11;
	}
	if (high >= 0) {
		strbuf_append_codepoint(out, (uint32_t)high);
		return 5;
	}
	if (rest.len > 0)
		strbuf_append_char(out, letter ? meant[letter - letters] : rest.ptr[0]);
	return rest.len > 0 ? 1 : 0;
}

static void append_backslash(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\')
			i += append_escape(out, str_slice(text, i + 1, text.len));
		else
			strbuf_append_char(out, text.ptr[i]);
	}
	strbuf_append_char(out, '\n');
}

/* The value of a digit of base64, or -1. */
static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* A way to write bytes as digits of some bits each. A byte that is written anew begins at any of the digits that a group of them has. */
struct notation {
	int (*digit)(char c);
	unsigned bits;
	size_t group;
};

static const struct notation notations[] = {{str_hex_digit, 4, 2}, {base64_digit, 6, 4}};

/* What the digits from start on stand for. Whatever is none begins anew. */
static void append_digits(struct strbuf *out, const struct notation *notation, struct str text, size_t start)
{
	uint32_t pending = 0;
	unsigned count = 0;
	size_t skipped = start;

	for (size_t i = 0; i < text.len; i++) {
		int digit = notation->digit(text.ptr[i]);

		if (digit < 0) {
			strbuf_append_char(out, '\n');
			pending = 0;
			count = 0;
			skipped = start;
		} else if (skipped > 0) {
			skipped--;
		} else {
			pending = (pending << notation->bits | (uint32_t)digit) & 0xFFFF;
			count += notation->bits;
			if (count >= 8) {
				count -= 8;
				strbuf_append_char(out, (char)(pending >> count & 0xFF));
			}
		}
	}
	strbuf_append_char(out, '\n');
}

void vault_spellings(struct strbuf *out, struct str text)
{
	append_percent(out, text);
	append_backslash(out, text);
	for (size_t i = 0; i < sizeof(notations) / sizeof(notations[0]); i++) {
		for (size_t start = 0; start < notations[i].group; start++)
			append_digits(out, &notations[i], text, start);
	}
}
