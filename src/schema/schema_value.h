/* Private to schema/: located nodes as JSON values. What YAML has beyond JSON (timestamps, !!binary, !!set, !!omap, !!pairs, infinities, NaN) is of no JSON
 * type: such a node has no type that `type` could name, and keywords for certain types do not apply to it; scalars of this sort are equal when they are
 * written alike, collections never are. */
#ifndef ASPIS_SCHEMA_VALUE_H
#define ASPIS_SCHEMA_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "schema/schema_number.h"
#include "yaml/node.h"

/* The types of JSON Schema as bits. */
enum json_type {
	JSON_OBJECT = 1 << 0,
	JSON_ARRAY = 1 << 1,
	JSON_STRING = 1 << 2,
	JSON_NUMBER = 1 << 3,
	JSON_INTEGER = 1 << 4, /* a number without fraction: 1.0 too */
	JSON_BOOLEAN = 1 << 5,
	JSON_NULL = 1 << 6,
};
#define JSON_TYPE_COUNT 7

/* The name in schemas ("object") and the phrase in messages ("a mapping") of the type with bit number index. */
const char *json_type_name(unsigned index);
const char *json_type_phrase(unsigned index);

/* The types that a node has: none, one, or number and integer. */
unsigned json_types(const struct node *node);

/* The number of an integer or float node; text that has to be made lives in the arena. False for infinities and NaN, and for what is not written as
 * JSON writes numbers and longer than JSON_CONVERTED_MAX bytes, which would take long to bring into decimal. */
#define JSON_CONVERTED_MAX 10000
bool json_decimal(struct decimal *decimal, struct arena *arena, const struct node *node);

/* The pairs of a mapping as a Python dict would have them, merged and every key once. */
struct json_members {
	struct node_pair *items;
	size_t count;
	bool has_other_keys; /* such as are no strings */
};
void json_members_init(struct json_members *members, const struct node *mapping);
void json_members_release(struct json_members *members);

/* Equality as JSON Schema defines it: 1 = 1.0, but true is no number; objects without regard to order. Equal values have equal hashes. */
bool json_equal(const struct node *a, const struct node *b);
uint64_t json_hash(const struct node *node);

#endif
