/* "Did you mean": the likely name for one that is not known. */
#ifndef ASPIS_BASE_NEAREST_H
#define ASPIS_BASE_NEAREST_H

#include <stddef.h>

#include "base/str.h"

struct nearest {
	struct str wanted;
	struct str best; /* absent while nothing is near enough */
	size_t distance; /* in half edits; where nothing is near enough, what would still be */
};

/* Candidates are offered one by one; the nearest within a third of the length stays (Damerau–Levenshtein over code points, where ASCII case and '-' '_' '.' count half).
 * One edit is always near enough, but for a name of one character: any other one would be "near". Of equally near ones the first in byte order stays, so that the order of offering does not matter.
 * Names of more than NEAREST_LENGTH_MAX code points are near to nothing. The strings are borrowed. */
#define NEAREST_LENGTH_MAX 256
void nearest_init(struct nearest *nearest, struct str wanted);
void nearest_offer(struct nearest *nearest, struct str candidate);

/* For names that are never told apart by case: one that differs in ASCII case alone is near, however many letters do, and nearer than any other. */
void nearest_offer_any_case(struct nearest *nearest, struct str candidate);

#endif
