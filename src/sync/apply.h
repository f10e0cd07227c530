/* Carries a plan out (SPEC section 9, "Writes"): levels one after another, the entries of a level at the same time, one write an entry, always with check-and-set;
 * deletions of entries last. Nothing is ever overwritten that the plan had not seen, and each step of the plan is accounted for. */
#ifndef ASPIS_SYNC_APPLY_H
#define ASPIS_SYNC_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"
#include "sync/journal.h"
#include "sync/plan.h"

/* How often an entry that somebody else has changed is read and planned anew before it is given up. */
#define APPLY_CONFLICTS_MAX 3

/* What has become of a step: enumerator, name in JSON and in the journal. */
#define APPLY_STATES(ROW)                                                                                              \
	ROW(APPLY_KEPT, "kept")     /* nothing was to be done, or somebody else has done it meanwhile */               \
	ROW(APPLY_DONE, "done")     /* the store has confirmed it */                                                   \
	ROW(APPLY_FAILED, "failed") /* the store refused it, could not be reached, or somebody else interfered */      \
	ROW(APPLY_NOT_TRIED, "not-tried") /* blocked, or something that it depends on failed, or there was a signal */

enum apply_state {
#define APPLY_ENUMERATOR(enumerator, name) enumerator,
	APPLY_STATES(APPLY_ENUMERATOR)
#undef APPLY_ENUMERATOR
};
#define APPLY_STATE_COUNT (APPLY_NOT_TRIED + 1)
struct str apply_state_name(enum apply_state state);

/* A key of the plan and what has become of it. */
struct apply_step {
	struct str entry;
	struct str key;
	enum plan_action action;
	bool managed;
	enum apply_state state;
	uint64_t version; /* of the entry, that has it; 0: none, or a store without versions */
	/* why it failed, was not tried or was kept after all: a clause that shows no value; absent: nothing to say */
	struct str cause;
};

/* An entry that was deleted, and how to bring it back. */
struct apply_deletion {
	struct str entry;
	uint64_t version;
	struct str undelete; /* absent: the store has no such thing */
};

struct apply_result {
	struct arena arena;
	struct vec steps;                /* struct apply_step, by entry and key; those of excluded entries apart */
	struct vec deletions;            /* struct apply_deletion, by entry */
	size_t count[APPLY_STATE_COUNT]; /* of the managed steps, and of others that were to be changed */
	size_t blocked;                  /* of those not tried: the ones that the plan had blocked */
	int signal;                      /* that ended it before its time; 0: none */
	bool unfinished; /* something failed or was not tried for another reason than that it is blocked */
};

/* What goes on, for who shows it: writes confirmed or failed so far, of how many. */
typedef void apply_progress(void *context, size_t done, size_t count);

/* A plan anew, over what the store holds by now, by the same options; apply frees it. */
typedef struct plan *apply_replan(void *context, const struct store_snapshot *remote);

/* The number of the signal that has come, or 0; asked before each write. */
typedef int apply_interrupted(void *context);

struct apply_input {
	const struct plan *plan;
	const struct store_snapshot *remote; /* that the plan was made over */
	struct store *store;
	struct journal *journal; /* NULL: none is kept */
	unsigned jobs;           /* threads that make what takes time: hashes, RSA keys */
	int64_t now;             /* seconds since the epoch, for mtime */
	apply_replan *replan;
	apply_interrupted *interrupted; /* may be NULL */
	apply_progress *progress;       /* may be NULL */
	void *context;                  /* of the three */
};

/* Carries out what is not blocked; whether it should be, with something blocked, is the caller's to decide before. Returns when nothing is under way any more. The
 * result is the caller's to release. */
void apply_run(struct apply_result *out, const struct apply_input *input);
void apply_result_release(struct apply_result *result);

#endif
