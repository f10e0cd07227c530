/* The case of each key: what is desired, what is known of the value, and what the store holds. */
#include "generate/verify.h"
#include "sync/audit.h"
#include "sync/plan_private.h"

enum plan_known plan_source_state(const struct plan_key *source)
{
	if ((source->audit & AUDIT_UNRESOLVED) != 0 && source->action != PLAN_CONFLICT)
		return KNOWN_UNRESOLVED;
	switch (source->value_kind) {
	case PLAN_VALUE_NONE:
		return KNOWN_NOTHING;
	case PLAN_VALUE_KNOWN:
		return KNOWN_VALUE;
	case PLAN_VALUE_STORED:
		return plan_final(source) ? KNOWN_VALUE : KNOWN_UNFIT;
	case PLAN_VALUE_GENERATED:
	case PLAN_VALUE_COPIED:
		break;
	}
	return source->action == PLAN_ROTATE ? KNOWN_ROTATED : KNOWN_NEW;
}

bool plan_case_stored(struct plan_case *out, const struct planned_key *key)
{
	const struct store_value *held = plan_held(&key->key);

	if (!held)
		out->remote = REMOTE_ABSENT;
	else if (!held->text)
		plan_case_judge(out, "is no string");
	return held && held->text;
}

void plan_case_judge(struct plan_case *out, const char *problem)
{
	out->remote = problem ? REMOTE_MALFORMED : REMOTE_RIGHT;
	if (problem)
		out->why = str_of(problem);
}

/* Holds the store against a value that is known. */
static void compare(struct plan_case *out, const struct planned_key *key, struct secret *value)
{
	const struct store_value *stored = plan_held(&key->key);

	out->value = value;
	if (!stored)
		out->remote = REMOTE_ABSENT;
	else
		out->remote = stored->text && secret_equal(stored->text, value) ? REMOTE_RIGHT : REMOTE_OTHER;
}

static void static_case(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	const struct given_values *values = planner->input->given;
	const struct given_secret *given =
		values ? given_values_find(values, key->key.entry->name, key->key.key) : NULL;
	enum given_state state = given ? given->state : GIVEN_KEEP;
	bool encoded = key->key.secret->spec->encoded;

	switch (state) {
	case GIVEN_VALUE:
		out->known = KNOWN_VALUE;
		compare(out, key, given->value);
		if (out->remote == REMOTE_RIGHT)
			plan_case_judge(out, verify_paste(given->value, encoded));
		break;
	case GIVEN_KEEP:
		out->known = KNOWN_NOTHING;
		if (plan_case_stored(out, key))
			plan_case_judge(out, verify_paste(key->key.stored->text, encoded));
		break;
	case GIVEN_MISSING:
		out->known = KNOWN_NO_ITEM;
		out->remote = plan_held(&key->key) ? REMOTE_OTHER : REMOTE_ABSENT;
		out->why = given->no_item ? STR("item") : STR("field");
		out->no_item = given->no_item;
		break;
	case GIVEN_MALFORMED:
		out->known = KNOWN_MALFORMED;
		out->remote = plan_held(&key->key) ? REMOTE_OTHER : REMOTE_ABSENT;
		out->why = given->problem;
		plan_note(planner->plan, PLAN_NOTE_MALFORMED, "%.*s: what %.*s gives %.*s",
			STR_ARG(plan_key_title(planner->plan, &key->key)), STR_ARG(plan_given_name(planner)),
			STR_ARG(given->problem));
		break;
	}
}

static void case_literal(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	struct str text = key->key.secret->spec->value.text;

	out->known = KNOWN_VALUE;
	compare(out, key, plan_own(planner->plan, secret_new(text.ptr, text.len)));
}

static void copy_case(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	const struct plan_key *source = key->key.source;
	const struct store_value *stored = plan_held(&key->key);

	(void)planner;
	out->known = plan_source_state(source);
	out->remote = stored ? REMOTE_OTHER : REMOTE_ABSENT;
	if (out->known == KNOWN_VALUE) {
		compare(out, key, plan_final(source));
	} else if (out->known == KNOWN_UNFIT) {
		out->why = STR("is no string in the store, and nothing else can be copied");
		if (stored && secret_equal(stored->json, source->stored->json))
			out->remote = REMOTE_RIGHT;
	}
}

