/* What has to be done to bring a store in line with an environment: pure, from what is desired, what the static source gives and what the store holds, to ordered
 * steps (ARCHITECTURE decision 8). The decisions are numbered in plan_rows.def (plan_rows.h gives them by number); docs/decisions.md is held against it. Nothing is
 * generated here.
 *
 * A key whose action is PLAN_CREATE, PLAN_UPDATE or PLAN_ROTATE is written with what value_kind tells; one of PLAN_DELETE is left out; all others of the entry are
 * written back as they are stored. Only then the entry's action is PLAN_ENTRY_WRITE (or PLAN_ENTRY_DELETE where nothing would be left). */
#ifndef ASPIS_SYNC_PLAN_H
#define ASPIS_SYNC_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "delivery/delivery.h"
#include "model/resolve.h"
#include "store/store.h"
#include "sync/given.h"

/* enumerator, name in `--format json` and in texts. */
#define PLAN_ACTIONS(ROW)                                                                                              \
	ROW(PLAN_KEEP, "keep")                                                                                         \
	ROW(PLAN_CREATE, "create")                                                                                     \
	ROW(PLAN_UPDATE, "update")                                                                                     \
	ROW(PLAN_ROTATE, "rotate")                                                                                     \
	ROW(PLAN_DELETE, "delete")                                                                                     \
	ROW(PLAN_CONFLICT, "conflict")                                                                                 \
	ROW(PLAN_BLOCKED, "blocked")

enum plan_action {
#define PLAN_ENUMERATOR(enumerator, name) enumerator,
	PLAN_ACTIONS(PLAN_ENUMERATOR)
#undef PLAN_ENUMERATOR
};
struct str plan_action_name(enum plan_action action);

/* Where the bytes that are to be written come from. */
enum plan_value {
	PLAN_VALUE_NONE,      /* blocked without any, or to be deleted */
	PLAN_VALUE_STORED,    /* what the store holds stays, in the server's own spelling */
	PLAN_VALUE_KNOWN,     /* known now: literal, given, composed, or copied from such or from what stays */
	PLAN_VALUE_GENERATED, /* made by apply: random, or derived from source */
	PLAN_VALUE_COPIED, /* whatever apply gives to source, which is itself PLAN_VALUE_COPIED or PLAN_VALUE_GENERATED */
};

/* A key of an entry: managed, or carried through. */
struct plan_key {
	struct plan_entry *entry;
	struct str key;
	const struct resolved_secret *secret; /* NULL: a special or an unknown one */
	bool managed;
	enum plan_action action;
	unsigned row;      /* of the decision table */
	struct str reason; /* a clause for a person; shows no value */
	enum plan_value value_kind;
	struct secret *value;             /* PLAN_VALUE_KNOWN: what is to be there; lives as long as the plan */
	const struct store_value *stored; /* what the store holds; NULL: nothing */
	enum generate_type generate;      /* PLAN_VALUE_GENERATED */
	/* PLAN_VALUE_COPIED, and of derived ones (generate_type_is_derived(generate)): what it is made from; any value kind but PLAN_VALUE_NONE. What a key comes to have
	 * is its stored value's text (PLAN_VALUE_STORED), value (PLAN_VALUE_KNOWN), or what apply has made. */
	struct plan_key *source;
	bool early;           /* it goes into the early write of its entry already, as well as into the last one */
	unsigned audit;       /* how audit calls it: bits of enum audit_class (audit.h); 0: nothing to be said */
	struct str malformed; /* what is wrong with the form of what the store (or the source) holds; absent: nothing */
	bool no_item;         /* of AUDIT_NOT_IN_ONEPASSWORD: not the field alone, the whole item is missing */
};

enum plan_entry_action {
	PLAN_ENTRY_KEEP, /* nothing to write */
	PLAN_ENTRY_WRITE,
	PLAN_ENTRY_DELETE, /* the whole entry, by soft deletion of its version */
};

struct plan_entry {
	struct str name;
	const struct resolved_application *application; /* NULL: a special entry, or one that is unknown */
	const struct store_entry *stored;               /* NULL: absent, also where it is soft-deleted */
	bool excluded;                                  /* by --exclude or --only: never written, deleted or reported */
	enum plan_entry_action action;
	uint64_t cas;      /* the version that was read; 0: there never was one */
	struct vec keys;   /* struct plan_key *, sorted by key */
	struct map by_key; /* struct plan_key * */
	unsigned level;    /* of the last write: writes of a level can be made at the same time; 0 is the first */
	/* Entries that wait for each other: the keys that are marked early go in a write of their own at this level (what is stored, with these laid over it); the last
	 * write asks for the version that this one gave. UINT_MAX: there is none. */
	unsigned early_level;
	struct str obstacle; /* why it may not be written whatever the keys say; absent: it may */
};

