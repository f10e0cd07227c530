#include "schema/schema_number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"

static struct decimal parse(const char *text)
{
	struct decimal decimal;

	if (!decimal_parse(&decimal, str_of(text)))
		fail_msg("%s is no number", text);
	return decimal;
}

static int compare(const char *a, const char *b)
{
	struct decimal left = parse(a);
	struct decimal right = parse(b);
	int result = decimal_compare(&left, &right);

	assert_int_equal(result, -decimal_compare(&right, &left));
	assert_true(result != 0 || decimal_hash(&left) == decimal_hash(&right));
	return result;
}

static bool divides(const char *value, const char *divisor)
{
	struct decimal left = parse(value);
	struct decimal right = parse(divisor);
	enum decimal_divisibility result = decimal_divide(&left, &right);

	assert_int_not_equal(result, DECIMAL_TOO_LONG);
	return result == DECIMAL_MULTIPLE;
}

static void test_parse(void **state)
{
	static const char *const wrong[] = {
		"", "-", ".", "e1", "1e", "1e+", "1 ", " 1", "1.2.3", "0x1", "inf", "1_0", "--1"};
	struct decimal decimal;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(decimal_parse(&decimal, str_of(wrong[i])));
	decimal = parse("-0.0e5");
	assert_false(decimal.negative);
	assert_int_equal(decimal.count, 0);
	decimal = parse("0012300.4500e-1");
	assert_int_equal(decimal.count, 7);
	assert_int_equal(decimal.exponent, -3);
}

static void test_compare(void **state)
{
	(void)state;
	assert_int_equal(compare("1", "1.0"), 0);
	assert_int_equal(compare("-0", "0"), 0);
	assert_int_equal(compare("100", "1e2"), 0);
	assert_int_equal(compare("0.1", "1e-1"), 0);
	assert_int_equal(compare("9007199254740993", "9007199254740992"), 1);
	assert_int_equal(compare("0.30000000000000004", "0.3"), 1);
	assert_int_equal(compare("-1", "1"), -1);
	assert_int_equal(compare("-2", "-1"), -1);
	assert_int_equal(compare("0", "1e-1000000000"), -1);
	assert_int_equal(compare("1e1000000000", "1e999999999"), 1);
	assert_int_equal(compare("-1e1000000000", "0"), -1);
	assert_int_equal(compare("1e99999999999999999999999", "1e5"), 1);
	assert_int_equal(compare("123456789", "123456788.9"), 1);
}

static void test_integer(void **state)
{
	struct decimal decimal;
	uint64_t count;

	(void)state;
	decimal = parse("1.0");
	assert_true(decimal_is_integer(&decimal));
	decimal = parse("1.5e1");
	assert_true(decimal_is_integer(&decimal));
	decimal = parse("1e-1");
	assert_false(decimal_is_integer(&decimal));
	decimal = parse("0.0");
	assert_true(decimal_is_integer(&decimal) && decimal_to_count(&decimal, &count) && count == 0);
	decimal = parse("12.0e1");
	assert_true(decimal_to_count(&decimal, &count) && count == 120);
	decimal = parse("1e1000000000");
	assert_true(decimal_to_count(&decimal, &count) && count == UINT64_MAX);
	decimal = parse("-1");
	assert_false(decimal_to_count(&decimal, &count));
}

static void test_divide(void **state)
{
	(void)state;
	assert_true(divides("0", "3"));
	assert_true(divides("-4.5", "1.5"));
	assert_false(divides("35", "1.5"));
	assert_true(divides("0.0075", "0.0001"));
	assert_false(divides("0.00751", "0.0001"));
	assert_true(divides("0.3", "0.1"));
	assert_true(divides("1e308", "0.01"));
	assert_false(divides("1e308", "0.123456789"));
	assert_true(divides("1e308", "0.5"));
	assert_true(divides("1e1000000000", "1024"));
	assert_false(divides("1e1000000000", "3"));
	assert_true(divides("3e1000000000", "3"));
	assert_false(divides("1e-1000000000", "0.01"));
	assert_true(divides("1000000000000000000000000000000000000050000000000000000000000000000000000000301",
		"1000000000000000000000000000000000000007"));
	assert_false(divides("1000000000000000000000000000000000000050000000000000000000000000000000000000302",
		"1000000000000000000000000000000000000007"));
}

static void test_long_division_is_refused(void **state)
{
	struct strbuf digits = STRBUF_INIT;
	struct decimal decimal;

	(void)state;
	strbuf_append_repeat(&digits, '7', 1000000);
	assert_true(decimal_parse(&decimal, strbuf_str(&digits)));
	assert_int_equal(decimal_divide(&decimal, &decimal), DECIMAL_TOO_LONG);
	strbuf_release(&digits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_integer),
		cmocka_unit_test(test_divide),
		cmocka_unit_test(test_long_division_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
