/* From the keywords of a subschema to instructions with their operands. */
#include <stdlib.h>

#include "schema/schema_compile.h"
#include "schema/schema_uri.h"
#include "schema/schema_value.h"

/* The instruction that several keywords share, made by the first of them. */
static struct instruction *instruction_for(struct builder *builder, enum schema_operation operation)
{
	struct instruction *instruction;

	for (size_t i = 0; i < builder->instructions.len; i++) {
		instruction = vec_at(&builder->instructions, i);
		if (instruction->operation == operation)
			return instruction;
	}
	instruction = vec_push(&builder->instructions);
	instruction->operation = operation;
	return instruction;
}

static struct arena *arena_of(const struct builder *builder)
{
	return &builder->compiler->schema->arena;
}

/* A subschema below a keyword of this one: location is keyword, or keyword and name. */
static struct subschema *child(
	const struct builder *builder, const struct schema_location *location, const struct node *node)
{
	struct schema_place place = builder->schema->place;

	place.node = node;
	place.location = location;
	return compile_subschema(builder->compiler, place);
}

static const struct schema_location *keyword_location(const struct builder *builder, enum schema_keyword keyword)
{
	return schema_location_below(
		arena_of(builder), builder->schema->place.location, str_of(keyword_row(keyword)->name));
}

static bool compile_types(struct instruction *instruction, const struct node *value)
{
	const struct node *single = value;
	const struct node *const *items = &single;
	size_t count = 1;

	if (node_is_sequence(value)) {
		items = (const struct node *const *)value->sequence.items;
		count = value->sequence.count;
	}
	for (size_t i = 0; i < count; i++)
		for (unsigned bit = 0; bit < JSON_TYPE_COUNT; bit++)
			if (str_is(node_string(items[i]), json_type_name(bit)))
				instruction->types |= 1u << bit;
	return true;
}

static int compare_hashes(const void *a, const void *b)
{
	const struct hashed_value *left = a;
	const struct hashed_value *right = b;

	return (left->hash > right->hash) - (left->hash < right->hash);
}

static bool compile_values(
	const struct builder *builder, struct instruction *instruction, const struct node *const *items, size_t count)
{
	struct value_list *values = arena_calloc(arena_of(builder), 1, sizeof(*values));

	values->items = arena_calloc(arena_of(builder), count, sizeof(*values->items));
	values->hashed = arena_calloc(arena_of(builder), count, sizeof(*values->hashed));
	values->count = count;
	for (size_t i = 0; i < count; i++) {
		values->items[i] = node_resolve(items[i]);
		values->hashed[i] =
			(struct hashed_value){.hash = json_hash(values->items[i]), .node = values->items[i]};
		values->types |= json_types(values->items[i]);
		values->has_other_types = values->has_other_types || json_types(values->items[i]) == 0;
	}
	if (count > 0)
		qsort(values->hashed, count, sizeof(*values->hashed), compare_hashes);
	instruction->values = values;
	return true;
}

static void compile_count(const struct builder *builder, uint64_t *count, const struct node *value)
{
	struct decimal number;

	json_decimal(&number, arena_of(builder), value);
	decimal_to_count(&number, count);
}

static struct string_list compile_strings(const struct builder *builder, const struct node *value)
{
	struct string_list list;

	value = node_resolve(value);
	list.count = value->sequence.count;
	list.items = arena_calloc(arena_of(builder), list.count, sizeof(*list.items));
	for (size_t i = 0; i < list.count; i++)
		list.items[i] = node_string(value->sequence.items[i]);
	return list;
}

static bool compile_pattern(const struct builder *builder, struct pattern_schema *out, const struct node *node)
{
	struct error error = ERROR_INIT;

	out->pattern = node_string(node);
	out->regex = regex_new(out->pattern, REGEX_ECMA, &error);
	if (out->regex == NULL) {
		compile_fail(builder->compiler, node, "not a regular expression: %s", error.message);
		error_release(&error);
		return false;
	}
	vec_push_pointer(&builder->compiler->schema->regexes, out->regex);
	return true;
}

static bool compile_list(const struct builder *builder, struct subschema_list *list,
	const struct schema_location *location, const struct node *value)
{
	struct arena *arena = arena_of(builder);

	list->count = value->sequence.count;
	list->items = arena_calloc(arena, list->count, sizeof(struct subschema *));
	for (size_t i = 0; i < list->count; i++) {
		const struct schema_location *here =
			schema_location_below(arena, location, arena_printf(arena, "%zu", i));

		list->items[i] = child(builder, here, value->sequence.items[i]);
		if (list->items[i] == NULL)
			return false;
	}
	return true;
}

