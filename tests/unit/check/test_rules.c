#include "check/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = rule_get((enum rule_id)i);

		assert_int_equal(rule->code[0], 'A');
		assert_int_equal(rule->number, strtoul(rule->code + 3, NULL, 10));
		assert_int_equal(rule_id(rule), i);
		assert_true(i == 0 || strcmp(rule_get((enum rule_id)(i - 1))->code, rule->code) < 0);
		assert_true(str_ends_with(str_of(rule->summary), STR(".")));
		assert_ptr_equal(rule_by_code(str_of(rule->name)), rule);
	}
	assert_int_equal(rule_get(RULE_ASP008)->number, 8);
	assert_true(rule_get(RULE_ASP001)->stop);
	assert_false(rule_get(RULE_ASP002)->stop);
	assert_int_equal(rule_get(RULE_ASP303)->severity, SEVERITY_OFF);
}

static void test_by_code(void **state)
{
	(void)state;
	assert_ptr_equal(rule_by_code(STR("ASP203")), rule_get(RULE_ASP203));
	assert_ptr_equal(rule_by_code(STR("asp203")), rule_get(RULE_ASP203));
	assert_ptr_equal(rule_by_code(STR("Copy-Unknown-Key")), rule_get(RULE_ASP203));
	assert_null(rule_by_code(STR("ASP20")));
	assert_null(rule_by_code(STR("ASP2033")));
	assert_null(rule_by_code(STR("")));
}

static size_t count_matches(struct str selector)
{
	size_t count = 0;

	for (size_t i = 0; i < RULE_COUNT; i++)
		count += rule_matches(rule_get((enum rule_id)i), selector);
	return count;
}

static void test_selectors(void **state)
{
	(void)state;
	assert_int_equal(count_matches(STR("all")), RULE_COUNT);
	assert_int_equal(count_matches(STR("ASP2")), 7);
	assert_int_equal(count_matches(STR("asp2xx")), 7);
	assert_int_equal(count_matches(STR("ASP20x")), 7);
	assert_int_equal(count_matches(STR("resolution")), 7);
	assert_int_equal(count_matches(STR("ASP11")), 4);
	assert_int_equal(count_matches(STR("ASP203")), 1);
	assert_int_equal(count_matches(STR("copy-cycle")), 1);
	assert_int_equal(count_matches(STR("ASP")), 0);
	assert_int_equal(count_matches(STR("ASPxxx")), 0);
	assert_int_equal(count_matches(STR("ASP9")), 0);
	assert_int_equal(count_matches(STR("")), 0);
	assert_true(rule_selector_is_known(STR("files")));
	assert_false(rule_selector_is_known(STR("ASP999")));
}

static void test_suggest(void **state)
{
	(void)state;
	assert_true(str_is(rule_suggest(STR("copy-unknow-key")), "copy-unknown-key"));
	assert_true(str_is(rule_suggest(STR("resolutoin")), "resolution"));
	assert_true(str_is_absent(rule_suggest(STR("something quite different"))));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_by_code),
		cmocka_unit_test(test_selectors),
		cmocka_unit_test(test_suggest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
