/* Scalars as Helm reads them: the resolver of go-yaml 2 (booleans of YAML 1.1, no base 60), then JSON, in which every number is a float. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/strbuf.h"
#include "helm/data_private.h"

/* Longer texts are no numbers that anyone writes. */
#define NUMBER_LENGTH_MAX 400

enum scalar_kind {
	SCALAR_STRING,
	SCALAR_NIL,
	SCALAR_BOOL,
	SCALAR_INT,
	SCALAR_FLOAT,
	SCALAR_UNREADABLE, /* Helm refuses the whole file */
};

struct scalar {
	enum scalar_kind kind;
	bool boolean;
	bool negative;     /* of an integer */
	uint64_t absolute; /* of an integer */
	double number;
};

/* The words that stand for themselves: of null, booleans, infinities and no number; by their length. */
#define WORD_LENGTH_MAX 5
static const struct word {
	const char *text;
	enum scalar_kind kind;
	bool boolean;
} words[WORD_LENGTH_MAX + 1][13] = {
	[0] = {{"", SCALAR_NIL, false}},
	[1] = {{"~", SCALAR_NIL, false}, {"y", SCALAR_BOOL, true}, {"Y", SCALAR_BOOL, true}, {"n", SCALAR_BOOL, false},
		{"N", SCALAR_BOOL, false}},
	[2] = {{"no", SCALAR_BOOL, false}, {"No", SCALAR_BOOL, false}, {"NO", SCALAR_BOOL, false},
		{"on", SCALAR_BOOL, true}, {"On", SCALAR_BOOL, true}, {"ON", SCALAR_BOOL, true}},
	[3] = {{"yes", SCALAR_BOOL, true}, {"Yes", SCALAR_BOOL, true}, {"YES", SCALAR_BOOL, true},
		{"off", SCALAR_BOOL, false}, {"Off", SCALAR_BOOL, false}, {"OFF", SCALAR_BOOL, false}},
	[4] = {{"true", SCALAR_BOOL, true}, {"True", SCALAR_BOOL, true}, {"TRUE", SCALAR_BOOL, true},
		{"null", SCALAR_NIL, false}, {"Null", SCALAR_NIL, false}, {"NULL", SCALAR_NIL, false},
		{".nan", SCALAR_UNREADABLE, false}, {".NaN", SCALAR_UNREADABLE, false},
		{".NAN", SCALAR_UNREADABLE, false}, {".inf", SCALAR_UNREADABLE, false},
		{".Inf", SCALAR_UNREADABLE, false}, {".INF", SCALAR_UNREADABLE, false}},
	[5] = {{"false", SCALAR_BOOL, false}, {"False", SCALAR_BOOL, false}, {"FALSE", SCALAR_BOOL, false},
		{"+.inf", SCALAR_UNREADABLE, false}, {"+.Inf", SCALAR_UNREADABLE, false},
		{"+.INF", SCALAR_UNREADABLE, false}, {"-.inf", SCALAR_UNREADABLE, false},
		{"-.Inf", SCALAR_UNREADABLE, false}, {"-.INF", SCALAR_UNREADABLE, false}},
};

static bool read_word(struct scalar *scalar, struct str text)
{
	if (text.len > WORD_LENGTH_MAX)
		return false;
	for (const struct word *word = words[text.len]; word->text; word++) {
		if (text.len > 0 && (*word->text != *text.ptr || memcmp(word->text, text.ptr, text.len) != 0))
			continue;
		scalar->kind = word->kind;
		scalar->boolean = word->boolean;
		return true;
	}
	return false;
}

/* The base that a prefix stands for, which is cut off: 0x, 0o, 0b, and 0 for octal numbers. */
static unsigned take_base(struct str *digits)
{
	char mark = digits->len > 1 ? (char)(digits->ptr[1] | 0x20) : '\0';
	unsigned base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;

	if (digits->len < 2 || digits->ptr[0] != '0')
		return 10;
	*digits = str_slice(*digits, base == 10 ? 1 : 2, digits->len);
	return base == 10 ? 8 : base;
}

