/* Copying entries from one path of a store to another: a plan, and its execution. Entries are copied whole, and nothing else is touched. */
#ifndef ASPIS_SYNC_COPY_H
#define ASPIS_SYNC_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "store/store.h"

/* What is done with an entry, by the names that JSON has for it, and how it is told. */
#define COPY_ACTIONS(X)                                                                                                \
	X(CREATE, "create", "copy")            /* it is not there */                                                   \
	X(OVERWRITE, "overwrite", "overwrite") /* it is there and differs, and that was asked for */                   \
	X(KEEP, "keep", "keep")                /* it is there and the same */                                          \
	X(REFUSE, "refuse", "refused")         /* it is there and differs */                                           \
	X(BLOCK, "block", "blocked")           /* it cannot be copied without a loss */

enum copy_action {
#define X(id, name, shown) COPY_##id,
	COPY_ACTIONS(X)
#undef X
		COPY_ACTION_COUNT
};

enum copy_outcome {
	COPY_NOT_TRIED,
	COPY_DONE,
	COPY_FAILED,
};

struct copy_step {
	const struct store_entry *entry; /* of the source; borrowed from its snapshot */
	enum copy_action action;
	uint64_t version;   /* of the entry that is there: what check-and-set asks for */
	struct vec keys;    /* struct str: that are new or differ; borrowed */
	struct vec dropped; /* struct str: that only the entry that is there has; borrowed */
	enum copy_outcome outcome;
	struct str failure; /* why it failed, or is blocked; absent otherwise */
};

struct copy {
	struct arena arena;
	struct vec steps; /* struct copy_step, by name */
};

struct copy_options {
	const char *const *only; /* names of entries; NULL: all */
	size_t only_count;
	const char *const *exclude;
	size_t exclude_count;
	bool overwrite;
};

void copy_init(struct copy *copy);
void copy_release(struct copy *copy);

/* Plans: pure. Both snapshots are complete and borrowed. False and an error where --only names what the source does not have. */
bool copy_plan(struct copy *copy, const struct store_snapshot *from, const struct store_snapshot *to,
	const struct copy_options *options, struct error *error);

/* How many steps have that action. */
size_t copy_count(const struct copy *copy, enum copy_action action);

/* Carries the plan out, each write upon the version that was read; each step has an outcome then. Returns whether all were done. */
bool copy_apply(struct copy *copy, struct store *to);

/* The plan and, where it was carried out, what became of it: as text, with names and keys and no values; without what stays as it is where it is quiet. */
void copy_text(struct strbuf *out, const struct copy *copy, struct str from, struct str to, bool quiet);
void copy_json(struct strbuf *out, const struct copy *copy, struct str from, struct str to);

/* What became of it, on one line. */
void copy_summary(struct strbuf *out, const struct copy *copy);

#endif
