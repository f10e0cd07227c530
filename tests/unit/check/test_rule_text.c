#include "check/rule_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/rules.h"

static const char text[] =
	"What is wrong.\n\n```\n## Bad\n```\n\n"
	"## Bad\n\nIn words.\n\n```yaml\n-- a/b.yaml --\nx: 1\n\n-- c --\n```\n\nReported at `a`.\n\n"
	"## Good\n\n```\n-- d (base64) --\naGVs\nbG8=\n```\n-- no file --\n";

static void test_parse(void **state)
{
	struct rule_text parts = rule_text_parse(str_of(text));

	(void)state;
	assert_true(str_is(parts.whole, text));
	assert_true(str_is(parts.explanation, "What is wrong.\n\n```\n## Bad\n```"));
	assert_true(str_starts_with(parts.bad, STR("In words.")));
	assert_true(str_ends_with(parts.bad, STR("Reported at `a`.")));
	assert_true(str_starts_with(parts.good, STR("```\n-- d")));
}

static void test_no_examples(void **state)
{
	struct rule_text parts = rule_text_parse(STR("Words.\n"));

	(void)state;
	assert_true(str_is(parts.explanation, "Words."));
	assert_int_equal(parts.bad.len, 0);
	assert_int_equal(parts.good.len, 0);
	parts = rule_text_parse(STR(""));
	assert_int_equal(parts.explanation.len, 0);
}

static void test_files(void **state)
{
	struct rule_text parts = rule_text_parse(str_of(text));
	struct rule_example walk;
	struct rule_example_file file;

	(void)state;
	rule_example_begin(&walk, parts.bad);
	assert_true(rule_example_next(&walk, &file));
	assert_true(str_is(file.path, "a/b.yaml"));
	assert_true(str_is(file.text, "x: 1\n\n"));
	assert_false(file.base64);
	assert_true(rule_example_next(&walk, &file));
	assert_true(str_is(file.path, "c"));
	assert_int_equal(file.text.len, 0);
	assert_false(rule_example_next(&walk, &file));
}

static void test_base64(void **state)
{
	struct rule_text parts = rule_text_parse(str_of(text));
	struct rule_example walk;
	struct rule_example_file file;
	struct strbuf content = STRBUF_INIT;

	(void)state;
	rule_example_begin(&walk, parts.good);
	assert_true(rule_example_next(&walk, &file));
	assert_true(str_is(file.path, "d"));
	assert_true(file.base64);
	assert_true(rule_example_content(&content, &file));
	assert_true(str_is(strbuf_str(&content), "hello"));
	assert_false(rule_example_next(&walk, &file));
	file = (struct rule_example_file){.text = STR("a"), .base64 = true};
	assert_false(rule_example_content(&content, &file));
	strbuf_release(&content);
}

static void test_every_rule_has_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULE_COUNT; i++) {
		struct rule_text parts = rule_text_get(rule_get((enum rule_id)i));

		assert_true(parts.explanation.len > 0);
		assert_true(parts.bad.len > 0);
		assert_true(parts.good.len > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_no_examples),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_every_rule_has_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
