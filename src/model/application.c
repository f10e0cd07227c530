#include "model/application.h"

#include "base/path.h"
#include "model/build.h"

static struct application *application_at(const struct model *model, size_t index)
{
	return vec_pointer(&model->applications, index);
}

static struct application *make_application(struct model *model, const struct repo_file *file)
{
	struct application *application = map_get(&model->application_by_name, file->application);
	if (application)
		return application;

	application = arena_calloc(&model->arena, 1, sizeof(*application));
	application->name = file->application;
	application->folder = path_join(&model->arena, STR("applications"), file->application);
	application->first_file = file;
	application->chart = build_chart(model, application->folder);
	vec_init(&application->overlays, sizeof(struct application_overlay *));
	vec_init(&application->argocd, sizeof(struct argocd_application *));
	map_init(&application->overlay_by_environment);
	map_set(&model->application_by_name, application->name, application);
	vec_append(&model->applications, &application, 1);
	return application;
}

static struct application_overlay *make_overlay(
	struct model *model, struct application *application, struct str environment)
{
	struct application_overlay *overlay = map_get(&application->overlay_by_environment, environment);
	if (overlay)
		return overlay;

	overlay = arena_calloc(&model->arena, 1, sizeof(*overlay));
	overlay->environment = environment;
	map_set(&application->overlay_by_environment, environment, overlay);
	vec_append(&application->overlays, &overlay, 1);
	return overlay;
}

static void add_file(struct model *model, const struct repo_file *file)
{
	struct application *application = make_application(model, file);

	switch (file->role) {
	case FILE_SECRETS:
		application->secrets = build_secrets(model, application, file, STR_ABSENT);
		break;
	case FILE_SECRETS_ENVIRONMENT:
		make_overlay(model, application, file->environment)->secrets =
			build_secrets(model, application, file, file->environment);
		break;
	case FILE_VALUES_ENVIRONMENT:
		make_overlay(model, application, file->environment)->values = file;
		break;
	default:
		break;
	}
}

static int compare_overlays(const void *a, const void *b)
{
	return str_compare((*(struct application_overlay *const *)a)->environment,
		(*(struct application_overlay *const *)b)->environment);
}

static int compare_applications(const void *a, const void *b)
{
	return str_compare((*(struct application *const *)a)->name, (*(struct application *const *)b)->name);
}

static void link_replaced(const struct application *application)
{
	for (size_t i = 0; application->secrets && i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);
		for (size_t j = 0; overlay->secrets && j < overlay->secrets->specs.len; j++) {
			struct secret_spec *spec = vec_pointer(&overlay->secrets->specs, j);
			spec->replaces = map_get(&application->secrets->by_key, spec->key);
		}
	}
}

void build_applications(struct model *model)
{
	const struct vec *files = &model->repository->files;

	for (size_t i = 0; i < files->len; i++) {
		const struct repo_file *file = vec_pointer(files, i);
		if (!str_is_absent(file->application))
			add_file(model, file);
	}
	vec_sort(&model->applications, compare_applications);
	for (size_t i = 0; i < model->applications.len; i++) {
		struct application *application = application_at(model, i);
		application->number = i;
		vec_sort(&application->overlays, compare_overlays);
		link_replaced(application);
	}
}

static void release_secrets(struct secret_file *secrets)
{
	if (!secrets)
		return;
	vec_release(&secrets->specs);
	map_release(&secrets->by_key);
}

void release_applications(struct model *model)
{
	for (size_t i = 0; i < model->applications.len; i++) {
		struct application *application = application_at(model, i);
		release_secrets(application->secrets);
		for (size_t j = 0; j < application->overlays.len; j++) {
			const struct application_overlay *overlay = vec_pointer(&application->overlays, j);
			release_secrets(overlay->secrets);
		}
		vec_release(&application->overlays);
		vec_release(&application->argocd);
		map_release(&application->overlay_by_environment);
	}
	vec_release(&model->applications);
	map_release(&model->application_by_name);
}

const struct application_overlay *application_overlay(const struct application *application, struct str environment)
{
	return str_is_absent(environment) ? NULL : map_get(&application->overlay_by_environment, environment);
}

struct values application_values(const struct application *application, struct str environment)
{
	const struct application_overlay *overlay = application_overlay(application, environment);
	return (struct values){.overlay = overlay ? overlay->values : NULL, .defaults = application->chart->values};
}

static const struct secret_spec *find_spec(const struct secret_file *secrets, struct str key)
{
	return secrets ? map_get(&secrets->by_key, key) : NULL;
}

const struct secret_spec *application_secret(
	const struct application *application, struct str environment, struct str key)
{
	const struct application_overlay *overlay = application_overlay(application, environment);
	const struct secret_spec *spec = overlay ? find_spec(overlay->secrets, key) : NULL;
	return spec ? spec : find_spec(application->secrets, key);
}

const struct secret_spec *application_any_secret(const struct application *application, struct str key)
{
	const struct secret_spec *spec = find_spec(application->secrets, key);

	for (size_t i = 0; !spec && i < application->overlays.len; i++) {
		const struct application_overlay *overlay = vec_pointer(&application->overlays, i);
		spec = find_spec(overlay->secrets, key);
	}
	return spec;
}

/* Whether one dotted path is the other, or lies above it. */
static bool is_path_prefix(struct str prefix, struct str path)
{
	return prefix.len == 0 ||
	       (str_starts_with(path, prefix) && (path.len == prefix.len || path.ptr[prefix.len] == '.'));
}

bool application_is_injected(const struct application *application, struct str dotted)
{
	for (size_t i = 0; i < application->argocd.len; i++) {
		const struct argocd_application *argocd = vec_pointer(&application->argocd, i);
		for (size_t j = 0; j < argocd->parameters.len; j++) {
			const struct argocd_parameter *parameter = vec_at(&argocd->parameters, j);
			if (is_path_prefix(parameter->name, dotted) || is_path_prefix(dotted, parameter->name))
				return true;
		}
	}
	return false;
}
