#include "model/model.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "model/build.h"

static void add_argocd(struct model *model, struct argocd_application *argocd)
{
	struct application *application = map_get(&model->application_by_name, argocd->name);

	vec_append(&model->argocd, &argocd, 1);
	if (application)
		vec_append(&application->argocd, &argocd, 1);
	if (!map_has(&model->argocd_by_name, argocd->name))
		map_set(&model->argocd_by_name, argocd->name, argocd);
	if (!argocd->conditional && !map_has(&model->mandatory, argocd->name))
		map_set(&model->mandatory, argocd->name, argocd);
}

void build_argocd(struct model *model)
{
	const struct vec *files = &model->repository->files;
	bool any = false;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		struct argocd_template template;
		if (file->role != FILE_ARGOCD_TEMPLATE)
			continue;
		any = true;
		argocd_read(&template, &model->arena, file);
		for (size_t j = 0; j < template.applications.len; j++)
			add_argocd(model, vec_pointer(&template.applications, j));
		if (template.generates)
			model->argocd_generated = true;
		argocd_template_release(&template);
	}
	/* A repository without templates deploys by other means. */
	if (!any)
		model->argocd_generated = true;
}

static void release_argocd(struct model *model)
{
	for (size_t i = 0; i < model->argocd.len; i++)
		argocd_application_release(*(struct argocd_application **)vec_at(&model->argocd, i));
	vec_release(&model->argocd);
	map_release(&model->argocd_by_name);
	map_release(&model->mandatory);
}

/* Whether the guards of an application's templates let an environment deploy it. */
static enum truth guards_allow(
	const struct model *model, const struct environment *environment, const struct application *application)
{
	enum truth result = model->argocd_generated ? TRUTH_UNKNOWN : TRUTH_NO;

	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *argocd = vec_pointer(&application->argocd, i);
		enum truth truth = guard_evaluate(argocd->guard, &environment->values);
		if (truth == TRUTH_YES)
			return TRUTH_YES;
		if (truth == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	return result;
}

/* One environment after the other, whose values are then at hand. */
static void build_deployed(struct model *model)
{
	for (size_t i = 0; i < model->environments.len; i++) {
		struct environment *environment = vec_pointer(&model->environments, i);
		uint8_t *deploys = arena_alloc(&model->arena, model->applications.len);

		for (size_t j = 0; j < model->applications.len; j++)
			deploys[j] = (uint8_t)guards_allow(model, environment, vec_pointer(&model->applications, j));
		environment->deploys = deploys;
	}
}

struct model *model_new(const struct repository *repository)
{
	struct model *model = xcalloc(1, sizeof(*model));

	model->repository = repository;
	arena_init(&model->arena);
	vec_init(&model->applications, sizeof(struct application *));
	vec_init(&model->environments, sizeof(struct environment *));
	vec_init(&model->charts, sizeof(struct chart *));
	vec_init(&model->argocd, sizeof(struct argocd_application *));
	map_init(&model->application_by_name);
	map_init(&model->environment_by_name);
	map_init(&model->chart_by_folder);
	map_init(&model->argocd_by_name);
	map_init(&model->mandatory);
	build_applications(model);
	build_charts(model);
	build_argocd(model);
	build_environments(model);
	build_deployed(model);
	return model;
}

void model_free(struct model *model)
{
	if (!model)
		return;
	release_environments(model);
	release_argocd(model);
	release_applications(model);
	release_charts(model);
	arena_release(&model->arena);
	free(model);
}

const struct application *model_application(const struct model *model, struct str name)
{
	return map_get(&model->application_by_name, name);
}

const struct environment *model_environment(const struct model *model, struct str name)
{
	return map_get(&model->environment_by_name, name);
}

enum truth model_deploys(
	const struct model *model, const struct environment *environment, const struct application *application)
{
	(void)model;
	return (enum truth)environment->deploys[application->number];
}

static void add_file(struct vec *out, const struct repo_file *file)
{
	if (file)
		vec_append(out, &file, 1);
}

static int compare_files(const void *a, const void *b)
{
	return str_compare((*(const struct repo_file *const *)a)->path, (*(const struct repo_file *const *)b)->path);
}

static void add_application_files(struct vec *out, const struct application *application, struct str environment)
{
	const struct application_overlay *overlay = application_overlay(application, environment);

	add_file(out, application->chart->values);
	add_file(out, application->secrets ? application->secrets->file : NULL);
	add_file(out, overlay ? overlay->values : NULL);
	add_file(out, overlay && overlay->secrets ? overlay->secrets->file : NULL);
}

void model_environment_files(struct vec *out, const struct model *model, const struct environment *environment)
{
	const struct vec *files = &model->repository->files;

	add_file(out, model->defaults);
	add_file(out, environment->file);
	for (size_t i = 0; model->layout == LAYOUT_SQR079 && i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		add_file(out, file->role == FILE_ARGOCD_TEMPLATE ? file : NULL);
	}
	for (size_t i = 0; i < environment->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&environment->enabled, i);
		if (enabled->application)
			add_application_files(out, enabled->application, environment->name);
	}
	vec_sort(out, compare_files);
}
