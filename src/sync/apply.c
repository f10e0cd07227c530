#include "sync/apply.h"

#include <limits.h>

#include "base/xalloc.h"
#include "sync/apply_private.h"

struct str apply_state_name(enum apply_state state)
{
	static const char *const names[] = {
#define APPLY_NAME(enumerator, name) [enumerator] = (name),
		APPLY_STATES(APPLY_NAME)
#undef APPLY_NAME
	};

	return str_of(names[state]);
}

bool apply_changes(enum plan_action action)
{
	return action == PLAN_CREATE || action == PLAN_UPDATE || action == PLAN_ROTATE || action == PLAN_DELETE;
}

struct apply_key *apply_find(const struct apply *apply, struct str entry, struct str key)
{
	const struct apply_entry *found = map_get(&apply->by_name, entry);

	return found ? map_get(&found->by_key, key) : NULL;
}

int apply_signal(const struct apply *apply)
{
	if (apply->result->signal == 0 && apply->input->interrupted)
		apply->result->signal = apply->input->interrupted(apply->input->context);
	return apply->result->signal;
}

void apply_settle(struct apply_entry *entry, enum apply_state state, struct str cause)
{
	if (entry->settled)
		return;
	entry->settled = true;
	entry->state = state;
	entry->cause = arena_str(&entry->apply->arena, cause);
	entry->apply->failed |= state == APPLY_FAILED || state == APPLY_NOT_TRIED;
}

void apply_take_keys(struct apply_entry *entry)
{
	struct apply *apply = entry->apply;

	for (size_t i = 0; i < entry->keys.len; i++)
		((struct apply_key *)vec_pointer(&entry->keys, i))->planned = NULL;
	vec_clear(&entry->keys);
	for (size_t i = 0; i < entry->planned->keys.len; i++) {
		const struct plan_key *planned = vec_pointer(&entry->planned->keys, i);
		struct apply_key *key = map_get(&entry->by_key, planned->key);

		if (!key) {
			key = arena_calloc(&apply->arena, 1, sizeof(*key));
			key->entry = entry;
			key->action = planned->action;
			key->seen = planned->stored ? planned->stored->json : NULL;
			map_set(&entry->by_key, arena_str(&apply->arena, planned->key), key);
		}
		key->planned = planned;
		vec_push_pointer(&entry->keys, key);
	}
}

static void add_entry(struct apply *apply, const struct plan_entry *planned)
{
	struct apply_entry *entry = arena_calloc(&apply->arena, 1, sizeof(*entry));

	*entry = (struct apply_entry){
		.apply = apply,
		.name = planned->name,
		.planned = planned,
		.level = planned->level,
		.early_level = planned->early_level,
		.cas = planned->cas,
		.keys = VEC_INIT(struct apply_key *),
		.members = VEC_INIT(struct apply_member),
	};
	map_init(&entry->by_key);
	vec_push_pointer(&apply->entries, entry);
	map_set(&apply->by_name, entry->name, entry);
	if (planned->action != PLAN_ENTRY_KEEP)
		apply->writes += planned->action == PLAN_ENTRY_WRITE && planned->early_level != UINT_MAX ? 2 : 1;
	apply_take_keys(entry);
}

static void start(struct apply *apply, struct apply_result *result, const struct apply_input *input)
{
	*apply = (struct apply){
		.input = input,
		.result = result,
		.entries = VEC_INIT(struct apply_entry *),
		.plans = VEC_INIT(struct plan *),
		.snapshots = VEC_INIT(struct apply_snapshot *),
	};
	arena_init(&apply->arena);
	map_init(&apply->by_name);
	for (size_t i = 0; i < input->plan->entries.len; i++) {
		const struct plan_entry *planned = vec_pointer(&input->plan->entries, i);

		if (!planned->excluded)
			add_entry(apply, planned);
	}
}

static void finish(struct apply *apply)
{
	for (size_t i = 0; i < apply->entries.len; i++) {
		struct apply_entry *entry = vec_pointer(&apply->entries, i);

		for (size_t j = 0; j < entry->by_key.len; j++)
			secret_free(((struct apply_key *)entry->by_key.entries[j].value)->made);
		apply_discard(entry);
		map_release(&entry->by_key);
		vec_release(&entry->keys);
		vec_release(&entry->members);
	}
	apply_replan_release(apply);
	vec_release(&apply->entries);
	map_release(&apply->by_name);
	arena_release(&apply->arena);
}

