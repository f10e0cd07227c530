/* JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12/json-schema-core, …-validation) over located trees: compiled once, evaluated as often as one
 * likes, from any thread. */
#ifndef ASPIS_SCHEMA_SCHEMA_H
#define ASPIS_SCHEMA_SCHEMA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "yaml/node.h"

/* The resources that schemas may refer to by URI. The metaschemas of 2020-12 are not built in: whoever needs them adds them. */
struct schema_registry;
struct schema_registry *schema_registry_new(void);
void schema_registry_free(struct schema_registry *registry);

/* Makes the tree known under uri (and under the $id and anchors inside). The tree is borrowed until the registry is freed. */
void schema_registry_add(struct schema_registry *registry, struct str uri, const struct node *root);

struct schema;

/* Compiles the schema at root, whose base URI is uri (may be empty) unless it has an $id. NULL and an error that names the place when a reference does not
 * resolve, a pattern is no regular expression, or a keyword has a wrong type. Tree and registry are borrowed; the caller frees the schema first. */
struct schema *schema_compile(
	struct schema_registry *registry, struct str uri, const struct node *root, struct error *error);
void schema_free(struct schema *schema);

/* What sort of mistake an instance has: enough for a rule to choose its code. */
enum schema_fault {
	SCHEMA_UNKNOWN_PROPERTY, /* additionalProperties, unevaluatedProperties, propertyNames */
	SCHEMA_WRONG_TYPE,       /* type */
	SCHEMA_MISSING_PROPERTY, /* required, dependentRequired */
	SCHEMA_INVALID_VALUE,    /* enum, const, pattern, bounds, lengths, not, … */
};

/* All texts live in the arena that was passed. */
struct schema_error {
	enum schema_fault fault;
	const struct node *
		node; /* what to underline: the value, or the key of an unknown property, or the mapping (its key, if any, in `owner`) that lacks one */
	const struct node *owner; /* the key under which the node stands; NULL at the top */
	struct str keyword;       /* "additionalProperties" */
	struct str pointer;       /* JSON Pointer of the node in the instance (RFC 6901) */
	struct str property;      /* the unknown or missing property; else absent */
	struct str message;       /* what is wrong and what was expected, in words */
	struct str suggestion;    /* the likely name for a near miss; else absent */
};

/* Whether the instance is valid; where it is not, the errors (struct schema_error) are appended to errors unless that is NULL. Of `anyOf` and `oneOf` the branch that came nearest speaks. */
bool schema_validate(const struct schema *schema, const struct node *instance, struct arena *arena, struct vec *errors);

#endif
