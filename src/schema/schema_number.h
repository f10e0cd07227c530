/* Private to schema/: numbers as JSON Schema compares them, by the decimal digits they are written with and not by any machine type. */
#ifndef ASPIS_SCHEMA_NUMBER_H
#define ASPIS_SCHEMA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A finite decimal number: the significant digits (no zeros at either end; none at all for zero) times ten to the exponent. The digits are borrowed
 * from the text. Exponents beyond ±10^17 are taken as that. */
struct decimal {
	struct str text;  /* as written */
	bool negative;    /* never of zero */
	struct str whole; /* the digits before and behind the point, */
	struct str fraction;
	size_t first; /* of which those that count begin here */
	size_t count;
	int64_t exponent; /* of the last one */
};

/* Reads sign, digits, point, exponent. False where text is anything else. */
bool decimal_parse(struct decimal *decimal, struct str text);

/* Below 0, 0 or above 0. */
int decimal_compare(const struct decimal *a, const struct decimal *b);

bool decimal_is_integer(const struct decimal *decimal);

/* Equal numbers have equal hashes. */
uint64_t decimal_hash(const struct decimal *decimal);

/* The value of an integer from 0 on, UINT64_MAX where it is more than that. False for others. */
bool decimal_to_count(const struct decimal *decimal, uint64_t *count);

/* Whether value is an integer times divisor (which is not zero). */
enum decimal_divisibility {
	DECIMAL_MULTIPLE,
	DECIMAL_NO_MULTIPLE,
	DECIMAL_TOO_LONG, /* both have so many digits that the division would take very long */
};
enum decimal_divisibility decimal_divide(const struct decimal *value, const struct decimal *divisor);

#endif
