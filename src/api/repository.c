#include <aspis/repository.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "api/api.h"
#include "base/nearest.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/xalloc.h"

_Static_assert((int)ASPIS_LAYOUT_NONE == (int)LAYOUT_NONE && (int)ASPIS_LAYOUT_CURRENT == (int)LAYOUT_CURRENT &&
		       (int)ASPIS_LAYOUT_SQR079 == (int)LAYOUT_SQR079,
	"the layouts are the same inside and outside");

/* How many files make it worth while to start a further thread. */
#define FILES_PER_THREAD 2048

/* The settings named, or those at the root, where there are any. */
static bool load_settings(
	struct aspis_repository *repository, const char *config_file, struct str root, struct error *error)
{
	struct stat status;
	const char *shown = config_file;

	if (!config_file) {
		shown = "aspis.yaml";
		config_file = path_join(&repository->arena, root, STR("aspis.yaml")).ptr;
		if (lstat(config_file, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
			return true;
	}
	return check_settings_load(&repository->settings, config_file, shown, error);
}

static bool open_repository(
	struct aspis_repository *repository, const struct aspis_repository_options *options, struct error *error)
{
	struct str root = options->root ? str_of(options->root) : STR_ABSENT;

	if (!options->root && !repository_find_root(&root, &repository->arena, NULL, error))
		return false;
	if (!load_settings(repository, options->config_file, root, error))
		return false;
	repository->report_format = api_text(&repository->arena, repository->settings.format);
	struct repository_options inner = {.root = root.ptr, .excludes = &repository->settings.excludes};
	return repository_open(&repository->files, &inner, error);
}

/* A thread costs more than it gains where there is little to read: with 2,000 files, a second one took 5 ms of a processor to save 6 ms of 60. */
static unsigned default_jobs(const struct repository *files)
{
	size_t most = 1 + files->files.len / FILES_PER_THREAD;
	unsigned cores = pool_default_jobs();

	return most < cores ? (unsigned)most : cores;
}

struct aspis_repository *aspis_repository_open(
	const struct aspis_repository_options *options, struct aspis_error *error)
{
	static const struct aspis_repository_options defaults = {.root = NULL};
	struct aspis_repository *repository = xcalloc(1, sizeof(*repository));
	struct error cause = ERROR_INIT;

	options = options ? options : &defaults;
	arena_init(&repository->arena);
	check_settings_init(&repository->settings);
	vec_init(&repository->environment_names, sizeof(const char *));
	vec_init(&repository->application_names, sizeof(const char *));
	if (open_repository(repository, options, &cause)) {
		repository->jobs = options->jobs ? options->jobs : default_jobs(repository->files);
		return repository;
	}
	api_fail(error, &cause);
	aspis_repository_free(repository);
	return NULL;
}

void aspis_repository_free(struct aspis_repository *repository)
{
	if (!repository)
		return;
	vec_release(&repository->environment_names);
	vec_release(&repository->application_names);
	model_free(repository->model);
	repository_free(repository->files);
	check_settings_release(&repository->settings);
	arena_release(&repository->arena);
	free(repository);
}

static struct str environment_name(const struct model *model, size_t index)
{
	return (*(struct environment *const *)vec_at(&model->environments, index))->name;
}

static struct str application_name(const struct model *model, size_t index)
{
	return (*(struct application *const *)vec_at(&model->applications, index))->name;
}

static void add_name(struct vec *names, struct arena *arena, struct str name)
{
	*(const char **)vec_push(names) = api_text(arena, name);
}

const struct model *api_model(struct aspis_repository *repository, unsigned roles)
{
	repository_load(repository->files, roles | MODEL_ROLES, repository->jobs);
	if (repository->model)
		return repository->model;
	struct model *model = repository->model = model_new(repository->files);
	for (size_t i = 0; i < model->environments.len; i++)
		add_name(&repository->environment_names, &repository->arena, environment_name(model, i));
	for (size_t i = 0; i < model->applications.len; i++)
		add_name(&repository->application_names, &repository->arena, application_name(model, i));
	return model;
}

struct delivery *api_delivery(struct aspis_repository *repository, const struct vec *environments)
{
	return delivery_new(api_model(repository, DELIVERY_ROLES), environments, repository->jobs);
}

static void refuse_environment(struct aspis_error *error, const struct model *model, struct str name)
{
	struct strbuf all = STRBUF_INIT;
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < model->environments.len; i++) {
		nearest_offer_any_case(&nearest, environment_name(model, i));
		strbuf_append_c(&all, i == 0 ? "" : ", ");
		strbuf_append(&all, environment_name(model, i));
	}
	if (!str_is_absent(nearest.best))
		api_refuse(error, "there is no environment '%.*s'; did you mean '%.*s'?", STR_ARG(name),
			STR_ARG(nearest.best));
	else if (all.len > 0)
		api_refuse(error, "there is no environment '%.*s'; there are %s", STR_ARG(name), all.ptr);
	else
		api_refuse(error, "there is no environment '%.*s': %.*s has no environments/values-*.yaml",
			STR_ARG(name), STR_ARG(model->repository->root));
	strbuf_release(&all);
}

const struct environment *api_environment(
	struct aspis_repository *repository, const char *name, struct aspis_error *error)
{
	const struct model *model = api_model(repository, MODEL_ROLES);
	const struct environment *environment = model_environment(model, str_of(name));

	if (!environment)
		refuse_environment(error, model, str_of(name));
	return environment;
}

const char *aspis_repository_root(const struct aspis_repository *repository)
{
	return repository->files->root.ptr;
}

enum aspis_layout aspis_repository_layout(struct aspis_repository *repository)
{
	return (enum aspis_layout)api_model(repository, MODEL_ROLES)->layout;
}

size_t aspis_repository_environment_count(struct aspis_repository *repository)
{
	return api_model(repository, MODEL_ROLES)->environments.len;
}

const char *aspis_repository_environment_name(struct aspis_repository *repository, size_t index)
{
	api_model(repository, MODEL_ROLES);
	return *(const char **)vec_at(&repository->environment_names, index);
}

size_t aspis_repository_application_count(struct aspis_repository *repository)
{
	return api_model(repository, MODEL_ROLES)->applications.len;
}

const char *aspis_repository_application_name(struct aspis_repository *repository, size_t index)
{
	api_model(repository, MODEL_ROLES);
	return *(const char **)vec_at(&repository->application_names, index);
}

enum aspis_severity aspis_repository_fail_on(const struct aspis_repository *repository)
{
	return (enum aspis_severity)repository->settings.fail_on;
}

enum aspis_severity aspis_repository_show(const struct aspis_repository *repository)
{
	return (enum aspis_severity)repository->settings.show;
}

const char *aspis_repository_report_format(const struct aspis_repository *repository)
{
	return repository->report_format;
}
