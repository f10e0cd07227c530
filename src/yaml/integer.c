#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "base/xalloc.h"
#include "yaml/construct.h"
#include "yaml/decimal.h"
#include "yaml/number.h"

/* What construct_yaml_int makes of text: its sign, the base, and what is left for int(). Base 60 stands for a list separated by colons. */
struct int_form {
	struct strbuf clean;
	struct str rest;
	unsigned base;
	bool negative;
};

static bool int_form_init(struct int_form *form, struct str text)
{
	struct str rest;

	*form = (struct int_form){.clean = STRBUF_INIT, .base = 10};
	number_append_clean(&form->clean, text);
	rest = strbuf_str(&form->clean);
	number_take_sign(&rest, &form->negative);
	if (str_starts_with(rest, STR("0b")) || str_starts_with(rest, STR("0x"))) {
		form->base = rest.ptr[1] == 'b' ? 2 : 16;
		rest = str_slice(rest, 2, rest.len);
	} else if (rest.len > 0 && rest.ptr[0] == '0') {
		form->base = 8;
	} else if (str_find(rest, ':') < rest.len) {
		form->base = 60;
	}
	form->rest = rest;
	return rest.len > 0;
}

bool number_is_int(struct str text)
{
	struct strbuf digits = STRBUF_INIT;
	struct int_form form;
	bool valid = int_form_init(&form, text), negative;

	if (form.base != 60) {
		valid = valid && number_read_int(&digits, &negative, form.rest, form.base);
	} else {
		while (valid && !str_is_absent(form.rest)) {
			valid = number_read_int(&digits, &negative, str_cut(&form.rest, ':'), 10);
			strbuf_clear(&digits);
		}
	}
	strbuf_release(&digits);
	strbuf_release(&form.clean);
	return valid;
}

/* Digits in groups that fit a limb: of the first group, what is left over. */
static void from_power_of_two(struct decimal *out, struct str digits, unsigned base)
{
	size_t group = base == 16 ? 7 : base == 8 ? 9 : 29;
	size_t count = (digits.len + group - 1) / group, at = 0;
	struct decimal *limbs = xcalloc(count, sizeof(*limbs));
	uint32_t radix = 1;

	for (size_t i = 0; i < group; i++)
		radix *= base;
	for (size_t i = 0; i < count; i++) {
		size_t end = digits.len - (count - 1 - i) * group;
		uint32_t value = 0;

		for (; at < end; at++)
			value = value * base + (uint32_t)str_hex_digit(digits.ptr[at]);
		decimal_init(&limbs[i], value);
	}
	decimal_from_digits(out, limbs, count, radix);
	for (size_t i = 0; i < count; i++)
		decimal_release(&limbs[i]);
	free(limbs);
}

static bool from_sixties(struct decimal *out, struct str parts)
{
	struct vec values = VEC_INIT(struct decimal);
	struct strbuf digits = STRBUF_INIT;
	bool valid = true, negative;

	while (valid && !str_is_absent(parts)) {
		strbuf_clear(&digits);
		valid = number_read_int(&digits, &negative, str_cut(&parts, ':'), 10);
		if (valid)
			decimal_init_digits(vec_push(&values), strbuf_str(&digits), negative);
	}
	if (valid)
		decimal_from_digits(out, values.items, values.len, 60);
	for (size_t i = 0; i < values.len; i++)
		decimal_release(vec_at(&values, i));
	vec_release(&values);
	strbuf_release(&digits);
	return valid;
}

static bool from_text(struct decimal *out, struct str text, unsigned base)
{
	struct strbuf digits = STRBUF_INIT;
	bool negative, valid;

	if (base == 60)
		return from_sixties(out, text);
	valid = number_read_int(&digits, &negative, text, base);
	if (valid && base == 10)
		decimal_init_digits(out, strbuf_str(&digits), negative);
	else if (valid)
		from_power_of_two(out, strbuf_str(&digits), base);
	if (valid && negative)
		out->negative = true;
	strbuf_release(&digits);
	return valid;
}

bool yaml_construct_int(struct strbuf *out, struct str text)
{
	struct decimal value;
	struct int_form form;
	bool valid = int_form_init(&form, text) && from_text(&value, form.rest, form.base);

	if (valid) {
		value.negative = value.negative != form.negative;
		decimal_format(out, &value);
		decimal_release(&value);
	}
	strbuf_release(&form.clean);
	return valid;
}

bool number_is_zero(struct str text)
{
	struct strbuf digits = STRBUF_INIT;
	struct int_form form;
	bool zero = int_form_init(&form, text), negative;

	if (form.base == 60)
		zero = text.len <= NUMBER_DECIMAL_DIGITS_MAX && yaml_construct_int(&digits, text) &&
		       str_is(strbuf_str(&digits), "0");
	else
		zero = zero && number_read_int(&digits, &negative, form.rest, form.base) &&
		       strspn(digits.ptr, "0") == digits.len;
	strbuf_release(&digits);
	strbuf_release(&form.clean);
	return zero;
}
