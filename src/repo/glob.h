/* Glob patterns of paths, as `exclude` in aspis.yaml has them. */
#ifndef ASPIS_REPO_GLOB_H
#define ASPIS_REPO_GLOB_H

#include <stdbool.h>

#include "base/str.h"

/* Whether a path (relative to the root) is matched by a pattern: `*` and `?` stand for any characters but '/', `[a-z]` and `[!a-z]` for one of a set, `**` for any
 * number of components, and a backslash takes the next character as it is. A pattern without '/' (but at its end) matches the last component, at any depth; one
 * with '/' matches the whole path from the root; a leading or trailing '/' only says so. What lies below a folder is not matched by the folder's pattern: the
 * walk knows what it is in. Takes time in the product of both lengths at most. */
bool glob_match(struct str pattern, struct str path);

#endif
