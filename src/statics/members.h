/* The members that a mapping has of its own, by key and in their order: what edits of it need. For this room alone. */
#ifndef ASPIS_STATICS_MEMBERS_H
#define ASPIS_STATICS_MEMBERS_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "yaml/node.h"

/* Of a mapping that its stream has no issues with. */
struct members {
	const struct node *mapping;
	struct map by_key; /* const struct node_pair *, by the text of the key; merge keys are left out */
	bool sorted;       /* by key, where there are two at least */
};

void members_init(struct members *members, const struct node *mapping);
void members_release(struct members *members);

/* NULL: the mapping itself has none of that name. */
const struct node_pair *members_find(const struct members *members, struct str key);

/* The member that a new one is to follow: the last with a smaller key where they are sorted, else the last of all. NULL: it comes first. */
const struct node_pair *members_before(const struct members *members, struct str key);

#endif
