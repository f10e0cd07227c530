/* Which charts are rendered, and with which values: conditions, aliases, tags, layers of values, named templates. */
#include "delivery_fixture.h"

#define LAYOUT                                                                                                         \
	{"environments/values.yaml", "applications: {}\n"},                                                            \
		{"environments/values-dev.yaml", ENVIRONMENT("dev", "  shop: true\n")},                                \
		{"environments/values-prod.yaml", ENVIRONMENT("prod", "  shop: true\n")},                              \
	{                                                                                                              \
		"environments/templates/applications/shop.yaml", APPLICATION("shop")                                   \
	}

static void assert_lines(struct followed *followed, const char *environment, const char *expected)
{
	assert_string_equal(followed_lines(followed, environment), expected);
}

static void values_come_in_layers(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"},
		{"applications/shop/values.yaml",
			"global:\n  vaultSecretsPath: \"\"\none: low\ntwo: low\nthree: low\n"},
		{"applications/shop/values-dev.yaml", "two: high\nthree: null\n"},
		{"applications/shop/templates/pods.yaml",
			POD("a", "{{ .Values.one }}", "{{ .Values.two }}") "---\n" POD(
				"b", "{{ .Values.three | default \"none\" }}", "x")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/low high\nuses shop-space/none x\n");
	assert_lines(&followed, "prod", "uses shop-space/low low\nuses shop-space/low x\n");
	followed_close(&followed);
}

static void subcharts_get_their_part(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml",
			"name: shop\nversion: 1.0.0\ndependencies:\n"
			"  - name: till\n    alias: fast\n    repository: file://../../charts/till\n"
			"  - name: till\n    alias: slow\n    repository: file://../../charts/till\n"
			"    condition: nowhere,slow.text,slow.enabled\n"
			"  - name: bell\n    tags: [noise]\n"},
		{"applications/shop/values.yaml",
			"global:\n  key: shared\nfast:\n  secret: own\nslow:\n  text: \"true\"\n  enabled: false\n"
			"tags:\n  noise: false\n"},
		{"applications/shop/values-dev.yaml", "slow:\n  enabled: true\ntags:\n  noise: true\n"},
		{"applications/shop/charts/bell/Chart.yaml", "name: bell\nversion: 1.0.0\n"},
		{"applications/shop/charts/bell/templates/pod.yaml", POD("ring", "{{ .Chart.Name }}", "k")},
		{"applications/shop/charts/book/Chart.yaml", "name: book\nversion: 1.0.0\n"},
		{"applications/shop/charts/book/templates/pod.yaml",
			POD("read", "{{ .Template.BasePath | quote }}", "k")},
		{"charts/till/Chart.yaml", "name: till\nversion: 2.0.0\n"},
		{"charts/till/values.yaml", "global:\n  key: hidden\nsecret: default\n"},
		{"charts/till/templates/pod.yaml", POD("{{ .Chart.Name }}", "{{ .Release.Name }}-{{ .Values.secret }}",
							   "{{ .Values.global.key }}")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev",
		"uses shop-space/bell k\n"
		"uses shop-space/shop/charts/book/templates k\n"
		"uses shop-space/shop-own shared\n"
		"uses shop-space/shop-default shared\n");
	assert_lines(&followed, "prod",
		"uses shop-space/shop/charts/book/templates k\n"
		"uses shop-space/shop-own shared\n");
	followed_close(&followed);
}

static void unknown_conditions_leave_doubt(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\ndependencies:\n  - name: far\n    "
						 "repository: https://example.com/\n"
						 "  - name: till\n    condition: far.on\n"},
		{"applications/shop/charts/till/Chart.yaml", "name: till\nversion: 2.0.0\n"},
		{"applications/shop/charts/till/templates/pod.yaml", POD("a", "b", "c")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/b c maybe\n");
	assert_true(delivery_is_partial(followed.delivery, fixture_application(&followed.fixture, "shop")));
	followed_close(&followed);
}

static void named_templates_are_the_applications(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"},
		{"applications/shop/templates/_helpers.tpl",
			"{{- define \"name\" -}}top-{{ .Chart.Name }}{{- end -}}\n{{- define \"empty\" }}{{ end -}}\n"},
		{"applications/shop/charts/till/Chart.yaml", "name: till\nversion: 2.0.0\n"},
		{"applications/shop/charts/till/templates/_helpers.tpl",
			"{{- define \"name\" -}}below{{- end -}}\n{{- define \"empty\" -}}full{{- end -}}\n"},
		{"applications/shop/charts/till/templates/pod.yaml",
			POD("a", "{{ include \"name\" . }}", "{{ template \"empty\" . }}")},
		{"applications/shop/templates/NOTES.txt", POD("a", "never", "never")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/top-till full\n");
	assert_false(delivery_is_partial(followed.delivery, fixture_application(&followed.fixture, "shop")));
	followed_close(&followed);
}

static void libraries_are_not_rendered(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"},
		{"applications/shop/templates/all.yaml", "{{ include \"library.pod\" . }}\n"},
		{"applications/shop/charts/library/Chart.yaml", "name: library\nversion: 2.0.0\ntype: library\n"},
		{"applications/shop/charts/library/templates/_pod.yaml",
			"{{- define \"library.pod\" -}}\n" POD("a", "{{ .Chart.Name }}", "k") "{{- end -}}\n"},
		{"applications/shop/charts/library/templates/pod.yaml", POD("a", "never", "never")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/shop k\n");
	followed_close(&followed);
}

static void values_bring_consumers(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"},
		{"applications/shop/values.yaml",
			"env:\n  - name: A\n    valueFrom:\n      secretKeyRef:\n        name: s\n        key: k\n"},
		{"applications/shop/templates/pod.yaml",
			"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: main\n"
			"      env:\n        {{- toYaml .Values.env | nindent 8 }}\n"},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/s k\n");
	followed_close(&followed);
}

static void circles_end(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		LAYOUT,
		{"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\ndependencies:\n"
						 "  - {name: a, alias: one, repository: file://../../charts/a}\n"},
		{"charts/a/Chart.yaml",
			"name: a\nversion: 1.0.0\ndependencies:\n  - {name: a, alias: one, repository: file://../a}\n"
			"  - {name: a, alias: two, repository: file://../a}\n"},
		{"charts/a/templates/pod.yaml", POD("a", "{{ .Chart.Name }}", "k")},
		{NULL, NULL},
	};
	struct followed followed;

	followed_open(&followed, files);
	assert_lines(&followed, "dev", "uses shop-space/one k\nuses shop-space/two k\n");
	assert_true(delivery_is_partial(followed.delivery, fixture_application(&followed.fixture, "shop")));
	followed_close(&followed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_in_layers),
		cmocka_unit_test(subcharts_get_their_part),
		cmocka_unit_test(unknown_conditions_leave_doubt),
		cmocka_unit_test(named_templates_are_the_applications),
		cmocka_unit_test(libraries_are_not_rendered),
		cmocka_unit_test(values_bring_consumers),
		cmocka_unit_test(circles_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
