#include "schema/schema_debug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_verdicts(void **state)
{
	const struct schema_debug_resource resource = {
		.uri = STR("http://a/b"), .text = STR("{\"type\": \"integer\"}")};
	struct error error = ERROR_INIT;
	struct schema_debug *debug =
		schema_debug_new(STR("s.json"), STR("{\"items\": {\"$ref\": \"http://a/b\"}}"), &resource, 1, &error);

	(void)state;
	assert_non_null(debug);
	assert_int_equal(schema_debug_line(debug, STR("[1, 2.0]"), &error), SCHEMA_VALID);
	assert_int_equal(schema_debug_line(debug, STR("[1, \"2\"]"), &error), SCHEMA_INVALID);
	assert_int_equal(error.kind, ERROR_NONE);
	assert_int_equal(schema_debug_line(debug, STR("[1,"), &error), SCHEMA_ERROR);
	assert_int_equal(error.kind, ERROR_USAGE);
	error_release(&error);
	error = (struct error)ERROR_INIT;
	assert_int_equal(schema_debug_line(debug, STR(""), &error), SCHEMA_ERROR);
	error_release(&error);
	schema_debug_free(debug);
}

static void test_broken_schemas(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_null(schema_debug_new(STR("s.json"), STR("{"), NULL, 0, &error));
	assert_true(strncmp(error.message, "s.json:1:", 9) == 0);
	error_release(&error);
	error = (struct error)ERROR_INIT;
	assert_null(schema_debug_new(STR("s.json"), STR("{\n \"$ref\": \"x\"}"), NULL, 0, &error));
	assert_string_equal(error.message, "s.json:2:10: the reference 'x' leads to no schema");
	error_release(&error);
}

static void test_endless_schema_has_no_verdict(void **state)
{
	struct error error = ERROR_INIT;
	struct schema_debug *debug = schema_debug_new(STR("s.json"), STR("{\"$ref\": \"#\"}"), NULL, 0, &error);

	(void)state;
	assert_non_null(debug);
	assert_int_equal(schema_debug_line(debug, STR("1"), &error), SCHEMA_ERROR);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	error_release(&error);
	schema_debug_free(debug);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_broken_schemas),
		cmocka_unit_test(test_endless_schema_has_no_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
