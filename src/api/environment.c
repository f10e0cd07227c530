#include <aspis/environment.h>

#include <stdlib.h>

#include "api/api.h"
#include "api/environment.h"
#include "api/secret_spec.h"
#include "base/xalloc.h"
#include "report/list.h"

struct aspis_environment {
	struct arena arena;
	struct aspis_repository *repository;
	struct resolution *resolution;
	const char *name;
	struct vec applications; /* const char * */
	struct vec secrets;      /* struct aspis_secret_spec */
};

/* What is wrong with the files that the environment depends on, or NULL. */
static struct aspis_diag_list *find_broken(struct aspis_repository *repository, const struct environment *environment)
{
	struct vec environments = VEC_INIT(const struct environment *);

	vec_push_pointer(&environments, environment);
	struct aspis_diag_list *list = api_broken(repository, &environments);
	vec_release(&environments);
	return list;
}

static void fail_broken(struct aspis_error *error, const char *name, const struct aspis_diag_list *broken)
{
	size_t count = aspis_diag_list_count(broken);

	api_refuse(error, "the secrets of %s cannot be told: %zu error%s in the files that it depends on", name, count,
		count == 1 ? "" : "s");
}

static void add_applications(struct aspis_environment *environment, const struct vec *enabled)
{
	for (size_t i = 0; i < enabled->len; i++) {
		const struct enabled_application *application = vec_at(enabled, i);
		*(const char **)vec_push(&environment->applications) = api_text(&environment->arena, application->name);
	}
}

static void add_secrets(struct aspis_environment *environment)
{
	const struct vec *applications = &environment->resolution->applications;

	for (size_t i = 0; i < applications->len; i++) {
		const struct resolved_application *application = vec_pointer(applications, i);
		for (size_t j = 0; j < application->secrets.len; j++)
			secret_spec_init(vec_push(&environment->secrets), &environment->arena, environment->resolution,
				vec_pointer(&application->secrets, j));
	}
}

struct aspis_environment *aspis_environment_open(struct aspis_repository *repository, const char *name,
	struct aspis_diag_list **broken, struct aspis_error *error)
{
	const struct environment *inner = api_environment(repository, name, error);

	*broken = inner ? find_broken(repository, inner) : NULL;
	if (*broken)
		fail_broken(error, name, *broken);
	if (!inner || *broken)
		return NULL;
	struct aspis_environment *environment = xcalloc(1, sizeof(*environment));
	arena_init(&environment->arena);
	environment->repository = repository;
	environment->resolution = resolve_environment(repository->model, inner);
	environment->name = api_text(&environment->arena, inner->name);
	vec_init(&environment->applications, sizeof(const char *));
	vec_init(&environment->secrets, sizeof(struct aspis_secret_spec));
	add_applications(environment, &inner->enabled);
	add_secrets(environment);
	return environment;
}

void aspis_environment_free(struct aspis_environment *environment)
{
	if (!environment)
		return;
	vec_release(&environment->applications);
	vec_release(&environment->secrets);
	resolution_free(environment->resolution);
	arena_release(&environment->arena);
	free(environment);
}

const struct resolution *api_environment_resolution(const struct aspis_environment *environment)
{
	return environment->resolution;
}

struct aspis_repository *api_environment_repository(const struct aspis_environment *environment)
{
	return environment->repository;
}

const char *aspis_environment_name(const struct aspis_environment *environment)
{
	return environment->name;
}

char *aspis_environment_setting(const struct aspis_environment *environment, const char *path)
{
	struct value_lookup lookup = environment_setting(environment->resolution->environment, str_of(path));
	struct str value = node_string(lookup.node);
	struct strbuf text = STRBUF_INIT;

	if (str_is_absent(value))
		return NULL;
	strbuf_append(&text, value);
	return strbuf_detach(&text, NULL);
}

size_t aspis_environment_application_count(const struct aspis_environment *environment)
{
	return environment->applications.len;
}

const char *aspis_environment_application_name(const struct aspis_environment *environment, size_t index)
{
	return *(const char **)vec_at(&environment->applications, index);
}

size_t aspis_environment_secret_count(const struct aspis_environment *environment)
{
	return environment->secrets.len;
}

const struct aspis_secret_spec *aspis_environment_secret(const struct aspis_environment *environment, size_t index)
{
	return vec_at(&environment->secrets, index);
}

/* How a list is written. */
typedef void list_function(struct strbuf *out, const struct aspis_environment *environment);

static void render_text(struct strbuf *out, const struct aspis_environment *environment)
{
	list_text(out, environment->resolution);
}

static void render_json(struct strbuf *out, const struct aspis_environment *environment)
{
	const struct environment *inner = environment->resolution->environment;
	struct vec followed = VEC_INIT(const struct environment *);

	vec_push_pointer(&followed, inner);
	struct delivery *delivery = api_delivery(environment->repository, &followed);
	list_json(out, environment->resolution, delivery_environment(delivery, inner->name));
	delivery_free(delivery);
	vec_release(&followed);
}

static const struct {
	const char *name;
	list_function *render;
} list_formats[] = {
	{"text", render_text},
	{"json", render_json},
};

char *aspis_environment_render(
	const struct aspis_environment *environment, const char *format, size_t *size, struct aspis_error *error)
{
	for (size_t i = 0; i < sizeof(list_formats) / sizeof(list_formats[0]); i++) {
		struct strbuf text = STRBUF_INIT;
		if (format && !str_is(str_of(format), list_formats[i].name))
			continue;
		list_formats[i].render(&text, environment);
		return api_detach(&text, size);
	}
	api_refuse(error, "secrets cannot be listed as '%s'", format);
	return NULL;
}
