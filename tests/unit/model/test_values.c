#include "fixture.h"

static const struct fixture_file files[] = {
	{"environments/values-e.yaml", "applications: {a: true}\n"},
	{"applications/a/Chart.yaml",
		"name: a\ndependencies:\n- {name: shared, alias: one, repository: \"file://../../charts/shared\"}\n"
		"- {name: shared, repository: 'file://../../charts/shared/'}\n- {name: remote, repository: "
		"https://example.org}\n- {name: sub}\n- {name: listed, alias: known}\n"
		"- {name: broken}\n- oops\n"},
	{"applications/a/values.yaml", "plain: 1\nconfig:\n  host: x\n  port: 0\n  sentry: {enabled: false}\n  kept: "
				       "true\nscalar: text\nhidden: {a: true}\nnulled: {a: true}\n"
				       "grown: {}\nmixed: {a: 1}\nbase: &base {deep: {er: true}}\nalias: "
				       "*base\nmerged:\n  <<: *base\n  own: 1\n\"dotted.key\": 1\n"},
	{"applications/a/values-e.yaml", "config:\n  sentry:\n    enabled: true\nhidden: text\nnulled:\nscalar: {a: "
					 "1}\ngrown: {a: 1}\nmixed: {}\nadded: [1]\n"},
	{"applications/a/charts/sub/Chart.yaml", "name: sub\ndependencies:\n- name: inner\n"},
	{"applications/a/charts/sub/values.yaml", "x: 1\n"},
	{"applications/a/charts/sub/charts/inner/values.yaml", "y: {z: true}\n"},
	{"applications/a/charts/loose/Chart.yaml", "name: loose\n"},
	{"applications/a/charts/loose/values.yaml", "w: 1\n"},
	{"applications/a/charts/listed/values.yaml", "v: 1\n"},
	{"applications/a/charts/broken/values.yaml", "a: [\n"},
	{"charts/shared/Chart.yaml", "name: shared\ndependencies:\n- {name: shared, repository: file://.}\n"},
	{"charts/shared/values.yaml", "config: {x: null}\n"},
	{NULL, NULL},
};

/* path, text of the value ("-": not set), whether the overlay decides, truth, components found, whether something is in the way. */
static const struct {
	const char *path;
	const char *text;
	bool by_overlay;
	bool truth;
	size_t depth;
	bool blocked;
} cases[] = {
	{"plain", "1", false, true, 1, false},
	{"config.host", "x", false, true, 2, false},
	{"config.port", "0", false, false, 2, false},
	{"config.sentry.enabled", "true", true, true, 3, false},
	{"config.kept", "true", false, true, 2, false},
	{"config.missing", "-", false, false, 1, false},
	{"config.missing.more", "-", false, false, 1, false},
	{"nothing", "-", false, false, 0, false},
	{"hidden", "text", true, true, 1, false},
	{"hidden.a", "-", true, false, 1, true},
	{"nulled", "", true, false, 1, false},
	{"nulled.a", "-", true, false, 1, true},
	{"plain.a", "-", false, false, 1, true},
	{"scalar.a", "1", true, true, 2, false},
	{"grown", NULL, true, true, 1, false},
	{"mixed", NULL, false, true, 1, false},
	{"mixed.a", "1", false, true, 2, false},
	{"added", NULL, true, true, 1, false},
	{"added.0", "-", true, false, 1, true},
	{"alias.deep.er", "true", false, true, 3, false},
	{"merged.deep.er", "true", false, true, 3, false},
	{"dotted.key", "-", false, false, 0, false},
	{"", "-", false, false, 0, false},
	{"config.", "-", false, false, 1, false},
};

static void check_case(const struct fixture *fixture, size_t i, struct value_lookup lookup)
{
	const struct application *application = fixture_application(fixture, "a");
	const struct application_overlay *overlay = application_overlay(application, STR("e"));
	const struct repo_file *file = cases[i].by_overlay ? overlay->values : application->chart->values;
	bool set = !cases[i].text || strcmp(cases[i].text, "-") != 0;

	if (value_is_set(&lookup) != set || value_truth(&lookup) != cases[i].truth || lookup.depth != cases[i].depth ||
		(lookup.blocker_key != NULL) != cases[i].blocked)
		fail_msg("%s: wrong", cases[i].path);
	assert_ptr_equal(lookup.file, set || cases[i].blocked ? file : NULL);
	if (set && cases[i].text && cases[i].text[0])
		assert_text(node_text(lookup.node), cases[i].text);
}

static void looks_up_as_if_merged(void **state)
{
	struct fixture fixture;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	fixture_open(&fixture, files);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct values values = application_values(fixture_application(&fixture, "a"), STR("e"));
		struct str path = str_of(cases[i].path);
		check_case(&fixture, i, values_get(&values, path));
		check_case(&fixture, i, values_find(&values, values_path_parse(&arena, path)));
	}
	fixture_close(&fixture);
	arena_release(&arena);
}

static void another_environment_has_the_defaults(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	struct values values = application_values(fixture_application(&fixture, "a"), STR("other"));
	struct value_lookup lookup = values_get(&values, STR("hidden.a"));
	assert_true(value_truth(&lookup));
	assert_null(values.overlay);
	fixture_close(&fixture);
}

static void finds_defaults_of_subcharts(void **state)
{
	static const struct {
		const char *path;
		enum subchart_result result;
	} paths[] = {
		{"one.config.x", SUBCHART_SET},
		{"shared.config.x", SUBCHART_SET},
		{"one.config.y", SUBCHART_NO},
		{"shared.shared.shared.config.x", SUBCHART_SET},
		{"remote.anything", SUBCHART_ELSEWHERE},
		{"remote", SUBCHART_ELSEWHERE},
		{"sub.x", SUBCHART_SET},
		{"sub.inner.y.z", SUBCHART_SET},
		{"sub.y.z", SUBCHART_NO},
		{"sub", SUBCHART_SET},
		{"loose.w", SUBCHART_SET},
		{"known.v", SUBCHART_SET},
		{"listed.v", SUBCHART_NO},
		{"broken.a", SUBCHART_ELSEWHERE},
		{"a.plain", SUBCHART_NO},
		{"", SUBCHART_NO},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct value_lookup lookup = {.node = NULL};
		enum subchart_result result =
			chart_find_default(&lookup, fixture_application(&fixture, "a")->chart, str_of(paths[i].path));
		if (result != paths[i].result || (result == SUBCHART_SET) != (lookup.file != NULL))
			fail_msg("%s: %d", paths[i].path, result);
	}
	fixture_close(&fixture);
}

static void collect(void *context, struct str dotted, const struct node *value)
{
	(void)value;
	strbuf_append(context, dotted);
	strbuf_append_char(context, ' ');
}

static void visits_every_path(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	const struct repo_file *file = application_overlay(fixture_application(&fixture, "a"), STR("e"))->values;
	values_each_path(file, 100, collect, &out);
	assert_string_equal(out.ptr,
		"config config.sentry config.sentry.enabled hidden nulled scalar scalar.a grown grown.a mixed added ");
	strbuf_clear(&out);
	values_each_path(file, 2, collect, &out);
	assert_string_equal(out.ptr, "config config.sentry ");
	strbuf_release(&out);
	fixture_close(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_up_as_if_merged),
		cmocka_unit_test(another_environment_has_the_defaults),
		cmocka_unit_test(finds_defaults_of_subcharts),
		cmocka_unit_test(visits_every_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
