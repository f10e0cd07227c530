#include "fixture.h"

#define SOURCE_OF(name) "spec:\n  source:\n    path: \"applications/" name "\"\n"

/* The applications of one template, each as "name:truth" with Y, N or ?, and a + where it is mandatory; "*" at the end where the template generates more. */
static void describe(struct strbuf *out, const char *template)
{
	const struct fixture_file files[] = {
		{"environments/values-e.yaml", "applications: {up: true, down: false}\n"},
		{"environments/templates/t.yaml", template},
		{NULL, NULL},
	};
	struct fixture fixture;

	fixture_open(&fixture, files);
	for (size_t i = 0; i < fixture.model->argocd.len; i++) {
		const struct argocd_application *argocd =
			*(struct argocd_application **)vec_at(&fixture.model->argocd, i);
		const struct environment *environment = fixture_environment(&fixture, "e");
		enum truth truth = guard_evaluate(argocd->guard, &environment->values);
		strbuf_printf(out, "%.*s:%c%s ", STR_ARG(argocd->name), "NY?"[truth], argocd -> conditional ? "" : "+");
		assert_true(str_equal(span_text(argocd->span), argocd->name));
	}
	if (fixture.model->argocd_generated)
		strbuf_append_char(out, '*');
	fixture_close(&fixture);
}

static void assert_template(const char *template, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	describe(&out, template);
	if (strcmp(out.ptr, expected) != 0)
		fail_msg("\"%s\" is not \"%s\" for:\n%s", out.ptr, expected, template);
	strbuf_release(&out);
}

static void reads_guards_around_applications(void **state)
{
	(void)state;
	assert_template("kind: Application\n" SOURCE_OF("a"), "a:Y+ ");
	assert_template(
		"{{- if .Values.applications.up -}}\nkind: Application\n" SOURCE_OF("a") "{{- end -}}\n", "a:Y ");
	assert_template(
		"{{- if .Values.applications.down -}}\nkind: Application\n" SOURCE_OF("a") "{{- end -}}\n", "a:N ");
	assert_template(
		"{{- if and .Values.applications.up\n  .Values.applications.down }}\nkind: Application\n" SOURCE_OF(
			"a") "{{ end }}",
		"a:N ");
	assert_template("{{- if .Values.applications.down }}\nkind: Application\n" SOURCE_OF(
				"a") "{{- else }}\nkind: Namespace\n{{ end }}\n"
				     "---\nkind: Application\n" SOURCE_OF("b"),
		"a:N b:Y+ ");
	assert_template("{{ if .Values.applications.down }}\nkind: Application\n" SOURCE_OF(
				"a") "\n---\n{{ else if .Values.applications.up }}\n"
				     "kind: Application\n" SOURCE_OF(
					     "b") "---\n{{ else }}\nkind: Application\n" SOURCE_OF("c") "{{ end }}",
		"a:N b:Y c:N ");
	assert_template("{{- with .Values.applications.up }}\nkind: Application\n" SOURCE_OF("a") "{{ end }}", "a:? ");
	assert_template("{{ if .Values.applications.down }}{{ range .Values.x }}\nkind: Application\n" SOURCE_OF(
				"a") "{{ end }}{{ end }}",
		"a:N ");
	assert_template("{{ if eq .Values.name \"x\" }}\nkind: Application\n" SOURCE_OF("a") "{{ end }}", "a:? ");
}

static void passes_over_comments_and_strings(void **state)
{
	(void)state;
	assert_template("{{/* if }} .Values.applications.down */}}\nkind: Application\n" SOURCE_OF("a"), "a:Y+ ");
	assert_template("{{- /* vim */ -}}\nkind: Application\n" SOURCE_OF("a"), "a:Y+ ");
	assert_template(
		"kind: Application\nmetadata:\n  name: {{ \"}} {{ end }}\" | quote }}\n" SOURCE_OF("a"), "a:Y+ ");
	assert_template("# kind: Application\nkind: Namespace\n", "");
	assert_template("{{ $x := index .Values \"y\" }}\nkind: Application # comment\n" SOURCE_OF("a"), "a:Y+ ");
}

static void reads_several_documents_and_sources(void **state)
{
	(void)state;
	assert_template("kind: Namespace\nmetadata:\n  name: n\n---\nkind: Application\n" SOURCE_OF(
				"a") "---\nkind: Application\n" SOURCE_OF("b"),
		"a:Y+ b:Y+ ");
	assert_template("kind: Application\nspec:\n  sources:\n    - repoURL: x\n      path: ./applications/a/\n    - "
			"path: other\n",
		"a:Y+ ");
	assert_template("kind: Application\nmetadata:\n  name: 'a'\nspec:\n  project: x\n", "a:Y+ ");
	assert_template("kind: Application\nmetadata:\n  name: a\nspec:\n  source:\n    chart: a\n", "");
	assert_template("kind: AppProject\nmetadata:\n  name: a\n", "");
}

