/* Private to schema/: a compiled schema. Keywords have become instructions with their operands; nothing is looked up by keyword or URI while evaluating. */
#ifndef ASPIS_SCHEMA_PROGRAM_H
#define ASPIS_SCHEMA_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/regex.h"
#include "base/str.h"
#include "base/vec.h"
#include "schema/schema_keywords.h"
#include "schema/schema_number.h"
#include "schema/schema_resolve.h"
#include "yaml/node.h"

struct subschema;

/* A resource that the program can enter: the dynamic scope is made of these. */
struct program_resource {
	const struct schema_resource *resource;
	unsigned vocabularies; /* enum schema_vocabulary */
	size_t number;
};

struct subschema_list {
	struct subschema **items;
	size_t count;
};

struct string_list {
	struct str *items;
	size_t count;
};

struct hashed_value {
	uint64_t hash;
	const struct node *node;
};

/* enum and const: in the order of the schema, and by their hashes besides, so that many are searched as fast as few. */
struct value_list {
	const struct node **items;
	struct hashed_value *hashed; /* ascending */
	size_t count;
	unsigned types;       /* of all of them: a value of another type need not be hashed */
	bool has_other_types; /* some are of no JSON type */
};

struct pattern_schema {
	struct regex *regex;
	struct str pattern;
	struct subschema *schema;
};

/* properties, patternProperties, additionalProperties */
struct property_rules {
	struct map names; /* to struct subschema */
	struct pattern_schema *patterns;
	size_t pattern_count;
	struct subschema *additional; /* or NULL */
};

/* prefixItems, items */
struct item_rules {
	struct subschema_list prefix;
	struct subschema *rest; /* or NULL */
};

struct contains_rule {
	struct subschema *schema; /* NULL: minContains or maxContains alone, which say nothing */
	uint64_t min, max;
};

struct condition {
	struct subschema *test, *consequence, *alternative; /* or NULL, each */
};

/* dependentRequired, dependentSchemas */
struct dependent {
	struct str property;
	struct string_list required;
	struct subschema *schema;
};

struct dependent_list {
	struct dependent *items;
	size_t count;
};

struct dynamic_reference {
	struct subschema *initial;
	size_t name; /* index of a dynamic anchor's name, SIZE_MAX: as $ref */
};

struct instruction {
	enum schema_operation operation;
	union {
		unsigned types;
		uint64_t count;
		struct decimal number;
		struct pattern_schema pattern;
		struct value_list *values;
		struct string_list strings;
		struct subschema *schema;
		struct subschema_list schemas;
		struct property_rules *properties;
		struct item_rules items;
		struct contains_rule contains;
		struct condition condition;
		struct dependent_list dependents;
		struct dynamic_reference dynamic;
	};
};

struct subschema {
	struct schema_place place;
	const struct program_resource *resource;
	struct instruction *instructions; /* in the order of their operations */
	size_t count;
	bool is_boolean;
	bool allows;   /* of a boolean schema */
	bool collects; /* asks what has been evaluated */
};

struct schema {
	struct arena arena;
	struct schema_index index;
	struct subschema *root;
	struct vec resources;               /* struct program_resource * */
	struct vec dynamic_names;           /* struct str */
	struct subschema **dynamic_targets; /* [name * resources.len + resource]; NULL: none there */
	struct vec regexes;                 /* struct regex *, owned */
	struct vec maps;                    /* struct map *, to be released */
};

#endif
