/* Values as scalars; that every one comes back, tests/statics/fill.py shows. */
#include "statics/quote.h"

#include "statics_fixture.h"

static void assert_quoted(const char *value, enum quote_style style, const char *expected)
{
	struct arena arena;
	struct str found;

	arena_init_sensitive(&arena);
	found = quote_value(&arena, str_of(value), style, 4);
	if (!str_is(found, expected))
		fail_msg("%s is quoted as %.*s", value, STR_ARG(found));
	arena_release(&arena);
}

static void test_forms(void **state)
{
	(void)state;
	assert_quoted("it's: #1", QUOTE_BLOCK, "'it''s: #1'");
	assert_quoted("a\nb\n", QUOTE_BLOCK, "|\n    a\n    b\n");
	assert_quoted("a\n\n b", QUOTE_BLOCK, "|-\n    a\n\n     b\n");
	assert_quoted("a\nb\n\n", QUOTE_BLOCK, "\"a\\nb\\n\\n\"");
	assert_quoted(" a\nb", QUOTE_BLOCK, "\" a\\nb\"");
	assert_quoted("a\nb", QUOTE_FLOW, "\"a\\nb\"");
	assert_quoted("\"\\\t\r\x01\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x91", QUOTE_FLOW,
		"\"\\\"\\\\\\t\\r\\x01\\xE4\\u20AC\\U0001F511\"");
	assert_quoted("\x01\xC3\xA4\xF0\x9F\x94\x91", QUOTE_JSON, "\"\\u0001\\u00E4\xF0\x9F\x94\x91\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_forms)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
