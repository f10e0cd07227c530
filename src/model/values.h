/* Values looked up by dotted path in values-{env}.yaml over values.yaml, as if both had been merged (maps merge recursively, anything else replaces;
 * SPEC section 3). Nothing is merged: a look-up walks both trees side by side. */
#ifndef ASPIS_MODEL_VALUES_H
#define ASPIS_MODEL_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "repo/repository.h"
#include "yaml/node.h"

/* A path as its components: keys may hold dots where a template quotes them. */
struct values_path {
	const struct str *components;
	size_t count;
};

/* The two layers, either of which may be NULL. A file that is broken, empty or no mapping sets nothing. */
struct values {
	const struct repo_file *overlay;  /* values-{env}.yaml */
	const struct repo_file *defaults; /* values.yaml */
};

/* What a look-up found. An explicit null is found: it hides what lies below it, as the merge has it. */
struct value_lookup {
	const struct node *node;      /* the value, through no alias; NULL: not there, or the key has no value */
	const struct node *key;       /* its key; NULL: not there */
	const struct repo_file *file; /* the file that decides: of the value, or of the blocker; NULL: neither */
	size_t depth;                 /* how many components are there, from the first on */
	/* Where a component before the last is there and is no mapping: its value (it may be null) and its key. */
	const struct node *blocker;
	const struct node *blocker_key;
};

/* Splits at every dot ("" is one empty component), as Phalanx does. The components live in arena. */
struct values_path values_path_parse(struct arena *arena, struct str dotted);

struct value_lookup values_find(const struct values *values, struct values_path path);

/* The same for a path as text. */
struct value_lookup values_get(const struct values *values, struct str dotted);

/* Whether the path is there (also when null). */
static inline bool value_is_set(const struct value_lookup *lookup)
{
	return lookup->key != NULL;
}

/* Truth of what was found; missing is false. */
bool value_truth(const struct value_lookup *lookup);

/* Calls visit for every path that is set in a file, outer before inner, mappings included (for "did you mean"); keys that are no strings are on none. The path lives until the call returns. At most
 * budget calls, and no deeper than 32 components. */
typedef void values_visitor(void *context, struct str dotted, const struct node *value);
void values_each_path(const struct repo_file *file, size_t budget, values_visitor *visit, void *context);

/* Whether a file is there, but its content could not be had (unreadable, not YAML, no mapping): what it sets is unknown then. NULL is not broken. */
bool file_is_broken(const struct repo_file *file);

/* The top-level mapping of a loaded YAML file; NULL where it is none. */
const struct node *file_mapping(const struct repo_file *file);

#endif
