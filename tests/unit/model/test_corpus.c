/* What `secrets list` prints for both corpora, against what upstream's command printed. Skipped where they are missing. */
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>

#include "base/file.h"
#include "model/resolve.h"

static void list(struct strbuf *out, const struct model *model, const struct environment *environment)
{
	struct resolution *resolution = resolve_environment(model, environment);

	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *resolved =
			*(struct resolved_application **)vec_at(&resolution->applications, i);
		for (size_t j = 0; j < resolved->secrets.len; j++) {
			const struct resolved_secret *secret =
				*(struct resolved_secret **)vec_at(&resolved->secrets, j);
			strbuf_printf(
				out, "%.*s %.*s\n", STR_ARG(resolved->application->name), STR_ARG(secret->spec->key));
		}
	}
	resolution_free(resolution);
}

static void compare(const struct model *model, const struct environment *environment, const char *path)
{
	struct error error = ERROR_INIT;
	struct strbuf actual = STRBUF_INIT;
	struct arena arena;
	struct str expected;

	arena_init(&arena);
	assert_true(file_read(&expected, &arena, AT_FDCWD, path, &error));
	list(&actual, model, environment);
	if (!str_equal(strbuf_str(&actual), expected))
		fail_msg("%s differs:\n%s", path, actual.ptr);
	strbuf_release(&actual);
	arena_release(&arena);
}

static void compare_lists(const char *shared, const char *name, size_t environments, size_t lists)
{
	char root[4096], folder[4096], path[8192];
	struct error error = ERROR_INIT;
	struct repository_options options = {.root = root};
	struct repository *repository;
	size_t compared = 0;

	snprintf(root, sizeof(root), "%s/corpus/%s", shared, name);
	snprintf(folder, sizeof(folder), "%s/expected/%s", shared, name);
	assert_true(repository_open(&repository, &options, &error));
	repository_load(repository, MODEL_ROLES, 2);
	struct model *model = model_new(repository);
	assert_int_equal(model->environments.len, environments);
	for (size_t i = 0; i < model->environments.len; i++) {
		const struct environment *environment = *(struct environment **)vec_at(&model->environments, i);
		struct stat status;
		snprintf(path, sizeof(path), "%s/%.*s.list", folder, STR_ARG(environment->name));
		if (stat(path, &status) != 0)
			continue;
		compare(model, environment, path);
		compared++;
	}
	assert_int_equal(compared, lists);
	model_free(model);
	repository_free(repository);
}

static void the_current_layout(void **state)
{
	compare_lists(*state, "phalanx", 24, 12);
}

static void the_layout_of_sqr079(void **state)
{
	compare_lists(*state, "phalanx-2023-08", 14, 7);
}

int main(void)
{
	char *shared = getenv("ASPIS_SHARED");
	struct strbuf expected = STRBUF_INIT;
	struct stat status;

	strbuf_printf(&expected, "%s/expected", shared ? shared : "");
	bool there = shared && stat(expected.ptr, &status) == 0;
	strbuf_release(&expected);
	if (!there) {
		puts("skipped: ASPIS_SHARED names no folder with corpora and expected lists");
		return 77;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(the_current_layout, shared),
		cmocka_unit_test_prestate(the_layout_of_sqr079, shared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
