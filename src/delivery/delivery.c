#include "delivery/delivery.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "delivery/build.h"
#include "yaml/stream.h"

static void run_init(struct delivery_run *run, struct delivery *delivery, unsigned jobs)
{
	run->delivery = delivery;
	run->arena = &delivery->arena;
	arena_init(&run->scratch);
	run->jobs = jobs;
	vec_init(&run->files, sizeof(struct template_file *));
	vec_init(&run->streams, sizeof(struct yaml_stream *));
	map_init(&run->argocd);
	map_init(&run->argocd_names);
	map_init(&run->values_by_path);
	map_init(&run->names_by_charts);
	run->memory = memory_new(delivery);
}

static void run_release(struct delivery_run *run)
{
	for (size_t i = 0; i < run->argocd.len; i++)
		helm_template_release(run->argocd.entries[i].value);
	for (size_t i = 0; i < run->streams.len; i++)
		yaml_stream_release(vec_pointer(&run->streams, i));
	for (size_t i = 0; i < run->names_by_charts.len; i++)
		map_release(run->names_by_charts.entries[i].value);
	vec_release(&run->files);
	vec_release(&run->streams);
	map_release(&run->argocd);
	map_release(&run->argocd_names);
	map_release(&run->values_by_path);
	map_release(&run->names_by_charts);
	memory_free(run->memory);
	arena_release(&run->scratch);
}

static void use_application(struct delivery_run *run, const struct application *application, struct map *argocd)
{
	chart_info_of(run, application->chart);
	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *deployed = vec_pointer(&application->argocd, i);
		map_set(argocd, deployed->file->path, NULL);
	}
}

static bool is_in_use(const struct model *model, const struct vec *environments, const struct application *application)
{
	for (size_t i = 0; i < environments->len; i++) {
		if (is_deployed(model, vec_pointer(environments, i), application) != TRUTH_NO)
			return true;
	}
	return false;
}

/* Reads what the environments have in common. */
static void read_all(struct delivery_run *run, const struct vec *environments)
{
	const struct model *model = run->delivery->model;
	struct map argocd;

	map_init(&argocd);
	for (size_t i = 0; i < model->applications.len; i++) {
		const struct application *application = vec_pointer(&model->applications, i);
		if (is_in_use(model, environments, application))
			use_application(run, application, &argocd);
	}
	argocd_prepare(run, &argocd);
	templates_read(run);
	map_release(&argocd);
}

static void add_environment(struct delivery_run *run, const struct environment *environment)
{
	struct delivery *delivery = run->delivery;
	struct delivery_environment *out = arena_calloc(run->arena, 1, sizeof(*out));
	struct settings settings;

	out->environment = environment;
	vec_init(&out->producers, sizeof(struct delivery_producer *));
	vec_init(&out->consumers, sizeof(struct delivery_consumer *));
	vec_init(&out->uses, sizeof(struct vault_use *));
	map_init(&out->uses_by_entry);
	map_init(&out->producers_by_secret);
	follow_environment(out, run);
	charts_begin(run, memory_begin(run->memory));
	settings_init(&settings, run, environment);
	join_environment(out, run->arena, &settings);
	settings_release(&settings);
	vec_push_pointer(&delivery->environments, out);
	map_set(&delivery->environment_by_name, environment->name, out);
}

struct delivery *delivery_new(const struct model *model, const struct vec *environments, unsigned jobs)
{
	struct delivery *delivery = xcalloc(1, sizeof(*delivery));
	struct delivery_run run;

	environments = environments ? environments : &model->environments;
	arena_init(&delivery->arena);
	delivery->model = model;
	vec_init(&delivery->environments, sizeof(struct delivery_environment *));
	vec_init(&delivery->templates, sizeof(const struct helm_template *));
	vec_init(&delivery->manifests, sizeof(struct manifest_producer *));
	map_init(&delivery->environment_by_name);
	map_init(&delivery->template_by_path);
	map_init(&delivery->charts);
	run_init(&run, delivery, jobs);
	read_all(&run, environments);
	for (size_t i = 0; i < environments->len; i++)
		add_environment(&run, vec_pointer(environments, i));
	charts_settle(delivery);
	run_release(&run);
	return delivery;
}

static void release_groups(struct map *groups)
{
	for (size_t i = 0; i < groups->len; i++)
		vec_release(groups->entries[i].value);
	map_release(groups);
}

static void release_environment(struct delivery_environment *environment)
{
	vec_release(&environment->producers);
	vec_release(&environment->consumers);
	vec_release(&environment->uses);
	map_release(&environment->uses_by_entry);
	release_groups(&environment->producers_by_secret);
}

void delivery_free(struct delivery *delivery)
{
	if (!delivery)
		return;
	for (size_t i = 0; i < delivery->environments.len; i++)
		release_environment(vec_pointer(&delivery->environments, i));
	for (size_t i = 0; i < delivery->templates.len; i++)
		helm_template_release(vec_pointer(&delivery->templates, i));
	chart_infos_release(delivery);
	manifest_producers_release(&delivery->manifests);
	vec_release(&delivery->environments);
	vec_release(&delivery->templates);
	map_release(&delivery->environment_by_name);
	map_release(&delivery->template_by_path);
	arena_release(&delivery->arena);
	free(delivery);
}
