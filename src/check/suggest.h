/* "Did you mean": the likely name for one that is not known. For this room alone.
 *
 * Each takes an effort, the number of names that may still be compared, and counts it down: a file with a hundred thousand wrong names gets its findings, but not a
 * hundred thousand searches. */
#ifndef ASPIS_CHECK_SUGGEST_H
#define ASPIS_CHECK_SUGGEST_H

#include "base/arena.h"
#include "model/model.h"

enum {
	EFFORT_OF_RUN = 5000000,
	EFFORT_OF_FILE = 500000,
};

/* The absent string where nothing is like it, or the effort is spent. */
struct str nearest_environment(const struct model *model, struct str wanted, size_t *effort);
struct str nearest_application(const struct model *model, struct str wanted, size_t *effort);
struct str nearest_key(const struct application *application, struct str wanted, size_t *effort);

/* The path most like one that nothing sets, among those that the values files of an application and of the charts that it depends on set, and those that its templates use
 * (by path; what a path maps to is not looked at): the same but for slips in its
 * components, or with one component more or less. Lives in arena. */
struct str nearest_values_path(struct arena *arena, const struct application *application, const struct map *used,
	struct str wanted, size_t *effort);

/* The first key on a path that a values file of the application would set, were not that key read as something else than a string: `on:` is a boolean, `8080:` an
 * integer. NULL where there is none. */
const struct node *misread_key(const struct application *application, struct str wanted, size_t *effort);

/* Whether one name is so much like another, but not the same, that it can hardly be meant otherwise: one slip in a short name, two in a long one. */
bool is_near_miss(struct str wanted, struct str known);

/* " Did you mean 'x'?", or "" for the absent string. Lives in arena. */
struct str did_you_mean(struct arena *arena, struct str suggestion);

#endif
