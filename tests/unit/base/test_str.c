#include "base/str.h"

#include "assert_str.h"

static void test_equal(void **state)
{
	(void)state;
	assert_true(str_equal(STR(""), STR_ABSENT));
	assert_true(str_is(STR("abc"), "abc"));
	assert_false(str_is(STR("abc"), "abd"));
	assert_false(str_is(STR("abc"), "ab"));
	assert_false(str_equal(STR("a\0b"), STR("a\0c")));
	assert_true(str_is_absent(STR_ABSENT));
	assert_false(str_is_absent(STR("")));
}

static void test_slice(void **state)
{
	(void)state;
	assert_str(str_slice(STR("abcdef"), 2, 3), "cde");
	assert_str(str_slice(STR("abcdef"), 4, SIZE_MAX), "ef");
	assert_str(str_slice(STR("abcdef"), 6, 1), "");
	assert_str(str_slice(STR("abcdef"), 100, 1), "");
	assert_true(str_is_absent(str_slice(STR_ABSENT, 0, 1)));
}

static void test_compare(void **state)
{
	(void)state;
	assert_true(str_compare(STR("a"), STR("b")) < 0);
	assert_true(str_compare(STR("b"), STR("a")) > 0);
	assert_true(str_compare(STR("a"), STR("ab")) < 0);
	assert_true(str_compare(STR("ab"), STR("a")) > 0);
	assert_true(str_compare(STR("\xFF"), STR("a")) > 0);
	assert_int_equal(str_compare(STR("ab"), STR("ab")), 0);
	assert_int_equal(str_compare(STR(""), STR_ABSENT), 0);
}

static void test_parts(void **state)
{
	(void)state;
	assert_true(str_starts_with(STR("secrets.yaml"), STR("secrets")));
	assert_false(str_starts_with(STR("sec"), STR("secrets")));
	assert_true(str_starts_with(STR("sec"), STR("")));
	assert_true(str_ends_with(STR("secrets.yaml"), STR(".yaml")));
	assert_false(str_ends_with(STR("yaml"), STR(".yaml")));
	assert_false(str_ends_with(STR("secrets.yml"), STR(".yaml")));
	assert_true(str_contains(STR("a\0bc"), STR("bc")));
	assert_true(str_contains(STR("a"), STR("")));
	assert_true(str_contains(STR_ABSENT, STR("")));
	assert_false(str_contains(STR("abc"), STR("bd")));
	assert_false(str_contains(STR_ABSENT, STR("a")));
}

static void test_find(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("a.b.c"), '.'), 1);
	assert_int_equal(str_find_last(STR("a.b.c"), '.'), 3);
	assert_int_equal(str_find(STR("abc"), '.'), 3);
	assert_int_equal(str_find_last(STR("abc"), '.'), 3);
	assert_int_equal(str_find(STR_ABSENT, '.'), 0);
	assert_int_equal(str_find_last(STR_ABSENT, '.'), 0);
}

static void test_cut(void **state)
{
	struct str rest = STR("a..b.");

	(void)state;
	assert_str(str_cut(&rest, '.'), "a");
	assert_str(str_cut(&rest, '.'), "");
	assert_str(str_cut(&rest, '.'), "b");
	assert_str(rest, "");
	assert_str(str_cut(&rest, '.'), "");
	assert_true(str_is_absent(rest));
	rest = STR("");
	assert_str(str_cut(&rest, '.'), "");
	assert_true(str_is_absent(rest));
}

static void test_trim(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
	assert_str(str_trim(STR("  ")), "");
	assert_str(str_trim(STR("")), "");
	assert_str(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x");
	assert_true(str_is_absent(str_trim(STR_ABSENT)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_slice),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_trim),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
