/* A plan while it is made. For the files plan*.c alone. */
#ifndef ASPIS_SYNC_PLAN_PRIVATE_H
#define ASPIS_SYNC_PLAN_PRIVATE_H

#include "sync/plan.h"
#include "sync/plan_rows.h"

/* The special entry and its key. */
#define PULL_SECRET_ENTRY STR("pull-secret")
#define PULL_SECRET_KEY   STR(".dockerconfigjson")

enum tristate {
	TRISTATE_UNKNOWN,
	TRISTATE_NO,
	TRISTATE_YES,
};

/* A key while it is decided; the first member is what the plan shows. */
struct planned_key {
	struct plan_key key;
	bool decided;
	bool waiting;           /* the walk to its source has met it */
	bool renewal;           /* --regenerate or --rotate asks for it */
	bool pull_secret;       /* it is the special one */
	bool contested;         /* it is that, and a secret of an application */
	struct str cause;       /* why it cannot be resolved; absent: it can */
	struct plan_key *root;  /* decided: the key whose value it is, through copies; itself, where it is none */
	enum tristate rehashed; /* whether a hash of it is renewed */
	bool spread;            /* what is derived from it was marked early */
};

/* The place of an entry, or of its early write, in the order of writes. */
struct planned_order {
	size_t waits;     /* for so many keys */
	unsigned base;    /* the level that it cannot be below */
	struct vec users; /* struct planned_entry *: those that wait for it, once for each key */
	bool placed;
};

struct planned_entry {
	struct plan_entry entry;
	bool is_used; /* a VaultSecret reads it */
	struct planned_order order, early;
	size_t index;
	bool core; /* it and others wait for each other */
};

struct planner {
	const struct plan_input *input;
	const struct plan_options *options;
	struct plan *plan;
	struct vec stack; /* struct planned_key *: walks to sources */
	/* plan_uses.c: const struct manifest_object *, by entry and key, of those who use it if names are what they may be. */
	struct map doubtful;
	bool doubtful_is_known;
};

/* The case of a key: what a row is chosen by, and what its reason is filled with. */
struct plan_case {
	enum plan_desire desire;
	enum plan_known known;
	enum plan_remote remote;
	struct str why; /* absent: none */
	/* for PLAN_VALUE_KNOWN; borrowed of whatever outlives the plan, which plan_own() sees to */
	struct secret *value;
	bool no_item;
};

static inline struct planned_key *planned_key_at(const struct vec *keys, size_t index)
{
	return vec_pointer(keys, index);
}

static inline struct planned_entry *planned_entry_at(const struct plan *plan, size_t index)
{
	return vec_pointer(&plan->entries, index);
}

/* What the store holds of a key that is managed: null is no value. */
const struct store_value *plan_held(const struct plan_key *key);

/* Whether an action changes what the store holds. */
bool plan_changes(enum plan_action action);

/* Hands a secret over to the plan; NULL stays NULL. */
struct secret *plan_own(struct plan *plan, struct secret *secret);

/* The name of a key in a sentence: "app/key", with what a terminal could act on made visible. */
struct str plan_key_title(struct plan *plan, const struct plan_key *key);

/* The name of the static source in a sentence. */
struct str plan_given_name(struct planner *planner);

/* A text from outside made visible. */
struct str plan_visible(struct plan *plan, struct str text);

/* plan_entries.c: the entries and keys of the plan, undecided; marks those that are left out or to be renewed, those that cannot be resolved, and says what is wrong with
 * the options. */
void plan_add_entries(struct planner *planner);
struct planned_key *plan_planned_key(const struct plan *plan, struct str entry, struct str key);

/* plan_options.c */
bool plan_is_excluded(const struct planner *planner, struct str entry);
void plan_mark_renewals(struct planner *planner);
void plan_judge_names(struct planner *planner);

/* plan_causes.c: marks the secrets that cannot be resolved with what is wrong. */
void plan_mark_unresolved(struct planner *planner);

/* plan_decide.c: decides a key, what it is made from first. */
void plan_decide(struct planner *planner, struct planned_key *key);

/* What a key has in the end, where that is known now and a text; borrowed. NULL: it is not. */
struct secret *plan_final(const struct plan_key *key);

/* plan_case*.c: the case of a key whose source is decided. */
void plan_case_of(struct plan_case *out, struct planner *planner, struct planned_key *key);
void plan_case_generated(struct plan_case *out, struct planner *planner, const struct planned_key *key);
void plan_case_hash(struct plan_case *out, struct planner *planner, const struct planned_key *key);
void plan_case_time(struct plan_case *out, struct planner *planner, const struct planned_key *key);
void plan_case_clients(struct plan_case *out, struct planner *planner, const struct planned_key *key);
void plan_case_pull_secret(struct plan_case *out, struct planner *planner, const struct planned_key *key);
void plan_case_unknown(struct plan_case *out, struct planner *planner, const struct planned_key *key);

/* The state of a source, of those that copies and derived secrets have in common: KNOWN_VALUE, KNOWN_NOTHING, KNOWN_UNRESOLVED, KNOWN_UNFIT, KNOWN_NEW, KNOWN_ROTATED. */
enum plan_known plan_source_state(const struct plan_key *source);

/* Puts what holds of a stored value into the case: REMOTE_ABSENT, or REMOTE_MALFORMED for what is no string. False: there is nothing more to be said. */
bool plan_case_stored(struct plan_case *out, const struct planned_key *key);

/* Sets the case to REMOTE_MALFORMED where there is a problem, else to REMOTE_RIGHT. */
void plan_case_judge(struct plan_case *out, const char *problem);

/* plan_special.c: says which clients a new list drops; returns how many. */
size_t plan_note_dropped(struct planner *planner, const struct plan_key *key);

/* bcrypt.c: how many pairs of hash and source there are so far. */
size_t bcrypt_verdicts_count(struct bcrypt_verdicts *verdicts);

/* plan_order.c: the levels of writes. */
void plan_order(struct plan *plan);

/* plan_notes.c */
void plan_note(struct plan *plan, enum plan_note_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void plan_add_notes(struct planner *planner);

/* plan_uses.c: "Deployment mobu", as far as it is known. */
struct str plan_object_title(struct plan *plan, const struct manifest_object *object);

/* Whether a consumer names the key of an entry, or may; *who gets what it is. */
bool plan_is_used(struct planner *planner, struct str entry, struct str key, struct str *who);

/* Whether a VaultSecret reads the entry. */
bool plan_entry_is_used(const struct planner *planner, struct str entry, struct str *who);

#endif
