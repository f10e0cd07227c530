/* Bringing a file of static secrets up to date with what an environment wants, by changes of its text that leave all other bytes alone (SPEC section 8). */
#ifndef ASPIS_STATICS_UPDATE_H
#define ASPIS_STATICS_UPDATE_H

#include "statics/static_secrets.h"

enum static_change_kind {
	STATIC_ADDED,     /* the environment wants it, and the file had no place for it */
	STATIC_DESCRIBED, /* its description or warning is another now */
	STATIC_KEPT,      /* no longer wanted, but it has a value */
	STATIC_LEFT, /* no longer wanted and without a value, but there is more to it that would be lost: comments, other keys */
	STATIC_REMOVED, /* no longer wanted, and without a value */
};

struct static_change {
	enum static_change_kind kind;
	struct str application; /* absent: a member of the file, such as the pull secret */
	struct str key;         /* of the secret, or the name of that member */
	struct span span;       /* where it stands in the file as it was; source NULL: nowhere */
};

/* Sets *out to the text that file should have: the one that it has where nothing needs to change. What changed, and what should have, is appended to changes
 * (struct static_change), with names that live in the arena of the file or with wanted. The file must have no problems. False, with a problem in
 * file->problems, where a change cannot be made without touching what else hangs on it: an alias, a merge key, an exotic form of YAML. */
bool static_update(struct str *out, struct vec *changes, struct static_secrets *file,
	const struct wanted_secrets *wanted) __attribute__((warn_unused_result));

#endif
