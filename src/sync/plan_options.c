/* What --only, --exclude, --regenerate and --rotate mean for a plan. */
#include "sync/plan_private.h"

static bool has_name(const struct vec *names, struct str name)
{
	for (size_t i = 0; names && i < names->len; i++) {
		if (str_equal(*(const struct str *)vec_at(names, i), name))
			return true;
	}
	return false;
}

bool plan_is_excluded(const struct planner *planner, struct str entry)
{
	const struct plan_options *options = planner->options;

	if (options->only && options->only->len > 0 && !has_name(options->only, entry))
		return true;
	return has_name(options->exclude, entry);
}

/* Whether there is an entry of that name, or could be. */
static bool is_known(const struct planner *planner, struct str name)
{
	return map_has(&planner->plan->by_name, name) || str_equal(name, PULL_SECRET_ENTRY) ||
	       environment_enabled(planner->plan->resolution->environment, name);
}

static void judge_name(struct planner *planner, struct str name, enum plan_note_kind kind, const char *option)
{
	struct plan *plan = planner->plan;

	if (is_known(planner, name))
		return;
	name = plan_visible(plan, name);
	plan_note(plan, kind,
		"%s %.*s: neither does the environment enable such an application, nor has the store such an entry",
		option, STR_ARG(name));
}

/* To leave out what is not there does no harm; to ask for it and to get nothing might. */
void plan_judge_names(struct planner *planner)
{
	const struct vec *only = planner->options->only, *exclude = planner->options->exclude;

	for (size_t i = 0; only && i < only->len; i++)
		judge_name(planner, *(const struct str *)vec_at(only, i), PLAN_NOTE_USAGE, "--only");
	for (size_t i = 0; only && i < only->len; i++) {
		struct str name = *(const struct str *)vec_at(only, i);

		if (has_name(exclude, name))
			plan_note(planner->plan, PLAN_NOTE_WARNING,
				"%.*s is named by --only and by --exclude: it is left out",
				STR_ARG(plan_visible(planner->plan, name)));
	}
	for (size_t i = 0; exclude && i < exclude->len; i++)
		judge_name(planner, *(const struct str *)vec_at(exclude, i), PLAN_NOTE_WARNING, "--exclude");
}

/* What is random; lists of clients are made of what is given, and what is derived follows its source. */
static bool is_random(const struct planned_key *key)
{
	enum generate_type type = key->key.generate;

	return type != GENERATE_TYPE_COUNT && type != GENERATE_OIDC_CLIENTS && !generate_type_is_derived(type);
}

/* Why a key cannot be renewed by itself; NULL: it can. */
static const char *refuse_renewal(const struct planned_key *key)
{
	if (!key->key.secret)
		return "the environment does not declare it";
	if (key->key.entry->excluded)
		return "its entry is left out by --exclude or --only";
	if (key->key.generate == GENERATE_OIDC_CLIENTS)
		return "it is made of the clients that the static source names";
	switch (key->key.secret->origin) {
	case ORIGIN_STATIC:
		return "it is a static secret: change it at its source";
	case ORIGIN_VALUE:
		return "its value is written in secrets.yaml";
	case ORIGIN_COPY:
		return "it is a copy: rotate what it is copied from";
	case ORIGIN_GENERATE:
		break;
	}
	return NULL;
}

static void rotate(struct planner *planner, struct str name)
{
	struct plan *plan = planner->plan;
	struct str rest = name;
	struct str application = str_cut(&rest, '/');
	struct planned_key *key = str_is_absent(rest) ? NULL : plan_planned_key(plan, application, rest);
	const char *problem = str_is_absent(rest) ? "write APPLICATION/KEY"
			      : key               ? refuse_renewal(key)
						  : "the environment needs no such secret";

	if (problem) {
		name = plan_visible(plan, name);
		plan_note(plan, PLAN_NOTE_USAGE, "--rotate %.*s: %s", STR_ARG(name), problem);
		return;
	}
	key->renewal = true;
}

void plan_mark_renewals(struct planner *planner)
{
	const struct vec *names = planner->options->rotate;
	struct plan *plan = planner->plan;

	for (size_t i = 0; planner->options->regenerate && i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++) {
			struct planned_key *key = planned_key_at(&entry->keys, j);

			if (key->key.secret && is_random(key))
				key->renewal = true;
		}
	}
	for (size_t i = 0; names && i < names->len; i++)
		rotate(planner, *(const struct str *)vec_at(names, i));
}
