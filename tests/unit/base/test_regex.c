#include "base/regex.h"

#include "assert_str.h"
#include "base/strbuf.h"

/* What a search gives: '1', '0', '?' (undecided), or 'E' where the pattern does not compile. */
static char search(enum regex_dialect dialect, struct str pattern, struct str subject)
{
	struct error error = ERROR_INIT;
	struct regex *regex = regex_new(pattern, dialect, &error);
	char result = 'E';

	if (regex == NULL) {
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_non_null(error.message);
	} else {
		result = "01?"[regex_search(regex, subject)];
	}
	regex_free(regex);
	error_release(&error);
	return result;
}

struct row {
	const char *pattern, *subject;
	char expected;
};

static void check_rows(enum regex_dialect dialect, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char found = search(dialect, str_of(rows[i].pattern), str_of(rows[i].subject));

		if (found != rows[i].expected)
			fail_msg("/%s/ on \"%s\": %c instead of %c", rows[i].pattern, rows[i].subject, found,
				rows[i].expected);
	}
}

#define CHECK_ROWS(dialect, rows) check_rows((dialect), (rows), sizeof(rows) / sizeof((rows)[0]))

static void test_ecma_anchors_and_sets(void **state)
{
	static const struct row rows[] = {
		{"^abc$", "abc", '1'},
		{"^abc$", "abc\n", '0'},
		{"b", "abc", '1'},
		{"^b", "a\nb", '0'},
		{"^.$", "é", '1'},
		{"^.$", "🐲", '1'},
		{"^.$", "\n", '0'},
		{"^.$", "\r", '0'},
		{"^.$", "\u2028", '0'},
		{"^.$", "\xc2\x85", '1'},
		{"^\\d$", "7", '1'},
		{"^\\d$", "\u0967", '0'},
		{"^\\w$", "é", '0'},
		{"^\\W$", "é", '1'},
		{"^\\s$", "\ufeff", '1'},
		{"^\\s$", "\u180e", '0'},
		{"^\\S$", "\xc2\xa0", '0'},
		{"^[\\S]$", "\xc2\xa0", '0'},
		{"^[^\\S]$", "\xc2\xa0", '1'},
		{"^[\\W_]+$", "-_é", '1'},
		{"^[^\\W_]+$", "ab", '1'},
		{"^[^\\W_]+$", "a_", '0'},
		{"[]", "a", '0'},
		{"^[^]$", "\n", '1'},
		{"^[a-c-]+$", "a-b", '1'},
		{"^[\\w-.]+$", "a-.", '1'},
		{"[z-a]", "", 'E'},
		{"[a", "", 'E'},
		{"\\bé", "é", '0'},
	};

	(void)state;
	CHECK_ROWS(REGEX_ECMA, rows);
}

static void test_ecma_escapes(void **state)
{
	static const struct row rows[] = {
		{"^\\t\\v\\f\\r\\n$", "\t\v\f\r\n", '1'},
		{"^\\cC\\cc$", "\x03\x03", '1'},
		{"\\c1", "", 'E'},
		{"^\\x41\\u0042\\u{43}$", "ABC", '1'},
		{"^\\ud83d\\udc32$", "🐲", '1'},
		{"^[\\ud83d\\udc32-\\u{1f433}]$", "🐳", '1'},
		{"\\ud83d", "🐲", '0'},
		{"^[\\ud800-\\udfff]*$", "", '1'},
		{"\\x4", "", 'E'},
		{"\\u12", "", 'E'},
		{"\\u{110000}", "", 'E'},
		{"\\u{}", "", 'E'},
		{"^\\/\\-\\_\\@$", "/-_@", '1'},
		{"^[\\b]$", "\b", '1'},
		{"\\a", "", 'E'},
		{"\\A", "", 'E'},
		{"\\Z", "", 'E'},
		{"\\z", "", 'E'},
		{"\\Qa\\E", "", 'E'},
		{"\\h", "", 'E'},
		{"\\R", "", 'E'},
		{"\\K", "", 'E'},
		{"\\G", "", 'E'},
		{"\\01", "", 'E'},
		{"\\8", "", 'E'},
		{"\\", "", 'E'},
		{"^\\p{Letter}\\p{L}\\P{digit}$", "éaa", '1'},
		{"^\\p{General_Category=Uppercase_Letter}$", "É", '1'},
		{"^\\p{Script=Greek}\\p{scx=Grek}$", "πα", '1'},
		{"^[\\p{Lu}\\P{L}]+$", "A1", '1'},
		{"^\\p{Assigned}\\p{Any}\\p{ASCII}\\p{Alphabetic}$", "aaaa", '1'},
		{"\\p{Foo}", "", 'E'},
		{"\\p{lu}", "", 'E'},
		{"\\p{Script=greek}", "", 'E'},
		{"\\pL", "", 'E'},
	};

	(void)state;
	CHECK_ROWS(REGEX_ECMA, rows);
}

