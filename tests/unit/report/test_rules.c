/* `aspis rules`, `aspis explain`, and Markdown for terminals. */
#include "report/markdown.h"
#include "report_fixture.h"

static void rules_in_columns(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	report_rules_text(&fixture.out, fixture.rules, 3, false);
	assert_string_equal(fixture.out.ptr,
		"ASP013  unused-application   note     No environment deploys the application.\n"
		"ASP203  copy-unknown-key     error    A secret is copied from a key that the other application does "
		"not declare.\n"
		"ASP301  condition-never-set  warning  A condition asks for a setting that no values file has.\n");
	fixture_release(&fixture);
}

static void rules_as_json(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	fixture.rules[0].explanation = STR("Text.");
	report_rules_json(&fixture.out, fixture.rules, 1);
	assert_string_equal(fixture.out.ptr, "{\n"
					     "  \"version\": 1,\n"
					     "  \"rules\": [\n"
					     "    {\n"
					     "      \"code\": \"ASP013\",\n"
					     "      \"name\": \"unused-application\",\n"
					     "      \"severity\": \"note\",\n"
					     "      \"family\": \"files\",\n"
					     "      \"fixable\": false,\n"
					     "      \"stop\": false,\n"
					     "      \"summary\": \"No environment deploys the application.\",\n"
					     "      \"explanation\": \"Text.\"\n"
					     "    }\n"
					     "  ]\n"
					     "}\n");
	fixture_release(&fixture);
}

static void explain_a_rule(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture);
	report_explain(&fixture.out, &fixture.rules[1], 40, false);
	assert_string_equal(fixture.out.ptr, "ASP203 copy-unknown-key (error, resolution)\n"
					     "\n"
					     "A secret is copied from a key that the\n"
					     "other application does not declare.\n"
					     "\n"
					     "The copy can *never* be made. Say `key`.\n"
					     "\n"
					     "Bad\n"
					     "\n"
					     "    a:\n"
					     "      b: [1](2)\n");
	fixture_release(&fixture);
}

static void assert_plain(struct str markdown, size_t width, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	markdown_plain(&out, markdown, width, false);
	assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
}

static void markdown_blocks(void **state)
{
	(void)state;
	assert_plain(STR(""), 80, "");
	assert_plain(STR_ABSENT, 80, "");
	assert_plain(STR("\n\n# A **title**\ntext\n"), 80, "A title\n\ntext\n");
	assert_plain(STR("a\r\nb\r\n\r\n\r\nc"), 80, "a b\n\nc\n");
	assert_plain(
		STR("Say:\n- one two three\n- two\n\n12. x\n"), 10, "Say:\n\n- one two\n  three\n- two\n\n12. x\n");
	assert_plain(STR("a\n~~~\n  b\n\n*c*\n~~~\nd\n"), 80, "a\n\n      b\n\n    *c*\n\nd\n");
	assert_plain(STR("````\n```\n````"), 80, "    ```\n");
	assert_plain(STR("```\nunclosed"), 80, "    unclosed\n");
	assert_plain(STR("#hashtag"), 80, "#hashtag\n");
}

static void markdown_inline(void **state)
{
	(void)state;
	assert_plain(STR("`` a ` **b** `` and `x"), 0, "`` a ` **b** `` and `x\n");
	assert_plain(STR("[words](target), [x], [y] (z"), 0, "words (target), [x], [y] (z\n");
	assert_plain(STR("\\*a\\* **b** `**c**` d\\e\\"), 0, "*a* b `**c**` d\\e\\\n");
	assert_plain(STR("\xE6\x97\xA5\xE6\x97\xA5 \xE6\x97\xA5\xE6\x97\xA5"), 8,
		"\xE6\x97\xA5\xE6\x97\xA5 \xE6\x97\xA5\n\xE6\x97\xA5\n");
	assert_plain(STR("word longerthanthat x"), 4, "word\nlongerthanthat\nx\n");
}

static void markdown_first_paragraphs(void **state)
{
	(void)state;
	assert_true(str_is(markdown_first_paragraph(STR("\na\nb\n\nc")), "a\nb"));
	assert_true(str_is(markdown_first_paragraph(STR("a\n- b")), "a"));
	assert_true(str_is(markdown_first_paragraph(STR("# a\nb")), ""));
	assert_int_equal(markdown_first_paragraph(STR_ABSENT).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_in_columns),
		cmocka_unit_test(rules_as_json),
		cmocka_unit_test(explain_a_rule),
		cmocka_unit_test(markdown_blocks),
		cmocka_unit_test(markdown_inline),
		cmocka_unit_test(markdown_first_paragraphs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