/* The writes of a level: the only one of an entry, or the first or second of two. */
static void run_level(struct apply *apply, unsigned level)
{
	struct vec due = VEC_INIT(struct apply_entry *);

	for (size_t i = 0; i < apply->entries.len; i++) {
		struct apply_entry *entry = vec_pointer(&apply->entries, i);

		if (entry->settled || entry->planned->action != PLAN_ENTRY_WRITE)
			continue;
		entry->is_early = entry->early_level == level && entry->level != level;
		if (entry->is_early ? apply_has_early(entry) : entry->level == level)
			vec_push_pointer(&due, entry);
	}
	apply_start(apply, &due);
	store_run(apply->input->store);
	vec_release(&due);
}

/* What goes, goes when all that was to come is there. */
static void run_deletions(struct apply *apply)
{
	for (size_t i = 0; i < apply->entries.len; i++) {
		struct apply_entry *entry = vec_pointer(&apply->entries, i);

		if (entry->settled || entry->planned->action != PLAN_ENTRY_DELETE)
			continue;
		if (apply->failed)
			apply_settle(entry, APPLY_NOT_TRIED,
				STR("something else was not written, and nothing is deleted before all is there"));
		else if (apply_signal(apply) == 0)
			apply_start_deletion(entry);
	}
	store_run(apply->input->store);
}

/* How it ended for a key that was to be changed. */
static void judge(struct apply_step *step, const struct apply_key *key, struct arena *arena)
{
	const struct apply_entry *entry = key->entry;

	if (key->confirmed) {
		step->state = APPLY_DONE;
		step->version = key->version;
		return;
	}
	step->state = entry->settled ? entry->state : APPLY_NOT_TRIED;
	/* What would have come with the second of two writes. */
	if (step->state == APPLY_FAILED && entry->is_early && !key->planned->early)
		step->state = APPLY_NOT_TRIED;
	step->cause = arena_str(arena, entry->settled ? entry->cause : STR("interrupted"));
}

static void account(struct apply *apply, const struct apply_key *key)
{
	struct apply_result *result = apply->result;
	const struct plan_key *planned = key->planned;
	struct arena *arena = &result->arena;
	struct apply_step *step;

	/* What nobody manages stays without a word. */
	if (!planned->managed && planned->action == PLAN_KEEP && !key->confirmed)
		return;
	step = vec_push(&result->steps);
	*step = (struct apply_step){
		.entry = arena_str(arena, key->entry->name),
		.key = arena_str(arena, planned->key),
		/* Planned anew, what is there by now is kept. */
		.action = key->confirmed ? key->action : planned->action,
		.managed = planned->managed,
		.state = APPLY_KEPT,
		.version = planned->entry->stored ? planned->entry->stored->version : 0,
		.cause = STR_ABSENT,
	};
	if (apply_changes(step->action)) {
		judge(step, key, arena);
		result->unfinished |= step->state == APPLY_FAILED || step->state == APPLY_NOT_TRIED;
	} else if (planned->action != PLAN_KEEP) {
		step->state = APPLY_NOT_TRIED;
		step->cause = arena_str(arena, planned->reason);
		result->blocked++;
	} else if (key->entry->settled && key->entry->state == APPLY_KEPT) {
		step->cause = arena_str(arena, key->entry->cause);
	}
	result->count[step->state]++;
}

static void journal_not_tried(struct apply *apply)
{
	for (size_t i = 0; i < apply->result->steps.len; i++) {
		const struct apply_step *step = vec_at(&apply->result->steps, i);

		if (step->state == APPLY_NOT_TRIED && apply_changes(step->action))
			journal_write(apply->input->journal, &(struct journal_line){.phase = JOURNAL_NOT_TRIED,
								     .entry = step->entry,
								     .key = step->key,
								     .action = plan_action_name(step->action),
								     .cause = step->cause});
	}
}

void apply_run(struct apply_result *out, const struct apply_input *input)
{
	struct apply apply;

	*out = (struct apply_result){
		.steps = VEC_INIT(struct apply_step), .deletions = VEC_INIT(struct apply_deletion)};
	arena_init(&out->arena);
	start(&apply, out, input);
	for (unsigned level = 0; level < input->plan->level_count && apply_signal(&apply) == 0; level++)
		run_level(&apply, level);
	if (apply_signal(&apply) == 0)
		run_deletions(&apply);
	for (size_t i = 0; i < apply.entries.len; i++) {
		const struct apply_entry *entry = vec_pointer(&apply.entries, i);

		for (size_t j = 0; j < entry->keys.len; j++)
			account(&apply, vec_pointer(&entry->keys, j));
	}
	if (input->journal)
		journal_not_tried(&apply);
	finish(&apply);
}

void apply_result_release(struct apply_result *result)
{
	vec_release(&result->steps);
	vec_release(&result->deletions);
	arena_release(&result->arena);
}
