/* The file of static secrets through the public interface: a template, filled in, refreshed, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <aspis/static_secrets.h>

struct opened {
	struct aspis_repository *repository;
	struct aspis_environment *environment;
	char folder[32];
	char path[48];
};

static int set_up(void **state)
{
	struct opened *opened = calloc(1, sizeof(*opened));
	struct aspis_repository_options options = {.root = ASPIS_EXAMPLE};
	struct aspis_diag_list *broken = NULL;

	assert_non_null(opened);
	snprintf(opened->folder, sizeof(opened->folder), "/tmp/aspis-XXXXXX");
	assert_non_null(mkdtemp(opened->folder));
	snprintf(opened->path, sizeof(opened->path), "%s/s.yaml", opened->folder);
	opened->repository = aspis_repository_open(&options, NULL);
	assert_non_null(opened->repository);
	opened->environment = aspis_environment_open(opened->repository, "harbor", &broken, NULL);
	assert_non_null(opened->environment);
	*state = opened;
	return 0;
}

static int tear_down(void **state)
{
	struct opened *opened = *state;

	unlink(opened->path);
	rmdir(opened->folder);
	aspis_environment_free(opened->environment);
	aspis_repository_free(opened->repository);
	free(opened);
	return 0;
}

static void fails_with(struct aspis_error *error, enum aspis_error_kind kind, const char *words)
{
	assert_int_equal(error->kind, kind);
	assert_non_null(strstr(error->message, words));
	aspis_error_release(error);
}

static void give(struct aspis_static_secrets *secrets, size_t index, const char *text)
{
	struct aspis_secret *value = aspis_secret_new(text, strlen(text));

	assert_int_equal(aspis_secret_size(value), strlen(text));
	assert_memory_equal(aspis_secret_bytes(value), text, strlen(text));
	assert_true(aspis_static_secrets_fill(secrets, index, value, NULL));
	aspis_secret_free(value);
}

static void test_fill(void **state)
{
	struct opened *opened = *state;
	struct aspis_static_secrets *secrets = aspis_static_secrets_new(opened->environment, ASPIS_STATIC_FORM_AUTO);
	struct stat status;
	bool changed = false;

	assert_int_equal(aspis_static_secrets_missing_count(secrets), 4);
	assert_string_equal(aspis_static_secrets_missing(secrets, 0)->name, "alerts chat-webhook");
	assert_non_null(strstr(aspis_static_secrets_missing(secrets, 0)->description, "Address"));
	assert_string_equal(aspis_static_secrets_missing(secrets, 3)->name, "vault-write-token");
	assert_int_equal(aspis_static_secrets_change_count(secrets), 0);
	give(secrets, 0, "one");
	give(secrets, 0, "two");
	assert_true(aspis_static_secrets_write(secrets, opened->path, &changed, NULL));
	assert_true(changed);
	assert_int_equal(stat(opened->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	aspis_static_secrets_free(secrets);

	secrets = aspis_static_secrets_open(opened->environment, opened->path, ASPIS_STATIC_FORM_AUTO, NULL);
	assert_non_null(secrets);
	assert_int_equal(aspis_static_secrets_missing_count(secrets), 3);
	assert_true(aspis_static_secrets_write(secrets, opened->path, &changed, NULL));
	assert_false(changed);
	aspis_static_secrets_free(secrets);
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_changes(void **state)
{
	struct opened *opened = *state;
	struct aspis_static_secrets *secrets;
	const struct aspis_static_change *change;
	const char *text;
	size_t size;

	write_text(opened->path, "alerts:\n  old: {value: x}\n");
	secrets = aspis_static_secrets_open(opened->environment, opened->path, ASPIS_STATIC_FORM_FLAT, NULL);
	assert_non_null(secrets);
	assert_int_equal(aspis_static_secrets_change_count(secrets), 4);
	change = aspis_static_secrets_change(secrets, 0);
	assert_int_equal(change->kind, ASPIS_STATIC_ADDED);
	assert_string_equal(change->application, "alerts");
	assert_string_equal(change->key, "chat-webhook");
	assert_int_equal(change->line, 0);
	change = aspis_static_secrets_change(secrets, 1);
	assert_int_equal(change->kind, ASPIS_STATIC_KEPT);
	assert_int_equal(change->line, 2);
	text = aspis_static_secrets_text(secrets, &size, NULL);
	assert_non_null(text);
	assert_memory_equal(text, "alerts:\n  chat-webhook:\n", 24);
	aspis_static_secrets_free(secrets);
}

/* What is there is overwritten only where nothing can be lost. */
static void test_overwriting(void **state)
{
	struct opened *opened = *state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_static_secrets *other = aspis_static_secrets_new(opened->environment, ASPIS_STATIC_FORM_AUTO);
	struct aspis_static_secrets *secrets;

	write_text(opened->path, "alerts:\n  old: {value: x}\n");
	assert_false(aspis_static_secrets_write(other, opened->path, NULL, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "1 value");
	secrets = aspis_static_secrets_open(opened->environment, opened->path, ASPIS_STATIC_FORM_AUTO, NULL);
	assert_non_null(secrets);
	write_text(opened->path, "alerts:\n  old: {value: y}\n");
	assert_false(aspis_static_secrets_write(secrets, opened->path, NULL, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "meanwhile");
	write_text(opened->path, "alerts:\n  old: {value: x}\n");
	assert_true(aspis_static_secrets_write(secrets, opened->path, NULL, NULL));
	write_text(opened->path, "alerts:\n  old: {value: ''}\n");
	assert_true(aspis_static_secrets_write(other, opened->path, NULL, NULL));
	aspis_static_secrets_free(secrets);
	aspis_static_secrets_free(other);
}

static void test_failures(void **state)
{
	struct opened *opened = *state;
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_secret *value = aspis_secret_new("\xFF", 1), *empty = aspis_secret_new(NULL, 0);
	struct aspis_static_secrets *secrets = aspis_static_secrets_new(opened->environment, ASPIS_STATIC_FORM_NESTED);

	assert_false(aspis_static_secrets_fill(secrets, 0, value, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "UTF-8");
	assert_false(aspis_static_secrets_fill(secrets, 0, empty, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "empty");
	assert_false(aspis_static_secrets_write(secrets, "/nowhere/s.yaml", NULL, &error));
	fails_with(&error, ASPIS_ERROR_SYSTEM, "/nowhere/s.yaml");
	assert_null(aspis_static_secrets_open(opened->environment, opened->path, ASPIS_STATIC_FORM_AUTO, &error));
	fails_with(&error, ASPIS_ERROR_SYSTEM, "s.yaml");
	write_text(opened->path, "a: [\n");
	assert_null(aspis_static_secrets_open(opened->environment, opened->path, ASPIS_STATIC_FORM_AUTO, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "s.yaml:2:1: ");
	assert_false(aspis_static_secrets_write(secrets, opened->path, NULL, &error));
	fails_with(&error, ASPIS_ERROR_USAGE, "s.yaml:2:1: ");
	assert_null(aspis_secret_read("/nowhere/key", &error));
	fails_with(&error, ASPIS_ERROR_SYSTEM, "/nowhere/key");
	aspis_secret_free(value);
	aspis_secret_free(empty);
	aspis_static_secrets_free(secrets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_fill, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overwriting, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_failures, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
