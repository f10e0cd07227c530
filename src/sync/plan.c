#include "sync/plan.h"

#include <limits.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "sync/plan_private.h"

static const struct str action_names[] = {
#define ACTION_ROW(enumerator, text) [enumerator] = {.ptr = "" text, .len = sizeof(text) - 1},
	PLAN_ACTIONS(ACTION_ROW)
#undef ACTION_ROW
};

const struct plan_options plan_options_default = {.max_delete = PLAN_MAX_DELETE_DEFAULT};

struct str plan_action_name(enum plan_action action)
{
	return action_names[action];
}

bool plan_changes(enum plan_action action)
{
	return action == PLAN_CREATE || action == PLAN_UPDATE || action == PLAN_ROTATE || action == PLAN_DELETE;
}

struct secret *plan_own(struct plan *plan, struct secret *secret)
{
	if (secret)
		vec_push_pointer(&plan->owned, secret);
	return secret;
}

struct str plan_visible(struct plan *plan, struct str text)
{
	struct strbuf visible = STRBUF_INIT;
	struct str copy;

	strbuf_append_visible(&visible, text);
	copy = arena_str(&plan->arena, strbuf_str(&visible));
	strbuf_release(&visible);
	return copy;
}

struct str plan_key_title(struct plan *plan, const struct plan_key *key)
{
	struct str title = arena_printf(&plan->arena, "%.*s/%.*s", STR_ARG(key->entry->name), STR_ARG(key->key));

	return plan_visible(plan, title);
}

/* Hashes that can be held against their sources at the same time: asked for later, one after another, they would take two seconds each. */
static void verify_ahead(struct planner *planner)
{
	struct plan *plan = planner->plan;

	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++) {
			struct planned_key *key = planned_key_at(&entry->keys, j);
			struct secret *hash = key->key.stored ? key->key.stored->text : NULL;
			struct planned_key *source = (struct planned_key *)key->key.source;

			if (!hash || !source || entry->excluded || !str_is_absent(key->cause) ||
				key->key.generate != GENERATE_BCRYPT_PASSWORD_HASH)
				continue;
			plan_decide(planner, source);
			if (plan_final(&source->key))
				bcrypt_verdicts_start(planner->input->verdicts, hash, plan_final(&source->key));
		}
	}
}

/* What is to be done with an entry as a whole. */
static void conclude(struct planner *planner, struct plan_entry *entry)
{
	size_t stays = 0, changed = 0, deleted = 0;

	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);

		if (key->action == PLAN_DELETE)
			deleted++;
		else if (plan_changes(key->action))
			changed++;
		else if (key->stored)
			stays++;
	}
	if (changed > 0 || (deleted > 0 && stays > 0))
		entry->action = PLAN_ENTRY_WRITE;
	else if (deleted > 0)
		entry->action = PLAN_ENTRY_DELETE;
	planner->plan->deletions += deleted;
}

/* An entry without any key, which there is no row for. */
static void conclude_empty(struct planner *planner, struct plan_entry *entry)
{
	struct planned_key none = {.key = {.entry = entry, .key = STR_ABSENT}};
	struct plan_case decision = {.desire = WANT_NO_ENTRY};

	if (entry->excluded || !str_is_absent(entry->obstacle))
		return;
	plan_case_unknown(&decision, planner, &none);
	if (decision.known != KNOWN_REMOVAL)
		return;
	entry->action = PLAN_ENTRY_DELETE;
	planner->plan->deletions++;
}

static void count(struct plan *plan, const struct plan_entry *entry)
{
	for (size_t i = 0; i < entry->keys.len && !entry->excluded; i++) {
		const struct plan_key *key = vec_pointer(&entry->keys, i);

		if (key->managed || key->action != PLAN_KEEP)
			plan->count[key->action]++;
	}
}