struct plan_options {
	const struct vec *only;    /* struct str; empty or NULL: all */
	const struct vec *exclude; /* struct str; NULL: none */
	const struct vec *rotate;  /* struct str, "APP/KEY"; NULL: none */
	bool regenerate;
	bool delete_unknown; /* --delete */
	bool force;
	bool delete_pull_secret;
	unsigned max_delete;
	bool partial;
};

#define PLAN_MAX_DELETE_DEFAULT 10

/* Something that the plan says beside its steps: a foreign folder, a dropped client, workloads to restart, a refusal. */
enum plan_note_kind {
	PLAN_NOTE_FOLDER,         /* a name in the listing that ends in '/' */
	PLAN_NOTE_DROPPED_CLIENT, /* by id */
	PLAN_NOTE_RESTART,        /* a workload to be restarted, as it uses what is rotated or updated */
	PLAN_NOTE_KEPT,           /* an unknown key or entry that --delete leaves alone, and why */
	PLAN_NOTE_REFUSED,        /* why --apply will not write: too many deletions, … (exit 1) */
	PLAN_NOTE_MALFORMED,      /* the static source is broken (exit 2) */
	PLAN_NOTE_USAGE,          /* an option names what is not there, or what it is not for (exit 2) */
	PLAN_NOTE_WARNING,
};
struct plan_note {
	enum plan_note_kind kind;
	struct str text; /* one sentence; shows no value */
};

struct plan {
	struct arena arena; /* sensitive */
	const struct resolution *resolution;
	struct str store_name;
	struct vec entries; /* struct plan_entry *, by name */
	struct map by_name;
	struct vec notes; /* struct plan_note, by kind */
	bool partial;     /* as in the options */
	unsigned level_count;
	/* keys by action; excluded ones and those that only stay because nobody manages them apart */
	size_t count[PLAN_BLOCKED + 1];
	size_t deletions; /* what --max-delete counts: keys, those of entries that go, and dropped clients */
	struct vec owned; /* private: struct secret * */
};

/* The verdicts on bcrypt hashes that were verified ahead, on the pool, while requests were under way; asked for what is not there, it verifies then. */
struct bcrypt_verdicts;
struct bcrypt_verdicts *bcrypt_verdicts_new(void);
void bcrypt_verdicts_free(struct bcrypt_verdicts *verdicts);
/* Starts verifying; copies both. Thread-safe. */
void bcrypt_verdicts_start(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source);
bool bcrypt_verdicts_ask(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source);

/* Starts verifying what the plan will most likely ask for, for an entry that has just come in: each hash in it against the source that is given, literal or stored.
 * given: NULL while it is not known. The resolution and given are only read. */
void bcrypt_verdicts_foresee(struct bcrypt_verdicts *verdicts, const struct resolution *resolution,
	const struct given_values *given, const struct store_entry *entry);

/* Never fails: what stands against a step is data. All that it is given must outlive it. The caller frees. */
struct plan_input {
	const struct resolution *resolution;
	const struct given_values *given;    /* sealed; NULL: none, as with GIVEN_NONE */
	const struct store_snapshot *remote; /* complete */
	struct str store_name;
	/* who uses what; may be NULL where nothing is deleted or rotated */
	const struct delivery_environment *delivery;
	struct bcrypt_verdicts *verdicts;   /* NULL: hashes are verified when they are asked for */
	const struct plan_options *options; /* NULL: plan_options_default */
};
extern const struct plan_options plan_options_default;
struct plan *plan_new(const struct plan_input *input);
void plan_free(struct plan *plan);

const struct plan_entry *plan_find(const struct plan *plan, struct str name);

/* NULL: the plan knows of no such key. */
const struct plan_key *plan_find_key(const struct plan *plan, struct str entry, struct str key);

/* Whether apply would write or delete anything. */
bool plan_has_work(const struct plan *plan);

/* How many keys cannot be brought in line: blocked ones and conflicts. */
size_t plan_blocked(const struct plan *plan);

/* Whether apply may begin: 0; 1: blocked keys without --partial, or a PLAN_NOTE_REFUSED; 2: a PLAN_NOTE_MALFORMED or PLAN_NOTE_USAGE. What to exit with where it may
 * not. With --partial and blocked keys it is 0, and apply exits 1 in the end (plan_blocked()). */
int plan_obstruction(const struct plan *plan);

#endif
