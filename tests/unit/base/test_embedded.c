#include "base/embedded.h"

#include "assert_str.h"

/* Made by aspis_embed() from the files of this folder that tests.cmake names. */
extern const struct embedded_file embedded_samples[];

static void test_found(void **state)
{
	struct str text = embedded_find(embedded_samples, "sample.txt");
	struct str empty = embedded_find(embedded_samples, "empty.txt");

	(void)state;
	assert_str(text, "one line; \xC3\xA4 and ] [ \\ stay as they are\n");
	assert_int_equal(text.ptr[text.len], '\0');
	assert_str(empty, "");
	assert_int_equal(empty.ptr[0], '\0');
}

static void test_not_found(void **state)
{
	(void)state;
	assert_true(str_is_absent(embedded_find(embedded_samples, "sample")));
	assert_true(str_is_absent(embedded_find(embedded_samples, "")));
}

static void test_order(void **state)
{
	(void)state;
	assert_string_equal(embedded_samples[0].name, "sample.txt");
	assert_string_equal(embedded_samples[1].name, "empty.txt");
	assert_null(embedded_samples[2].name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_not_found),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
