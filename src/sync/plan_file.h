/* A plan that is kept in a file, to be looked at by somebody and carried out later (SPEC section 9, --plan-out and --plan). It has no values: of the store's side it
 * has the version of each entry, of the static side a keyed digest of each value (HMAC-SHA-256 under a random key in FILE.key; both 0600), and of the repository's what each step
 * makes its value from. Whoever carries it out makes the plan anew, and refuses it where anything differs. The seal is a digest of the plan itself.
 *
 * {"plan":1,"environment","store","options":{…},"source":{"kind","name","scheme"},"static":[{"name","state","digest"}],"entries":[{"name","state","version"}],
 * "steps":[{"entry","key","action","row","made","digest"}],"seal"} */
#ifndef ASPIS_SYNC_PLAN_FILE_H
#define ASPIS_SYNC_PLAN_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "store/store.h"
#include "sync/given.h"
#include "sync/plan.h"

/* What a plan was made of. */
struct plan_subject {
	const struct plan *plan;
	const struct plan_options *options;
	const struct given_values *given;
	const struct store_snapshot *remote;
	struct str source; /* of GIVEN_FILE: the absolute path; absent: none */
	struct str scheme; /* of 1Password: "legacy"; absent: the present one */
};

/* Writes both files, each whole. Refuses (ERROR_USAGE) to overwrite what is no plan, or a FILE.key that belongs to none. */
bool plan_file_write(const char *path, const struct plan_subject *subject, struct error *error);

struct plan_file;

/* NULL and an error (ERROR_USAGE for what is no plan, lacks its key, or is not as it was written). The caller frees. */
struct plan_file *plan_file_read(const char *path, struct error *error);
void plan_file_free(struct plan_file *file);

/* What it was made with; borrowed. */
const struct plan_options *plan_file_options(const struct plan_file *file);
struct str plan_file_environment(const struct plan_file *file);
struct str plan_file_source(
	const struct plan_file *file); /* the path of the file of static secrets; absent: another source */
struct str plan_file_scheme(const struct plan_file *file);

/* Adds a sentence (struct str, in arena) to changes for each thing that is not as it was; none: the plan still holds. False and an error where digests cannot be made. */
bool plan_file_compare(const struct plan_file *file, const struct plan_subject *subject, struct vec *changes,
	struct arena *arena, struct error *error);

#endif
