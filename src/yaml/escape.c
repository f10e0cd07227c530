#include "yaml/escape.h"

#include "base/utf8.h"

#define REPLACEMENT 0xFFFD

/* The value of count hexadecimal digits at offset; false where these are not. */
static bool read_hex(struct str text, size_t offset, size_t count, uint32_t *value)
{
	*value = 0;
	if (offset + count > text.len)
		return false;
	for (size_t i = offset; i < offset + count; i++) {
		int digit = str_hex_digit(text.ptr[i]);

		if (digit < 0)
			return false;
		*value = *value << 4 | (uint32_t)digit;
	}
	return true;
}

/* Joins the surrogate that has been read with the one that may follow at offset. */
static size_t join_surrogates(struct str text, size_t offset, uint32_t *codepoint)
{
	uint32_t low;

	if ((*codepoint & 0xF800) != 0xD800)
		return 0;
	if ((*codepoint & 0xFC00) == 0xD800 && str_starts_with(str_slice(text, offset, text.len), STR("\\u")) &&
		read_hex(text, offset + 2, 4, &low) && (low & 0xFC00) == 0xDC00) {
		*codepoint = 0x10000 + ((*codepoint & 0x3FF) << 10) + (low & 0x3FF);
		return 6;
	}
	*codepoint = REPLACEMENT;
	return 0;
}

size_t escape_read(struct str text, size_t offset, uint32_t *codepoint)
{
	static const struct {
		char name;
		uint32_t codepoint;
	} simple[] = {
		{'0', 0x00},
		{'a', 0x07},
		{'b', 0x08},
		{'t', 0x09},
		{'\t', 0x09},
		{'n', 0x0A},
		{'v', 0x0B},
		{'f', 0x0C},
		{'r', 0x0D},
		{'e', 0x1B},
		{' ', 0x20},
		{'"', 0x22},
		{'/', 0x2F},
		{'\\', 0x5C},
		{'N', 0x85},
		{'_', 0xA0},
		{'L', 0x2028},
		{'P', 0x2029},
	};
	char name = offset + 1 < text.len ? text.ptr[offset + 1] : 'x';
	size_t digits = name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;

	for (size_t i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
		if (simple[i].name == name) {
			*codepoint = simple[i].codepoint;
			return 2;
		}
	}
	if (digits == 0 || !read_hex(text, offset + 2, digits, codepoint))
		return 0;
	return 2 + digits + join_surrogates(text, offset + 2 + digits, codepoint);
}
