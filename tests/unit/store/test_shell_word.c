/* Words of commands that a person may copy. */
#include "entry_fixture.h"
#include "store/store_private.h"

static void test_words(void **state)
{
	static const struct {
		const char *word;
		const char *quoted;
	} rows[] = {
		{"phalanx/example/argocd", "phalanx/example/argocd"},
		{"", "''"},
		{"b c", "'b c'"},
		{"it's", "'it'\\''s'"},
		{"$(rm)", "'$(rm)'"},
		{"a\\b", "'a\\b'"},
		{"ü", "'ü'"},
		{"a\x1b[31m'\n", "$'a\\x1b[31m\\'\\x0a'"},
		{"\xE2\x80\xAE", "$'\\xe2\\x80\\xae'"},
		{"\xFF", "$'\\xff'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strbuf text = STRBUF_INIT;

		store_shell_word(&text, str_of(rows[i].word));
		assert_string_equal(text.ptr, rows[i].quoted);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