static void decide_all(struct planner *planner)
{
	struct plan *plan = planner->plan;

	verify_ahead(planner);
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct plan_entry *entry = vec_pointer(&plan->entries, i);

		for (size_t j = 0; j < entry->keys.len; j++)
			plan_decide(planner, planned_key_at(&entry->keys, j));
		if (entry->keys.len > 0)
			conclude(planner, entry);
		else
			conclude_empty(planner, entry);
		count(plan, entry);
	}
}

static int compare_notes(const void *a, const void *b)
{
	const struct plan_note *first = a, *second = b;

	if (first->kind != second->kind)
		return first->kind < second->kind ? -1 : 1;
	return str_compare(first->text, second->text);
}

struct plan *plan_new(const struct plan_input *input)
{
	struct plan *plan = xcalloc(1, sizeof(*plan));
	struct plan_input filled = *input;
	struct bcrypt_verdicts *own = input->verdicts ? NULL : bcrypt_verdicts_new();
	struct planner planner = {.input = &filled,
		.options = input->options ? input->options : &plan_options_default,
		.plan = plan,
		.stack = VEC_INIT(struct planned_key *)};

	if (own)
		filled.verdicts = own;
	arena_init_sensitive(&plan->arena);
	plan->resolution = input->resolution;
	plan->store_name = arena_str(&plan->arena, input->store_name);
	plan->partial = planner.options->partial;
	vec_init(&plan->entries, sizeof(struct planned_entry *));
	vec_init(&plan->notes, sizeof(struct plan_note));
	vec_init(&plan->owned, sizeof(struct secret *));
	map_init(&plan->by_name);
	map_init(&planner.doubtful);
	plan_add_entries(&planner);
	plan_mark_unresolved(&planner);
	plan_judge_names(&planner);
	plan_mark_renewals(&planner);
	decide_all(&planner);
	plan_order(plan);
	plan_add_notes(&planner);
	vec_sort(&plan->notes, compare_notes);
	vec_release(&planner.stack);
	map_release(&planner.doubtful);
	bcrypt_verdicts_free(own);
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->entries.len; i++) {
		struct planned_entry *entry = planned_entry_at(plan, i);

		vec_release(&entry->entry.keys);
		map_release(&entry->entry.by_key);
		vec_release(&entry->order.users);
		vec_release(&entry->early.users);
	}
	for (size_t i = 0; i < plan->owned.len; i++)
		secret_free(vec_pointer(&plan->owned, i));
	vec_release(&plan->owned);
	vec_release(&plan->entries);
	map_release(&plan->by_name);
	vec_release(&plan->notes);
	arena_release(&plan->arena);
	free(plan);
}

const struct plan_entry *plan_find(const struct plan *plan, struct str name)
{
	return map_get(&plan->by_name, name);
}

const struct plan_key *plan_find_key(const struct plan *plan, struct str entry, struct str key)
{
	const struct plan_entry *found = plan_find(plan, entry);

	return found ? map_get(&found->by_key, key) : NULL;
}

bool plan_has_work(const struct plan *plan)
{
	for (size_t i = 0; i < plan->entries.len; i++) {
		const struct plan_entry *entry = vec_pointer(&plan->entries, i);

		if (entry->action != PLAN_ENTRY_KEEP)
			return true;
	}
	return false;
}

size_t plan_blocked(const struct plan *plan)
{
	return plan->count[PLAN_BLOCKED] + plan->count[PLAN_CONFLICT];
}

int plan_obstruction(const struct plan *plan)
{
	int status = plan_blocked(plan) > 0 && !plan->partial ? 1 : 0;

	for (size_t i = 0; i < plan->notes.len; i++) {
		const struct plan_note *note = vec_at(&plan->notes, i);

		if (note->kind == PLAN_NOTE_MALFORMED || note->kind == PLAN_NOTE_USAGE)
			return 2;
		if (note->kind == PLAN_NOTE_REFUSED)
			status = 1;
	}
	return status;
}
