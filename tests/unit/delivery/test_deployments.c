/* How Argo CD deploys an application: release, namespace, and the values that it hands over. */
#include "delivery_fixture.h"

#define CHART                                                                                                          \
	{                                                                                                              \
		"applications/shop/Chart.yaml", "name: shop\nversion: 1.0.0\n"                                         \
	}

#define DEPLOYED(helm)                                                                                                 \
	{                                                                                                              \
		"environments/templates/applications/shop.yaml",                                                       \
			"{{- if .Values.applications.shop }}\n"                                                        \
			"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: shop-app\nspec:\n"    \
			"  destination:\n    namespace: {{ .Values.name }}-shops\n"                                    \
			"  source:\n    path: ./applications/shop\n" helm "{{- end }}\n"                               \
	}

#define ENVIRONMENTS                                                                                                   \
	{"environments/values.yaml", "applications: {}\n"},                                                            \
		{"environments/values-dev.yaml", ENVIRONMENT("dev", "  shop: true\n")},                                \
	{                                                                                                              \
		"environments/values-off.yaml", ENVIRONMENT("off", "  shop: false\n")                                  \
	}

static void assert_lines(const struct fixture_file *files, const char *environment, const char *expected)
{
	struct followed followed;

	followed_open(&followed, files);
	assert_string_equal(followed_lines(&followed, environment), expected);
	followed_close(&followed);
}

static void parameters_are_typed_as_helm_does(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		DEPLOYED("    helm:\n      parameters:\n"
			 "        - {name: switch, value: \"TRUE\"}\n"
			 "        - {name: text, value: \"false\", forceString: true}\n"
			 "        - {name: count, value: \"7\"}\n"
			 "        - {name: padded, value: \"007\"}\n"
			 "        - {name: a.b\\.c.d, value: deep}\n"
			 "        - {name: gone, value: \"null\"}\n"
			 "        - {name: braces, value: \"{x,y}\"}\n"
			 "        - {name: \"list[0].name\", value: x}\n"
			 "        - {name: app, value: $ARGOCD_APP_NAME}\n"),
		{"applications/shop/values.yaml", "gone: here\n"},
		{"applications/shop/templates/pods.yaml",
			POD("a",
				"{{ .Values.switch | kindOf }}-{{ .Values.text | kindOf }}-{{ kindIs \"string\" "
				".Values.count }}",
				"{{ .Values.padded }}-{{ index .Values.a \"b.c\" \"d\" }}") "---\n" POD("b",
				"{{ .Values.gone | default \"none\" }}", "{{ .Values.braces }}") "---\n" POD("c",
				"{{ .Values.list | toJson }}", "{{ .Values.app }}")},
		{NULL, NULL},
	};

	assert_lines(files, "dev",
		"uses dev-shops/bool-string-false 007-deep\n"
		"uses dev-shops/none ?\n"
		"uses dev-shops/? ?\n");
}

static void inline_values_stand_over_files(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		DEPLOYED("    helm:\n      releaseName: rel\n      values: |\n        secret: from-{{ .Values.name }}\n"
			 "      valueFiles:\n        - values-{{ .Values.name }}.yaml\n        - ../../shared.yaml\n"),
		{"applications/shop/values.yaml", "secret: low\nkey: low\nmore: low\n"},
		{"applications/shop/values-dev.yaml", "secret: high\nkey: high\nmore: high\n"},
		{"shared.yaml", "more: shared\n"},
		{"applications/shop/templates/pod.yaml",
			POD("a", "{{ .Release.Name }}-{{ .Values.secret }}", "{{ .Values.key }}")},
		{NULL, NULL},
	};

	/* The shared file lies outside of what is read as values: it might set anything. */
	assert_lines(files, "dev", "uses dev-shops/rel-from-dev ?\n");
}

static void objects_of_values_are_taken_as_they_are(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		DEPLOYED("    helm:\n      valuesObject:\n        secret: {{ .Values.fqdn | quote }}\n"),
		{"applications/shop/values.yaml", "secret: low\nkey: low\n"},
		{"applications/shop/templates/pod.yaml", POD("a", "{{ .Values.secret }}", "{{ .Values.key }}")},
		{NULL, NULL},
	};

	assert_lines(files, "dev", "uses dev-shops/dev.example.com low\n");
}

static void guards_decide_where_it_is_deployed(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		DEPLOYED(""),
		{"applications/shop/templates/pod.yaml", POD("a", "s", "k")},
		{NULL, NULL},
	};

	assert_lines(files, "dev", "uses dev-shops/s k\n");
	assert_lines(files, "off", "");
}

/* Without an Application the names are the application's, and the path to Vault is the environment's wherever nothing sets it. */
static void without_an_application_the_rest_is_assumed(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		{"applications/shop/values.yaml",
			"vault:\n  vaultPathPrefix: \"\"\nglobal:\n  vaultSecretsPath: \"\"\n"},
		{"applications/shop/templates/secrets.yaml",
			VAULT_SECRET("one", "{{ .Values.global.vaultSecretsPath }}/shop", "") "---\n" VAULT_SECRET(
				"two", "{{ .Values.vault.vaultPathPrefix }}/pull-secret",
				"") "---\n" VAULT_SECRET("three", "{{ .Values.other }}/shop", "")},
		{NULL, NULL},
	};

	assert_lines(files, "dev",
		"makes shop/one from shop\n"
		"makes shop/two from pull-secret\n"
		"makes shop/three from ?\n");
	assert_lines(files, "off", "");
}

static void several_applications_deploy_one_chart(void **state)
{
	(void)state;
	static const struct fixture_file files[] = {
		ENVIRONMENTS,
		CHART,
		{"environments/templates/applications/shops.yaml",
			"{{- range $name := list \"north\" \"south\" }}\n---\n"
			"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: {{ $name }}\nspec:\n"
			"  destination:\n    namespace: {{ $name }}\n"
			"  sources:\n    - path: applications/shop\n{{- end }}\n"},
		{"applications/shop/templates/pod.yaml", POD("a", "{{ .Release.Name }}", "k")},
		{NULL, NULL},
	};

	assert_lines(files, "dev", "uses north/north k\nuses south/south k\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_typed_as_helm_does),
		cmocka_unit_test(inline_values_stand_over_files),
		cmocka_unit_test(objects_of_values_are_taken_as_they_are),
		cmocka_unit_test(guards_decide_where_it_is_deployed),
		cmocka_unit_test(without_an_application_the_rest_is_assumed),
		cmocka_unit_test(several_applications_deploy_one_chart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
