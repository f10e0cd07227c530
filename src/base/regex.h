/* Regular expressions of other languages, run by PCRE2 with limits on time and memory. */
#ifndef ASPIS_BASE_REGEX_H
#define ASPIS_BASE_REGEX_H

#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum regex_dialect {
	REGEX_ECMA,   /* ECMA-262 with the u flag, as JSON Schema's `pattern` (ECMA-262 section 22.2) */
	REGEX_PYTHON, /* Python's re, as pre-commit's `files` and `exclude` */
};

enum regex_result {
	REGEX_NO_MATCH,
	REGEX_MATCH,
	REGEX_UNDECIDED, /* a limit was hit: nothing may be concluded */
};

struct regex;

/* Compiles pattern after translating it from its dialect. NULL and an error (with the offset in the pattern) when it is no regular expression
 * of that dialect or cannot be translated faithfully. The caller frees. */
struct regex *regex_new(struct str pattern, enum regex_dialect dialect, struct error *error)
	__attribute__((warn_unused_result));
void regex_free(struct regex *regex);

/* Searches subject (UTF-8) for a match anywhere. Thread-safe. */
enum regex_result regex_search(const struct regex *regex, struct str subject);

/* The same with a budget for several searches, in steps of the matcher: what this one may have taken is subtracted, and REGEX_UNDECIDED is the result
 * where the rest does not suffice. */
enum regex_result regex_search_within(const struct regex *regex, struct str subject, uint64_t *steps);

#endif
