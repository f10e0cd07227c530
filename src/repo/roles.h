/* What the path of a file makes of it. For repo/ alone. */
#ifndef ASPIS_REPO_ROLES_H
#define ASPIS_REPO_ROLES_H

#include <stdbool.h>

#include "base/map.h"
#include "repo/repository.h"

/* Sets role, application and environment from path in a repository of the Phalanx layout. The names borrow from path. */
void role_assign(struct repo_file *file);

/* The same where there is no Phalanx layout, or the path is outside it: charts holds the folders with a Chart.yaml, below whose templates/ nothing is YAML. What
 * application the file belongs to stays. */
void role_assign_plain(struct repo_file *file, const struct map *charts);

/* Whether a path must be a file by its name: one that the model reads. */
bool role_expects_file(struct str path);

#endif
