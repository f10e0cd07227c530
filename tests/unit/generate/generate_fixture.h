/* Secrets of literals, for the tests of generate/. */
#ifndef ASPIS_TESTS_GENERATE_FIXTURE_H
#define ASPIS_TESTS_GENERATE_FIXTURE_H

#include "../base/assert_str.h"
#include "base/secret.h"

static inline struct secret *secret_of(struct str text)
{
	return secret_new(text.ptr, text.len);
}

/* That a verifier says this of a text; NULL: nothing. */
static inline void assert_verdict(const char *(*verify)(struct secret *value), struct str text, const char *expected)
{
	struct secret *value = secret_of(text);
	const char *found = verify(value);

	if (expected ? !found || strcmp(found, expected) != 0 : found != NULL)
		fail_msg("of \"%.*s\" is said: %s", STR_ARG(text), found ? found : "nothing");
	secret_free(value);
}

#endif
