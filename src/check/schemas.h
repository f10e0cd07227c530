/* The schemas that repositories are checked against, compiled. For this room alone. */
#ifndef ASPIS_CHECK_SCHEMAS_H
#define ASPIS_CHECK_SCHEMAS_H

#include "schema/schema.h"

enum schema_name {
	SCHEMA_SECRETS,     /* schemas/secrets.json */
	SCHEMA_ENVIRONMENT, /* schemas/environment.json */
	SCHEMA_CONFIG,      /* schemas/config.json */
	SCHEMA_COUNT,
};

/* A schema of ours compiles, or it is a programming error (asserted). */
struct schema_set;
struct schema_set *schema_set_new(void);
void schema_set_free(struct schema_set *set);
const struct schema *schema_set_get(const struct schema_set *set, enum schema_name name);

/* Its text as a tree: for what a schema knows but does not judge. */
const struct node *schema_set_tree(const struct schema_set *set, enum schema_name name);

#endif
