/* What has to be done to bring a store in line with an environment: pure, from what is desired, what the static source gives and what the store holds, to ordered
 * steps (ARCHITECTURE decision 8). The decisions are numbered in plan_rows.def; docs/decisions.md is made from it. Nothing is generated here. */
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
	PLAN_VALUE_COPIED,    /* whatever apply gives to source */
};

/* A key of an entry: managed, or carried through. */
struct plan_key {
	struct plan_entry *entry;
	struct str key;
	const struct resolved_secret *secret; /* NULL: a special or an unknown one */
	bool managed;
	enum plan_action action;
	unsigned row;        /* of the decision table */
	struct str reason;   /* a clause for a person; shows no value */
	enum plan_value value_kind;
	struct secret *value;             /* PLAN_VALUE_KNOWN: what is to be there; owned by the plan */
	const struct store_value *stored; /* what the store holds; NULL: nothing */
	enum generate_type generate;      /* PLAN_VALUE_GENERATED */
	struct plan_key *source;          /* PLAN_VALUE_COPIED, and of derived ones: what it is made from */
	/* How audit calls it; see audit.h. */
	unsigned audit;
	struct str malformed; /* what is wrong with the form of what the store holds; absent: nothing */
};

enum plan_entry_action {
	PLAN_ENTRY_KEEP,   /* nothing to write */
	PLAN_ENTRY_WRITE,
	PLAN_ENTRY_DELETE, /* the whole entry, by soft deletion of its version */
};

struct plan_entry {
	struct str name;
	const struct resolved_application *application; /* NULL: a special entry, or one that is unknown */
	const struct store_entry *stored;               /* NULL: absent */
	bool excluded;                                  /* by --exclude or --only: never written, deleted or reported */
	enum plan_entry_action action;
	uint64_t cas;        /* the version that was read; 0: there never was one */
	struct vec keys;     /* struct plan_key *, sorted by key */
	struct map by_key;   /* struct plan_key * */
	unsigned level;      /* of the last write: writes of a level can be made at the same time; 0 is the first */
	/* Two entries wait for each other: the keys that others copy (PLAN_VALUE_GENERATED) go in a write of their own at this level; UINT_MAX: there is none. */
	unsigned early_level;
	struct str obstacle; /* why it may not be written whatever the keys say; absent: it may */
};

struct plan_options {
	const struct vec *only;    /* struct str; empty: all */
	const struct vec *exclude; /* struct str */
	const struct vec *rotate;  /* struct str, "APP/KEY" */
	bool regenerate;
	bool delete_unknown;       /* --delete */
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
	PLAN_NOTE_RESTART,        /* a workload to be restarted after a rotation */
	PLAN_NOTE_KEPT,           /* an unknown key or entry that --delete leaves alone, and why */
	PLAN_NOTE_REFUSED,        /* why --apply will not write: too many deletions, … (exit 1) */
	PLAN_NOTE_MALFORMED,      /* the static source is broken (exit 2) */
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
	struct vec notes;   /* struct plan_note, by kind */
	unsigned level_count;
	size_t count[PLAN_BLOCKED + 1]; /* keys by action; excluded ones and those that only stay because nobody manages them apart */
	size_t deletions;   /* what --max-delete counts: keys, those of entries that go, and dropped clients */
};

/* The verdicts on bcrypt hashes that were verified ahead, on the pool, while requests were under way; asked for what is not there, it verifies then. */
struct bcrypt_verdicts;
struct bcrypt_verdicts *bcrypt_verdicts_new(void);
void bcrypt_verdicts_free(struct bcrypt_verdicts *verdicts);
/* Starts verifying; copies both. Thread-safe. */
void bcrypt_verdicts_start(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source);
bool bcrypt_verdicts_ask(struct bcrypt_verdicts *verdicts, struct secret *hash, struct secret *source);

/* Never fails: what stands against a step is data. All that it is given must outlive it; deployment (who uses what) may be NULL where nothing is deleted or
 * rotated. The caller frees. */
struct plan_input {
	const struct resolution *resolution;
	const struct given_values *given;
	const struct store_snapshot *remote;
	struct str store_name;
	const struct deployments *deployments;
	struct bcrypt_verdicts *verdicts;
	const struct plan_options *options;
};
struct plan *plan_new(const struct plan_input *input);
void plan_free(struct plan *plan);

const struct plan_entry *plan_find(const struct plan *plan, struct str name);

/* Whether apply would write or delete anything. */
bool plan_has_work(const struct plan *plan);

#endif
