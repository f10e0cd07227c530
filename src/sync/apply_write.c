#include <string.h>

#include "sync/apply_private.h"

static void write_journal(struct apply_entry *entry, const struct plan_key *planned, enum journal_phase phase,
	uint64_t version, struct str cause)
{
	struct journal *journal = entry->apply->input->journal;

	if (!journal)
		return;
	journal_write(journal, &(struct journal_line){.phase = phase,
				       .entry = entry->name,
				       .key = planned ? planned->key : STR_ABSENT,
				       .action = plan_action_name(planned ? planned->action : PLAN_DELETE),
				       .version = version,
				       .cause = cause});
}

/* Whether the write under way carries out what is planned for a key. */
static bool is_under_way(const struct apply_key *key)
{
	return apply_changes(key->planned->action) && !key->confirmed && (key->planned->early || !key->entry->is_early);
}

static void journal_keys(struct apply_entry *entry, enum journal_phase phase, uint64_t version, struct str cause)
{
	for (size_t i = 0; i < entry->keys.len; i++) {
		const struct apply_key *key = vec_pointer(&entry->keys, i);

		if (is_under_way(key))
			write_journal(entry, key->planned, phase, version, cause);
	}
}

static void tell_progress(struct apply *apply)
{
	apply->writes_done++;
	if (apply->input->progress)
		apply->input->progress(apply->input->context, apply->writes_done, apply->writes);
}

static void confirm(struct apply_entry *entry, uint64_t version)
{
	journal_keys(entry, JOURNAL_DONE, version, STR_ABSENT);
	for (size_t i = 0; i < entry->keys.len; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);

		if (!is_under_way(key))
			continue;
		key->confirmed = true;
		key->version = version;
	}
	entry->cas = version;
	if (!entry->is_early)
		apply_settle(entry, APPLY_DONE, STR_ABSENT);
	apply_discard(entry);
	tell_progress(entry->apply);
}

static void fail(struct apply_entry *entry, struct str cause)
{
	journal_keys(entry, JOURNAL_FAILED, entry->cas, cause);
	apply_settle(entry, APPLY_FAILED, cause);
	apply_discard(entry);
	tell_progress(entry->apply);
}

static struct str message_of(const struct error *error)
{
	return error && error->message ? str_of(error->message) : STR("the store gave no reason");
}

/* A write that was not sent after all. */
static void end_unwritten(struct apply_entry *entry)
{
	if (entry->settled && entry->state == APPLY_FAILED)
		journal_keys(entry, JOURNAL_FAILED, entry->cas, entry->cause);
	tell_progress(entry->apply);
}

static void end_conflict(void *context, const struct store_entry *stored, const struct error *error)
{
	struct apply_entry *entry = context;
	struct vec again = VEC_INIT(struct apply_entry *);

	apply_discard(entry);
	journal_keys(entry, JOURNAL_CONFLICT, stored ? stored->version : entry->cas, STR_ABSENT);
	/* After a signal, no more writes: it stays undone. */
	if (!stored) {
		fail(entry, message_of(error));
	} else if (apply_signal(entry->apply) != 0) {
		tell_progress(entry->apply);
	} else if (++entry->conflicts > APPLY_CONFLICTS_MAX) {
		fail(entry, STR("somebody else keeps changing it; try again later"));
	} else if (apply_plan_anew(entry, stored)) {
		vec_push_pointer(&again, entry);
		apply_start(entry->apply, &again);
	} else {
		end_unwritten(entry);
	}
	vec_release(&again);
}

/* The connection was lost: what the store holds now tells whether it was written. */
static void end_doubt(void *context, const struct store_entry *stored, const struct error *error)
{
	struct apply_entry *entry = context;
	struct arena *arena = &entry->apply->arena;

	if (!stored)
		fail(entry, arena_printf(arena,
				    "%.*s. Whether it was written is not known: run it again, which finishes it",
				    STR_ARG(message_of(error))));
	else if (stored->version != entry->cas && apply_matches(entry, stored))
		confirm(entry, stored->version);
	else if (stored->version == entry->cas)
		fail(entry, STR("the connection was lost before it was written; run it again"));
	else
		fail(entry, STR("the connection was lost, and somebody else has written it meanwhile; plan again"));
}

