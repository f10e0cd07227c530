/* Whole numbers of any size in decimal limbs: enough arithmetic to bring a number from another base into decimal faster than quadratically. Private to
 * the room. */
#ifndef ASPIS_YAML_DECIMAL_H
#define ASPIS_YAML_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

/* One limb holds nine digits. */
#define DECIMAL_BASE   1000000000u
#define DECIMAL_DIGITS 9

struct decimal {
	uint32_t *limbs; /* owned; least significant first, no zeros at the end; len 0 is zero */
	size_t len;
	bool negative;
};

/* value must be below DECIMAL_BASE. */
void decimal_init(struct decimal *decimal, uint32_t value);

/* From ASCII decimal digits. */
void decimal_init_digits(struct decimal *decimal, struct str digits, bool negative);
void decimal_release(struct decimal *decimal);

/* a * b and a + b into out, which is none of them. */
void decimal_multiply(struct decimal *out, const struct decimal *a, const struct decimal *b);
void decimal_add(struct decimal *out, const struct decimal *a, const struct decimal *b);

/* The value of digits[0] * radix^(count-1) + … + digits[count-1]; count is at least 1. */
void decimal_from_digits(struct decimal *out, const struct decimal *digits, size_t count, uint32_t radix);

void decimal_format(struct strbuf *out, const struct decimal *decimal);

#endif
