/* Escapes and character classes of Python's re. */
#include "base/regex_python.h"

/* The sets of str.isspace(), str.isdecimal() and str.isalnum(), and those of the ASCII flag. */
struct sets {
	const char *digits, *space, *word;
};

static const struct sets unicode_sets = {
	"\\p{Nd}",
	"\\x{9}-\\x{d}\\x{1c}-\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{"
	"3000}",
	"\\p{L}\\p{N}_",
};
static const struct sets ascii_sets = {"0-9", "\\x{9}-\\x{d}\\x{20}", "A-Za-z0-9_"};

static const struct sets *sets_of(bool ascii)
{
	return ascii ? &ascii_sets : &unicode_sets;
}

bool regex_python_set(struct regex_class *class, bool ascii, uint32_t c)
{
	const struct sets *sets = sets_of(ascii);

	if (c == 'd' || c == 'D')
		regex_class_set(class, sets->digits, c == 'D');
	else if (c == 's' || c == 'S')
		regex_class_set(class, sets->space, c == 'S');
	else if (c == 'w' || c == 'W')
		regex_class_set(class, sets->word, c == 'W');
	else
		return false;
	return true;
}

static bool is_ascii_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

uint32_t regex_python_octal(struct regex_translation *translation, uint32_t value, unsigned digits)
{
	for (uint32_t c = regex_peek(translation); digits-- > 0 && c >= '0' && c <= '7'; c = regex_peek(translation)) {
		value = value * 8 + (c - '0');
		regex_next(translation);
	}
	return value;
}

static bool read_hex_escape(struct regex_translation *translation, size_t start, uint32_t c, uint32_t *value)
{
	unsigned digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;

	if (!regex_hex(translation, digits, value) || *value > 0x10ffff)
		return regex_fail(translation, start, "\\%c needs %u hexadecimal digits", (char)c, digits);
	return true;
}

bool regex_python_character(struct regex_translation *translation, size_t start, uint32_t c, uint32_t *value)
{
	static const char letters[] = "afnrtv";
	static const char values[] = "\a\f\n\r\t\v";
	const char *found = c < 0x80 && c != 0 ? strchr(letters, (int)c) : NULL;

	*value = c;
	if (found != NULL)
		*value = (uint32_t)values[found - letters];
	else if (c == 'x' || c == 'u' || c == 'U')
		return read_hex_escape(translation, start, c, value);
	else if (c == REGEX_END)
		return regex_fail(translation, start, "a backslash stands at the end");
	else if (is_ascii_letter(c))
		return regex_fail(translation, start, "\\%c is not supported", (char)c);
	return true;
}

static bool read_member(struct regex_class *class, bool ascii, uint32_t *value, bool *is_set)
{
	struct regex_translation *translation = class->translation;
	size_t start = translation->at;
	uint32_t c = regex_next(translation);

	*value = c;
	*is_set = false;
	if (c == REGEX_END)
		return regex_fail(translation, start, "a character class has no ']'");
	if (c != '\\')
		return true;
	c = regex_next(translation);
	*is_set = regex_python_set(class, ascii, c);
	if (*is_set)
		return true;
	if (c == 'b') {
		*value = '\b';
		return true;
	}
	if (c >= '0' && c <= '7') {
		*value = regex_python_octal(translation, c - '0', 2);
		return *value <= 0377 || regex_fail(translation, start, "an octal escape is above \\377");
	}
	if (c == '8' || c == '9')
		return regex_fail(translation, start, "\\%c is no escape in a class", (char)c);
	return regex_python_character(translation, start, c, value);
}

static bool read_class_item(struct regex_class *class, bool ascii)
{
	struct regex_translation *translation = class->translation;
	size_t start = translation->at;
	uint32_t low;
	uint32_t high;
	bool low_is_set;
	bool high_is_set;

	if (!read_member(class, ascii, &low, &low_is_set))
		return false;
	high = low;
	if (regex_accept(translation, "-")) {
		if (regex_peek(translation) == ']') {
			translation->at--;
		} else {
			if (!read_member(class, ascii, &high, &high_is_set))
				return false;
			if (low_is_set || high_is_set || low > high)
				return regex_fail(
					translation, start, "a class range is out of order or has a set as its end,");
		}
	}
	if (!low_is_set)
		regex_class_range(class, low, high);
	return true;
}

bool regex_python_members(struct regex_class *class, bool ascii)
{
	bool done = true;

	for (bool first = true; done && (first || !regex_accept(class->translation, "]")); first = false)
		done = read_class_item(class, ascii);
	return done;
}

const char *regex_python_word(bool ascii)
{
	return sets_of(ascii)->word;
}
