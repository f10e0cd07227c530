/* What the YAML reader has to say about a file of static secrets, in words that show nothing of it: a value that begins with '*' or '!' is an alias or a tag to
 * YAML, and the reader's own words would quote it. For this room alone. */
#ifndef ASPIS_STATICS_ISSUES_H
#define ASPIS_STATICS_ISSUES_H

#include "statics/static_secrets.h"

void static_issues_add(struct static_secrets *secrets);

#endif
