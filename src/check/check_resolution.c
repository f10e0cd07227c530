/* Family 2xx: what cannot be resolved in an environment. The model finds it (model/resolve.h); here findings of several environments become one and get their words. */
#include "base/strbuf.h"
#include "check/context.h"
#include "check/secrets.h"

enum {
	CYCLE_MAX = 8, /* secrets of a circle that are named */
};

/* A problem and the resolution that it comes from. */
struct occurrence {
	const struct resolve_problem *problem;
	const struct environment *environment;
};

static struct str problem_subject(struct check *check, const struct resolve_problem *problem)
{
	const struct secret_spec *spec = problem->secret->spec;

	return subject_of(&check->arena, spec->application->name, spec->key);
}

static const struct occurrence *occurrence_at(const struct shared_finding *finding, size_t index)
{
	return vec_pointer(&finding->others, index);
}

/* The places at the other end. */
static void relate_others(
	struct check *check, struct diag *diag, const struct shared_finding *finding, const char *words)
{
	struct places places;

	places_init(&places, &check->arena);
	for (size_t i = 0; i < finding->others.len; i++)
		places_add(&places, occurrence_at(finding, i)->problem->related);
	places_relate(&places, check->sink, diag, words);
}

/* What disables the other application. */
static void collect_flags(struct places *flags, struct check *check, const struct shared_finding *finding)
{
	places_init(flags, &check->arena);
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct occurrence *occurrence = occurrence_at(finding, i);
		struct value_lookup flag =
			environment_flag(check->model, occurrence->environment, occurrence->problem->application);

		if (flag.key != NULL)
			places_add(flags, node_span(flag.key));
	}
}

/* What made the condition of the other end false, in the first environment. */
static void relate_decision(struct check *check, struct diag *diag, const struct shared_finding *finding)
{
	const struct occurrence *occurrence = finding->first;
	const struct condition *condition = &occurrence->problem->condition;

	if (condition->spec == NULL || condition->lookup.node == NULL)
		return;
	diag_relate(check->sink, diag, node_value_span(condition->lookup.node), "In '%.*s' this value decides it.",
		STR_ARG(occurrence->environment->name));
}

static struct diag *report_disabled(struct check *check, const struct shared_finding *finding)
{
	const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
	struct places flags;

	collect_flags(&flags, check, finding);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP202), problem->span,
		"'%.*s' is copied from '%.*s', an application that is not enabled in the same environment. %s; enable "
		"it, give the copy a condition, or declare the secret anew for %s.",
		STR_ARG(problem->secret->spec->key), STR_ARG(problem->application),
		flags.known.len > 0 ? "There is nothing to copy"
				    : "No flag is set for it there, so there is nothing to copy",
		finding->environments.len == 1 ? "this environment" : "these environments");

	places_relate(&flags, check->sink, diag, "It is not enabled here");
	return diag;
}

/* Where to declare what only other environments declare. */
static struct str declaration_advice(struct check *check, const struct shared_finding *finding)
{
	const struct occurrence *occurrence = finding->first;
	struct str application = occurrence->problem->application;
	struct str environment = finding->environments.len == 1 ? occurrence->environment->name : STR("ENVIRONMENT");

	return arena_printf(&check->arena,
		"Only other environments declare it, so there is nothing to copy; declare it in "
		"applications/%.*s/secrets-%.*s.yaml, or in secrets.yaml for all.",
		STR_ARG(application), STR_ARG(environment));
}

static struct diag *report_not_required(struct check *check, const struct shared_finding *finding)
{
	const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
	bool conditional = problem->condition.spec != NULL;
	struct str key = problem->key, application = problem->application;
	struct str advice =
		conditional ? STR("Its `if` is false there, so there is nothing to copy; make both conditions agree.")
			    : declaration_advice(check, finding);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP204), problem->span,
		"'%.*s' is copied from '%.*s' of '%.*s', which is not required in the same environment. %.*s",
		STR_ARG(problem->secret->spec->key), STR_ARG(key), STR_ARG(application), STR_ARG(advice));

	relate_others(check, diag, finding,
		conditional ? "This condition is false" : "This declaration is for another environment");
	relate_decision(check, diag, finding);
	return diag;
}

