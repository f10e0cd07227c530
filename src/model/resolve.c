#include "model/resolve.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "model/resolve_link.h"

static const struct str origin_names[] = {
#define ORIGIN_ROW(enumerator, text) [enumerator] = {.ptr = "" text, .len = sizeof(text) - 1},
	SECRET_ORIGINS(ORIGIN_ROW)
#undef ORIGIN_ROW
};

struct str secret_origin_name(enum secret_origin origin)
{
	return origin_names[origin];
}

struct condition condition_evaluate(
	const spec_condition *spec, const struct application *application, struct str environment)
{
	struct condition condition = {.spec = NULL, .truth = true};

	if (!spec_has(spec))
		return condition;
	struct values values = application_values(application, environment);
	condition.spec = spec;
	condition.lookup = values_get(&values, spec->text);
	condition.truth = value_truth(&condition.lookup);
	return condition;
}

struct resolve_problem *resolution_problem(struct resolution *resolution, enum resolve_problem_kind kind,
	const struct resolved_secret *secret, struct span span)
{
	struct resolve_problem *problem = vec_push(&resolution->problems);

	problem->kind = kind;
	problem->secret = secret;
	problem->span = span;
	problem->application = STR_ABSENT;
	problem->key = STR_ABSENT;
	return problem;
}

/* The key of a stanza: what to point at when the stanza as a whole is at fault. */
static struct span stanza_span(const struct secret_spec *spec, struct str name)
{
	const struct node_pair *pair = node_find(spec->node, name);
	return node_span(pair ? pair->key : spec->key_node);
}

static void report_conflict(
	struct resolution *resolution, const struct resolved_secret *secret, struct str one, struct str other)
{
	struct span span = stanza_span(secret->spec, other);
	struct resolve_problem *problem = resolution_problem(resolution, RESOLVE_ACTIVE_CONFLICT, secret, span);

	problem->related = stanza_span(secret->spec, one);
	problem->target = secret->spec;
}

/* Where more than one is active, a copy comes before generate and generate before value. */
static void find_origin(struct resolution *resolution, struct resolved_secret *secret)
{
	const struct secret_spec *spec = secret->spec;
	struct str environment = resolution->environment->name;
	struct condition copy = condition_evaluate(&spec->copy.condition, secret->application, environment);
	struct condition generate = condition_evaluate(&spec->generate.condition, secret->application, environment);
	bool copies = spec->copy.node && copy.truth;
	bool generates = spec->generate.node && generate.truth;
	bool has_value = spec_has(&spec->value);

	secret->origin_condition.truth = true;
	if (copies) {
		secret->origin = ORIGIN_COPY;
		secret->origin_condition = copy;
	} else if (generates) {
		secret->origin = ORIGIN_GENERATE;
		secret->origin_condition = generate;
	} else if (has_value) {
		secret->origin = ORIGIN_VALUE;
	}
	if (copies && generates)
		report_conflict(resolution, secret, STR("copy"), STR("generate"));
	if (copies && has_value)
		report_conflict(resolution, secret, STR("copy"), STR("value"));
	else if (generates && has_value)
		report_conflict(resolution, secret, STR("generate"), STR("value"));
}

/* Adds a declared secret where it is required. */
static void take_spec(
	struct resolution *resolution, struct resolved_application *resolved, const struct secret_spec *spec)
{
	struct condition condition =
		condition_evaluate(&spec->condition, resolved->application, resolution->environment->name);

	if (!condition.truth)
		return;
	struct resolved_secret *secret = arena_calloc(&resolution->arena, 1, sizeof(*secret));
	secret->spec = spec;
	secret->application = resolved->application;
	secret->condition = condition;
	secret->origin = ORIGIN_STATIC;
	vec_append(&resolved->secrets, &secret, 1);
	map_set(&resolved->by_key, spec->key, secret);
	find_origin(resolution, secret);
}

static const struct secret_spec *spec_at(const struct secret_file *secrets, size_t index)
{
	return secrets && index < secrets->specs.len ? vec_pointer(&secrets->specs, index) : NULL;
}