/* An integer of 64 bits, signed or not, as strconv.ParseInt(text, 0, 64) and ParseUint read it. */
static bool read_integer(struct scalar *scalar, struct str text)
{
	struct str digits = text;
	bool has_sign = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+');
	uint64_t value = 0;
	unsigned base;

	if (has_sign)
		digits = str_slice(digits, 1, digits.len);
	base = take_base(&digits);
	if (digits.len == 0)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = str_hex_digit(digits.ptr[i]);

		if (digit < 0 || (unsigned)digit >= base || __builtin_mul_overflow(value, base, &value) ||
			__builtin_add_overflow(value, (uint64_t)digit, &value))
			return false;
	}
	scalar->negative = has_sign && text.ptr[0] == '-';
	if (has_sign && value > (uint64_t)INT64_MAX + (scalar->negative ? 1 : 0))
		return false;
	scalar->kind = SCALAR_INT;
	scalar->absolute = value;
	scalar->number = scalar->negative ? -(double)value : (double)value;
	if (value == 0)
		scalar->number = 0;
	return true;
}

static size_t skip_digits(struct str text, size_t at)
{
	while (at < text.len && ascii_is_digit(text.ptr[at]))
		at++;
	return at;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool is_float(struct str text)
{
	size_t start = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;
	size_t at = skip_digits(text, start), before;
	bool has_digits = at > start;

	if (at < text.len && text.ptr[at] == '.') {
		before = at + 1;
		at = skip_digits(text, before);
		if (!has_digits && at == before)
			return false;
		has_digits = true;
	}
	if (!has_digits)
		return false;
	if (at < text.len && (text.ptr[at] | 0x20) == 'e') {
		at++;
		if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'))
			at++;
		before = at;
		at = skip_digits(text, before);
		if (at == before)
			return false;
	}
	return at == text.len;
}

static bool read_float(struct scalar *scalar, struct str text)
{
	char copy[NUMBER_LENGTH_MAX + 1];

	if (!is_float(text))
		return false;
	memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	scalar->number = strtod(copy, NULL);
	scalar->kind = SCALAR_FLOAT;
	return isfinite(scalar->number);
}

static void read_number(struct scalar *scalar, struct str text)
{
	char clean[NUMBER_LENGTH_MAX];
	struct str number = {.ptr = clean, .len = 0};

	if (text.len > sizeof(clean))
		return;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_' || text.ptr[0] == '.')
			clean[number.len++] = text.ptr[i];
	}
	if (text.ptr[0] != '.' && read_integer(scalar, number))
		return;
	if (!read_float(scalar, number))
		scalar->kind = SCALAR_STRING;
}

/* What most text shows at once: it begins neither as a word nor as a number does. */
static bool is_string_at_sight(struct str text)
{
	switch (text.len > 0 ? text.ptr[0] | 0x20 : 'y') {
	case 'y':
	case 'n':
	case 't':
	case 'f':
	case 'o':
		return text.len > 5;
	default:
		return (text.ptr[0] >= '@' && text.ptr[0] < '~') || text.ptr[0] == '/';
	}
}

static struct scalar resolve(struct str text)
{
	struct scalar scalar = {.kind = SCALAR_STRING};

	if (is_string_at_sight(text) || read_word(&scalar, text))
		return scalar;
	if (ascii_is_digit(text.ptr[0]) || strchr("+-.", text.ptr[0]))
		read_number(&scalar, text);
	return scalar;
}

/* What an explicit tag makes of a scalar, as far as it is not in doubt. */
static struct scalar resolve_tagged(const struct node *node)
{
	static const enum scalar_kind kinds[] = {[TYPE_NULL] = SCALAR_NIL,
		[TYPE_BOOL] = SCALAR_BOOL,
		[TYPE_INT] = SCALAR_INT,
		[TYPE_FLOAT] = SCALAR_FLOAT};
	struct scalar scalar = {.kind = SCALAR_STRING};

	if (node->type == TYPE_STR)
		return scalar;
	scalar = resolve(node->scalar);
	if (node->type == TYPE_FLOAT && scalar.kind == SCALAR_INT)
		scalar.kind = SCALAR_FLOAT;
	if (node->type > TYPE_FLOAT || scalar.kind != kinds[node->type])
		scalar.kind = SCALAR_UNREADABLE;
	return scalar;
}

