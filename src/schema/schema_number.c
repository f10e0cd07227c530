#include "schema/schema_number.h"

#include <stdlib.h>

#include "base/xalloc.h"

#define EXPONENT_MAX ((int64_t)100000000000000000)

/* Digit steps of one division: well below a second. */
#define DIVISION_MAX ((uint64_t)1 << 26)

static struct str take_digits(struct str text, size_t *at)
{
	size_t start = *at;

	while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9')
		++*at;
	return str_slice(text, start, *at - start);
}

static bool take_sign(struct str text, size_t *at)
{
	bool negative = *at < text.len && text.ptr[*at] == '-';

	if (*at < text.len && (text.ptr[*at] == '-' || text.ptr[*at] == '+'))
		++*at;
	return negative;
}

static bool take_exponent(struct str text, size_t *at, int64_t *exponent)
{
	bool negative;
	struct str digits;

	*exponent = 0;
	if (*at == text.len || (text.ptr[*at] != 'e' && text.ptr[*at] != 'E'))
		return true;
	++*at;
	negative = take_sign(text, at);
	digits = take_digits(text, at);
	for (size_t i = 0; i < digits.len; i++)
		if (*exponent < EXPONENT_MAX)
			*exponent = *exponent * 10 + (digits.ptr[i] - '0');
	if (*exponent > EXPONENT_MAX)
		*exponent = EXPONENT_MAX;
	if (negative)
		*exponent = -*exponent;
	return digits.len > 0;
}

static unsigned digit_at(const struct decimal *decimal, size_t index)
{
	index += decimal->first;
	if (index < decimal->whole.len)
		return (unsigned)(decimal->whole.ptr[index] - '0');
	return (unsigned)(decimal->fraction.ptr[index - decimal->whole.len] - '0');
}

bool decimal_parse(struct decimal *decimal, struct str text)
{
	size_t at = 0;
	int64_t exponent;
	size_t end;

	*decimal = (struct decimal){.text = text, .negative = take_sign(text, &at)};
	decimal->whole = take_digits(text, &at);
	decimal->fraction = STR("");
	if (at < text.len && text.ptr[at] == '.') {
		at++;
		decimal->fraction = take_digits(text, &at);
	}
	end = decimal->whole.len + decimal->fraction.len;
	if (end == 0 || !take_exponent(text, &at, &exponent) || at != text.len)
		return false;
	while (decimal->first < end && digit_at(decimal, 0) == 0)
		decimal->first++;
	decimal->count = end - decimal->first;
	decimal->exponent = exponent - (int64_t)decimal->fraction.len;
	while (decimal->count > 0 && digit_at(decimal, decimal->count - 1) == 0) {
		decimal->count--;
		decimal->exponent++;
	}
	if (decimal->count == 0) {
		decimal->negative = false;
		decimal->exponent = 0;
	}
	return true;
}

static int compare_magnitude(const struct decimal *a, const struct decimal *b)
{
	int64_t a_top = a->exponent + (int64_t)a->count;
	int64_t b_top = b->exponent + (int64_t)b->count;

	if (a->count == 0 || b->count == 0)
		return (a->count > 0) - (b->count > 0);
	if (a_top != b_top)
		return a_top < b_top ? -1 : 1;
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (digit_at(a, i) != digit_at(b, i))
			return digit_at(a, i) < digit_at(b, i) ? -1 : 1;
	return (a->count > b->count) - (a->count < b->count);
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

bool decimal_is_integer(const struct decimal *decimal)
{
	return decimal->exponent >= 0;
}

uint64_t decimal_hash(const struct decimal *decimal)
{
	uint64_t hash = 14695981039346656037u ^ (uint64_t)decimal->exponent ^ (uint64_t)decimal->negative << 63;

	for (size_t i = 0; i < decimal->count; i++)
		hash = (hash ^ digit_at(decimal, i)) * 1099511628211u;
	return hash;
}

bool decimal_to_count(const struct decimal *decimal, uint64_t *count)
{
	if (decimal->negative || !decimal_is_integer(decimal))
		return false;
	*count = 0;
	if (decimal->count > 0 && decimal->exponent + (int64_t)decimal->count > 19) {
		*count = UINT64_MAX;
		return true;
	}
	for (size_t i = 0; i < decimal->count; i++)
		*count = *count * 10 + digit_at(decimal, i);
	for (int64_t i = 0; i < decimal->exponent; i++)
		*count *= 10;
	return true;
}

/* A natural number in limbs of nine digits, the lowest first. */
#define LIMB 1000000000u

static size_t to_limbs(uint32_t *limbs, const struct decimal *decimal, size_t zeros)
{
	size_t digits = decimal->count + zeros;
	size_t count = (digits + 8) / 9;

	for (size_t i = 0; i < digits; i++) {
		size_t place = digits - 1 - i;
		unsigned digit = i < decimal->count ? digit_at(decimal, i) : 0;

		limbs[place / 9] = limbs[place / 9] * 10 + digit;
	}
	return count;
}

/* remainder = remainder * 10 + digit; one limb more than the divisor has. */
static void push_digit(uint32_t *remainder, size_t count, unsigned digit)
{
	uint64_t carry = digit;

	for (size_t i = 0; i < count; i++) {
		carry += (uint64_t)remainder[i] * 10;
		remainder[i] = (uint32_t)(carry % LIMB);
		carry /= LIMB;
	}
}

static bool is_at_least(const uint32_t *remainder, const uint32_t *divisor, size_t count)
{
	for (size_t i = count; i-- > 0;)
		if (remainder[i] != divisor[i])
			return remainder[i] > divisor[i];
	return true;
}

static void subtract(uint32_t *remainder, const uint32_t *divisor, size_t count)
{
	uint32_t borrow = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t take = divisor[i] + borrow;

		borrow = remainder[i] < take;
		remainder[i] = remainder[i] + (borrow ? LIMB : 0) - take;
	}
}

static bool divides(const struct decimal *value, size_t zeros, const struct decimal *divisor)
{
	size_t count = (divisor->count + 8) / 9 + 1;
	uint32_t *limbs = xcalloc(count, sizeof(*limbs));
	uint32_t *remainder = xcalloc(count, sizeof(*remainder));
	bool zero = true;

	to_limbs(limbs, divisor, 0);
	for (size_t i = 0; i < value->count + zeros; i++) {
		push_digit(remainder, count, i < value->count ? digit_at(value, i) : 0);
		while (is_at_least(remainder, limbs, count))
			subtract(remainder, limbs, count);
	}
	for (size_t i = 0; i < count; i++)
		zero = zero && remainder[i] == 0;
	free(limbs);
	free(remainder);
	return zero;
}

enum decimal_divisibility decimal_divide(const struct decimal *value, const struct decimal *divisor)
{
	size_t zeros;

	if (value->count == 0)
		return DECIMAL_MULTIPLE;
	/* The digits end in no zero: a divisor of a higher power of ten cannot divide them. */
	if (value->exponent < divisor->exponent)
		return DECIMAL_NO_MULTIPLE;
	/* Further zeros bring in twos and fives only, of which the divisor has fewer than four a digit. */
	zeros = 4 * divisor->count;
	if ((uint64_t)(value->exponent - divisor->exponent) < zeros)
		zeros = (size_t)(value->exponent - divisor->exponent);
	if ((uint64_t)(value->count + zeros) * (divisor->count / 9 + 2) > DIVISION_MAX)
		return DECIMAL_TOO_LONG;
	return divides(value, zeros, divisor) ? DECIMAL_MULTIPLE : DECIMAL_NO_MULTIPLE;
}
