/* What several families ask about secret specifications. For this room alone. */
#ifndef ASPIS_CHECK_SECRETS_H
#define ASPIS_CHECK_SECRETS_H

#include "model/model.h"

/* The specifications that a loaded file of the role FILE_SECRETS or FILE_SECRETS_ENVIRONMENT holds; NULL: none. */
const struct secret_file *secret_file_of(const struct model *model, const struct repo_file *file);

/* Whether the `if` of a secret or a stanza (NULL: none) is a string or not there: else nothing may be concluded from it. An empty one counts as absent. */
bool condition_is_readable(const struct node *mapping);

/* Whether it has several origins without any condition: ASP106 says so, and nothing needs to be said for each environment. */
bool spec_conflicts_always(const struct secret_spec *spec);

#endif
