/* The public interface as a program uses it, on the example repository. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <aspis/check.h>
#include <aspis/debug.h>
#include <aspis/environment.h>
#include <aspis/report.h>
#include <aspis/schema.h>
#include <aspis/support.h>
#include <aspis/version.h>

static struct aspis_repository *open_example(void)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository_options options = {.root = ASPIS_EXAMPLE};
	struct aspis_repository *repository = aspis_repository_open(&options, &error);
	assert_int_equal(error.kind, ASPIS_ERROR_NONE);
	assert_non_null(repository);
	return repository;
}

/* A failure with this kind and these words; the error is released. */
static void fails_with(struct aspis_error *error, enum aspis_error_kind kind, const char *words)
{
	assert_int_equal(error->kind, kind);
	assert_non_null(strstr(error->message, words));
	aspis_error_release(error);
	assert_int_equal(error->kind, ASPIS_ERROR_NONE);
	assert_null(error->message);
}

static void test_repository(void **state)
{
	(void)state;
	struct aspis_repository *repository = open_example();

	assert_int_equal(aspis_repository_root(repository)[0], '/');
	assert_int_equal(aspis_repository_layout(repository), ASPIS_LAYOUT_CURRENT);
	assert_int_equal(aspis_repository_environment_count(repository), 3);
	assert_string_equal(aspis_repository_environment_name(repository, 0), "alpine");
	assert_string_equal(aspis_repository_environment_name(repository, 2), "sandbox");
	assert_int_equal(aspis_repository_application_count(repository), 7);
	assert_string_equal(aspis_repository_application_name(repository, 0), "alerts");
	aspis_repository_free(repository);
	aspis_repository_free(NULL);
}

