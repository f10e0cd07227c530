/* What the files of apply share: a plan while it is carried out. Private to apply*.c. */
#ifndef ASPIS_SYNC_APPLY_PRIVATE_H
#define ASPIS_SYNC_APPLY_PRIVATE_H

#include "sync/apply.h"

struct apply_entry;

/* A key of an entry. Plans come and go with conflicts; this stays. */
struct apply_key {
	struct apply_entry *entry;
	const struct plan_key *planned; /* of the latest plan; NULL: that has it no more */
	struct secret *
		seen; /* what the store held when the first plan was made, in its own spelling; NULL: nothing. Borrowed */
	enum plan_action action; /* of the first plan */
	struct secret *made;     /* PLAN_VALUE_GENERATED: made once; NULL: not yet */
	bool confirmed;          /* the store has what was planned */
	uint64_t version;        /* that it was confirmed with */
};

/* A member of the object that is written. */
struct apply_member {
	struct str key;
	struct apply_key *changed; /* NULL: it stays as it is */
	struct secret *text;       /* a string; borrowed. NULL: json is what the server spelled */
	struct secret *json;
};

struct apply {
	const struct apply_input *input;
	struct apply_result *result;
	struct arena arena;
	struct vec entries;   /* struct apply_entry *, by name */
	struct map by_name;   /* struct apply_entry * */
	struct vec plans;     /* struct plan *, made anew */
	struct vec snapshots; /* struct apply_snapshot *, likewise: see apply_replan.c */
	size_t writes_done;
	size_t writes;
	bool failed; /* anything */
};

struct apply_entry {
	struct apply *apply;
	struct str name;
	const struct plan_entry *planned; /* of the latest plan */
	struct vec keys;                  /* struct apply_key *, of the latest plan */
	struct map by_key;                /* struct apply_key *: all that any plan had */
	unsigned level;
	unsigned early_level;
	uint64_t cas;
	bool settled; /* state and cause are final */
	enum apply_state state;
	struct str cause;
	unsigned conflicts;
	bool is_early;      /* what is under way is the first of two writes */
	struct vec members; /* struct apply_member: what is under way */
	struct secret *body;
};

/* Whether an action changes what the store holds. */
bool apply_changes(enum plan_action action);

/* NULL: no plan has it. */
struct apply_key *apply_find(const struct apply *apply, struct str entry, struct str key);

/* Takes the keys of entry->planned up. */
void apply_take_keys(struct apply_entry *entry);

/* The signal that has come, or 0. */
int apply_signal(const struct apply *apply);

/* Ends an entry; the cause is copied. */
void apply_settle(struct apply_entry *entry, enum apply_state state, struct str cause);

/* apply_value.c: the bytes that a key has for writer (an entry that is about to be written). NULL and *why (in the arena of apply) where they are not to be had. */
struct secret *apply_value(struct apply_key *key, const struct apply_entry *writer, struct str *why);

/* Whether anything is left for the first of two writes. */
bool apply_has_early(const struct apply_entry *entry);

/* Makes what is generated for the writes under way of these entries (struct apply_entry *), what takes time on several threads. Those that it cannot be made for are settled. */
void apply_make(struct apply *apply, const struct vec *entries);

/* apply_body.c: members and body of the write under way. False: the entry was settled, because a value is not to be had. */
bool apply_compose(struct apply_entry *entry);
void apply_discard(struct apply_entry *entry);

/* Whether an entry of the store holds what the write under way says. */
bool apply_matches(const struct apply_entry *entry, const struct store_entry *stored);

/* apply_write.c: starts the write under way of entries whose values are made, … */
void apply_start(struct apply *apply, const struct vec *entries);
/* … and the deletion of an entry. */
void apply_start_deletion(struct apply_entry *entry);

/* apply_replan.c: plans an entry anew over what the store holds of it now. False: it was settled, or has nothing to write at this time. */
bool apply_plan_anew(struct apply_entry *entry, const struct store_entry *stored);
void apply_replan_release(struct apply *apply);

#endif