static void admits_what_it_cannot_read(void **state)
{
	(void)state;
	assert_template("{{ range .Values.applications }}\nkind: Application\nspec:\n  source:\n    path: "
			"applications/{{ . }}\n{{ end }}",
		"*");
	assert_template("kind: ApplicationSet\nspec: {}\n", "*");
	assert_template("kind: {{ .Values.kind }}\n", "*");
	assert_template("{{ include \"everything\" . }}\n", "*");
	assert_template("{{ define \"x\" }}\nkind: Application\n" SOURCE_OF("a") "{{ end }}", "*");
	assert_template("{{ if .Values.applications.down }}\nkind: Application\n" SOURCE_OF("a"), "a:? *");
	assert_template("kind: Application\n" SOURCE_OF("a") "{{ end }}", "a:? *");
	assert_template("kind: Application\n" SOURCE_OF("a") "{{ unclosed", "a:? *");
	assert_template("", "");
}

static const struct fixture_file with_values[] = {
	{"environments/values-e.yaml", "applications: {a: true}\n"},
	{"applications/a/Chart.yaml", "name: a\n"},
	{"environments/templates/a.yaml",
		"kind: Application\nspec:\n  source:\n    path: applications/a\n    helm:\n      parameters:\n"
		"      - name: \"global.host\"\n        value: {{ .Values.fqdn | quote }}\n        forceString: true\n"
		"      - name: vault.address\n        value: x\n      valueFiles:\n        - \"values.yaml\"\n        "
		"- values-{{ .Values.name }}.yaml\n"
		"        - 'values-extra.yaml'\n"
		"      valuesObject:\n        config:\n          host: {{ .Values.fqdn }}\n          butler:\n         "
		"   {{ toYaml .Values.b | nindent 12 }}\n"
		"          list:\n            - one\n        flag: true\n"},
	{NULL, NULL},
};

static void finds_what_is_injected(void **state)
{
	static const struct {
		const char *path;
		bool injected;
	} paths[] = {
		{"global.host", true},
		{"global", true},
		{"global.hostname", false},
		{"global.other", false},
		{"vault.address", true},
		{"config.host", true},
		{"config", true},
		{"config.other", false},
		{"config.butler.anything", true},
		{"config.list", true},
		{"flag", true},
		{"name", false},
		{"other", false},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, with_values);
	const struct application *application = fixture_application(&fixture, "a");
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (application_is_injected(application, str_of(paths[i].path)) != paths[i].injected)
			fail_msg("%s: not %d", paths[i].path, paths[i].injected);
	const struct argocd_application *argocd = *(struct argocd_application **)vec_at(&application->argocd, 0);
	assert_int_equal(argocd->value_files.len, 2);
	assert_text(*(struct str *)vec_at(&argocd->value_files, 1), "values-extra.yaml");
	fixture_close(&fixture);
}

static void an_action_in_place_of_values_may_set_anything(void **state)
{
	static const struct fixture_file files[] = {
		{"environments/values-e.yaml", "applications: {a: true}\n"},
		{"applications/a/Chart.yaml", "name: a\n"},
		{"environments/templates/a.yaml", "kind: Application\nspec:\n  source:\n    path: applications/a\n    "
						  "helm:\n      values: |\n{{ toYaml .Values.a | indent 8 }}\n"},
		{NULL, NULL},
	};
	struct fixture fixture;

	(void)state;
	fixture_open(&fixture, files);
	assert_true(application_is_injected(fixture_application(&fixture, "a"), STR("any.thing")));
	fixture_close(&fixture);
}

/* Each line below a key would else keep a copy of it. */
static void keys_without_end_are_not_kept_for_every_line(void **state)
{
	struct fixture_file files[] = {
		{"environments/values-e.yaml", "applications: {a: true}\n"},
		{"applications/a/Chart.yaml", "name: a\n"},
		{"environments/templates/a.yaml", NULL},
		{NULL, NULL},
	};
	struct strbuf template = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_c(&template, "kind: Application\nspec:\n  source:\n    path: applications/a\n    helm:\n"
				   "      valuesObject:\n        ");
	strbuf_append_repeat(&template, 'k', 1000);
	strbuf_append_c(&template, ":\n          {{ toYaml .Values.a }}\n          key: true\n");
	files[2].text = template.ptr;
	fixture_open(&fixture, files);
	const struct application *application = fixture_application(&fixture, "a");
	const struct argocd_application *argocd = *(struct argocd_application **)vec_at(&application->argocd, 0);
	for (size_t i = 0; i < argocd->parameters.len; i++)
		assert_true(((const struct argocd_parameter *)vec_at(&argocd->parameters, i))->name.len < 1000);
	assert_true(application_is_injected(application, STR("any.thing")));
	fixture_close(&fixture);
	strbuf_release(&template);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_guards_around_applications),
		cmocka_unit_test(passes_over_comments_and_strings),
		cmocka_unit_test(reads_several_documents_and_sources),
		cmocka_unit_test(admits_what_it_cannot_read),
		cmocka_unit_test(finds_what_is_injected),
		cmocka_unit_test(an_action_in_place_of_values_may_set_anything),
		cmocka_unit_test(keys_without_end_are_not_kept_for_every_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
