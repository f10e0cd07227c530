/* HCL, as far as policies of Vault are written in it. For policy*.c alone. */
#ifndef ASPIS_ACCESS_POLICY_HCL_H
#define ASPIS_ACCESS_POLICY_HCL_H

#include "access/policy.h"

/* Reads the grants of a text; where it cannot be read to its end, policy->unread says why. */
void policy_hcl_read(struct policy *policy, struct str text);

/* The grant for a path, made where there is none yet. */
struct policy_grant *policy_grant_for(struct policy *policy, struct str path);

/* Adds a capability by its name, or what an old policy word ("read", "write", "sudo", "deny") stands for. False: there is none of that name. */
bool policy_add_capability(struct policy_grant *grant, struct str name);
bool policy_add_word(struct policy_grant *grant, struct str word);

/* Notes that a grant depends on more; the word is copied. */
void policy_add_limit(struct policy *policy, struct policy_grant *grant, struct str word);

#endif