static void end_write(void *context, enum store_outcome outcome, uint64_t version, const struct error *error)
{
	struct apply_entry *entry = context;
	struct store *store = entry->apply->input->store;

	switch (outcome) {
	case STORE_DONE:
		confirm(entry, version);
		break;
	case STORE_CONFLICT:
		store_entry_start(store, entry->name, end_conflict, entry);
		break;
	case STORE_UNCERTAIN:
		store_entry_start(store, entry->name, end_doubt, entry);
		break;
	default:
		fail(entry, message_of(error));
	}
}

void apply_start(struct apply *apply, const struct vec *entries)
{
	apply_make(apply, entries);
	for (size_t i = 0; i < entries->len; i++) {
		struct apply_entry *entry = vec_pointer(entries, i);

		if (!entry->settled && apply_compose(entry))
			journal_keys(entry, JOURNAL_INTENT, entry->cas, STR_ABSENT);
		else
			end_unwritten(entry);
	}
	if (apply->input->journal)
		journal_sync(apply->input->journal);
	for (size_t i = 0; i < entries->len; i++) {
		struct apply_entry *entry = vec_pointer(entries, i);

		/* Making values takes its time. */
		if (entry->body && apply_signal(apply) == 0)
			store_write_start(apply->input->store, entry->name, entry->cas, entry->body, end_write, entry);
		else
			apply_discard(entry);
	}
}

static void confirm_deletion(struct apply_entry *entry)
{
	struct apply_result *result = entry->apply->result;

	write_journal(entry, NULL, JOURNAL_DONE, entry->cas, STR_ABSENT);
	for (size_t i = 0; i < entry->keys.len; i++) {
		struct apply_key *key = vec_pointer(&entry->keys, i);

		key->confirmed = true;
		key->version = entry->cas;
	}
	*(struct apply_deletion *)vec_push(&result->deletions) = (struct apply_deletion){
		.entry = arena_str(&result->arena, entry->name),
		.version = entry->cas,
		.undelete = store_undelete_command(entry->apply->input->store, &result->arena, entry->name, entry->cas),
	};
	apply_settle(entry, APPLY_DONE, STR_ABSENT);
	tell_progress(entry->apply);
}

static void fail_deletion(struct apply_entry *entry, struct str cause)
{
	write_journal(entry, NULL, JOURNAL_FAILED, entry->cas, cause);
	apply_settle(entry, APPLY_FAILED, cause);
	tell_progress(entry->apply);
}

static void end_deletion_doubt(void *context, const struct store_entry *stored, const struct error *error)
{
	struct apply_entry *entry = context;

	if (!stored)
		fail_deletion(entry, message_of(error));
	else if (stored->state == STORE_DELETED && stored->version == entry->cas)
		confirm_deletion(entry);
	else
		fail_deletion(entry, STR("the connection was lost before it was deleted; run it again"));
}

static void end_deletion(void *context, enum store_outcome outcome, uint64_t version, const struct error *error)
{
	struct apply_entry *entry = context;

	(void)version;
	switch (outcome) {
	case STORE_DONE:
		confirm_deletion(entry);
		break;
	case STORE_UNCERTAIN:
		store_entry_start(entry->apply->input->store, entry->name, end_deletion_doubt, entry);
		break;
	case STORE_CONFLICT:
		fail_deletion(entry, STR("somebody else has changed it meanwhile: it is left as it is; plan again"));
		break;
	default:
		fail_deletion(entry, message_of(error));
	}
}

void apply_start_deletion(struct apply_entry *entry)
{
	struct apply *apply = entry->apply;

	write_journal(entry, NULL, JOURNAL_INTENT, entry->cas, STR_ABSENT);
	if (apply->input->journal)
		journal_sync(apply->input->journal);
	store_delete_start(apply->input->store, entry->name, entry->cas, end_deletion, entry);
}