static void test_ecma_groups_and_quantifiers(void **state)
{
	static const struct row rows[] = {
		{"^(a)\\1$", "aa", '1'},
		{"^\\1(a)$", "a", '1'},
		{"^(a\\1)$", "a", '1'},
		{"^(?:(a)|b)\\1$", "b", '1'},
		{"(?:(a)|b)*\\1", "ab", 'E'},
		{"(?:(a)?b)*\\1", "ab", 'E'},
		{"^(?:(a)\\1)+$", "aaaa", '1'},
		{"\\2(a)", "", 'E'},
		{"^(?<x>a)\\k<x>$", "aa", '1'},
		{"^\\k<x>(?<x>a)$", "a", '1'},
		{"\\k<y>(?<x>a)", "", 'E'},
		{"(?<x>a)(?<x>b)", "", 'E'},
		{"(?<1>a)", "", 'E'},
		{"(?<=a)b(?!c)", "abd", '1'},
		{"(?<=a+)b", "ab", 'E'},
		{"a++", "", 'E'},
		{"a*+", "", 'E'},
		{"a{2}+", "", 'E'},
		{"*", "", 'E'},
		{"^*", "", 'E'},
		{"(?=a)*", "", 'E'},
		{"(?i)a", "", 'E'},
		{"(?P<x>a)", "", 'E'},
		{"(?#x)", "", 'E'},
		{"(?>a)", "", 'E'},
		{"(?R)", "", 'E'},
		{"(*ACCEPT)", "", 'E'},
		{"(a", "", 'E'},
		{"a)", "", 'E'},
		{"^a{2,3}$", "aaa", '1'},
		{"^a{2,3}?$", "aaaa", '0'},
		{"a{3,2}", "", 'E'},
		{"a{70000}", "", 'E'},
		{"^a{,2}$", "a{,2}", '1'},
		{"^{{a}}$", "{{a}}", '1'},
		{"^]$", "]", '1'},
		{"^[[:alpha:]]$", "a]", '1'},
		{"^a|b$", "xb", '1'},
		{"", "", '1'},
	};

	(void)state;
	CHECK_ROWS(REGEX_ECMA, rows);
}

static void test_python(void **state)
{
	static const struct row rows[] = {
		{"b", "abc", '1'},
		{"^a$", "a\n", '1'},
		{"^a\\Z", "a\n", '0'},
		{"\\Aa", "ba", '0'},
		{"(?m)^$", "a\n", '1'},
		{"(?m)a$", "a\nb", '1'},
		{"^.$", "\r", '1'},
		{"^.$", "\n", '0'},
		{"(?s)^.$", "\n", '1'},
		{"^\\w\\d\\s$", "é\u0967\xc2\xa0", '1'},
		{"(?a)^\\w$", "é", '0'},
		{"^\\W$", "²", '0'},
		{"^[\\W]$", "-", '1'},
		{"\\bé\\b", "é", '1'},
		{"(?x) ^ a  # comment\n [ ] b $", "a b", '1'},
		{"(?x)a + ", "aaa", '1'},
		{" (?x)a", "", 'E'},
		{"a(?i)b", "", 'E'},
		{"(?i)^AB$", "ab", '1'},
		{"(?i)a", "é", '?'},
		{"(?i)é", "", 'E'},
		{"^(?i:a)b$", "Ab", '1'},
		{"^(?i:a)b$", "AB", '0'},
		{"(?-i:a)", "a", '1'},
		{"(?P<n>a)(?P=n)", "aa", '1'},
		{"(?P=n)", "", 'E'},
		{"(?<n>a)", "", 'E'},
		{"(a)?\\1b", "b", '0'},
		{"(a)?(?(1)b|c)$", "ab", '1'},
		{"^(?P<x>a)?(?(x)b|c)$", "c", '1'},
		{"(?(2)b)", "", 'E'},
		{"(a)?(?(1)b|c|d)", "", 'E'},
		{"^a++a", "aaa", '0'},
		{"(?>a+)a", "aaa", '0'},
		{"a**", "", 'E'},
		{"^*", "", 'E'},
		{"^a{,2}$", "aa", '1'},
		{"^a{2$", "a{2", '1'},
		{"^[]a]+$", "]a", '1'},
		{"[[:alpha:]]", ":]", '1'},
		{"\\101\\x41\\u0041", "AAA", '1'},
		{"\\0", "a", '0'},
		{"\\p{L}", "", 'E'},
		{"\\q", "", 'E'},
		{"(a", "", 'E'},
		{"a)", "", 'E'},
		{"[z-a]", "", 'E'},
		{"[\\d-z]", "", 'E'},
		{"(?#x)a(?#y)+$", "aa", '1'},
		{"(?<!x)a", "xa", '0'},
		{"^applications/[^/]+/secrets(-[a-z]+)?\\.ya?ml$", "applications/nublado/secrets-idfdev.yaml", '1'},
		{"^environments/values(-[a-z]+)?\\.yaml$", "environments/values-tucson-teststand.yaml", '0'},
	};

	(void)state;
	CHECK_ROWS(REGEX_PYTHON, rows);
}

