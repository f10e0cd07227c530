#include "yaml/decimal.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* From this many limbs on, Karatsuba's method pays. */
#define KARATSUBA_MIN 64

/* Products of limbs that can be added to a carry before the sum must be reduced. */
#define SUMMANDS_MAX 16

#define SIZE_BITS    (8 * sizeof(size_t))

static size_t significant(const uint32_t *limbs, size_t len)
{
	while (len > 0 && limbs[len - 1] == 0)
		len--;
	return len;
}

void decimal_init(struct decimal *decimal, uint32_t value)
{
	*decimal = (struct decimal){.limbs = xcalloc(1, sizeof(uint32_t)), .len = value != 0};
	decimal->limbs[0] = value;
}

void decimal_init_digits(struct decimal *decimal, struct str digits, bool negative)
{
	size_t limbs = digits.len / DECIMAL_DIGITS + 1;

	*decimal = (struct decimal){.limbs = xcalloc(limbs, sizeof(uint32_t)), .negative = negative};
	for (size_t i = 0; i < digits.len; i++) {
		uint32_t *limb = &decimal->limbs[(digits.len - 1 - i) / DECIMAL_DIGITS];

		*limb = *limb * 10 + (uint32_t)(digits.ptr[i] - '0');
	}
	decimal->len = significant(decimal->limbs, limbs);
}

void decimal_release(struct decimal *decimal)
{
	free(decimal->limbs);
	*decimal = (struct decimal){.limbs = NULL, .len = 0, .negative = false};
}

/* to += from, where the sum fits into len limbs of to. */
static void add_into(uint32_t *to, size_t len, const uint32_t *from, size_t from_len)
{
	uint32_t carry = 0;

	for (size_t i = 0; i < len && (i < from_len || carry); i++) {
		uint32_t sum = to[i] + (i < from_len ? from[i] : 0) + carry;

		carry = sum >= DECIMAL_BASE;
		to[i] = carry ? sum - DECIMAL_BASE : sum;
	}
}

/* from -= what, where from is not less. */
static void subtract_from(uint32_t *from, size_t len, const uint32_t *what, size_t what_len)
{
	uint32_t borrow = 0;

	for (size_t i = 0; i < len && (i < what_len || borrow); i++) {
		uint32_t take = (i < what_len ? what[i] : 0) + borrow;

		borrow = from[i] < take;
		from[i] = borrow ? from[i] + DECIMAL_BASE - take : from[i] - take;
	}
}

/* Limb by limb of the product, so that there are few divisions. */
static void multiply_simply(uint32_t *out, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
	uint64_t carry = 0;

	for (size_t k = 0; k < a_len + b_len; k++) {
		size_t start = k < b_len ? 0 : k - b_len + 1, end = k < a_len ? k + 1 : a_len;
		uint64_t sum = carry;

		carry = 0;
		while (start < end) {
			size_t stop = end - start > SUMMANDS_MAX ? start + SUMMANDS_MAX : end;

			for (; start < stop; start++)
				sum += (uint64_t)a[start] * b[k - start];
			carry += sum / DECIMAL_BASE;
			sum %= DECIMAL_BASE;
		}
		out[k] = (uint32_t)(sum % DECIMAL_BASE);
		carry += sum / DECIMAL_BASE;
	}
}

static void multiply(uint32_t *out, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len);

/* Both of the same length: three products of half the length instead of four. */
static void multiply_halves(uint32_t *out, const uint32_t *a, const uint32_t *b, size_t len)
{
	size_t low = (len + 1) / 2, high = len - low, sum = low + 1;
	uint32_t *sums = xcalloc(4 * sum, sizeof(*sums));
	uint32_t *middle = sums + 2 * sum;

	multiply(out, a, low, b, low);
	multiply(out + 2 * low, a + low, high, b + low, high);
	memcpy(sums, a, low * sizeof(*a));
	add_into(sums, sum, a + low, high);
	memcpy(sums + sum, b, low * sizeof(*b));
	add_into(sums + sum, sum, b + low, high);
	multiply(middle, sums, sum, sums + sum, sum);
	subtract_from(middle, 2 * sum, out, 2 * low);
	subtract_from(middle, 2 * sum, out + 2 * low, 2 * high);
	add_into(out + low, 2 * len - low, middle, significant(middle, 2 * sum));
	free(sums);
}