static struct diag *report_source_not_required(struct check *check, const struct shared_finding *finding)
{
	const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
	bool conditional = problem->condition.spec != NULL;
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP207), problem->span,
		"'%.*s' is derived from '%.*s', which is not required in the same environment. %s, so there is nothing "
		"to derive from; give both the same condition.",
		STR_ARG(problem->secret->spec->key), STR_ARG(problem->key),
		conditional ? "Its `if` is false there" : "Only other environments declare it");

	relate_others(check, diag, finding,
		conditional ? "This condition is false" : "This declaration is for another environment");
	relate_decision(check, diag, finding);
	return diag;
}

/* The key and value of `value`, which is active wherever it stands; NULL where there is none. */
static const struct node_pair *value_pair(const struct secret_spec *spec)
{
	return spec_has(&spec->value) ? node_find(spec->node, STR("value")) : NULL;
}

static struct diag *report_active_conflict(struct check *check, const struct shared_finding *finding)
{
	const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
	const struct node_pair *value = value_pair(problem->secret->spec);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP206), problem->span,
		"'%.*s' has several origins that are active in the same environment. Only one can be its value, and "
		"which "
		"one is not defined; choose conditions that exclude each other.",
		STR_ARG(problem->secret->spec->key));

	relate_others(check, diag, finding, "This origin is active, too");
	if (value != NULL && value->key->start != problem->span.start && value->key->start != problem->related.start)
		diag_relate(check->sink, diag, node_span(value->key), "This origin is active, too.");
	return diag;
}

static void append_member(struct strbuf *path, const struct resolved_secret *secret)
{
	strbuf_printf(path, "%.*s/%.*s", STR_ARG(secret->application->name), STR_ARG(secret->spec->key));
}

/* "a/x → b/y → a/x", of a long one its beginning. */
static struct str cycle_path(struct check *check, const struct resolve_problem *problem)
{
	struct strbuf path = STRBUF_INIT;

	for (size_t i = 0; i < problem->cycle_length; i++) {
		if (i == CYCLE_MAX) {
			strbuf_printf(&path, "… (%zu more) → ", problem->cycle_length - i);
			break;
		}
		append_member(&path, problem->cycle[i]);
		strbuf_append_c(&path, " → ");
	}
	append_member(&path, problem->cycle[0]);
	struct str copy = arena_str(&check->arena, strbuf_str(&path));
	strbuf_release(&path);
	return copy;
}

/* Where a secret says what it takes its value from. */
static struct span origin_span(const struct resolved_secret *secret)
{
	const struct secret_spec *spec = secret->spec;
	const struct spec_text *text = secret->origin == ORIGIN_COPY ? &spec->copy.key : &spec->generate.source;

	return spec_has(text) ? node_value_span(text->node) : node_value_span(spec->key_node);
}

static struct diag *report_cycle(struct check *check, const struct shared_finding *finding)
{
	const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
	struct str path = cycle_path(check, problem);
	struct diag *diag;

	if (problem->cycle_length == 1)
		return diag_report(check->sink, rule_get(RULE_ASP205), problem->span,
			"'%.*s' takes its value from itself. It can never get one; take the copy or the source away, "
			"or name another secret.",
			STR_ARG(problem->secret->spec->key));
	diag = diag_report(check->sink, rule_get(RULE_ASP205), problem->span,
		"These secrets take their values from each other: %.*s. None of them can ever get one; decide which "
		"one holds the value.",
		STR_ARG(path));
	for (size_t i = 1; i < problem->cycle_length && i < CYCLE_MAX; i++)
		diag_relate(check->sink, diag, origin_span(problem->cycle[i]), "The circle goes on here.");
	return diag;
}

/* How each kind of problem becomes a finding; NULL where a rule that looks at declarations alone has said it already. */
typedef struct diag *reporter(struct check *check, const struct shared_finding *finding);
static reporter *const reporters[] = {
	[RESOLVE_UNKNOWN_APPLICATION] = NULL,
	[RESOLVE_DISABLED_APPLICATION] = report_disabled,
	[RESOLVE_UNKNOWN_KEY] = NULL,
	[RESOLVE_NOT_REQUIRED] = report_not_required,
	[RESOLVE_CYCLE] = report_cycle,
	[RESOLVE_ACTIVE_CONFLICT] = report_active_conflict,
	[RESOLVE_UNKNOWN_SOURCE] = NULL,
	[RESOLVE_SOURCE_NOT_REQUIRED] = report_source_not_required,
};

enum { PROBLEM_KINDS = sizeof(reporters) / sizeof(reporters[0]) };

