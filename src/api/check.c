#include <aspis/check.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "base/path.h"
#include "base/xalloc.h"
#include "check/check.h"

struct aspis_check {
	struct aspis_repository *repository;
	struct check_settings settings; /* those of the repository and what was added */
};

struct aspis_check *aspis_check_new(struct aspis_repository *repository)
{
	struct aspis_check *check = xcalloc(1, sizeof(*check));
	const struct check_settings *from = &repository->settings;

	check->repository = repository;
	check_settings_init(&check->settings);
	memcpy(check->settings.severities, from->severities, sizeof(from->severities));
	memcpy(check->settings.selected, from->selected, sizeof(from->selected));
	memcpy(check->settings.ignored, from->ignored, sizeof(from->ignored));
	check->settings.has_selection = from->has_selection;
	check->settings.prose = from->prose; /* borrows the repository's */
	return check;
}

void aspis_check_free(struct aspis_check *check)
{
	if (!check)
		return;
	check_settings_release(&check->settings);
	free(check);
}

bool aspis_check_add_environment(struct aspis_check *check, const char *name, struct aspis_error *error)
{
	const struct environment *environment = api_environment(check->repository, name, error);
	if (environment)
		check_settings_add_environment(&check->settings, environment->name);
	return environment != NULL;
}

/* A path as it is written, seen from the root. Absent where it lies outside. */
static struct str relative_to_root(struct arena *arena, struct str path, struct str root)
{
	char *directory = getcwd(NULL, 0);
	struct str from = directory ? str_of(directory) : STR("/");
	struct str absolute = path_normalize(arena, path_join(arena, from, path));

	free(directory);
	return path_is_within(absolute, root) ? path_relative(arena, absolute, root) : STR_ABSENT;
}

/* The same for where it leads through symbolic links, for a root that was reached through one. */
static struct str real_relative_to_root(struct arena *arena, const char *path, struct str root)
{
	char *real = realpath(path, NULL);
	struct str relative = real ? relative_to_root(arena, str_of(real), root) : STR_ABSENT;
	free(real);
	return relative;
}

bool aspis_check_add_path(struct aspis_check *check, const char *path, struct aspis_error *error)
{
	struct arena *arena = &check->settings.arena;
	struct str root = check->repository->files->root;
	struct stat status;

	if (lstat(path, &status) != 0)
		return api_refuse(error, "%s cannot be checked: %s", path, strerror(errno));
	struct str relative = relative_to_root(arena, str_of(path), root);
	if (str_is_absent(relative))
		relative = real_relative_to_root(arena, path, root);
	if (str_is_absent(relative))
		return api_refuse(error, "%s lies outside of the repository %.*s; name its own with --root DIR", path,
			STR_ARG(root));
	check_settings_add_path(&check->settings, relative);
	return true;
}

bool aspis_check_select(struct aspis_check *check, const char *selector, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	return check_settings_select(&check->settings, str_of(selector), &cause) || api_fail(error, &cause);
}

bool aspis_check_ignore(struct aspis_check *check, const char *selector, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	return check_settings_ignore(&check->settings, str_of(selector), &cause) || api_fail(error, &cause);
}

/* Whether a file lies at or below one of the paths; of none at all, everything does. */
static bool is_asked_for(const struct repo_file *file, const struct vec *paths)
{
	for (size_t i = 0; i < paths->len; i++) {
		if (path_is_within(file->path, *(const struct str *)vec_at(paths, i)))
			return true;
	}
	return paths->len == 0;
}

/* How many files the findings are about, of those that were read. */
static size_t count_files(const struct aspis_check *check)
{
	const struct vec *files = &check->repository->files->files;
	size_t count = 0;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		count += file->loaded && is_asked_for(file, &check->settings.paths);
	}
	return count;
}

struct aspis_diag_list *aspis_check_run(struct aspis_check *check)
{
	struct aspis_repository *repository = check->repository;
	const struct model *model = api_model(repository, CHECK_ROLES);
	struct diag_sink sink;

	diag_sink_init(&sink);
	check_run(&sink, model, &check->settings, repository->jobs);
	struct aspis_diag_list *list = api_diag_list(&sink, count_files(check));
	diag_sink_release(&sink);
	return list;
}

struct aspis_diag_list *api_broken(struct aspis_repository *repository, const struct vec *environments)
{
	struct aspis_diag_list *list = NULL;
	struct diag_sink sink;

	diag_sink_init(&sink);
	check_declarations(&sink, repository->model, environments, repository->jobs);
	if (sink.diags.len > 0)
		list = api_diag_list(&sink, 0);
	diag_sink_release(&sink);
	return list;
}