/* The longer one in pieces of the length of the shorter. */
static void multiply_pieces(uint32_t *out, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
	uint32_t *piece = xcalloc(2 * b_len, sizeof(*piece));

	memset(out, 0, (a_len + b_len) * sizeof(*out));
	for (size_t i = 0; i < a_len; i += b_len) {
		size_t len = a_len - i < b_len ? a_len - i : b_len;

		multiply(piece, b, b_len, a + i, len);
		add_into(out + i, a_len + b_len - i, piece, b_len + len);
	}
	free(piece);
}

/* a_len + b_len limbs into out. */
static void multiply(uint32_t *out, const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
	if (a_len < b_len)
		multiply(out, b, b_len, a, a_len);
	else if (b_len < KARATSUBA_MIN)
		multiply_simply(out, a, a_len, b, b_len);
	else if (a_len == b_len)
		multiply_halves(out, a, b, a_len);
	else
		multiply_pieces(out, a, a_len, b, b_len);
}

void decimal_multiply(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
	size_t len = a->len + b->len;

	*out = (struct decimal){.limbs = xcalloc(len + 1, sizeof(uint32_t)), .negative = a->negative != b->negative};
	if (a->len > 0 && b->len > 0)
		multiply(out->limbs, a->limbs, a->len, b->limbs, b->len);
	out->len = significant(out->limbs, len);
}

static bool is_less(const struct decimal *a, const struct decimal *b)
{
	if (a->len != b->len)
		return a->len < b->len;
	for (size_t i = a->len; i > 0; i--) {
		if (a->limbs[i - 1] != b->limbs[i - 1])
			return a->limbs[i - 1] < b->limbs[i - 1];
	}
	return false;
}

void decimal_add(struct decimal *out, const struct decimal *a, const struct decimal *b)
{
	const struct decimal *larger = is_less(a, b) ? b : a, *smaller = larger == a ? b : a;
	size_t len = larger->len + 1;

	*out = (struct decimal){.limbs = xcalloc(len, sizeof(uint32_t)), .negative = larger->negative};
	memcpy(out->limbs, larger->limbs, larger->len * sizeof(uint32_t));
	if (a->negative == b->negative)
		add_into(out->limbs, len, smaller->limbs, smaller->len);
	else
		subtract_from(out->limbs, len, smaller->limbs, smaller->len);
	out->len = significant(out->limbs, len);
}

/* Splits the digits so that the lower part has 2^level of them, whose weight is powers[level]. */
static void combine(struct decimal *out, const struct decimal *digits, size_t count, const struct decimal *powers)
{
	struct decimal upper, lower, product;
	size_t level = 0;

	if (count == 1) {
		decimal_init(&upper, 0);
		decimal_add(out, &digits[0], &upper);
		decimal_release(&upper);
		return;
	}
	while (((size_t)2 << level) < count)
		level++;
	combine(&upper, digits, count - ((size_t)1 << level), powers);
	combine(&lower, digits + (count - ((size_t)1 << level)), (size_t)1 << level, powers);
	decimal_multiply(&product, &upper, &powers[level]);
	decimal_add(out, &product, &lower);
	decimal_release(&product);
	decimal_release(&lower);
	decimal_release(&upper);
}

void decimal_from_digits(struct decimal *out, const struct decimal *digits, size_t count, uint32_t radix)
{
	struct decimal powers[SIZE_BITS];
	size_t levels = 1;

	decimal_init(&powers[0], radix);
	for (; ((size_t)1 << levels) < count; levels++)
		decimal_multiply(&powers[levels], &powers[levels - 1], &powers[levels - 1]);
	combine(out, digits, count, powers);
	for (size_t i = 0; i < levels; i++)
		decimal_release(&powers[i]);
}

void decimal_format(struct strbuf *out, const struct decimal *decimal)
{
	if (decimal->len == 0) {
		strbuf_append_char(out, '0');
		return;
	}
	if (decimal->negative)
		strbuf_append_char(out, '-');
	strbuf_append_uint(out, decimal->limbs[decimal->len - 1]);
	for (size_t i = decimal->len - 1; i > 0; i--)
		strbuf_printf(out, "%09u", (unsigned)decimal->limbs[i - 1]);
}