/* Whether the conditions that make it a problem can be read. */
static bool is_decided(const struct resolve_problem *problem)
{
	const struct secret_spec *spec = problem->secret->spec;
	bool copies = condition_is_readable(spec->copy.node);
	bool generates = condition_is_readable(spec->generate.node);

	if (!condition_is_readable(spec->node))
		return false;
	switch (problem->kind) {
	case RESOLVE_ACTIVE_CONFLICT:
		return copies && generates && !spec_conflicts_always(spec);
	case RESOLVE_SOURCE_NOT_REQUIRED:
		return generates;
	case RESOLVE_CYCLE:
		return problem->secret->origin == ORIGIN_COPY ? copies : generates;
	default:
		return copies;
	}
}

/* Whether nothing else is wrong that the problem may follow from. */
static bool stands_alone(
	const struct check *check, const struct resolve_problem *problem, const struct environment *environment)
{
	const struct secret_spec *spec = problem->secret->spec;
	const struct application *target =
		str_is_absent(problem->application) ? NULL : model_application(check->model, problem->application);

	if (!is_decided(problem) || !application_is_sound_in(spec->application, environment->name))
		return false;
	return target == NULL || application_is_sound_in(target, environment->name);
}

/* What tells findings at one place apart. */
static struct str problem_name(struct check *check, const struct resolve_problem *problem)
{
	if (problem->kind == RESOLVE_CYCLE)
		return cycle_path(check, problem);
	return problem_subject(check, problem);
}

/* Whether a conflict with `value` is part of one that is reported: that of `copy` and `generate`, which names it as well. Problems of one secret stand together. */
static bool is_part_of_conflict(const struct resolution *resolution, size_t index)
{
	const struct resolve_problem *problem = vec_at(&resolution->problems, index);
	const struct node_pair *value = value_pair(problem->secret->spec);

	if (problem->kind != RESOLVE_ACTIVE_CONFLICT || value == NULL || problem->span.start != value->key->start)
		return false;
	for (size_t i = index > 0 ? index - 1 : 0; i <= index + 1 && i < resolution->problems.len; i++) {
		const struct resolve_problem *other = vec_at(&resolution->problems, i);

		if (i != index && other->kind == problem->kind && other->secret == problem->secret)
			return true;
	}
	return false;
}

/* Returns whether any problem was kept. */
static bool collect(struct check *check, struct shared_findings *shared, const struct resolution *resolution)
{
	bool any = false;

	for (size_t i = 0; i < resolution->problems.len; i++) {
		const struct resolve_problem *problem = vec_at(&resolution->problems, i);
		struct occurrence *occurrence;

		if (reporters[problem->kind] == NULL || is_part_of_conflict(resolution, i) ||
			!stands_alone(check, problem, resolution->environment))
			continue;
		occurrence = arena_alloc(&check->arena, sizeof(*occurrence));
		*occurrence = (struct occurrence){.problem = problem, .environment = resolution->environment};
		shared_add(&shared[problem->kind], problem->span, problem_name(check, problem), resolution->environment,
			occurrence);
		any = true;
	}
	return any;
}

static void report_shared(struct check *check, const struct shared_findings *shared, reporter *report)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = shared->by_key.entries[i].value;
		const struct resolve_problem *problem = ((const struct occurrence *)finding->first)->problem;
		struct diag *diag = report(check, finding);

		shared_attach(check->sink, diag, finding);
		diag_identify(check->sink, diag, problem_subject(check, problem), span_text(problem->span));
	}
}

void check_resolution(struct check *check)
{
	struct shared_findings shared[PROBLEM_KINDS];
	struct vec resolutions = VEC_INIT(struct resolution *);

	for (size_t i = 0; i < PROBLEM_KINDS; i++)
		shared_init(&shared[i], &check->arena);
	for (size_t i = 0; i < check->environments.len; i++) {
		const struct environment *environment = vec_pointer(&check->environments, i);

		if (!environment_is_sound(check, environment))
			continue;
		struct resolution *resolution = resolve_environment(check->model, environment);
		if (collect(check, shared, resolution))
			vec_push_pointer(&resolutions, resolution);
		else
			resolution_free(resolution);
	}
	for (size_t i = 0; i < PROBLEM_KINDS; i++) {
		if (reporters[i] != NULL)
			report_shared(check, &shared[i], reporters[i]);
		shared_release(&shared[i]);
	}
	for (size_t i = 0; i < resolutions.len; i++)
		resolution_free(*(struct resolution **)vec_at(&resolutions, i));
	vec_release(&resolutions);
}
