#include "base/error.h"

#include <errno.h>

#include "assert_str.h"

static void test_first_cause_counts(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_false(error_set(&error, ERROR_USAGE, "no such %s: %d", "option", 7));
	assert_false(error_set(&error, ERROR_SYSTEM, "later"));
	assert_false(error_set_errno(&error, EIO, "later"));
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_string_equal(error.message, "no such option: 7");
	error_release(&error);
	assert_int_equal(error.kind, ERROR_NONE);
	assert_null(error.message);
	error_release(&error);
}

static void test_errno(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_false(error_set_errno(&error, ENOENT, "cannot open %s", "values.yaml"));
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_string_equal(error.message, "cannot open values.yaml: No such file or directory");
	error_release(&error);
}

static void test_nobody_asks(void **state)
{
	(void)state;
	assert_false(error_set(NULL, ERROR_USAGE, "unheard"));
	assert_false(error_set_errno(NULL, EIO, "unheard"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_cause_counts),
		cmocka_unit_test(test_errno),
		cmocka_unit_test(test_nobody_asks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
