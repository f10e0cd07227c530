/* Pages through the public interface: made, looked at again, and refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/docs.h>

struct opened {
	struct aspis_repository *repository;
	struct aspis_docs *docs;
	char folder[32];
};

static int set_up(void **state)
{
	struct opened *opened = calloc(1, sizeof(*opened));
	struct aspis_repository_options options = {.root = ASPIS_EXAMPLE};

	assert_non_null(opened);
	snprintf(opened->folder, sizeof(opened->folder), "/tmp/aspis-XXXXXX");
	assert_non_null(mkdtemp(opened->folder));
	opened->repository = aspis_repository_open(&options, NULL);
	assert_non_null(opened->repository);
	opened->docs = aspis_docs_new(opened->repository);
	*state = opened;
	return 0;
}

static void remove_file(const struct opened *opened, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", opened->folder, name);
	unlink(path);
}

static int tear_down(void **state)
{
	struct opened *opened = *state;

	remove_file(opened, "inventory.json");
	remove_file(opened, ".aspis-docs.json");
	assert_int_equal(rmdir(opened->folder), 0);
	aspis_docs_free(opened->docs);
	aspis_repository_free(opened->repository);
	free(opened);
	return 0;
}

static void test_names(void **state)
{
	size_t size = 0;
	char *templates = aspis_docs_list_templates(&size);

	(void)state;
	assert_int_equal(aspis_docs_format_count(), 4);
	assert_string_equal(aspis_docs_format_name(0), "rst");
	for (size_t i = 0; i < aspis_docs_format_count(); i++)
		assert_true(strlen(aspis_docs_format_summary(i)) > 0);
	assert_string_equal(aspis_docs_role_style_name(0), "plain");
	assert_string_equal(aspis_docs_role_style_name(1), "phalanx");
	assert_null(aspis_docs_role_style_name(2));
	assert_int_equal(strlen(templates), size);
	assert_non_null(strstr(templates, "rst/application.mustache\n"));
	free(templates);
}

static void count_calls(void *context, const char *format, size_t done, size_t total)
{
	size_t *calls = context;

	assert_string_equal(format, "html");
	assert_true(done < total);
	(*calls)++;
}

static void test_write(void **state)
{
	struct opened *opened = *state;
	struct aspis_docs_result result;
	struct aspis_diag_list *broken = NULL;
	size_t size = 0;

	assert_true(aspis_docs_add_format(opened->docs, "json", NULL));
	assert_true(aspis_docs_add_format(opened->docs, "json", NULL));
	assert_true(aspis_docs_add_environment(opened->docs, "harbor", NULL));
	char *report = aspis_docs_check(opened->docs, opened->folder, &size, &result, &broken, NULL);
	assert_non_null(report);
	assert_int_equal(strlen(report), size);
	assert_non_null(strstr(report, "missing: inventory.json\n"));
	assert_true(result.differs);
	assert_int_equal(result.missing, 2);
	free(report);
	assert_true(aspis_docs_write(opened->docs, opened->folder, &result, &broken, NULL));
	assert_int_equal(result.missing, 2);
	assert_null(result.kept_paths[0]);
	assert_true(aspis_docs_write(opened->docs, opened->folder, &result, &broken, NULL));
	assert_int_equal(result.unchanged, 2);
	assert_false(result.differs);
	assert_null(broken);
}

/* A report is made without writing, so that progress can be watched without leaving anything behind. */
static void test_progress(void **state)
{
	struct opened *opened = *state;
	struct aspis_docs_result result;
	struct aspis_diag_list *broken = NULL;
	size_t size = 0, calls = 0;

	assert_true(aspis_docs_add_format(opened->docs, "html", NULL));
	assert_true(aspis_docs_add_environment(opened->docs, "harbor", NULL));
	assert_true(aspis_docs_set_role_style(opened->docs, "phalanx", NULL));
	aspis_docs_set_progress(opened->docs, count_calls, &calls);
	free(aspis_docs_check(opened->docs, opened->folder, &size, &result, &broken, NULL));
	assert_true(calls > 0 && calls <= result.missing);
}

static void fails_with(struct aspis_error *error, enum aspis_error_kind kind, const char *words)
{
	assert_int_equal(error->kind, kind);
	assert_non_null(strstr(error->message, words));
	aspis_error_release(error);
}

static void test_refused(void **state)
{
	struct opened *opened = *state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_diag_list *broken = NULL;
	struct aspis_docs_result result;

	assert_false(aspis_docs_add_format(opened->docs, "pdf", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "there is no format 'pdf'");
	assert_false(aspis_docs_add_environment(opened->docs, "harbour", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "did you mean 'harbor'?");
	assert_false(aspis_docs_set_role_style(opened->docs, "loud", &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "no style of roles 'loud'");
	assert_false(aspis_docs_write(opened->docs, opened->folder, &result, &broken, &error));
	assert_non_null(broken);
	assert_true(aspis_diag_list_count(broken) > 0);
	aspis_diag_list_free(broken);
	fails_with(&error, ASPIS_ERROR_USAGE, "no pages can be made");
	assert_true(aspis_docs_add_environment(opened->docs, "harbor", NULL));
	aspis_docs_set_templates(opened->docs, "/nowhere");
	assert_false(aspis_docs_write(opened->docs, opened->folder, &result, &broken, &error));
	assert_null(broken);
	fails_with(&error, ASPIS_ERROR_USAGE, "/nowhere holds no templates");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test_setup_teardown(test_write, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_progress, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
