#include "fixture.h"

/* The names that an environment enables, an @ behind those without a folder. */
static void assert_enabled(
	const struct fixture_file *files, enum repo_layout layout, const char *environment, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct fixture fixture;

	fixture_open(&fixture, files);
	assert_int_equal(fixture.model->layout, layout);
	const struct environment *found = fixture_environment(&fixture, environment);
	for (size_t i = 0; i < found->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&found->enabled, i);
		strbuf_printf(&out, "%.*s%s ", STR_ARG(enabled->name), enabled->application ? "" : "@");
		assert_ptr_equal(environment_enabled(found, enabled->name), enabled);
		assert_non_null(enabled->span.source);
	}
	assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
	fixture_close(&fixture);
}

static void the_current_layout_has_a_map_of_applications(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml",
			"applications: {always: true, never: false, often: true, other: yes}\nvaultUrl: https://v/\n"},
		{"environments/values-e.yaml", "applications: {never: true, often: false, ghost: true}\nvaultUrl:\n"},
		{"environments/values-plain.yaml", "name: plain\n"},
		{"environments/values-none.yaml", "applications: null\n"},
		{"environments/values-empty.yaml", ""},
		{"environments/values-a-b.yaml", "applications: {often: null}\n"},
		{"environments/values-broken.yaml", "applications: [\n"},
		{"applications/always/Chart.yaml", "name: always\n"},
		{"applications/never/Chart.yaml", "name: never\n"},
		{"applications/often/values.yaml", ""},
		{"environments/templates/m.yaml",
			"kind: Application\nspec:\n  source:\n    path: applications/mandatory\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_enabled(files, LAYOUT_CURRENT, "e", "always ghost@ never other@ ");
	assert_enabled(files, LAYOUT_CURRENT, "plain", "always often other@ ");
	assert_enabled(files, LAYOUT_CURRENT, "none", "");
	assert_enabled(files, LAYOUT_CURRENT, "empty", "always often other@ ");
	assert_enabled(files, LAYOUT_CURRENT, "a-b", "always other@ ");
	assert_enabled(files, LAYOUT_CURRENT, "broken", "always often other@ ");
}

static void the_layout_of_sqr079_has_flags_and_mandatory_applications(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml",
			"x: {enabled: false}\ny: {enabled: true}\nz: {enabled: true}\nsetting: {enabled: true}\n"},
		{"environments/values-e.yaml", "x: {enabled: true}\ny: {enabled: false}\nz: {other: 1}\n"},
		{"environments/values-two.yaml", "y: null\nz: text\n"},
		{"applications/x/Chart.yaml", "name: x\n"},
		{"applications/y/Chart.yaml", "name: y\n"},
		{"applications/z/Chart.yaml", "name: z\n"},
		{"environments/templates/argocd-application.yaml",
			"kind: Application\nspec:\n  source:\n    path: applications/argocd\n"},
		{"environments/templates/x-application.yaml", "{{ if .Values.x.enabled }}\nkind: Application\nspec:\n  "
							      "source:\n    path: applications/x\n{{ end }}\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_enabled(files, LAYOUT_SQR079, "e", "argocd@ x z ");
	assert_enabled(files, LAYOUT_SQR079, "two", "argocd@ ");
}

static void an_application_is_enabled_once(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml", "applications: {\"2\": true}\n"},
		{"environments/values-e.yaml", "applications: {1: true, \"1\": true, 2: true}\n"},
		{NULL, NULL},
	};

	(void)state;
	assert_enabled(files, LAYOUT_CURRENT, "e", "1@ 2@ ");
}

static void settings_are_merged(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml", "vaultUrl: https://v/\nonepassword: {vaultTitle: t}\nfqdn: x\n"},
		{"environments/values-e.yaml", "vaultUrl: null\nonepassword: {connectUrl: c}\napplications: {}\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	const struct environment *environment = fixture_environment(&fixture, "e");
	struct value_lookup url = environment_setting(environment, STR("vaultUrl"));
	struct value_lookup title = environment_setting(environment, STR("onepassword.vaultTitle"));
	assert_true(value_is_set(&url) && node_is_null(url.node));
	assert_ptr_equal(url.file, environment->file);
	assert_text(node_string(title.node), "t");
	assert_ptr_equal(title.file, fixture.model->defaults);
	fixture_close(&fixture);
}

static void lists_the_files_it_depends_on(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values.yaml", "applications: {a: true, b: false}\n"},
		{"environments/values-e.yaml", "name: e\n"},
		{"applications/a/Chart.yaml", "name: a\n"},
		{"applications/a/values.yaml", ""},
		{"applications/a/secrets.yaml", ""},
		{"applications/a/secrets-e.yaml", ""},
		{"applications/a/secrets-f.yaml", ""},
		{"applications/b/secrets.yaml", ""},
		{NULL, NULL},
	};
	struct vec found = VEC_INIT(struct repo_file *);
	struct strbuf out = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	model_environment_files(&found, fixture.model, fixture_environment(&fixture, "e"));
	for (size_t i = 0; i < found.len; i++) {
		strbuf_append(&out, (*(struct repo_file **)vec_at(&found, i))->path);
		strbuf_append_char(&out, ' ');
	}
	assert_string_equal(out.ptr,
		"applications/a/secrets-e.yaml applications/a/secrets.yaml applications/a/values.yaml "
		"environments/values-e.yaml environments/values.yaml ");
	strbuf_release(&out);
	vec_release(&found);
	fixture_close(&fixture);
}

static void without_environments_there_is_no_layout(void **state)
{
	static const struct fixture_file files[] = {
		{"applications/a/secrets.yaml", "kind: Secret\n"},
		{"environments/prod/kustomization.yaml", "resources: []\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	assert_int_equal(fixture.model->layout, LAYOUT_NONE);
	assert_int_equal(fixture.model->applications.len, 0);
	assert_int_equal(fixture.model->environments.len, 0);
	fixture_close(&fixture);
}

static void values_of_other_tools_are_no_environments(void **state)
{
	static const struct fixture_file others[] = {
		{"environments/values.yaml", "replicas: 1\n"},
		{"environments/values-e.yaml", "name: shop\nreplicas: 2\n"},
		{NULL, NULL},
	};
	static const struct fixture_file ours[] = {
		{"environments/values.yaml", ""},
		{"environments/values-e.yaml", "vaultPathPrefix: secret/e\n"},
		{NULL, NULL},
	};
	static const struct fixture_file broken[] = {
		{"environments/values-e.yaml", "name: [\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, others);
	assert_int_equal(fixture.model->layout, LAYOUT_NONE);
	assert_int_equal(fixture.model->environments.len, 0);
	fixture_close(&fixture);
	assert_enabled(ours, LAYOUT_CURRENT, "e", "");
	assert_enabled(broken, LAYOUT_CURRENT, "e", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_current_layout_has_a_map_of_applications),
		cmocka_unit_test(the_layout_of_sqr079_has_flags_and_mandatory_applications),
		cmocka_unit_test(an_application_is_enabled_once),
		cmocka_unit_test(settings_are_merged),
		cmocka_unit_test(lists_the_files_it_depends_on),
		cmocka_unit_test(without_environments_there_is_no_layout),
		cmocka_unit_test(values_of_other_tools_are_no_environments),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