static bool compile_names(const struct builder *builder, struct map *names, const struct schema_location *location,
	const struct json_members *members)
{
	for (size_t i = 0; i < members->count; i++) {
		struct str name = node_string(members->items[i].key);
		const struct schema_location *here = schema_location_below(arena_of(builder), location, name);
		struct subschema *schema = child(builder, here, members->items[i].value);

		if (schema == NULL)
			return false;
		map_set(names, name, schema);
	}
	return true;
}

static bool compile_patterns(const struct builder *builder, struct property_rules *rules,
	const struct schema_location *location, const struct json_members *members)
{
	rules->patterns = arena_calloc(arena_of(builder), members->count, sizeof(*rules->patterns));
	for (size_t i = 0; i < members->count; i++) {
		struct pattern_schema *pattern = &rules->patterns[rules->pattern_count++];
		const struct schema_location *here =
			schema_location_below(arena_of(builder), location, node_string(members->items[i].key));

		if (!compile_pattern(builder, pattern, members->items[i].key))
			return false;
		pattern->schema = child(builder, here, members->items[i].value);
		if (pattern->schema == NULL)
			return false;
	}
	return true;
}

static bool compile_dependents(const struct builder *builder, struct dependent_list *list,
	const struct schema_location *location, const struct json_members *members, bool schemas)
{
	list->items = arena_calloc(arena_of(builder), members->count, sizeof(*list->items));
	list->count = members->count;
	for (size_t i = 0; i < members->count; i++) {
		struct dependent *dependent = &list->items[i];
		const struct node *value = members->items[i].value;

		dependent->property = node_string(members->items[i].key);
		if (!schemas) {
			dependent->required = compile_strings(builder, value);
			continue;
		}
		dependent->schema =
			child(builder, schema_location_below(arena_of(builder), location, dependent->property), value);
		if (dependent->schema == NULL)
			return false;
	}
	return true;
}

/* The keywords whose value is a mapping. */
static bool compile_members(
	struct builder *builder, struct instruction *instruction, enum schema_keyword keyword, const struct node *value)
{
	const struct schema_location *location = keyword_location(builder, keyword);
	struct json_members members;
	bool done;

	json_members_init(&members, value);
	if (keyword == KEYWORD_PROPERTIES)
		done = compile_names(builder, &instruction->properties->names, location, &members);
	else if (keyword == KEYWORD_PATTERN_PROPERTIES)
		done = compile_patterns(builder, instruction->properties, location, &members);
	else
		done = compile_dependents(
			builder, &instruction->dependents, location, &members, keyword == KEYWORD_DEPENDENT_SCHEMAS);
	json_members_release(&members);
	return done;
}

static void prepare_properties(const struct builder *builder, struct instruction *instruction)
{
	if (instruction->properties != NULL)
		return;
	instruction->properties = arena_calloc(arena_of(builder), 1, sizeof(*instruction->properties));
	map_init(&instruction->properties->names);
	vec_push_pointer(&builder->compiler->schema->maps, &instruction->properties->names);
}

/* Where contains has no bounds it asks for one item at least. */
static struct contains_rule *contains_of(struct builder *builder)
{
	size_t count = builder->instructions.len;
	struct instruction *instruction = instruction_for(builder, OPERATION_CONTAINS);

	if (builder->instructions.len > count)
		instruction->contains = (struct contains_rule){.min = 1, .max = UINT64_MAX};
	return &instruction->contains;
}

static bool compile_reference(
	struct builder *builder, struct subschema **out, const struct node *value, const struct schema_anchor **anchor)
{
	struct compiler *compiler = builder->compiler;
	struct schema_place place;

	if (!schema_lookup_reference(
		    &compiler->lookup, builder->schema->place.resource, node_string(value), &place, anchor))
		return compile_fail(
			compiler, value, "the reference '%.*s' leads to no schema", STR_ARG(node_string(value)));
	*out = compile_subschema(compiler, place);
	return *out != NULL;
}

static size_t dynamic_name(struct schema *schema, struct str name)
{
	for (size_t i = 0; i < schema->dynamic_names.len; i++)
		if (str_equal(name, *(struct str *)vec_at(&schema->dynamic_names, i)))
			return i;
	*(struct str *)vec_push(&schema->dynamic_names) = name;
	return schema->dynamic_names.len - 1;
}