static struct scalar read_scalar(const struct node *node)
{
	if (!str_is_absent(node_tag(node)))
		return resolve_tagged(node);
	if (node->style != NODE_PLAIN)
		return (struct scalar){.kind = SCALAR_STRING};
	return resolve(node->scalar);
}

static const struct data *with_span(struct arena *arena, struct data data, struct span span)
{
	struct data *copy = arena_alloc(arena, sizeof(*copy));

	*copy = data;
	copy->span = span;
	return copy;
}

const struct data *data_of_scalar(struct arena *arena, const struct node *node, struct span span)
{
	struct scalar scalar = read_scalar(node);

	switch (scalar.kind) {
	case SCALAR_STRING:
		return data_string(arena, node->scalar, span);
	case SCALAR_NIL:
		return with_span(arena, (struct data){.kind = DATA_NIL}, span);
	case SCALAR_BOOL:
		return with_span(arena, (struct data){.kind = DATA_BOOL, .boolean = scalar.boolean}, span);
	case SCALAR_INT:
	case SCALAR_FLOAT:
		return with_span(arena, (struct data){.kind = DATA_FLOAT, .number = scalar.number}, span);
	case SCALAR_UNREADABLE:
		break;
	}
	return data_unknown(arena, STR(""), span);
}

struct str data_key_of_node(struct arena *arena, const struct node *key)
{
	struct scalar scalar;

	key = node_resolve(key);
	if (!key || key->kind != NODE_SCALAR)
		return STR_ABSENT;
	if (str_is_absent(node_tag(key)) && (key->style != NODE_PLAIN || is_string_at_sight(key->scalar)))
		return key->scalar;
	scalar = read_scalar(key);
	switch (scalar.kind) {
	case SCALAR_STRING:
		return key->scalar;
	case SCALAR_BOOL:
		return scalar.boolean ? STR("true") : STR("false");
	case SCALAR_INT:
		return arena_printf(arena, "%s%llu", scalar.negative && scalar.absolute > 0 ? "-" : "",
			(unsigned long long)scalar.absolute);
	case SCALAR_FLOAT:
		return data_float_text(arena, scalar.number, 32);
	case SCALAR_NIL:
	case SCALAR_UNREADABLE:
		break;
	}
	return STR_ABSENT;
}

bool data_key_is_text(const struct node *key)
{
	key = node_resolve(key);
	return key && key->kind == NODE_SCALAR && read_scalar(key).kind == SCALAR_STRING;
}

/* The shortest digits (their count is the result) that read back as the same value, and the power of ten of the first. */
static size_t shortest_digits(char *digits, int *exponent, double value, unsigned bits)
{
	char text[64];
	size_t count = 0;

	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, value);
		if (bits == 32 ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value)
			break;
	}
	for (const char *at = text; *at != '\0' && *at != 'e'; at++) {
		if (ascii_is_digit(*at))
			digits[count++] = *at;
	}
	*exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
	while (count > 1 && digits[count - 1] == '0')
		count--;
	return count;
}

struct str data_float_text(struct arena *arena, double value, unsigned bits)
{
	struct strbuf text = STRBUF_INIT;
	struct str result;
	char digits[32] = "";
	int exponent;
	size_t count;

	if (!isfinite(value))
		return isnan(value) ? STR("NaN") : value > 0 ? STR("+Inf") : STR("-Inf");
	count = shortest_digits(digits, &exponent, fabs(value), bits);
	if (signbit(value))
		strbuf_append_char(&text, '-');
	/* strconv, for %g with the shortest precision, has an exponent where it is below -4, or 6 and more */
	if (exponent < -4 || exponent >= 6) {
		strbuf_append_char(&text, digits[0]);
		if (count > 1)
			strbuf_append_char(&text, '.');
		strbuf_append_bytes(&text, digits + 1, count - 1);
		strbuf_printf(&text, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
	} else if (exponent < 0) {
		strbuf_append_c(&text, "0.");
		strbuf_append_repeat(&text, '0', (size_t)(-exponent - 1));
		strbuf_append_bytes(&text, digits, count);
	} else {
		for (size_t i = 0; i < count || i <= (size_t)exponent; i++) {
			if (i == (size_t)exponent + 1)
				strbuf_append_char(&text, '.');
			strbuf_append_char(&text, i < count ? digits[i] : '0');
		}
	}
	result = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return result;
}
