/* The walk over the tree below a root. For repo/ alone. */
#ifndef ASPIS_REPO_WALK_H
#define ASPIS_REPO_WALK_H

#include "repo/repository.h"

/* Fills files (path, source and obstacle of each, unsorted) and problems of a repository whose root and root_fd are set. excludes: struct str patterns, or NULL. */
void walk_repository(struct repository *repository, const struct vec *excludes);

/* Sets the error of a root that cannot be opened: what is not there or no folder is a usage error. Returns false. */
bool repository_root_error(struct error *error, int errnum, const char *path);

#endif