static void test_nul_and_invalid_text(void **state)
{
	(void)state;
	assert_int_equal(search(REGEX_ECMA, STR("^a\0b$"), STR("a\0b")), '1');
	assert_int_equal(search(REGEX_ECMA, STR("^\\0$"), STR("\0")), '1');
	assert_int_equal(search(REGEX_ECMA, STR("\xff"), STR("a")), 'E');
	assert_int_equal(search(REGEX_ECMA, STR("a"), STR("a\xff")), '?');
	assert_int_equal(search(REGEX_ECMA, STR("^$"), STR_ABSENT), '1');
}

static void test_limits(void **state)
{
	struct strbuf nested = STRBUF_INIT;

	(void)state;
	assert_int_equal(
		search(REGEX_ECMA, STR("^(a+)+$"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")), '?');
	strbuf_append_repeat(&nested, '(', 100000);
	assert_int_equal(search(REGEX_ECMA, strbuf_str(&nested), STR("")), 'E');
	assert_int_equal(search(REGEX_PYTHON, strbuf_str(&nested), STR("")), 'E');
	strbuf_append_repeat(&nested, ')', 100000);
	assert_int_equal(search(REGEX_ECMA, strbuf_str(&nested), STR("")), 'E');
	strbuf_release(&nested);
}

/* Many places to start at multiply the steps, which a limit for each of them would not see. */
static void test_limit_of_all_starts(void **state)
{
	struct strbuf subject = STRBUF_INIT;

	(void)state;
	strbuf_append_repeat(&subject, 'x', 1000);
	assert_int_equal(search(REGEX_ECMA, STR("x*x*x*[yz]$"), strbuf_str(&subject)), '?');
	assert_int_equal(search(REGEX_ECMA, STR("^(?:x|y)*$"), strbuf_str(&subject)), '1');
	assert_int_equal(search(REGEX_ECMA, STR("x+y"), strbuf_str(&subject)), '0');
	strbuf_release(&subject);
}

static void test_budget_of_several_searches(void **state)
{
	struct regex *regex = regex_new(STR("^(a+)+$"), REGEX_ECMA, NULL);
	uint64_t steps = 10000;
	unsigned found = 0;

	(void)state;
	assert_non_null(regex);
	while (regex_search_within(regex, STR("aaaa"), &steps) == REGEX_MATCH && found < 10000)
		found++;
	assert_in_range(found, 100, 9999);
	assert_int_equal(regex_search_within(regex, STR("aaaa"), &steps), REGEX_UNDECIDED);
	regex_free(regex);
}

static void test_error_names_the_place(void **state)
{
	struct error error = ERROR_INIT;

	(void)state;
	assert_null(regex_new(STR("é+*"), REGEX_ECMA, &error));
	assert_string_equal(error.message, "there is nothing to repeat at character 3");
	error_release(&error);
	error = (struct error)ERROR_INIT;
	assert_null(regex_new(STR("ab(?<=c+)"), REGEX_ECMA, &error));
	assert_non_null(strstr(error.message, "lookbehind"));
	error_release(&error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ecma_anchors_and_sets),
		cmocka_unit_test(test_ecma_escapes),
		cmocka_unit_test(test_ecma_groups_and_quantifiers),
		cmocka_unit_test(test_python),
		cmocka_unit_test(test_nul_and_invalid_text),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limit_of_all_starts),
		cmocka_unit_test(test_budget_of_several_searches),
		cmocka_unit_test(test_error_names_the_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
