/* The implicit types of YAML 1.1 as PyYAML's resolver has them: the first character chooses the candidates, a regular expression decides. The matchers
 * here are those expressions by hand. */
#include <string.h>

#include "base/ascii.h"
#include "yaml/construct.h"
#include "yaml/internal.h"
#include "yaml/timestamp.h"

/* How many characters from offset on are in set. */
static size_t run_of(struct str s, size_t offset, const char *set)
{
	size_t at = offset;

	while (at < s.len && s.ptr[at] != '\0' && strchr(set, s.ptr[at]))
		at++;
	return at - offset;
}

static bool has_char(struct str s, size_t offset, const char *set)
{
	return offset < s.len && s.ptr[offset] != '\0' && strchr(set, s.ptr[offset]);
}

static size_t after_sign(struct str s)
{
	return has_char(s, 0, "+-") ? 1 : 0;
}

/* s is not empty. */
static bool is_any_of(struct str s, const char *const *words)
{
	for (; *words; words++) {
		if ((*words)[0] == s.ptr[0] && str_is(s, *words))
			return true;
	}
	return false;
}

/* Behind one or more groups (:[0-5]?[0-9]); offset itself where there is none. */
static size_t after_sixties(struct str s, size_t offset)
{
	while (has_char(s, offset, ":")) {
		size_t digits = run_of(s, offset + 1, "0123456789");

		if (digits == 0 || digits > 2 || (digits == 2 && s.ptr[offset + 1] > '5'))
			break;
		offset += 1 + digits;
	}
	return offset;
}

/* Behind an exponent [eE][-+][0-9]+; offset itself where there is none. */
static size_t after_exponent(struct str s, size_t offset)
{
	size_t digits;

	if (!has_char(s, offset, "eE") || !has_char(s, offset + 1, "+-"))
		return offset;
	digits = run_of(s, offset + 2, "0123456789");
	return digits > 0 ? offset + 2 + digits : offset;
}

static bool is_float(struct str s)
{
	static const char *const infinities[] = {".inf", ".Inf", ".INF", NULL};
	static const char *const nans[] = {".nan", ".NaN", ".NAN", NULL};
	size_t at = after_sign(s), sixties, fraction_end;

	if (at < s.len && s.ptr[at] == '.' && (is_any_of(str_slice(s, at, s.len), infinities) || is_any_of(s, nans)))
		return true;
	if (has_char(s, 0, ".") && s.len > 1 && ascii_is_digit(s.ptr[1]))
		return after_exponent(s, 1 + run_of(s, 1, "0123456789_")) == s.len;
	if (at == s.len || !ascii_is_digit(s.ptr[at]))
		return false;
	at += run_of(s, at, "0123456789_");
	sixties = after_sixties(s, at);
	if (!has_char(s, sixties, "."))
		return false;
	fraction_end = sixties + 1 + run_of(s, sixties + 1, "0123456789_");
	return fraction_end == s.len || (sixties == at && after_exponent(s, fraction_end) == s.len);
}

static bool is_int(struct str s)
{
	size_t at = after_sign(s), digits;

	if (at == s.len || !ascii_is_digit(s.ptr[at]))
		return false;
	if (s.ptr[at] == '0') {
		if (at + 1 == s.len)
			return true;
		if (has_char(s, at + 1, "bx") && at + 2 < s.len) {
			digits = run_of(s, at + 2, s.ptr[at + 1] == 'b' ? "01_" : "0123456789abcdefABCDEF_");
			return at + 2 + digits == s.len;
		}
		return at + 1 + run_of(s, at + 1, "01234567_") == s.len;
	}
	return after_sixties(s, at + run_of(s, at, "0123456789_")) == s.len;
}

static bool is_bool(struct str s)
{
	static const char *const words[] = {"yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false",
		"False", "FALSE", "on", "On", "ON", "off", "Off", "OFF", NULL};

	return is_any_of(s, words);
}

static bool is_null(struct str s)
{
	static const char *const words[] = {"null", "Null", "NULL", NULL};

	return is_any_of(s, words);
}

/* The expression for implicit timestamps wants two digits each for month and day of a date without a time. */
static bool is_timestamp(struct str s)
{
	struct timestamp timestamp;

	return s.len >= 8 && timestamp_match(&timestamp, s) && (timestamp.has_time || s.len == 10);
}

/* What begins with a digit, a sign or a dot. */
static enum node_type type_of_number(struct str text)
{
	if (is_float(text))
		return TYPE_FLOAT;
	if (text.ptr[0] != '.' && is_int(text))
		return TYPE_INT;
	return ascii_is_digit(text.ptr[0]) && is_timestamp(text) ? TYPE_TIMESTAMP : TYPE_STR;
}

/* What begins with a letter of one of the words. */
static enum node_type type_of_word(struct str text)
{
	if (text.len > strlen("false"))
		return TYPE_STR;
	if (is_bool(text))
		return TYPE_BOOL;
	return is_null(text) ? TYPE_NULL : TYPE_STR;
}

/* By the first character, under which a type is looked for; a string has others. */
enum node_type yaml_implicit_type(struct str text)
{
	if (text.len == 0)
		return TYPE_NULL;
	if (text.len > 1 && text.ptr[text.len - 1] == '\n') /* as $ in Python */
		text.len--;
	switch (text.ptr[0]) {
	case '+':
	case '-':
	case '.':
		return type_of_number(text);
	case 'y':
	case 'Y':
	case 'n':
	case 'N':
	case 't':
	case 'T':
	case 'f':
	case 'F':
	case 'o':
	case 'O':
		return type_of_word(text);
	case '~':
		return text.len == 1 ? TYPE_NULL : TYPE_STR;
	case '<':
		return str_is(text, "<<") ? TYPE_MERGE : TYPE_STR;
	case '=':
		return text.len == 1 ? TYPE_VALUE : TYPE_STR;
	default:
		return ascii_is_digit(text.ptr[0]) ? type_of_number(text) : TYPE_STR;
	}
}

enum node_type resolve_tag(const char *tag)
{
	static const struct {
		const char *name;
		enum node_type type;
	} types[] = {
		{"null", TYPE_NULL},
		{"bool", TYPE_BOOL},
		{"int", TYPE_INT},
		{"float", TYPE_FLOAT},
		{"timestamp", TYPE_TIMESTAMP},
		{"str", TYPE_STR},
		{"binary", TYPE_BINARY},
		{"merge", TYPE_MERGE},
		{"value", TYPE_VALUE},
		{"seq", TYPE_SEQ},
		{"map", TYPE_MAP},
		{"set", TYPE_SET},
		{"omap", TYPE_OMAP},
		{"pairs", TYPE_PAIRS},
	};
	static const char prefix[] = "tag:yaml.org,2002:";

	if (strncmp(tag, prefix, sizeof(prefix) - 1) != 0)
		return TYPE_UNKNOWN;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(tag + sizeof(prefix) - 1, types[i].name) == 0)
			return types[i].type;
	}
	return TYPE_UNKNOWN;
}
