/* The values paths that the templates of applications use. For this room alone. */
#ifndef ASPIS_CHECK_USED_PATHS_H
#define ASPIS_CHECK_USED_PATHS_H

#include "check/context.h"

/* const struct span *, by dotted path: the first place where templates of the application use it, or something below it. A path is there with all its beginnings. Found once
 * for an application; empty where nothing is followed. */
const struct map *used_paths_of(struct check *check, const struct application *application);

/* Releases what was found. */
void used_paths_release(struct check *check);

#endif