/* Both lists are sorted: of two entries of one key the environment's counts. */
static void overlay_secrets(struct resolution *resolution, struct resolved_application *resolved)
{
	const struct application_overlay *found =
		application_overlay(resolved->application, resolution->environment->name);
	const struct secret_file *overlay = found ? found->secrets : NULL;
	const struct secret_file *base = resolved->application->secrets;
	size_t i = 0, j = 0;

	for (;;) {
		const struct secret_spec *one = spec_at(base, i), *other = spec_at(overlay, j);
		if (!one && !other)
			return;
		int order = !one ? 1 : !other ? -1 : str_compare(one->key, other->key);
		take_spec(resolution, resolved, order < 0 ? one : other);
		i += order <= 0;
		j += order >= 0;
	}
}

static void take_application(struct resolution *resolution, const struct enabled_application *enabled)
{
	struct resolved_application *resolved = arena_calloc(&resolution->arena, 1, sizeof(*resolved));

	resolved->application = enabled->application;
	resolved->enabled = enabled;
	vec_init(&resolved->secrets, sizeof(struct resolved_secret *));
	map_init(&resolved->by_key);
	vec_append(&resolution->applications, &resolved, 1);
	map_set(&resolution->by_name, enabled->name, resolved);
	overlay_secrets(resolution, resolved);
}

static int compare_problems(const void *a, const void *b)
{
	const struct resolve_problem *one = a, *other = b;
	int order = str_compare(one->secret->application->name, other->secret->application->name);

	if (order == 0)
		order = str_compare(one->secret->spec->key, other->secret->spec->key);
	return order != 0 ? order : (int)one->kind - (int)other->kind;
}

struct resolution *resolve_environment(const struct model *model, const struct environment *environment)
{
	struct resolution *resolution = xcalloc(1, sizeof(*resolution));

	arena_init(&resolution->arena);
	resolution->model = model;
	resolution->environment = environment;
	vec_init(&resolution->applications, sizeof(struct resolved_application *));
	vec_init(&resolution->problems, sizeof(struct resolve_problem));
	map_init(&resolution->by_name);
	for (size_t i = 0; i < environment->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&environment->enabled, i);
		if (enabled->application)
			take_application(resolution, enabled);
	}
	resolution_link(resolution);
	vec_sort(&resolution->problems, compare_problems);
	return resolution;
}

void resolution_free(struct resolution *resolution)
{
	if (!resolution)
		return;
	for (size_t i = 0; i < resolution->applications.len; i++) {
		struct resolved_application *resolved = vec_pointer(&resolution->applications, i);
		vec_release(&resolved->secrets);
		map_release(&resolved->by_key);
	}
	vec_release(&resolution->applications);
	vec_release(&resolution->problems);
	map_release(&resolution->by_name);
	arena_release(&resolution->arena);
	free(resolution);
}

const struct resolved_secret *resolution_find(
	const struct resolution *resolution, struct str application, struct str key)
{
	const struct resolved_application *resolved = map_get(&resolution->by_name, application);
	return resolved ? map_get(&resolved->by_key, key) : NULL;
}

/* The specification that a copy takes its description from, also where the copy itself dangles. */
static const struct secret_spec *copied_spec(const struct resolution *resolution, const struct secret_spec *spec)
{
	struct str environment = resolution->environment->name;
	const struct application *application = model_application(resolution->model, spec->copy.application.text);

	if (!application || !spec_has(&spec->copy.key))
		return NULL;
	const struct secret_spec *source = application_secret(application, environment, spec->copy.key.text);
	return source ? source : application_any_secret(application, spec->copy.key.text);
}

/* Copies of copies of copies: nobody chains more, and cycles end here. */
#define COPY_CHAIN_MAX 100

const struct spec_text *resolved_description(const struct resolution *resolution, const struct resolved_secret *secret)
{
	const struct secret_spec *spec = secret->spec;

	for (unsigned i = 0; i < COPY_CHAIN_MAX && spec->description.text.len == 0 && spec_copies_always(spec); i++) {
		const struct secret_spec *source = copied_spec(resolution, spec);
		if (!source)
			break;
		spec = source;
	}
	return spec->description.text.len > 0 ? &spec->description : &secret->spec->description;
}
