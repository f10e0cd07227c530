#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "repo/roles.h"

static const struct {
	const char *path;
	enum file_role role;
	const char *application;
	const char *environment;
} cases[] = {
	{"environments/values.yaml", FILE_ENVIRONMENT_DEFAULTS, NULL, NULL},
	{"environments/values-tucson-teststand.yaml", FILE_ENVIRONMENT, NULL, "tucson-teststand"},
	{"environments/values-.yaml", FILE_YAML, NULL, NULL},
	{"environments/values-e.yml", FILE_YAML, NULL, NULL},
	{"environments/Chart.yaml", FILE_YAML, NULL, NULL},
	{"environments/templates/a-application.yaml", FILE_ARGOCD_TEMPLATE, NULL, NULL},
	{"environments/templates/applications/x/a.yaml", FILE_ARGOCD_TEMPLATE, NULL, NULL},
	{"environments/templates/_helpers.tpl", FILE_ARGOCD_TEMPLATE, NULL, NULL},
	{"environments/templates/logo.png", FILE_OTHER, NULL, NULL},
	{"environments/extra/values.yaml", FILE_YAML, NULL, NULL},
	{"applications/a/Chart.yaml", FILE_CHART, "a", NULL},
	{"applications/a/values.yaml", FILE_VALUES, "a", NULL},
	{"applications/a/values-e.yaml", FILE_VALUES_ENVIRONMENT, "a", "e"},
	{"applications/a/secrets.yaml", FILE_SECRETS, "a", NULL},
	{"applications/a/secrets-e.yaml", FILE_SECRETS_ENVIRONMENT, "a", "e"},
	{"applications/a/secrets_e.yaml", FILE_YAML, "a", NULL},
	{"applications/a/secrets.yml", FILE_YAML, "a", NULL},
	{"applications/a/README.md", FILE_OTHER, "a", NULL},
	{"applications/README.md", FILE_OTHER, NULL, NULL},
	{"applications/a/templates/x/y.yaml", FILE_TEMPLATE, "a", NULL},
	{"applications/a/templates/y.tpl", FILE_TEMPLATE, "a", NULL},
	{"applications/a/templates/y.gz", FILE_OTHER, "a", NULL},
	{"applications/a/crds/y.yaml", FILE_YAML, "a", NULL},
	{"applications/a/charts/s/Chart.yaml", FILE_CHART, "a", NULL},
	{"applications/a/charts/s/values.yaml", FILE_VALUES, "a", NULL},
	{"applications/a/charts/s/values-e.yaml", FILE_YAML, "a", NULL},
	{"applications/a/charts/s/secrets.yaml", FILE_YAML, "a", NULL},
	{"applications/a/charts/s/charts/t/values.yaml", FILE_VALUES, "a", NULL},
	{"applications/a/charts/s/templates/t.yaml", FILE_TEMPLATE, "a", NULL},
	{"applications/a/charts/values.yaml", FILE_YAML, "a", NULL},
	{"charts/s/values.yaml", FILE_VALUES, NULL, NULL},
	{"charts/s/Chart.yaml", FILE_CHART, NULL, NULL},
	{"charts/s/secrets.yaml", FILE_YAML, NULL, NULL},
	{"charts/s/templates/x.yaml", FILE_TEMPLATE, NULL, NULL},
	{".pre-commit-config.yaml", FILE_PRE_COMMIT, NULL, NULL},
	{"docs/.pre-commit-config.yaml", FILE_YAML, NULL, NULL},
	{"values.yaml", FILE_YAML, NULL, NULL},
	{"secrets", FILE_OTHER, NULL, NULL},
	{".yaml", FILE_OTHER, NULL, NULL},
};

static void assert_name(struct str actual, const char *expected, const char *path)
{
	if (expected ? !str_is(actual, expected) : !str_is_absent(actual))
		fail_msg("%s: \"%.*s\" is not %s", path, STR_ARG(actual), expected ? expected : "absent");
}

static void follow_from_paths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct repo_file file = {.path = str_of(cases[i].path)};
		role_assign(&file);
		if (file.role != cases[i].role)
			fail_msg("%s: role %x, not %x", cases[i].path, file.role, cases[i].role);
		assert_name(file.application, cases[i].application, cases[i].path);
		assert_name(file.environment, cases[i].environment, cases[i].path);
	}
}

static void charts_anywhere_have_templates(void **state)
{
	struct repo_file chart = {.path = STR("helm/x/Chart.yaml")};
	struct repo_file within = {.path = STR("helm/x/templates/sub/a.yaml")};
	struct repo_file beside = {.path = STR("helm/templates/a.yaml")};
	struct map charts;

	(void)state;
	map_init(&charts);
	map_set(&charts, STR("helm/x"), &chart);
	role_assign_plain(&within, &charts);
	role_assign_plain(&beside, &charts);
	assert_int_equal(within.role, FILE_TEMPLATE);
	assert_int_equal(beside.role, FILE_YAML);
	map_release(&charts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follow_from_paths),
		cmocka_unit_test(charts_anywhere_have_templates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
