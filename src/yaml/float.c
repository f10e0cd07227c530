#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "yaml/construct.h"
#include "yaml/decimal.h"
#include "yaml/number.h"

/* 60 to this power is the last that a double holds. */
#define SIXTIES_POWER_MAX 173

/* repr() writes numbers outside of these powers of ten with an exponent. */
#define FIXED_EXPONENT_MIN (-4)
#define FIXED_EXPONENT_MAX 15

/* Digits that always suffice for a double. */
#define DOUBLE_DIGITS 17

/* strtod() for a decimal number in any locale of the host. */
static double read_double(const char *text)
{
	locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	double value = strtod_l(text, NULL, c_locale);

	freelocale(c_locale);
	return value;
}

static size_t count_digits(struct str text, size_t offset)
{
	size_t at = offset;

	while (at < text.len && ascii_is_digit(text.ptr[at]))
		at++;
	return at - offset;
}

/* Digits with or without a point and an exponent, up to the end. */
static bool is_decimal(struct str text)
{
	size_t digits = count_digits(text, 0), at = digits, more;

	if (at < text.len && text.ptr[at] == '.') {
		more = count_digits(text, at + 1);
		at += 1 + more;
		digits += more;
	}
	if (digits == 0 || at == text.len)
		return digits > 0;
	if ((text.ptr[at] | 0x20) != 'e')
		return false;
	at++;
	if (at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-'))
		at++;
	more = count_digits(text, at);
	return more > 0 && at + more == text.len;
}

static bool is_word(struct str text, const char *word)
{
	size_t i = 0;

	while (i < text.len && word[i] != '\0' && (text.ptr[i] | 0x20) == word[i])
		i++;
	return i == text.len && word[i] == '\0';
}

/* Python's float(text). */
static bool read_float(double *value, struct str text)
{
	struct strbuf ascii = STRBUF_INIT;
	bool valid = true, negative = false;
	struct str rest;

	number_append_ascii(&ascii, text);
	rest = number_trim(strbuf_str(&ascii));
	ascii.ptr[rest.ptr - ascii.ptr + (ptrdiff_t)rest.len] = '\0';
	number_take_sign(&rest, &negative);
	if (is_word(rest, "inf") || is_word(rest, "infinity"))
		*value = INFINITY;
	else if (is_word(rest, "nan"))
		*value = NAN;
	else if (is_decimal(rest))
		*value = read_double(rest.ptr);
	else
		valid = false;
	if (valid && negative)
		*value = -*value;
	strbuf_release(&ascii);
	return valid;
}

/* Rounded once, as Python rounds an integer. */
static double to_double(const struct decimal *decimal)
{
	struct strbuf text = STRBUF_INIT;
	double value;

	decimal_format(&text, decimal);
	value = read_double(text.ptr);
	strbuf_release(&text);
	return value;
}

static void multiply_by_sixty(struct decimal *power)
{
	struct decimal sixty, product;

	decimal_init(&sixty, 60);
	decimal_multiply(&product, power, &sixty);
	decimal_release(&sixty);
	decimal_release(power);
	*power = product;
}

/* The sum in the order in which Python adds: from the last part on. */
static bool read_sixties(double *value, struct str text)
{
	struct decimal power;
	bool valid = true;
	double sum = 0;

	decimal_init(&power, 1);
	for (size_t exponent = 0; valid && !str_is_absent(text); exponent++) {
		size_t colon = str_find_last(text, ':');
		double part;

		valid = exponent <= SIXTIES_POWER_MAX &&
			read_float(&part, colon < text.len ? str_slice(text, colon + 1, text.len) : text);
		if (valid && value) {
			sum += part * to_double(&power);
			multiply_by_sixty(&power);
		}
		text = colon < text.len ? str_slice(text, 0, colon) : STR_ABSENT;
	}
	decimal_release(&power);
	if (value)
		*value = sum;
	return valid;
}

bool number_float(double *value, struct str text)
{
	struct strbuf clean = STRBUF_INIT;
	bool valid = true, negative = false;
	double magnitude = 0;
	struct str rest;

	number_append_clean(&clean, text);
	rest = strbuf_str(&clean);
	number_take_sign(&rest, &negative);
	if (rest.len == 0 && clean.len == 0)
		valid = false;
	else if (is_word(rest, ".inf"))
		magnitude = INFINITY;
	else if (is_word(rest, ".nan"))
		magnitude = NAN;
	else if (str_find(rest, ':') < rest.len)
		valid = read_sixties(value ? &magnitude : NULL, rest);
	else
		valid = read_float(&magnitude, rest);
	if (valid && value)
		*value = negative ? -magnitude : magnitude;
	strbuf_release(&clean);
	return valid;
}

/* The digits of value in so many places behind the first, and the power of ten of the first. */
static int round_digits(struct strbuf *digits, double value, int places)
{
	char text[DOUBLE_DIGITS + 32];
	const char *c = text;

	snprintf(text, sizeof(text), "%.*e", places, value);
	strbuf_clear(digits);
	for (; *c != 'e'; c++) {
		if (ascii_is_digit(*c)) /* the point depends on the locale */
			strbuf_append_char(digits, *c);
	}
	return (int)strtol(c + 1, NULL, 10);
}

/* The shortest digits that read back as value, and the power of ten of the first. */
static int shortest_digits(struct strbuf *digits, double value)
{
	struct strbuf text = STRBUF_INIT;
	int places = 0, exponent;

	do {
		exponent = round_digits(digits, value, places);
		strbuf_clear(&text);
		strbuf_printf(&text, "%c.%se%d", digits->ptr[0], digits->ptr + 1, exponent);
	} while (read_double(text.ptr) != value && ++places < DOUBLE_DIGITS);
	strbuf_release(&text);
	return exponent;
}

static void append_fixed(struct strbuf *out, struct str digits, int exponent)
{
	size_t whole = exponent < 0 ? 0 : (size_t)exponent + 1;

	if (whole == 0) {
		strbuf_append_c(out, "0.");
		strbuf_append_repeat(out, '0', (size_t)(-exponent - 1));
		strbuf_append(out, digits);
	} else if (digits.len <= whole) {
		strbuf_append(out, digits);
		strbuf_append_repeat(out, '0', whole - digits.len);
		strbuf_append_c(out, ".0");
	} else {
		strbuf_append(out, str_slice(digits, 0, whole));
		strbuf_append_char(out, '.');
		strbuf_append(out, str_slice(digits, whole, digits.len));
	}
}

void number_format_float(struct strbuf *out, double value)
{
	struct strbuf digits = STRBUF_INIT;
	int exponent;

	if (isnan(value)) {
		strbuf_append_c(out, "nan");
		return;
	}
	if (signbit(value))
		strbuf_append_char(out, '-');
	value = fabs(value);
	if (isinf(value)) {
		strbuf_append_c(out, "inf");
		return;
	}
	exponent = shortest_digits(&digits, value);
	if (exponent >= FIXED_EXPONENT_MIN && exponent <= FIXED_EXPONENT_MAX) {
		append_fixed(out, strbuf_str(&digits), exponent);
	} else {
		strbuf_append_char(out, digits.ptr[0]);
		if (digits.len > 1)
			strbuf_printf(out, ".%s", digits.ptr + 1);
		strbuf_printf(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
	}
	strbuf_release(&digits);
}

bool yaml_construct_float(struct strbuf *out, struct str text)
{
	double value;

	if (!number_float(&value, text))
		return false;
	number_format_float(out, value);
	return true;
}
