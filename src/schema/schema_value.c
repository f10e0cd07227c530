#include "schema/schema_value.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/strbuf.h"
#include "base/vec.h"
#include "yaml/construct.h"

static const struct {
	const char *name, *phrase;
} type_words[JSON_TYPE_COUNT] = {
	{"object", "a mapping"},
	{"array", "a list"},
	{"string", "a string"},
	{"number", "a number"},
	{"integer", "an integer"},
	{"boolean", "a boolean"},
	{"null", "null"},
};

const char *json_type_name(unsigned index)
{
	return type_words[index].name;
}

const char *json_type_phrase(unsigned index)
{
	return type_words[index].phrase;
}

/* Most numbers are written as JSON writes them; YAML has bases, underscores and sexagesimals besides. */
static bool is_plain_decimal(struct decimal *decimal, const struct node *node)
{
	if (!decimal_parse(decimal, node->scalar))
		return false;
	return node->type == TYPE_FLOAT || decimal->whole.len <= 1 || decimal->whole.ptr[0] != '0';
}

bool json_decimal(struct decimal *decimal, struct arena *arena, const struct node *node)
{
	struct strbuf text = STRBUF_INIT;
	bool done;

	if (is_plain_decimal(decimal, node))
		return true;
	if (node->scalar.len > JSON_CONVERTED_MAX)
		return false;
	done = node->type == TYPE_INT ? yaml_construct_int(&text, node->scalar)
				      : yaml_construct_float(&text, node->scalar);
	done = done && decimal_parse(decimal, arena_str(arena, strbuf_str(&text)));
	strbuf_release(&text);
	return done;
}

static unsigned number_types(const struct node *node)
{
	struct arena arena;
	struct decimal decimal;
	unsigned types = 0;

	if (node->type == TYPE_INT)
		return JSON_NUMBER | JSON_INTEGER;
	arena_init(&arena);
	if (json_decimal(&decimal, &arena, node))
		types = decimal_is_integer(&decimal) ? JSON_NUMBER | JSON_INTEGER : JSON_NUMBER;
	arena_release(&arena);
	return types;
}

unsigned json_types(const struct node *node)
{
	node = node_resolve(node);
	switch (node == NULL ? TYPE_NULL : (enum node_type)node->type) {
	case TYPE_NULL:
		return JSON_NULL;
	case TYPE_BOOL:
		return JSON_BOOLEAN;
	case TYPE_INT:
	case TYPE_FLOAT:
		return number_types(node);
	case TYPE_STR:
		return JSON_STRING;
	case TYPE_SEQ:
		return JSON_ARRAY;
	case TYPE_MAP:
		return JSON_OBJECT;
	default:
		return 0;
	}
}

static bool numbers_equal(const struct node *a, const struct node *b)
{
	struct arena arena;
	struct decimal a_number;
	struct decimal b_number;
	bool equal;

	arena_init(&arena);
	if (json_decimal(&a_number, &arena, a) && json_decimal(&b_number, &arena, b))
		equal = decimal_compare(&a_number, &b_number) == 0;
	else
		equal = str_equal(a->scalar, b->scalar);
	arena_release(&arena);
	return equal;
}

static bool arrays_equal(const struct node *a, const struct node *b)
{
	if (a->sequence.count != b->sequence.count)
		return false;
	for (uint32_t i = 0; i < a->sequence.count; i++)
		if (!json_equal(a->sequence.items[i], b->sequence.items[i]))
			return false;
	return true;
}

void json_members_init(struct json_members *members, const struct node *mapping)
{
	struct vec pairs = VEC_INIT(struct node_pair);
	struct node_pairs walk;
	const struct node_pair *pair;

	members->has_other_keys = false;
	node_pairs_begin(&walk, mapping);
	while ((pair = node_pairs_next(&walk)) != NULL) {
		*(struct node_pair *)vec_push(&pairs) = *pair;
		members->has_other_keys = members->has_other_keys || !node_is_string(pair->key);
	}
	node_pairs_end(&walk);
	members->items = pairs.items;
	members->count = pairs.len;
}

void json_members_release(struct json_members *members)
{
	free(members->items);
}

static bool objects_equal(const struct node *a, const struct node *b)
{
	struct json_members a_members;
	struct json_members b_members;
	bool equal;

	json_members_init(&a_members, a);
	json_members_init(&b_members, b);
	equal = a_members.count == b_members.count && !a_members.has_other_keys && !b_members.has_other_keys;
	for (size_t i = 0; equal && i < a_members.count; i++) {
		const struct node *other = node_get(b, node_string(a_members.items[i].key));

		equal = other != NULL && json_equal(a_members.items[i].value, other);
	}
	json_members_release(&a_members);
	json_members_release(&b_members);
	return equal;
}

bool json_equal(const struct node *a, const struct node *b)
{
	unsigned types = json_types(a);

	a = node_resolve(a);
	b = node_resolve(b);
	if (a == b)
		return true;
	if (types != json_types(b))
		return false;
	if (types & JSON_NUMBER)
		return numbers_equal(a, b);
	switch (types) {
	case JSON_OBJECT:
		return objects_equal(a, b);
	case JSON_ARRAY:
		return arrays_equal(a, b);
	case JSON_STRING:
		return str_equal(a->scalar, b->scalar);
	case JSON_BOOLEAN:
		return node_bool(a) == node_bool(b);
	case JSON_NULL:
		return true;
	default:
		return a->kind == NODE_SCALAR && b->kind == NODE_SCALAR && a->type == b->type &&
		       str_equal(a->scalar, b->scalar);
	}
}

static uint64_t hash_text(struct str text)
{
	return XXH3_64bits(text.len > 0 ? text.ptr : "", text.len);
}

static uint64_t hash_number(const struct node *node)
{
	struct arena arena;
	struct decimal decimal;
	uint64_t hash;

	arena_init(&arena);
	hash = json_decimal(&decimal, &arena, node) ? decimal_hash(&decimal) : hash_text(node->scalar);
	arena_release(&arena);
	return hash;
}

static uint64_t hash_array(const struct node *node)
{
	uint64_t hash = JSON_ARRAY;

	for (uint32_t i = 0; i < node->sequence.count; i++) {
		uint64_t both[2] = {hash, json_hash(node->sequence.items[i])};

		hash = XXH3_64bits(both, sizeof(both));
	}
	return hash;
}

/* A sum, which does not depend on the order. */
static uint64_t hash_object(const struct node *node)
{
	struct node_pairs walk;
	const struct node_pair *pair;
	uint64_t hash = JSON_OBJECT;

	node_pairs_begin(&walk, node);
	while ((pair = node_pairs_next(&walk)) != NULL) {
		uint64_t both[2] = {json_hash(pair->key), json_hash(pair->value)};

		hash += XXH3_64bits(both, sizeof(both));
	}
	node_pairs_end(&walk);
	return hash;
}

uint64_t json_hash(const struct node *node)
{
	unsigned types = json_types(node);

	node = node_resolve(node);
	if (types & JSON_NUMBER)
		return hash_number(node);
	switch (types) {
	case JSON_OBJECT:
		return hash_object(node);
	case JSON_ARRAY:
		return hash_array(node);
	case JSON_STRING:
		return hash_text(node->scalar);
	case JSON_BOOLEAN:
		return (uint64_t)JSON_BOOLEAN + node_bool(node);
	case JSON_NULL:
		return JSON_NULL;
	default:
		return node->kind == NODE_SCALAR ? ~hash_text(node->scalar) : (uint64_t)(uintptr_t)node;
	}
}
