#include <assert.h>

#include "sync/audit.h"
#include "sync/plan_private.h"

const struct store_value *plan_held(const struct plan_key *key)
{
	const struct store_value *stored = key->stored;

	return stored && !stored->text && str_is(secret_str(stored->json), "null") ? NULL : stored;
}

struct secret *plan_final(const struct plan_key *key)
{
	if (key->value_kind == PLAN_VALUE_KNOWN)
		return key->value;
	return key->value_kind == PLAN_VALUE_STORED && key->stored ? key->stored->text : NULL;
}

struct str plan_given_name(struct planner *planner)
{
	const struct given_values *given = planner->input->given;
	size_t slash;

	if (given && given->source == GIVEN_ONEPASSWORD)
		return STR("1Password");
	if (!given || given->source == GIVEN_NONE || given->name.len == 0)
		return STR("the static source");
	/* Where the file lies is said once, above the plan. */
	slash = str_find_last(given->name, '/');
	return plan_visible(
		planner->plan, str_slice(given->name, slash < given->name.len ? slash + 1 : 0, given->name.len));
}

static struct str placeholder(struct planner *planner, const struct planned_key *key, struct str name, struct str why)
{
	if (str_is(name, "given"))
		return plan_given_name(planner);
	if (str_is(name, "source"))
		return key->key.source ? plan_key_title(planner->plan, key->key.source) : STR("its source");
	assert(str_is(name, "why") && !str_is_absent(why));
	return why;
}

static struct str fill_reason(
	struct planner *planner, const struct planned_key *key, const struct plan_row *row, struct str why)
{
	struct strbuf text = STRBUF_INIT;
	struct str rest = str_of(row->reason);
	struct str reason;

	while (!str_is_absent(rest)) {
		strbuf_append(&text, str_cut(&rest, '{'));
		if (!str_is_absent(rest))
			strbuf_append(&text, placeholder(planner, key, str_cut(&rest, '}'), why));
	}
	reason = arena_str(&planner->plan->arena, strbuf_str(&text));
	strbuf_release(&text);
	return reason;
}

/* What stays although its removal was asked for is said apart; of an entry once. */
static void note_kept(struct planner *planner, const struct planned_key *key, const struct plan_row *row)
{
	struct plan *plan = planner->plan;
	struct str name = plan_visible(plan, key->key.entry->name);

	if (row->desire == WANT_NO_KEY)
		name = plan_key_title(plan, &key->key);
	if (plan->notes.len > 0) {
		const struct plan_note *last = vec_last(&plan->notes);

		if (last->kind == PLAN_NOTE_KEPT && str_starts_with(last->text, name) &&
			str_starts_with(str_slice(last->text, name.len, last->text.len), STR(": ")))
			return;
	}
	plan_note(plan, PLAN_NOTE_KEPT, "%.*s: %.*s", STR_ARG(name), STR_ARG(key->key.reason));
}

static void take_row(struct planner *planner, struct planned_key *key, const struct plan_case *decision)
{
	const struct plan_row *row = plan_row_for(decision->desire, decision->known, decision->remote);
	struct str why = decision->why;
	unsigned audit;

	assert(row);
	audit = row->audit;
	if (audit & AUDIT_MALFORMED)
		key->key.malformed = str_is_absent(why) ? STR("has white space around it") : why;
	if (plan_changes(row->action) && !str_is_absent(key->key.entry->obstacle)) {
		row = plan_row_for(WANT_OBSTRUCTED, KNOWN_ANY, key->key.stored ? REMOTE_OTHER : REMOTE_ABSENT);
		why = key->key.entry->obstacle;
	}
	key->key.row = row->number;
	key->key.action = row->action;
	key->key.value_kind = row->value;
	key->key.audit = audit;
	key->key.reason = fill_reason(planner, key, row, why);
	key->key.no_item = decision->no_item;
	if (row->value == PLAN_VALUE_KNOWN)
		key->key.value = decision->value;
	if (row->known == KNOWN_USED || row->known == KNOWN_UNDECLARED)
		note_kept(planner, key, row);
	if (row->desire == WANT_CLIENTS && row->action == PLAN_UPDATE)
		planner->plan->deletions += plan_note_dropped(planner, &key->key);
}

/* What it is made from is decided by now. */
static void decide_one(struct planner *planner, struct planned_key *key)
{
	struct plan_case decision = {.known = KNOWN_ANY, .why = STR_ABSENT};

	plan_case_of(&decision, planner, key);
	take_row(planner, key, &decision);
	key->root = &key->key;
	if (key->key.value_kind == PLAN_VALUE_COPIED)
		key->root = ((struct planned_key *)key->key.source)->root;
	key->decided = true;
}

/* Chains may be long, so that they are followed without recursion. Who cannot be resolved needs no source, which is where cycles end. */
void plan_decide(struct planner *planner, struct planned_key *key)
{
	size_t bottom = planner->stack.len;

	while (key && !key->decided && !key->waiting) {
		bool is_final = key->key.entry->excluded || !str_is_absent(key->cause);

		key->waiting = true;
		vec_push_pointer(&planner->stack, key);
		key = is_final ? NULL : (struct planned_key *)key->key.source;
	}
	while (planner->stack.len > bottom) {
		key = vec_last_pointer(&planner->stack);
		vec_pop(&planner->stack);
		decide_one(planner, key);
	}
}
