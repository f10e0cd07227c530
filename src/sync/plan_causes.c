/* Secrets that cannot be resolved: what the resolution says of them, as the plan tells it. */
#include "sync/plan_private.h"

/* Where the path of a cycle is cut off. */
enum { CYCLE_SHOWN = 8 };

static struct str cycle_cause(struct plan *plan, const struct resolve_problem *problem)
{
	struct strbuf path = STRBUF_INIT;
	struct str cause;

	if (problem->cycle_length == 1) {
		strbuf_append_c(&path, "it is made from itself");
	} else {
		strbuf_append_c(&path, "copies lead back to where they began: ");
		for (size_t i = 0; i < problem->cycle_length && i < CYCLE_SHOWN; i++)
			strbuf_printf(&path, "%.*s/%.*s → ", STR_ARG(problem->cycle[i]->application->name),
				STR_ARG(problem->cycle[i]->spec->key));
		if (problem->cycle_length > CYCLE_SHOWN)
			strbuf_append_c(&path, "… → ");
		strbuf_printf(&path, "%.*s/%.*s", STR_ARG(problem->cycle[0]->application->name),
			STR_ARG(problem->cycle[0]->spec->key));
	}
	cause = plan_visible(plan, strbuf_str(&path));
	strbuf_release(&path);
	return cause;
}

static struct str cause_of(struct plan *plan, const struct resolve_problem *problem)
{
	struct arena *arena = &plan->arena;
	struct str application = str_is_absent(problem->application) ? STR("") : problem->application;
	struct str key = str_is_absent(problem->key) ? STR("") : problem->key;

	switch (problem->kind) {
	case RESOLVE_UNKNOWN_APPLICATION:
		return arena_printf(arena, "it copies %.*s/%.*s, but there is no application %.*s",
			STR_ARG(application), STR_ARG(key), STR_ARG(application));
	case RESOLVE_DISABLED_APPLICATION:
		return arena_printf(arena, "it copies %.*s/%.*s, but %.*s is not enabled in this environment",
			STR_ARG(application), STR_ARG(key), STR_ARG(application));
	case RESOLVE_UNKNOWN_KEY:
		return arena_printf(arena, "it copies %.*s/%.*s, which %.*s does not declare", STR_ARG(application),
			STR_ARG(key), STR_ARG(application));
	case RESOLVE_NOT_REQUIRED:
		return arena_printf(arena, "it copies %.*s/%.*s, which is not required in this environment",
			STR_ARG(application), STR_ARG(key));
	case RESOLVE_CYCLE:
		return cycle_cause(plan, problem);
	case RESOLVE_ACTIVE_CONFLICT:
		return STR("it has several origins that are active at the same time");
	case RESOLVE_UNKNOWN_SOURCE:
		return arena_printf(
			arena, "it is derived from %.*s, which its application does not declare", STR_ARG(key));
	case RESOLVE_SOURCE_NOT_REQUIRED:
		return arena_printf(
			arena, "it is derived from %.*s, which is not required in this environment", STR_ARG(key));
	}
	return STR("it cannot be resolved");
}

/* The first cause counts. */
static void mark(struct plan *plan, const struct resolved_secret *secret, struct str cause)
{
	struct planned_key *key = plan_planned_key(plan, secret->application->name, secret->spec->key);

	if (key && str_is_absent(key->cause))
		key->cause = cause;
}

/* What its specification lacks is a finding of the check, which commands look for before; but a plan has to decide all the same. */
static bool is_incomplete(const struct planned_key *key)
{
	const struct resolved_secret *secret = key->key.secret;

	if (!secret || key->key.source)
		return false;
	if (secret->origin == ORIGIN_COPY)
		return true;
	return secret->origin == ORIGIN_GENERATE &&
	       (key->key.generate == GENERATE_TYPE_COUNT || generate_type_is_derived(key->key.generate));
}

void plan_mark_unresolved(struct planner *planner)
{
	struct plan *plan = planner->plan;

	for (size_t i = 0; i < plan->resolution->problems.len; i++) {
		const struct resolve_problem *problem = vec_at(&plan->resolution->problems, i);
		struct str cause = cause_of(plan, problem);

		mark(plan, problem->secret, cause);
		for (size_t j = 0; problem->kind == RESOLVE_CYCLE && j < problem->cycle_length; j++)
			mark(plan, problem->cycle[j], cause);
	}
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++) {
			struct planned_key *key = planned_key_at(&entry->keys, j);

			if (str_is_absent(key->cause) && is_incomplete(key))
				key->cause = STR("secrets.yaml does not say what it is made from");
		}
	}
}
