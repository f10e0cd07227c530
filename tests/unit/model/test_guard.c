#include "fixture.h"

#include "model/guard.h"

static const struct fixture_file files[] = {
	{"environments/values-e.yaml", "up: {enabled: true}\ndown: {enabled: false}\nvo-cutouts: {enabled: yes}\n"
				       "applications: {tap: true, mobu: false, \"a.b\": true}\nempty: {}\nnumber: 1\n"},
	{NULL, NULL},
};

static const struct {
	const char *text;
	enum truth truth;
} cases[] = {
	{".Values.up.enabled", TRUTH_YES},
	{" .Values.down.enabled ", TRUTH_NO},
	{"$.Values.up.enabled", TRUTH_YES},
	{".Values.missing.enabled", TRUTH_NO},
	{".Values.number.enabled", TRUTH_NO},
	{".Values.empty", TRUTH_NO},
	{".Values.applications.tap", TRUTH_YES},
	{"(index .Values \"vo-cutouts\" \"enabled\")", TRUTH_YES},
	{"index .Values `vo-cutouts` `enabled`", TRUTH_YES},
	{"(index .Values.applications \"a.b\")", TRUTH_YES},
	{"index .Values \"applications\" \"mobu\"", TRUTH_NO},
	{"(or .Values.up.enabled .Values.down.enabled)", TRUTH_YES},
	{"or .Values.down.enabled (and .Values.up.enabled .Values.applications.mobu)", TRUTH_NO},
	{"and .Values.up.enabled\n  (not .Values.down.enabled)", TRUTH_YES},
	{"not (or .Values.down.enabled (not .Values.up.enabled))", TRUTH_YES},
	{".Values.up.enabled | not", TRUTH_NO},
	{".Values.down.enabled | or .Values.up.enabled", TRUTH_YES},
	{"or false true", TRUTH_YES},
	{"((.Values.up.enabled))", TRUTH_YES},
	{"eq .Values.up.enabled true", TRUTH_UNKNOWN},
	{"and .Values.down.enabled (eq .Values.name \"x\")", TRUTH_NO},
	{"and .Values.up.enabled (eq .Values.name \"x)\")", TRUTH_UNKNOWN},
	{"or .Values.up.enabled (hasKey .Values \"x\")", TRUTH_YES},
	{"or .Values.down.enabled (hasKey .Values \"x\")", TRUTH_UNKNOWN},
	{"not (include \"x\" .)", TRUTH_UNKNOWN},
	{".Values.up.enabled | default false", TRUTH_UNKNOWN},
	{"(index .Values \"up\").enabled", TRUTH_UNKNOWN},
	{"index .Values $name \"enabled\"", TRUTH_UNKNOWN},
	{"index .Values \"up\" .Values.name", TRUTH_UNKNOWN},
	{"index .Values \"a\\tb\"", TRUTH_UNKNOWN},
	{"not .Values.up.enabled .Values.down.enabled", TRUTH_UNKNOWN},
	{".Values.up.enabled .Values.down.enabled", TRUTH_UNKNOWN},
	{"$enabled", TRUTH_UNKNOWN},
	{".Values", TRUTH_UNKNOWN},
	{".Values.", TRUTH_UNKNOWN},
	{".Values..up", TRUTH_UNKNOWN},
	{".ValuesOf.up", TRUTH_UNKNOWN},
	{".Release.IsInstall", TRUTH_UNKNOWN},
	{"and", TRUTH_UNKNOWN},
	{"", TRUTH_UNKNOWN},
	{"(.Values.up.enabled", TRUTH_UNKNOWN},
	{".Values.up.enabled)", TRUTH_UNKNOWN},
	{"or \"open .Values.up.enabled", TRUTH_UNKNOWN},
};

static void understands_the_documented_forms(void **state)
{
	struct fixture fixture;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	fixture_open(&fixture, files);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct guard *guard = guard_parse(&arena, str_of(cases[i].text));
		enum truth truth = guard_evaluate(guard, &fixture_environment(&fixture, "e")->values);
		if (truth != cases[i].truth)
			fail_msg("%s: %d, not %d", cases[i].text, truth, cases[i].truth);
	}
	fixture_close(&fixture);
	arena_release(&arena);
}

static void is_unknown_where_the_values_are_broken(void **state)
{
	static const struct fixture_file broken[] = {{"environments/values-e.yaml", "a: [\n"}, {NULL, NULL}};
	struct fixture fixture;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	fixture_open(&fixture, broken);
	const struct guard *guard = guard_parse(&arena, STR(".Values.up.enabled"));
	assert_int_equal(guard_evaluate(guard, &fixture_environment(&fixture, "e")->values), TRUTH_UNKNOWN);
	fixture_close(&fixture);
	arena_release(&arena);
}

static void deep_nesting_is_unknown(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct arena arena;
	struct values none = {.overlay = NULL};

	(void)state;
	arena_init(&arena);
	strbuf_append_repeat(&text, '(', 100000);
	assert_int_equal(guard_evaluate(guard_parse(&arena, strbuf_str(&text)), &none), TRUTH_UNKNOWN);
	strbuf_clear(&text);
	strbuf_append_c(&text, "true");
	for (int i = 0; i < 100000; i++)
		strbuf_append_c(&text, "|not");
	assert_int_equal(guard_evaluate(guard_parse(&arena, strbuf_str(&text)), &none), TRUTH_UNKNOWN);
	strbuf_release(&text);
	arena_release(&arena);
}

static void none_is_true(void **state)
{
	struct arena arena;
	struct values none = {.overlay = NULL};

	(void)state;
	arena_init(&arena);
	const struct guard *no = guard_parse(&arena, STR("false"));
	assert_int_equal(guard_evaluate(NULL, &none), TRUTH_YES);
	assert_null(guard_or(&arena, NULL, no));
	assert_ptr_equal(guard_and(&arena, NULL, no), no);
	assert_int_equal(guard_evaluate(guard_not(&arena, NULL), &none), TRUTH_NO);
	assert_int_equal(guard_evaluate(guard_not(&arena, no), &none), TRUTH_YES);
	assert_int_equal(guard_evaluate(guard_or(&arena, no, guard_unknown()), &none), TRUTH_UNKNOWN);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands_the_documented_forms),
		cmocka_unit_test(is_unknown_where_the_values_are_broken),
		cmocka_unit_test(deep_nesting_is_unknown),
		cmocka_unit_test(none_is_true),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
