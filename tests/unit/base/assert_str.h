/* Assertions about strings with a length, and about what ends the process. */
#ifndef ASPIS_TESTS_UNIT_BASE_ASSERT_STR_H
#define ASPIS_TESTS_UNIT_BASE_ASSERT_STR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/str.h"

static inline void check_str(struct str actual, struct str expected, const char *file, int line)
{
	if (str_equal(actual, expected) && !str_is_absent(actual))
		return;
	print_error("\"%.*s\" (%zu bytes) is not \"%.*s\"\n", str_is_absent(actual) ? 0 : (int)actual.len,
		str_is_absent(actual) ? "" : actual.ptr, actual.len, STR_ARG(expected));
	_fail(file, line);
}

/* That a struct str holds the bytes of a literal, and is not the absent string. */
#define assert_str(actual, literal) check_str((actual), STR(literal), __FILE__, __LINE__)

#endif