static void choose(struct plan_case *out, struct planner *planner, const struct planned_key *key,
	enum plan_desire desire,
	void (*fill)(struct plan_case *out, struct planner *planner, const struct planned_key *key))
{
	out->desire = desire;
	fill(out, planner, key);
}

static void case_made(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	switch (key->key.generate) {
	case GENERATE_BCRYPT_PASSWORD_HASH:
		choose(out, planner, key, WANT_HASH, plan_case_hash);
		return;
	case GENERATE_MTIME:
		choose(out, planner, key, WANT_TIME, plan_case_time);
		return;
	case GENERATE_OIDC_CLIENTS:
		choose(out, planner, key, WANT_CLIENTS, plan_case_clients);
		return;
	default:
		choose(out, planner, key, WANT_GENERATED, plan_case_generated);
	}
}

static void case_secret(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	switch (key->key.secret->origin) {
	case ORIGIN_STATIC:
		choose(out, planner, key, WANT_STATIC, static_case);
		return;
	case ORIGIN_VALUE:
		choose(out, planner, key, WANT_LITERAL, case_literal);
		return;
	case ORIGIN_COPY:
		choose(out, planner, key, WANT_COPY, copy_case);
		return;
	case ORIGIN_GENERATE:
		case_made(out, planner, key);
	}
}

/* Whether somebody wants keys of the entry. */
static bool is_wanted(const struct planner *planner, const struct plan_entry *entry)
{
	const struct planned_key *pull_secret = plan_planned_key(planner->plan, entry->name, PULL_SECRET_KEY);

	return entry->application || (pull_secret && pull_secret->pull_secret);
}

void plan_case_of(struct plan_case *out, struct planner *planner, struct planned_key *key)
{
	/* Of what is not managed, null is a value as any other. */
	out->remote = (key->key.managed ? plan_held(&key->key) : key->key.stored) ? REMOTE_OTHER : REMOTE_ABSENT;
	if (key->key.entry->excluded) {
		out->desire = WANT_EXCLUDED;
	} else if (key->contested) {
		out->desire = WANT_CONTESTED;
	} else if (!str_is_absent(key->cause)) {
		out->desire = WANT_UNRESOLVED;
		out->why = key->cause;
	} else if (key->pull_secret) {
		choose(out, planner, key, WANT_PULL_SECRET, plan_case_pull_secret);
	} else if (key->key.secret) {
		case_secret(out, planner, key);
	} else {
		choose(out, planner, key, is_wanted(planner, key->key.entry) ? WANT_NO_KEY : WANT_NO_ENTRY,
			plan_case_unknown);
	}
}

/* Whether any file of an application declares a secret for this environment, required or not. */
static bool declares_secrets(const struct planner *planner, const struct application *application)
{
	const struct application_overlay *overlay;

	if (!application)
		return false;
	if (application->secrets && application->secrets->specs.len > 0)
		return true;
	overlay = application_overlay(application, planner->plan->resolution->environment->name);
	return overlay && overlay->secrets && overlay->secrets->specs.len > 0;
}

/* An application that is enabled and declares nothing may get its secrets in another way. */
static bool is_undeclared(const struct planner *planner, const struct plan_entry *entry)
{
	const struct enabled_application *enabled =
		environment_enabled(planner->plan->resolution->environment, entry->name);

	return enabled && !declares_secrets(planner, enabled->application);
}

void plan_case_unknown(struct plan_case *out, struct planner *planner, const struct planned_key *key)
{
	const struct plan_entry *entry = key->key.entry;

	out->known = KNOWN_REMOVAL;
	if (!planner->options->delete_unknown)
		out->known = KNOWN_NOTHING;
	else if (planner->options->force)
		return;
	else if (out->desire == WANT_NO_ENTRY && is_undeclared(planner, entry))
		out->known = KNOWN_UNDECLARED;
	else if ((out->desire == WANT_NO_ENTRY && plan_entry_is_used(planner, entry->name, &out->why)) ||
		 (!str_is_absent(key->key.key) && plan_is_used(planner, entry->name, key->key.key, &out->why)))
		out->known = KNOWN_USED;
}
