#include "model/resolve_link.h"

static struct resolved_application *application_at(const struct resolution *resolution, size_t index)
{
	return vec_pointer(&resolution->applications, index);
}

static struct resolved_secret *secret_at(const struct resolved_application *resolved, size_t index)
{
	return vec_pointer(&resolved->secrets, index);
}

/* Says that a key is declared, but not required here: its `if` is false, or only another environment's file declares it. */
static void report_not_required(struct resolution *resolution, struct resolve_problem *problem,
	const struct application *application, const struct secret_spec *target)
{
	struct str environment = resolution->environment->name;
	bool declared_here = application_secret(application, environment, target->key) == target;

	problem->target = target;
	problem->related = node_span(target->key_node);
	if (!declared_here)
		return;
	problem->condition = condition_evaluate(&target->condition, application, environment);
	if (spec_has(&target->condition))
		problem->related = node_span(target->condition.node);
}

/* Any declaration of a key, that of this environment first. */
static const struct secret_spec *find_declaration(
	const struct resolution *resolution, const struct application *application, struct str key)
{
	const struct secret_spec *spec = application_secret(application, resolution->environment->name, key);
	return spec ? spec : application_any_secret(application, key);
}

/* The source of a copy is not there: says why. */
static void report_copy(struct resolution *resolution, const struct resolved_secret *secret)
{
	const struct spec_copy *copy = &secret->spec->copy;
	const struct application *application = model_application(resolution->model, copy->application.text);
	const struct secret_spec *target =
		application ? find_declaration(resolution, application, copy->key.text) : NULL;
	enum resolve_problem_kind kind = !application ? RESOLVE_UNKNOWN_APPLICATION
					 : !target    ? RESOLVE_UNKNOWN_KEY
					 : !map_has(&resolution->by_name, application->name)
						 ? RESOLVE_DISABLED_APPLICATION
						 : RESOLVE_NOT_REQUIRED;
	const struct node *at = kind == RESOLVE_UNKNOWN_APPLICATION || kind == RESOLVE_DISABLED_APPLICATION
					? copy->application.node
					: copy->key.node;
	struct resolve_problem *problem = resolution_problem(resolution, kind, secret, node_span(at));

	problem->application = copy->application.text;
	problem->key = copy->key.text;
	if (kind == RESOLVE_NOT_REQUIRED) {
		report_not_required(resolution, problem, application, target);
	} else if (kind == RESOLVE_DISABLED_APPLICATION) {
		problem->target = target;
		problem->related = node_span(target->key_node);
	}
}

static void report_source(struct resolution *resolution, const struct resolved_secret *secret)
{
	const struct spec_text *source = &secret->spec->generate.source;
	const struct secret_spec *target = find_declaration(resolution, secret->application, source->text);
	enum resolve_problem_kind kind = target ? RESOLVE_SOURCE_NOT_REQUIRED : RESOLVE_UNKNOWN_SOURCE;
	struct resolve_problem *problem = resolution_problem(resolution, kind, secret, node_span(source->node));

	problem->application = secret->application->name;
	problem->key = source->text;
	if (target)
		report_not_required(resolution, problem, secret->application, target);
}

static struct resolved_secret *find_secret(const struct resolution *resolution, struct str application, struct str key)
{
	const struct resolved_application *resolved = map_get(&resolution->by_name, application);
	return resolved ? map_get(&resolved->by_key, key) : NULL;
}

/* A stanza that lacks what it needs is a fault of the specification, and no problem here. */
static void link_source(struct resolution *resolution, struct resolved_secret *secret)
{
	const struct secret_spec *spec = secret->spec;

	if (secret->origin == ORIGIN_COPY && spec_has(&spec->copy.application) && spec_has(&spec->copy.key)) {
		secret->source = find_secret(resolution, spec->copy.application.text, spec->copy.key.text);
		if (!secret->source)
			report_copy(resolution, secret);
	} else if (secret->origin == ORIGIN_GENERATE && generate_type_is_derived(spec->generate.type) &&
		   spec_has(&spec->generate.source)) {
		secret->source = find_secret(resolution, secret->application->name, spec->generate.source.text);
		if (!secret->source)
			report_source(resolution, secret);
	}
}

/* From a secret to those that are made of it. Secrets come here in reverse order, so that each list is in order. */
static void link_user(struct resolved_secret *secret)
{
	if (!secret->source)
		return;
	secret->next_user = secret->source->first_user;
	secret->source->first_user = secret;
}

static int compare_secrets(const struct resolved_secret *a, const struct resolved_secret *b)
{
	int order = str_compare(a->application->name, b->application->name);
	return order != 0 ? order : str_compare(a->spec->key, b->spec->key);
}

/* The cycle that a secret is on, from the secret on. */
static void report_cycle(struct resolution *resolution, const struct resolved_secret *secret)
{
	const struct resolved_secret *next = secret;
	size_t length = 0;

	do {
		length++;
		next = next->source;
	} while (next != secret);
	const struct resolved_secret **cycle = arena_calloc(&resolution->arena, length, sizeof(*cycle));
	for (size_t i = 0; i < length; i++, next = next->source)
		cycle[i] = next;

	const struct spec_copy *copy = &secret->spec->copy;
	const struct node *at = secret->origin == ORIGIN_COPY ? copy->key.node : secret->spec->generate.source.node;
	struct resolve_problem *problem = resolution_problem(resolution, RESOLVE_CYCLE, secret, node_span(at));
	problem->cycle = cycle;
	problem->cycle_length = length;
	problem->target = secret->source->spec;
	problem->related = node_span(secret->source->spec->key_node);
	problem->application = secret->source->application->name;
	problem->key = secret->source->spec->key;
}

/* Follows sources from a secret until one that was met before. If this very walk met it, it is on a cycle that was not known yet, which is reported at its
 * first secret in order: the walk may have entered it elsewhere. */
static void follow(struct resolution *resolution, struct resolved_secret *secret, unsigned walk)
{
	while (secret && secret->mark == 0) {
		secret->mark = walk;
		secret = secret->source;
	}
	if (!secret || secret->mark != walk)
		return;
	const struct resolved_secret *first = secret;
	for (const struct resolved_secret *next = secret->source; next != secret; next = next->source)
		if (compare_secrets(next, first) < 0)
			first = next;
	report_cycle(resolution, first);
}

void resolution_link(struct resolution *resolution)
{
	unsigned walk = 0;

	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *resolved = application_at(resolution, i);
		for (size_t j = 0; j < resolved->secrets.len; j++)
			link_source(resolution, secret_at(resolved, j));
	}
	for (size_t i = resolution->applications.len; i-- > 0;) {
		const struct resolved_application *resolved = application_at(resolution, i);
		for (size_t j = resolved->secrets.len; j-- > 0;) {
			link_user(secret_at(resolved, j));
			follow(resolution, secret_at(resolved, j), ++walk);
		}
	}
}
