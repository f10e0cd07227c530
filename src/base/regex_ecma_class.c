/* Escapes and character classes of ECMA-262. */
#include "base/regex_ecma.h"
#include "base/regex_property.h"

#define DIGITS "0-9"
#define WORD   "A-Za-z0-9_"
#define SPACE                                                                                                          \
	"\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{"     \
	"feff}"

static bool read_braced_escape(struct regex_translation *translation, size_t start, uint32_t *value)
{
	uint32_t digit;

	if (!regex_hex(translation, 1, value))
		return regex_fail(translation, start, "\\u{} needs hexadecimal digits");
	while (*value <= 0x10ffff && regex_hex(translation, 1, &digit))
		*value = *value << 4 | digit;
	if (*value > 0x10ffff || !regex_accept(translation, "}"))
		return regex_fail(translation, start, "\\u{…} needs a code point up to 10FFFF");
	return true;
}

static bool read_unicode_escape(struct regex_translation *translation, size_t start, uint32_t *value)
{
	size_t end;
	uint32_t low;

	if (regex_accept(translation, "{"))
		return read_braced_escape(translation, start, value);
	if (!regex_hex(translation, 4, value))
		return regex_fail(translation, start, "\\u needs four hexadecimal digits or braces");
	end = translation->at;
	if (*value < 0xd800 || *value > 0xdbff || !regex_accept(translation, "\\u"))
		return true;
	if (regex_hex(translation, 4, &low) && low >= 0xdc00 && low <= 0xdfff)
		*value = 0x10000 + ((*value - 0xd800) << 10) + (low - 0xdc00);
	else
		translation->at = end;
	return true;
}

bool regex_ecma_character(struct regex_translation *translation, size_t start, uint32_t c, uint32_t *value)
{
	static const char letters[] = "tnvfr";
	static const char values[] = "\t\n\v\f\r";
	uint32_t next = regex_peek(translation);
	const char *found = c < 0x80 && c != 0 ? strchr(letters, (int)c) : NULL;

	*value = c;
	if (found != NULL) {
		*value = (uint32_t)values[found - letters];
		return true;
	}
	if (c == 'c') {
		if (!((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')))
			return regex_fail(translation, start, "\\c needs a letter");
		*value = regex_next(translation) & 31;
		return true;
	}
	if (c == 'x')
		return regex_hex(translation, 2, value) ||
		       regex_fail(translation, start, "\\x needs two hexadecimal digits");
	if (c == 'u')
		return read_unicode_escape(translation, start, value);
	if (c == '0' && !(next >= '0' && next <= '9')) {
		*value = 0;
		return true;
	}
	if (c > 0x20 && c < 0x7f && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z'))
		return true;
	if (c == REGEX_END)
		return regex_fail(translation, start, "a backslash stands at the end");
	return regex_fail(translation, start, "no such escape in ECMA-262");
}

static bool read_property(struct regex_translation *translation, size_t start, bool negated, struct strbuf *out)
{
	struct str name;

	if (!regex_accept(translation, "{") || !regex_name(translation, '}', &name))
		return regex_fail(translation, start, "\\p and \\P need a property in braces");
	return regex_append_property(out, name, negated) ||
	       regex_fail(translation, start, "ECMA-262 knows no Unicode property '%.*s'", STR_ARG(name));
}

bool regex_ecma_set(struct regex_class *class, size_t start, uint32_t c, bool *failed)
{
	switch (c) {
	case 'd':
	case 'D':
		regex_class_set(class, DIGITS, c == 'D');
		return true;
	case 'w':
	case 'W':
		regex_class_set(class, WORD, c == 'W');
		return true;
	case 's':
	case 'S':
		regex_class_set(class, SPACE, c == 'S');
		return true;
	case 'p':
	case 'P':
		*failed = !read_property(class->translation, start, c == 'P', &class->items);
		return true;
	default:
		return false;
	}
}

/* One member of a class: a code point, or a set, which is added at once. */
static bool read_member(struct regex_class *class, uint32_t *value, bool *is_set)
{
	struct regex_translation *translation = class->translation;
	size_t start = translation->at;
	bool failed = false;

	*is_set = false;
	*value = regex_next(translation);
	if (*value == REGEX_END)
		return regex_fail(translation, start, "a character class has no ']'");
	if (*value != '\\')
		return true;
	*value = regex_next(translation);
	*is_set = regex_ecma_set(class, start, *value, &failed);
	if (*is_set)
		return !failed;
	if (*value == 'b') {
		*value = '\b';
		return true;
	}
	return regex_ecma_character(translation, start, *value, value);
}

static bool read_range_end(struct regex_class *class, uint32_t low, bool low_is_set, size_t start)
{
	uint32_t high;
	bool high_is_set;

	if (!read_member(class, &high, &high_is_set))
		return false;
	if (low_is_set || high_is_set) {
		regex_class_range(class, '-', '-');
		if (!low_is_set)
			regex_class_range(class, low, low);
		if (!high_is_set)
			regex_class_range(class, high, high);
		return true;
	}
	if (low > high)
		return regex_fail(class->translation, start, "a class range is out of order");
	regex_class_range(class, low, high);
	return true;
}

bool regex_ecma_members(struct regex_class *class)
{
	struct regex_translation *translation = class->translation;

	while (!regex_accept(translation, "]")) {
		size_t start = translation->at;
		uint32_t low;
		bool is_set;
		bool is_range;

		if (!read_member(class, &low, &is_set))
			return false;
		is_range = regex_accept(translation, "-");
		if (is_range && regex_peek(translation) == ']') {
			translation->at--;
			is_range = false;
		}
		if (is_range) {
			if (!read_range_end(class, low, is_set, start))
				return false;
		} else if (!is_set) {
			regex_class_range(class, low, low);
		}
	}
	return true;
}
