#include "repo/repository.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/xalloc.h"
#include "repo/roles.h"
#include "repo/walk.h"

/* What is loaded as text, but never parsed as YAML. */
#define TEXT_ROLES (FILE_ARGOCD_TEMPLATE | FILE_TEMPLATE | FILE_OTHER)

static struct repo_file *file_at(const struct repository *repository, size_t index)
{
	return vec_pointer(&repository->files, index);
}

static int compare_files(const void *a, const void *b)
{
	return str_compare((*(struct repo_file *const *)a)->path, (*(struct repo_file *const *)b)->path);
}

static int compare_problems(const void *a, const void *b)
{
	const struct repo_problem *one = a, *other = b;
	return str_compare(one->source->path, other->source->path);
}

/* The folders that hold a Chart.yaml. */
static void find_charts(struct map *charts, const struct repository *repository)
{
	map_init(charts);
	for (size_t i = 0; i < repository->files.len; i++) {
		struct repo_file *file = file_at(repository, i);
		if (str_is(path_base(file->path), "Chart.yaml"))
			map_set(charts, path_directory(file->path), file);
	}
}

/* By the names of the files alone. The Phalanx layout begins with environments/values*.yaml: folders of such names are common elsewhere, too. */
static enum repo_layout find_layout(const struct repository *repository)
{
	bool has_environments = false, has_flat_templates = false, has_nested_templates = false;

	for (size_t i = 0; i < repository->files.len; i++) {
		const struct repo_file *file = file_at(repository, i);
		if (file->role & (FILE_ENVIRONMENT | FILE_ENVIRONMENT_DEFAULTS))
			has_environments = true;
		if (file->role != FILE_ARGOCD_TEMPLATE)
			continue;
		if (str_starts_with(file->path, STR("environments/templates/applications/")))
			has_nested_templates = true;
		if (str_ends_with(file->path, STR("-application.yaml")))
			has_flat_templates = true;
	}
	if (!has_environments)
		return LAYOUT_NONE;
	return has_flat_templates && !has_nested_templates ? LAYOUT_SQR079 : LAYOUT_CURRENT;
}

static void assign_roles(struct repository *repository)
{
	struct map charts;

	for (size_t i = 0; i < repository->files.len; i++)
		role_assign(file_at(repository, i));
	repository->layout = find_layout(repository);
	find_charts(&charts, repository);
	for (size_t i = 0; i < repository->files.len; i++) {
		struct repo_file *file = file_at(repository, i);
		if (repository->layout == LAYOUT_NONE || file->role == FILE_YAML)
			role_assign_plain(file, &charts);
		if (repository->layout == LAYOUT_NONE)
			file->application = STR_ABSENT;
	}
	map_release(&charts);
}

static bool open_root(struct repository *repository, const char *root, struct error *error)
{
	if (root) {
		char *absolute = realpath(root, NULL);
		if (!absolute)
			return repository_root_error(error, errno, root);
		repository->root = arena_str(&repository->arena, str_of(absolute));
		free(absolute);
	} else if (!repository_find_root(&repository->root, &repository->arena, NULL, error)) {
		return false;
	}
	repository->root_fd = open(repository->root.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (repository->root_fd < 0)
		return repository_root_error(error, errno, repository->root.ptr);
	return true;
}

static struct repository *repository_new(void)
{
	struct repository *repository = xcalloc(1, sizeof(*repository));

	arena_init(&repository->arena);
	map_init(&repository->by_path);
	vec_init(&repository->files, sizeof(struct repo_file *));
	vec_init(&repository->problems, sizeof(struct repo_problem));
	vec_init(&repository->arenas, sizeof(struct arena *));
	repository->root_fd = -1;
	return repository;
}

bool repository_open(struct repository **out, const struct repository_options *options, struct error *error)
{
	struct repository *repository = repository_new();

	if (!open_root(repository, options->root, error)) {
		repository_free(repository);
		return false;
	}
	walk_repository(repository, options->excludes);
	vec_sort(&repository->files, compare_files);
	vec_sort(&repository->problems, compare_problems);
	for (size_t i = 0; i < repository->files.len; i++)
		map_set(&repository->by_path, file_at(repository, i)->path, file_at(repository, i));
	assign_roles(repository);
	*out = repository;
	return true;
}

void repository_free(struct repository *repository)
{
	if (!repository)
		return;
	for (size_t i = 0; i < repository->files.len; i++) {
		struct repo_file *file = file_at(repository, i);
		if (file->stream)
			yaml_stream_release(file->stream);
	}
	for (size_t i = 0; i < repository->arenas.len; i++) {
		struct arena *arena = vec_pointer(&repository->arenas, i);
		arena_release(arena);
		free(arena);
	}
	vec_release(&repository->arenas);
	vec_release(&repository->problems);
	vec_release(&repository->files);
	map_release(&repository->by_path);
	arena_release(&repository->arena);
	if (repository->root_fd >= 0)
		close(repository->root_fd);
	free(repository);
}

struct repo_file *repository_file(const struct repository *repository, struct str path)
{
	return map_get(&repository->by_path, path);
}

bool repository_file_mode(const struct repository *repository, const struct repo_file *file, unsigned *mode)
{
	struct stat status;

	if (fstatat(repository->root_fd, file->path.ptr, &status, 0) != 0)
		return false;
	*mode = status.st_mode & 07777;
	return true;
}

struct load {
	const struct repository *repository;
	struct vec files;      /* struct repo_file * */
	struct arena **arenas; /* of the workers */
};

static void read_text(
	struct repo_file *file, const struct repository *repository, struct arena *arena, struct str *text)
{
	struct error error = ERROR_INIT;

	if (!str_is_absent(file->obstacle))
		file->problem = file->obstacle;
	else if (!file_read(text, arena, repository->root_fd, file->path.ptr, &error))
		file->problem = arena_str(arena, str_of(error.message));
	error_release(&error);
}

static void load_file(void *context, size_t item, unsigned worker)
{
	const struct load *load = context;
	struct repo_file *file = vec_pointer(&load->files, item);
	struct arena *arena = load->arenas[worker];
	struct str text = STR("");

	file->loaded = true;
	read_text(file, load->repository, arena, &text);
	if (!str_is_absent(file->problem))
		return;
	if (file->role & TEXT_ROLES) {
		source_init(file->source, arena, file->path, text);
		return;
	}
	file->stream = yaml_load(arena, file->path, text, false);
	file->source = &file->stream->source;
}

static void add_arenas(struct repository *repository, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct arena *arena = xmalloc(sizeof(*arena));
		arena_init(arena);
		vec_append(&repository->arenas, &arena, 1);
	}
}

void repository_load(struct repository *repository, unsigned roles, unsigned jobs)
{
	struct load load = {.repository = repository, .files = VEC_INIT(struct repo_file *)};
	unsigned workers = jobs > 0 ? jobs : 1;

	for (size_t i = 0; i < repository->files.len; i++) {
		struct repo_file *file = file_at(repository, i);
		if ((file->role & roles) && !file->loaded)
			vec_append(&load.files, &file, 1);
	}
	if (load.files.len > 0) {
		add_arenas(repository, workers);
		load.arenas = (struct arena **)repository->arenas.items + (repository->arenas.len - workers);
		pool_run(workers, load.files.len, load_file, &load);
	}
	vec_release(&load.files);
}