static void test_no_repository(void **state)
{
	(void)state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository_options options = {.root = ASPIS_EXAMPLE "/no-such-folder"};
	assert_null(aspis_repository_open(&options, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "no-such-folder");
	assert_null(aspis_repository_open(&options, NULL));
}

static void check_diag(const struct aspis_diag *diag)
{
	struct aspis_span span = aspis_diag_span(diag);

	assert_non_null(aspis_rule_code(aspis_diag_rule(diag)));
	assert_true(strlen(aspis_diag_message(diag)) > 0);
	assert_true(strlen(span.path) > 0 && span.path[0] != '/');
	assert_true(span.start_line >= 1 && span.start_column >= 1);
	assert_true(span.end_line > span.start_line ||
		    (span.end_line == span.start_line && span.end_column >= span.start_column));
	for (size_t i = 0; i < aspis_diag_environment_count(diag); i++)
		assert_true(strlen(aspis_diag_environment(diag, i)) > 0);
	for (size_t i = 0; i < aspis_diag_related_count(diag); i++) {
		assert_true(strlen(aspis_diag_related_span(diag, i).path) > 0);
		assert_true(strlen(aspis_diag_related_message(diag, i)) > 0);
	}
}

static void test_check(void **state)
{
	(void)state;
	struct aspis_repository *repository = open_example();
	struct aspis_check *check = aspis_check_new(repository);
	struct aspis_diag_list *findings = aspis_check_run(check);
	size_t sum = 0;

	assert_true(aspis_diag_list_count(findings) > 10);
	for (size_t i = 0; i < aspis_diag_list_count(findings); i++)
		check_diag(aspis_diag_list_at(findings, i));
	for (int i = ASPIS_SEVERITY_NOTE; i <= ASPIS_SEVERITY_ERROR; i++)
		sum += aspis_diag_list_count_severity(findings, (enum aspis_severity)i);
	assert_int_equal(sum, aspis_diag_list_count(findings));
	assert_int_equal(aspis_diag_list_exit_status(findings, ASPIS_SEVERITY_ERROR), 1);
	aspis_diag_list_free(findings);
	aspis_check_free(check);
	aspis_repository_free(repository);
}

/* Two checks of one repository do not know each other. */
static void test_selection(void **state)
{
	(void)state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = open_example();
	struct aspis_check *narrow = aspis_check_new(repository);
	struct aspis_check *wide = aspis_check_new(repository);

	assert_true(aspis_check_select(narrow, "ASP203", &error));
	assert_true(aspis_check_add_environment(narrow, "sandbox", &error));
	assert_false(aspis_check_select(narrow, "ASP2O3", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "ASP203");
	assert_false(aspis_check_ignore(narrow, "nonsense-of-a-rule", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "nonsense-of-a-rule");
	assert_false(aspis_check_add_environment(narrow, "sandbx", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "sandbox");
	assert_false(aspis_check_add_path(narrow, "/", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "outside");

	struct aspis_diag_list *few = aspis_check_run(narrow);
	struct aspis_diag_list *many = aspis_check_run(wide);
	assert_true(aspis_diag_list_count(few) > 0);
	assert_true(aspis_diag_list_count(few) < aspis_diag_list_count(many));
	for (size_t i = 0; i < aspis_diag_list_count(few); i++)
		assert_string_equal(aspis_rule_code(aspis_diag_rule(aspis_diag_list_at(few, i))), "ASP203");
	aspis_diag_list_free(few);
	aspis_diag_list_free(many);
	aspis_check_free(narrow);
	aspis_check_free(wide);
	aspis_repository_free(repository);
}

static void test_counts_what_was_asked_for(void **state)
{
	(void)state;
	struct aspis_report_options options = {.show = ASPIS_SEVERITY_NOTE};
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = open_example();
	struct aspis_check *check = aspis_check_new(repository);

	assert_true(aspis_check_add_path(check, ASPIS_EXAMPLE "/environments/values-sandbox.yaml", &error));
	assert_true(aspis_check_add_path(check, ASPIS_EXAMPLE "/environments/values.yaml", &error));
	struct aspis_diag_list *findings = aspis_check_run(check);
	char *text = aspis_report_render(findings, &options, NULL, &error);
	assert_non_null(strstr(text, " in 2 files\n"));
	free(text);
	aspis_diag_list_free(findings);
	aspis_check_free(check);
	aspis_repository_free(repository);
}

static void check_secret(const struct aspis_secret_spec *secret)
{
	bool copied = aspis_secret_spec_origin(secret) == ASPIS_ORIGIN_COPY;
	bool generated = aspis_secret_spec_origin(secret) == ASPIS_ORIGIN_GENERATE;

	assert_true(strlen(aspis_secret_spec_application(secret)) > 0);
	assert_true(strlen(aspis_secret_spec_key(secret)) > 0);
	assert_non_null(aspis_origin_name(aspis_secret_spec_origin(secret)));
	assert_int_equal(aspis_secret_spec_copy_key(secret) != NULL, copied);
	assert_int_equal(aspis_secret_spec_copy_application(secret) != NULL, copied);
	assert_int_equal(aspis_secret_spec_generate_type(secret) != NULL, generated);
	assert_non_null(strstr(aspis_secret_spec_span(secret).path, "secrets"));
}

/* The rendered list has a line for each secret, in their order. */
static void test_environment(void **state)
{
	(void)state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_diag_list *broken;
	struct aspis_repository *repository = open_example();
	struct aspis_environment *environment = aspis_environment_open(repository, "alpine", &broken, &error);
	size_t size = 0;

	assert_non_null(environment);
	assert_null(broken);
	assert_string_equal(aspis_environment_name(environment), "alpine");
	char *list = aspis_environment_render(environment, NULL, &size, &error);
	const char *line = list;
	assert_true(aspis_environment_secret_count(environment) > 5);
	for (size_t i = 0; i < aspis_environment_secret_count(environment); i++) {
		const struct aspis_secret_spec *secret = aspis_environment_secret(environment, i);
		char expected[256];
		check_secret(secret);
		int length = snprintf(expected, sizeof(expected), "%s %s\n", aspis_secret_spec_application(secret),
			aspis_secret_spec_key(secret));
		assert_memory_equal(line, expected, (size_t)length);
		line += length;
	}
	assert_int_equal(*line, '\0');
	assert_int_equal(strlen(list), size);
	free(list);
	assert_null(aspis_environment_render(environment, "xml", &size, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "xml");
	aspis_environment_free(environment);
	assert_null(aspis_environment_open(repository, "alpin", &broken, &error));
	assert_null(broken);
	fails_with(&error, ASPIS_ERROR_USAGE, "alpine");
	aspis_repository_free(repository);
}

static void test_environment_settings(void **state)
{
	(void)state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_diag_list *broken;
	struct aspis_repository *repository = open_example();
	struct aspis_environment *environment = aspis_environment_open(repository, "alpine", &broken, &error);

	char *prefix = aspis_environment_setting(environment, "vaultPathPrefix");
	assert_non_null(prefix);
	free(prefix);
	assert_null(aspis_environment_setting(environment, "no.such.setting"));
	assert_null(aspis_environment_setting(environment, "applications"));
	assert_true(aspis_environment_application_count(environment) > 0);
	assert_true(strlen(aspis_environment_application_name(environment, 0)) > 0);
	aspis_environment_free(environment);
	aspis_repository_free(repository);
}

static void test_rules(void **state)
{
	(void)state;
	assert_true(aspis_rule_count() > 40);
	for (size_t i = 0; i < aspis_rule_count(); i++) {
		const struct aspis_rule *rule = aspis_rule_at(i);
		assert_ptr_equal(aspis_rule_find(aspis_rule_code(rule)), rule);
		assert_ptr_equal(aspis_rule_find(aspis_rule_name(rule)), rule);
		assert_true(strlen(aspis_rule_summary(rule)) > 0);
		assert_true(strlen(aspis_rule_explanation(rule)) > 0);
		assert_true(i == 0 || strcmp(aspis_rule_code(aspis_rule_at(i - 1)), aspis_rule_code(rule)) < 0);
	}
	assert_null(aspis_rule_find("ASP999"));
	char *near = aspis_rule_suggest("copy-unknwon-key");
	assert_string_equal(near, "copy-unknown-key");
	free(near);
	assert_string_equal(aspis_severity_name(ASPIS_SEVERITY_WARNING), "warning");
}

static void test_reports(void **state)
{
	(void)state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = open_example();
	struct aspis_check *check = aspis_check_new(repository);
	struct aspis_diag_list *findings = aspis_check_run(check);
	size_t size = 0;

	assert_int_equal(aspis_report_format_count(), 5);
	for (size_t i = 0; i < aspis_report_format_count(); i++) {
		struct aspis_report_options options = {.format = aspis_report_format_name(i)};
		char *text = aspis_report_render(findings, &options, &size, &error);
		assert_non_null(text);
		assert_int_equal(strlen(text), size);
		assert_non_null(strstr(text, "ASP"));
		free(text);
		assert_true(strlen(aspis_report_format_summary(i)) > 0);
	}
	struct aspis_report_options unknown = {.format = "xml"};
	assert_null(aspis_report_render(findings, &unknown, &size, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "xml");
	aspis_diag_list_free(findings);
	aspis_check_free(check);
	aspis_repository_free(repository);
}

static void test_schema(void **state)
{
	(void)state;
	size_t size = 0;
	const char *schema = aspis_schema("secrets.json", &size);
	assert_non_null(schema);
	assert_int_equal(strlen(schema), size);
	assert_null(aspis_schema("no-such.json", NULL));
}

static void test_support(void **state)
{
	(void)state;
	const char *const names[] = {"check", "explain", "rules"};
	char *visible = aspis_support_visible("a\x1b\nb\t");
	assert_null(strchr(visible, '\x1b'));
	assert_non_null(strchr(visible, '\n'));
	assert_null(strchr(visible, '\t'));
	free(visible);
	assert_ptr_equal(aspis_support_suggest("chekc", names, 3), names[0]);
	assert_null(aspis_support_suggest("xyzzy", names, 3));
	assert_null(aspis_support_suggest("chekc", names, 0));
}

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif

static void end_with_42(size_t size)
{
	_exit(size > 0 ? 42 : 41);
}

/* Asks for more and more until there is no more. */
static void exhaust_memory(void)
{
	static char text[1 << 20];
	struct rlimit limit = {.rlim_cur = 64 << 20, .rlim_max = 64 << 20};

	memset(text, 'a', sizeof(text) - 1);
	if (setrlimit(RLIMIT_AS, &limit) != 0)
		_exit(1);
	while (aspis_support_visible(text))
		continue;
}

/* Seen from a child: the handler ends it. */
static void test_out_of_memory(void **state)
{
	(void)state;
#ifdef ADDRESS_SANITIZER
	print_message("skipped: the sanitizer has an allocator of its own, which does not know the limit\n");
	skip();
#endif
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		aspis_set_out_of_memory_handler(end_with_42);
		exhaust_memory();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_repository),
		cmocka_unit_test(test_counts_what_was_asked_for),
		cmocka_unit_test(test_no_repository),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_selection),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_environment_settings),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_schema),
		cmocka_unit_test(test_support),
		cmocka_unit_test(test_out_of_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
