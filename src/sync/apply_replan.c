/* A conflict: somebody else has written an entry since it was read. It is planned anew over what it holds now, and carried out unless that would destroy what they
 * wrote, which nobody has agreed to. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "sync/apply_private.h"

/* The first snapshot with entries that were read later; owns those that it brings in. */
struct apply_snapshot {
	struct store_snapshot snapshot; /* its entries are borrowed from others */
	struct store_entry entry;
};

static struct secret *copy_secret(struct secret *secret)
{
	return secret ? secret_new(secret_bytes(secret), secret_size(secret)) : NULL;
}

static void copy_entry(struct apply_snapshot *snapshot, const struct store_entry *from)
{
	struct store_entry *entry = &snapshot->entry;
	struct arena *arena = &snapshot->snapshot.arena;

	store_entry_init(entry, arena_str(arena, from->name));
	entry->state = from->state;
	entry->version = from->version;
	entry->obstacle = arena_str(arena, from->obstacle);
	for (size_t i = 0; i < from->values.len; i++) {
		const struct store_value *value = vec_at(&from->values, i);

		*(struct store_value *)vec_push(&entry->values) = (struct store_value){
			.key = arena_str(arena, value->key),
			.text = copy_secret(value->text),
			.json = copy_secret(value->json),
		};
	}
	for (size_t i = 0; i < entry->values.len; i++) {
		struct store_value *value = vec_at(&entry->values, i);

		map_set(&entry->by_key, value->key, value);
	}
}

static void add_entry(struct store_snapshot *snapshot, struct store_entry *entry)
{
	vec_push_pointer(&snapshot->entries, entry);
	map_set(&snapshot->by_name, entry->name, entry);
}

/* What was known so far, and of one entry what is known now; in the order of names. */
static struct apply_snapshot *refresh(const struct store_snapshot *known, const struct store_entry *read)
{
	struct apply_snapshot *fresh = xcalloc(1, sizeof(*fresh));
	bool placed = read->state == STORE_ABSENT;

	store_snapshot_init(&fresh->snapshot);
	copy_entry(fresh, read);
	for (size_t i = 0; i < known->entries.len; i++) {
		struct store_entry *entry = vec_pointer(&known->entries, i);
		int order = str_compare(entry->name, read->name);

		if (order >= 0 && !placed) {
			add_entry(&fresh->snapshot, &fresh->entry);
			placed = true;
		}
		if (order != 0)
			add_entry(&fresh->snapshot, entry);
	}
	if (!placed)
		add_entry(&fresh->snapshot, &fresh->entry);
	vec_append(&fresh->snapshot.folders, known->folders.items, known->folders.len);
	return fresh;
}

/* The vectors alone go with it: the entries of others are theirs. */
static void free_snapshot(struct apply_snapshot *fresh)
{
	store_entry_release(&fresh->entry);
	vec_release(&fresh->snapshot.entries);
	map_release(&fresh->snapshot.by_name);
	vec_release(&fresh->snapshot.folders);
	arena_release(&fresh->snapshot.arena);
	error_release(&fresh->snapshot.error);
	free(fresh);
}

void apply_replan_release(struct apply *apply)
{
	for (size_t i = 0; i < apply->plans.len; i++)
		plan_free(vec_pointer(&apply->plans, i));
	for (size_t i = 0; i < apply->snapshots.len; i++)
		free_snapshot(vec_pointer(&apply->snapshots, i));
	vec_release(&apply->plans);
	vec_release(&apply->snapshots);
}

static const struct store_snapshot *latest_snapshot(const struct apply *apply)
{
	const struct apply_snapshot *last;

	if (apply->snapshots.len == 0)
		return apply->input->remote;
	last = vec_last_pointer(&apply->snapshots);
	return &last->snapshot;
}

/* Makes a plan over what is known now, and gives what it says of the entry; NULL: nothing. */
static const struct plan_entry *make_plan(struct apply_entry *entry, const struct store_entry *stored)
{
	struct apply *apply = entry->apply;
	struct apply_snapshot *fresh = refresh(latest_snapshot(apply), stored);
	struct plan *plan;

	vec_push_pointer(&apply->snapshots, fresh);
	plan = apply->input->replan(apply->input->context, &fresh->snapshot);
	vec_push_pointer(&apply->plans, plan);
	return plan_find(plan, entry->name);
}

static bool same_secret(const struct secret *a, const struct secret *b)
{
	return a && b ? secret_equal(a, b) : a == b;
}

/* Whether carrying out what is planned for a key would destroy what somebody else has put there meanwhile. */
static bool destroys(const struct plan_key *planned, const struct apply_key *key)
{
	struct secret *stored = planned->stored ? planned->stored->json : NULL;

	if (key && key->confirmed && key->made)
		return !planned->stored || !same_secret(planned->stored->text, key->made);
	if (!stored || !apply_changes(planned->action))
		return false;
	return !same_secret(key ? key->seen : NULL, stored);
}

static bool check_keys(struct apply_entry *entry, const struct plan_entry *planned)
{
	for (size_t i = 0; i < planned->keys.len; i++) {
		const struct plan_key *key = vec_pointer(&planned->keys, i);

		if (destroys(key, apply_find(entry->apply, entry->name, key->key))) {
			apply_settle(entry, APPLY_FAILED,
				arena_printf(&entry->apply->arena,
					"somebody else has changed %.*s meanwhile: it is left as it is; plan again",
					STR_ARG(key->key)));
			return false;
		}
	}
	return true;
}

/* What was made for the write that did not happen may not fit any more: a hash belongs to a source that somebody else may have replaced. */
static void forget_made(struct apply_entry *entry)
{
	for (size_t i = 0; i < entry->keys.len; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);

		if (key->confirmed)
			continue;
		secret_free(key->made);
		key->made = NULL;
	}
}

bool apply_plan_anew(struct apply_entry *entry, const struct store_entry *stored)
{
	const struct plan_entry *planned = make_plan(entry, stored);

	if (planned && !str_is_absent(planned->obstacle))
		apply_settle(entry, APPLY_FAILED, planned->obstacle);
	else if (!planned || planned->action == PLAN_ENTRY_DELETE)
		apply_settle(entry, APPLY_FAILED, STR("somebody else has changed it meanwhile; plan again"));
	if (entry->settled || !check_keys(entry, planned))
		return false;
	forget_made(entry);
	entry->planned = planned;
	entry->cas = planned->cas;
	apply_take_keys(entry);
	if (planned->action == PLAN_ENTRY_KEEP) {
		apply_settle(entry, APPLY_KEPT, STR("somebody else has done it meanwhile"));
		return false;
	}
	/* Of two writes the first may have become needless. */
	return !entry->is_early || apply_has_early(entry);
}