static bool compile_dynamic_reference(
	struct builder *builder, struct dynamic_reference *dynamic, const struct node *value)
{
	const struct schema_anchor *anchor;
	struct str uri = node_string(value);

	if (!compile_reference(builder, &dynamic->initial, value, &anchor))
		return false;
	dynamic->name = SIZE_MAX;
	if (anchor != NULL && anchor->dynamic)
		dynamic->name =
			dynamic_name(builder->compiler->schema, uri_decode(arena_of(builder), uri_cut_fragment(&uri)));
	return true;
}

static bool compile_child(
	const struct builder *builder, struct subschema **out, enum schema_keyword keyword, const struct node *value)
{
	*out = child(builder, keyword_location(builder, keyword), value);
	return *out != NULL;
}

/* The keywords whose value is one schema or a list of such. */
static bool compile_applicator(
	struct builder *builder, struct instruction *instruction, enum schema_keyword keyword, const struct node *value)
{
	switch (keyword) {
	case KEYWORD_PREFIX_ITEMS:
		return compile_list(builder, &instruction->items.prefix, keyword_location(builder, keyword), value);
	case KEYWORD_ALL_OF:
	case KEYWORD_ANY_OF:
	case KEYWORD_ONE_OF:
		return compile_list(builder, &instruction->schemas, keyword_location(builder, keyword), value);
	case KEYWORD_ITEMS:
		return compile_child(builder, &instruction->items.rest, keyword, value);
	case KEYWORD_CONTAINS:
		return compile_child(builder, &contains_of(builder)->schema, keyword, value);
	case KEYWORD_ADDITIONAL_PROPERTIES:
		return compile_child(builder, &instruction->properties->additional, keyword, value);
	case KEYWORD_IF:
		return compile_child(builder, &instruction->condition.test, keyword, value);
	case KEYWORD_THEN:
		return compile_child(builder, &instruction->condition.consequence, keyword, value);
	case KEYWORD_ELSE:
		return compile_child(builder, &instruction->condition.alternative, keyword, value);
	default:
		return compile_child(builder, &instruction->schema, keyword, value);
	}
}

/* The keywords that say something of the instance themselves. */
static bool compile_assertion(
	struct builder *builder, struct instruction *instruction, enum schema_keyword keyword, const struct node *value)
{
	const struct schema_anchor *anchor;

	switch (keyword) {
	case KEYWORD_REF:
		return compile_reference(builder, &instruction->schema, value, &anchor);
	case KEYWORD_DYNAMIC_REF:
		return compile_dynamic_reference(builder, &instruction->dynamic, value);
	case KEYWORD_TYPE:
		return compile_types(instruction, value);
	case KEYWORD_ENUM:
		return compile_values(
			builder, instruction, (const struct node *const *)value->sequence.items, value->sequence.count);
	case KEYWORD_CONST:
		return compile_values(builder, instruction, &value, 1);
	case KEYWORD_PATTERN:
		return compile_pattern(builder, &instruction->pattern, value);
	case KEYWORD_REQUIRED:
		instruction->strings = compile_strings(builder, value);
		return true;
	case KEYWORD_MIN_CONTAINS:
		compile_count(builder, &contains_of(builder)->min, value);
		return true;
	case KEYWORD_MAX_CONTAINS:
		compile_count(builder, &contains_of(builder)->max, value);
		return true;
	case KEYWORD_UNIQUE_ITEMS:
		instruction->count = node_bool(value);
		return true;
	default:
		break;
	}
	if (keyword_row(keyword)->shape == SHAPE_COUNT)
		compile_count(builder, &instruction->count, value);
	else
		json_decimal(&instruction->number, arena_of(builder), value);
	return true;
}

bool compile_keyword(struct builder *builder, enum schema_keyword keyword, const struct node *value)
{
	const struct keyword *row = keyword_row(keyword);
	struct instruction *instruction;

	value = node_resolve(value);
	if (row->operation == OPERATION_CONTAINS)
		contains_of(builder);
	instruction = instruction_for(builder, row->operation);
	if (row->operation == OPERATION_PROPERTIES)
		prepare_properties(builder, instruction);
	switch (row->shape) {
	case SHAPE_SCHEMA:
	case SHAPE_SCHEMA_LIST:
		return compile_applicator(builder, instruction, keyword, value);
	case SHAPE_SCHEMA_MAP:
	case SHAPE_PATTERN_MAP:
	case SHAPE_STRINGS_MAP:
		return compile_members(builder, instruction, keyword, value);
	default:
		return compile_assertion(builder, instruction, keyword, value);
	}
}
