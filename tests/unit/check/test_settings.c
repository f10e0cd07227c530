#include "check/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
	struct check_settings settings;
	struct error error;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	check_settings_init(&fixture.settings);
	fixture.error = (struct error)ERROR_INIT;
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	check_settings_release(&fixture->settings);
	error_release(&fixture->error);
	return 0;
}

static bool read_text(struct fixture *fixture, const char *text)
{
	return check_settings_read(&fixture->settings, STR("aspis.yaml"), str_of(text), &fixture->error);
}

static void test_defaults(void **state)
{
	struct fixture *fixture = *state;

	assert_true(read_text(fixture, "# nothing\n"));
	assert_int_equal(fixture->settings.fail_on, SEVERITY_WARNING);
	assert_int_equal(check_settings_severity(&fixture->settings, RULE_ASP203), SEVERITY_ERROR);
	assert_int_equal(check_settings_severity(&fixture->settings, RULE_ASP303), SEVERITY_OFF);
}

static void test_select(void **state)
{
	struct fixture *fixture = *state;
	struct check_settings *settings = &fixture->settings;

	assert_true(check_settings_select(settings, STR("ASP3"), &fixture->error));
	assert_int_equal(check_settings_severity(settings, RULE_ASP301), SEVERITY_WARNING);
	assert_int_equal(check_settings_severity(settings, RULE_ASP303), SEVERITY_OFF);
	assert_int_equal(check_settings_severity(settings, RULE_ASP203), SEVERITY_OFF);
	assert_int_equal(check_settings_severity(settings, RULE_ASP001), SEVERITY_ERROR);
	assert_true(check_settings_select(settings, STR("condition-constant"), &fixture->error));
	assert_int_equal(check_settings_severity(settings, RULE_ASP303), SEVERITY_NOTE);
	assert_true(check_settings_ignore(settings, STR("conditions"), &fixture->error));
	assert_int_equal(check_settings_severity(settings, RULE_ASP301), SEVERITY_OFF);
	assert_true(check_settings_ignore(settings, STR("all"), &fixture->error));
	assert_int_equal(check_settings_severity(settings, RULE_ASP001), SEVERITY_ERROR);
}

static void test_unknown_selector(void **state)
{
	struct fixture *fixture = *state;

	assert_false(check_settings_select(&fixture->settings, STR("copy-unknown-kye"), &fixture->error));
	assert_int_equal(fixture->error.kind, ERROR_USAGE);
	assert_non_null(strstr(fixture->error.message, "'copy-unknown-key'"));
	assert_false(fixture->settings.has_selection);
	assert_false(check_settings_ignore(&fixture->settings, STR("ASP999"), &fixture->error));
}

static void test_severities(void **state)
{
	struct fixture *fixture = *state;
	const struct check_settings *settings = &fixture->settings;

	assert_true(read_text(
		fixture, "severities:\n  ASP303: warning\n  ASP3xx: note\n  copy-cycle: off\n  ASP203: \"off\"\n"));
	assert_int_equal(check_settings_severity(settings, RULE_ASP303), SEVERITY_WARNING);
	assert_int_equal(check_settings_severity(settings, RULE_ASP301), SEVERITY_NOTE);
	assert_int_equal(check_settings_severity(settings, RULE_ASP205), SEVERITY_OFF);
	assert_int_equal(check_settings_severity(settings, RULE_ASP203), SEVERITY_OFF);
	assert_int_equal(check_settings_severity(settings, RULE_ASP201), SEVERITY_ERROR);
}

static void test_mistakes(void **state)
{
	struct fixture *fixture = *state;

	assert_false(read_text(fixture, "sevreities: {}\nexclude: 5\n"));
	assert_int_equal(fixture->error.kind, ERROR_USAGE);
	assert_non_null(strstr(fixture->error.message, "aspis.yaml:1:1: "));
	assert_non_null(strstr(fixture->error.message, "\naspis.yaml:2:10: "));
}

static void test_broken(void **state)
{
	struct fixture *fixture = *state;

	assert_false(read_text(fixture, "severities: [\n"));
	assert_int_equal(fixture->error.kind, ERROR_USAGE);
	assert_non_null(strstr(fixture->error.message, "aspis.yaml:2:1: "));
}

static void test_unknown_rule(void **state)
{
	struct fixture *fixture = *state;

	assert_false(read_text(fixture, "severities:\n  copy-cycel: note\n"));
	assert_non_null(strstr(fixture->error.message, "aspis.yaml:2:3: "));
	assert_non_null(strstr(fixture->error.message, "'copy-cycle'"));
}

static void test_missing_file(void **state)
{
	struct fixture *fixture = *state;

	assert_false(check_settings_load(&fixture->settings, "no/such/aspis.yaml", "aspis.yaml", &fixture->error));
	assert_int_equal(fixture->error.kind, ERROR_USAGE);
	assert_null(strstr(fixture->error.message, "no/such"));
	assert_non_null(strstr(fixture->error.message, "aspis.yaml"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_defaults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_select, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_selector, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_severities, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mistakes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_broken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_rule, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_missing_file, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
