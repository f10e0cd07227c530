/* JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12/json-schema-core, …-validation) over located trees: compiled once, evaluated as often as one
 * likes, from any thread. `format` and `content*` are annotations. Numbers are compared by their decimal digits, at any size. Schemas and instances may be YAML;
 * what YAML has beyond JSON (timestamps, !!binary, infinities, …) is of no JSON type, and a mapping with a key that is not a string is invalid. */
#ifndef ASPIS_SCHEMA_SCHEMA_H
#define ASPIS_SCHEMA_SCHEMA_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "yaml/node.h"

/* The resources that schemas may refer to by URI. The metaschemas of 2020-12 are not built in: whoever refers to them by $ref adds them ($schema alone
 * does not need them). Adding is not thread-safe; compiling against a registry is. */
struct schema_registry;
struct schema_registry *schema_registry_new(void) __attribute__((returns_nonnull, warn_unused_result));
void schema_registry_free(struct schema_registry *registry);

/* Makes the tree known under uri (and under the $id and anchors inside). The tree is borrowed until the registry is freed. */
void schema_registry_add(struct schema_registry *registry, struct str uri, const struct node *root);

struct schema;

/* Compiles the schema at root, whose base URI is uri (may be empty) unless it has an $id. NULL and an error that names the place when a reference does not
 * resolve, a pattern is no regular expression, a keyword has a wrong type, or $schema names a dialect that is not known: neither 2020-12 nor a registered
 * metaschema all of whose required vocabularies are. Tree and registry (which may be NULL) are borrowed; the caller frees the schema first. */
struct schema *schema_compile(const struct schema_registry *registry, struct str uri, const struct node *root,
	struct error *error) __attribute__((warn_unused_result));
void schema_free(struct schema *schema);

/* What sort of mistake an instance has: enough for a rule to choose its code. */
enum schema_fault {
	SCHEMA_UNKNOWN_PROPERTY, /* additionalProperties, unevaluatedProperties, propertyNames */
	SCHEMA_WRONG_TYPE,       /* type; a key that is not a string */
	SCHEMA_MISSING_PROPERTY, /* required, dependentRequired */
	SCHEMA_INVALID_VALUE,    /* enum, const, pattern, bounds, lengths, not, … */
	SCHEMA_UNDECIDED,        /* the evaluation had to stop at a limit: nothing may be concluded */
};

/* All texts live in the arena that was passed. */
struct schema_error {
	enum schema_fault fault;
	/* what to underline: the value, or the key of an unknown property, or the mapping (its key, if any, in `owner`) that lacks one */
	const struct node *node;
	/* the key under which the value or mapping stands; NULL at the top and for items */
	const struct node *owner;
	struct str keyword; /* "additionalProperties" */
	/* JSON Pointer in the instance (RFC 6901): of the node; for an unknown property of that */
	struct str pointer;
	/* JSON Pointer of the keyword in the document of the schema it stands in, whatever references led to it */
	struct str schema_pointer;
	struct str property; /* the unknown or missing property; else absent */
	/* what is wrong and what was expected, a clause without a final period and without the suggestion */
	struct str message;
	struct str suggestion; /* the likely name or value for a near miss; else absent */
};

/* Whether the instance is valid; where it is not, the errors (struct schema_error), each once, are appended to errors unless that is NULL; those whose
 * texts would take more than some 100 MB together are left out. Of `anyOf` and `oneOf` the branch that came nearest speaks. An instance of NULL is null. */
bool schema_validate(const struct schema *schema, const struct node *instance, struct arena *arena, struct vec *errors);

#endif
