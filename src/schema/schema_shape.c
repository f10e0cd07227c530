/* Whether the values of keywords are what the draft says they must be. */
#include "schema/schema_compile.h"
#include "schema/schema_value.h"

static const char *const shape_phrases[] = {
	[SHAPE_ANY] = "anything",
	[SHAPE_STRING] = "a string",
	[SHAPE_BOOLEAN] = "a boolean",
	[SHAPE_NUMBER] = "a number",
	[SHAPE_DIVISOR] = "a number above 0",
	[SHAPE_COUNT] = "an integer from 0 on",
	[SHAPE_PATTERN] = "a regular expression",
	[SHAPE_TYPES] = "the name of a type, or a list of such",
	[SHAPE_STRINGS] = "a list of strings",
	[SHAPE_LIST] = "a list",
	[SHAPE_SCHEMA] = "a schema (a mapping or a boolean)",
	[SHAPE_SCHEMA_LIST] = "a list of schemas that is not empty",
	[SHAPE_SCHEMA_MAP] = "a mapping of schemas",
	[SHAPE_PATTERN_MAP] = "a mapping of schemas",
	[SHAPE_STRINGS_MAP] = "a mapping of lists of strings",
	[SHAPE_BOOLEAN_MAP] = "a mapping of booleans",
};

static bool is_string(const struct node *node)
{
	return json_types(node) == JSON_STRING;
}

static bool is_type_name(const struct node *node)
{
	for (unsigned i = 0; i < JSON_TYPE_COUNT; i++)
		if (str_is(node_string(node), json_type_name(i)))
			return true;
	return false;
}

static bool is_schema(const struct node *node)
{
	return json_types(node) == JSON_OBJECT || json_types(node) == JSON_BOOLEAN;
}

static bool is_boolean(const struct node *node)
{
	return json_types(node) == JSON_BOOLEAN;
}

static bool is_list_of(const struct node *node, bool (*is_item)(const struct node *))
{
	node = node_resolve(node);
	if (!node_is_sequence(node))
		return false;
	for (uint32_t i = 0; i < node->sequence.count; i++)
		if (!is_item(node->sequence.items[i]))
			return false;
	return true;
}

static bool is_string_list(const struct node *node)
{
	return is_list_of(node, is_string);
}

static bool is_map_of(const struct node *node, bool (*is_value)(const struct node *))
{
	struct node_pairs walk;
	const struct node_pair *pair;
	bool all = node_is_mapping(node);

	if (!all)
		return false;
	node_pairs_begin(&walk, node_resolve(node));
	while (all && (pair = node_pairs_next(&walk)) != NULL)
		all = is_string(pair->key) && is_value(pair->value);
	node_pairs_end(&walk);
	return all;
}

static bool is_number(const struct node *node)
{
	struct arena arena;
	struct decimal number;
	bool done;

	if (!(json_types(node) & JSON_NUMBER))
		return false;
	arena_init(&arena);
	done = json_decimal(&number, &arena, node_resolve(node));
	arena_release(&arena);
	return done;
}

static bool is_number_above(const struct node *node, bool integer)
{
	struct arena arena;
	struct decimal number;
	uint64_t count;
	bool above;

	if (!(json_types(node) & JSON_NUMBER))
		return false;
	arena_init(&arena);
	above = json_decimal(&number, &arena, node_resolve(node)) &&
		(integer ? decimal_to_count(&number, &count) : !number.negative && number.count > 0);
	arena_release(&arena);
	return above;
}

/* flat */
static bool has_shape(const struct node *value, enum schema_shape shape)
{
	switch (shape) {
	case SHAPE_ANY:
		return true;
	case SHAPE_STRING:
	case SHAPE_PATTERN:
		return is_string(value);
	case SHAPE_BOOLEAN:
		return is_boolean(value);
	case SHAPE_NUMBER:
		return is_number(value);
	case SHAPE_DIVISOR:
		return is_number_above(value, false);
	case SHAPE_COUNT:
		return is_number_above(value, true);
	case SHAPE_TYPES:
		return is_type_name(value) || is_list_of(value, is_type_name);
	case SHAPE_STRINGS:
		return is_string_list(value);
	case SHAPE_LIST:
		return node_is_sequence(value);
	case SHAPE_SCHEMA:
		return is_schema(value);
	case SHAPE_SCHEMA_LIST:
		return is_list_of(value, is_schema) && node_resolve(value)->sequence.count > 0;
	case SHAPE_SCHEMA_MAP:
	case SHAPE_PATTERN_MAP:
		return is_map_of(value, is_schema);
	case SHAPE_STRINGS_MAP:
		return is_map_of(value, is_string_list);
	case SHAPE_BOOLEAN_MAP:
		return is_map_of(value, is_boolean);
	}
	return false;
}

bool compile_shape(struct compiler *compiler, enum schema_keyword keyword, const struct node *value)
{
	const struct keyword *row = keyword_row(keyword);

	return has_shape(value, row->shape) ||
	       compile_fail(compiler, value, "'%s' must be %s", row->name, shape_phrases[row->shape]);
}
