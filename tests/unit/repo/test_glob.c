#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "repo/glob.h"

static const struct {
	const char *pattern;
	const char *path;
	bool matches;
} cases[] = {
	{"*.yaml", "a.yaml", true},
	{"*.yaml", "deep/er/a.yaml", true},
	{"*.yaml", "a.yml", false},
	{"vendor", "x/vendor", true},
	{"vendor/", "x/vendor", true},
	{"/vendor", "x/vendor", false},
	{"/vendor", "vendor", true},
	{"docs/*", "docs/a", true},
	{"docs/*", "docs/a/b", false},
	{"docs/*", "x/docs/a", false},
	{"docs/**", "docs/a/b", true},
	{"docs/**", "docs", false},
	{"**/secrets.yaml", "secrets.yaml", true},
	{"**/secrets.yaml", "a/b/secrets.yaml", true},
	{"**/secrets.yaml", "a/b/xsecrets.yaml", false},
	{"a/**/b", "a/b", true},
	{"a/**/b", "a/x/y/b", true},
	{"a/**/b", "a/x/y/bc", false},
	{"a/**/b/**/c", "a/b/b/x/c", true},
	{"a/**/x*y/z", "a/xq/xwy/z", true},
	{"a**b/c", "axxb/c", true},
	{"a**b/c", "ax/xb/c", false},
	{"values-?.yaml", "values-a.yaml", true},
	{"values-?.yaml", "values-ab.yaml", false},
	{"a?b/c", "a/b/c", false},
	{"caf?.yaml", "caf\xC3\xA9.yaml", true},
	{"caf??.yaml", "caf\xC3\xA9.yaml", false},
	{"?", "\xF0\x9F\x94\x91", true},
	{"?x", "\xFFx", true},
	{"[a-c]x", "bx", true},
	{"[!a-c]x", "bx", false},
	{"[^a-c]x", "dx", true},
	{"[]]x", "]x", true},
	{"[a-]x", "-x", true},
	{"[ax", "[ax", true},
	{"a[/]b/c", "a/b/c", false},
	{"\\*x", "*x", true},
	{"\\*x", "ax", false},
	{"", "a", false},
	{"/", "a", false},
	{"*", "", true},
	{"a*b*c", "aXbXbXc", true},
	{"a*b*c", "aXbXbX", false},
};

static void matches_as_documented(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (glob_match(str_of(cases[i].pattern), str_of(cases[i].path)) != cases[i].matches)
			fail_msg("%s against %s: not %d", cases[i].pattern, cases[i].path, cases[i].matches);
}

static void many_stars_take_no_time(void **state)
{
	struct strbuf pattern = STRBUF_INIT, path = STRBUF_INIT;

	(void)state;
	for (int i = 0; i < 500; i++) {
		strbuf_append_c(&pattern, "**/a*a*");
		strbuf_append_c(&path, "aaaa/");
	}
	strbuf_append_c(&pattern, "/b");
	assert_false(glob_match(strbuf_str(&pattern), strbuf_str(&path)));
	strbuf_release(&pattern);
	strbuf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_as_documented),
		cmocka_unit_test(many_stars_take_no_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
