/* Small repositories for tests: written to a temporary folder, opened, loaded and made a model of. */
#ifndef ASPIS_TESTS_MODEL_FIXTURE_H
#define ASPIS_TESTS_MODEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "model/model.h"

struct fixture_file {
	const char *path;
	const char *text;
};

struct fixture {
	char folder[64];
	struct repository *repository;
	struct model *model;
};

static inline void fixture_write(const char *folder, const char *path, const char *text)
{
	struct strbuf full = STRBUF_INIT;
	strbuf_printf(&full, "%s/%s", folder, path);
	for (char *slash = full.ptr + strlen(folder) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(full.ptr, 0777);
	}
	FILE *file = fopen(full.ptr, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	strbuf_release(&full);
}

static inline void fixture_remove(const char *folder)
{
	struct strbuf command = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct repository *repository;
	struct repository_options options = {.root = folder};

	/* Deepest first: files by the walk, then the folders above them. */
	assert_true(repository_open(&repository, &options, &error));
	for (size_t i = repository->files.len; i-- > 0;) {
		struct str path = (*(struct repo_file **)vec_at(&repository->files, i))->path;
		strbuf_clear(&command);
		strbuf_printf(&command, "%s/%.*s", folder, STR_ARG(path));
		remove(command.ptr);
		for (char *slash; (slash = strrchr(command.ptr, '/')) && strlen(command.ptr) > strlen(folder);) {
			*slash = '\0';
			remove(command.ptr);
		}
	}
	repository_free(repository);
	remove(folder);
	strbuf_release(&command);
}

/* files ends with a row whose path is NULL. */
static inline void fixture_open(struct fixture *fixture, const struct fixture_file *files)
{
	struct error error = ERROR_INIT;
	struct repository_options options = {.root = fixture->folder};

	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/aspis-model-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	for (; files->path; files++)
		fixture_write(fixture->folder, files->path, files->text);
	assert_true(repository_open(&fixture->repository, &options, &error));
	repository_load(fixture->repository, MODEL_ROLES, 2);
	fixture->model = model_new(fixture->repository);
}

static inline void fixture_close(struct fixture *fixture)
{
	model_free(fixture->model);
	repository_free(fixture->repository);
	fixture_remove(fixture->folder);
}

static inline const struct application *fixture_application(const struct fixture *fixture, const char *name)
{
	const struct application *application = model_application(fixture->model, str_of(name));
	assert_non_null(application);
	return application;
}

static inline const struct environment *fixture_environment(const struct fixture *fixture, const char *name)
{
	const struct environment *environment = model_environment(fixture->model, str_of(name));
	assert_non_null(environment);
	return environment;
}

static inline void assert_text(struct str actual, const char *expected)
{
	if (!str_is(actual, expected))
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual), expected);
}

#endif
