/* Notes what is wrong where. */
#include <stdarg.h>

#include "base/nearest.h"
#include "base/strbuf.h"
#include "schema/schema_evaluate.h"
#include "schema/schema_uri.h"

/* How deep references are followed in search of the names that a schema knows. */
#define NAMES_DEPTH 16

static struct str pointer_to(struct arena *arena, const struct frame *frame)
{
	struct vec frames = VEC_INIT(const struct frame *);
	struct strbuf pointer = STRBUF_INIT;
	struct str result;

	for (; frame->parent != NULL; frame = frame->parent)
		vec_push_pointer(&frames, frame);
	for (size_t i = frames.len; i-- > 0;) {
		const struct frame *at = vec_pointer(&frames, i);
		const struct frame *parent = at->parent;

		if (parent->types == JSON_OBJECT)
			pointer_append(&pointer, node_text(parent->members.items[at->index].key));
		else
			strbuf_printf(&pointer, "/%zu", at->index);
	}
	vec_release(&frames);
	result = arena_str(arena, strbuf_str(&pointer));
	strbuf_release(&pointer);
	return result;
}

static struct str pointer_below(struct arena *arena, struct str pointer, struct str token)
{
	struct strbuf below = STRBUF_INIT;
	struct str result;

	strbuf_append(&below, pointer);
	pointer_append(&below, token);
	result = arena_str(arena, strbuf_str(&below));
	strbuf_release(&below);
	return result;
}

static struct str schema_pointer(struct arena *arena, const struct subschema *schema, struct str keyword)
{
	struct strbuf pointer = STRBUF_INIT;
	struct str result;

	schema_location_write(&pointer, schema->place.location);
	if (keyword.len > 0)
		pointer_append(&pointer, keyword);
	result = arena_str(arena, strbuf_str(&pointer));
	strbuf_release(&pointer);
	return result;
}

/* A new mistake at the step's value, or NULL when none are collected. */
static struct found *add(const struct step *step, enum schema_fault fault, const char *keyword)
{
	struct evaluation *evaluation = step->evaluation;
	struct found *found;

	if (!is_collecting(evaluation))
		return NULL;
	found = vec_push(&evaluation->found);
	found->instance = step->frame->node;
	found->depth = step->frame->depth;
	found->operation = step->instruction != NULL ? step->instruction->operation : OPERATION_NONE;
	found->error.fault = fault;
	found->error.node = step->frame->node;
	found->error.owner = step->frame->owner;
	found->error.pointer = pointer_to(evaluation->arena, step->frame);
	found->error.keyword = keyword != NULL ? arena_str(evaluation->arena, str_of(keyword)) : STR("");
	found->error.schema_pointer = schema_pointer(evaluation->arena, step->schema, found->error.keyword);
	return found;
}

/* Moves a mistake from a mapping to one of its keys. */
static void point_at_key(const struct step *step, struct found *found, size_t index)
{
	const struct node *key = step->frame->members.items[index].key;
	struct arena *arena = step->evaluation->arena;

	found->error.node = node_resolve(key);
	found->error.property = arena_str(arena, node_text(key));
	found->error.pointer = pointer_below(arena, found->error.pointer, node_text(key));
}

bool report(const struct step *step, const char *keyword, const char *format, ...)
{
	struct found *found = add(step, SCHEMA_INVALID_VALUE, keyword);
	struct strbuf text = STRBUF_INIT;
	va_list args;

	if (found == NULL)
		return false;
	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	found->error.message = arena_str(step->evaluation->arena, strbuf_str(&text));
	strbuf_release(&text);
	return false;
}

bool report_type(const struct step *step)
{
	struct found *found = add(step, SCHEMA_WRONG_TYPE, "type");

	if (found != NULL)
		found->expected_types = step->instruction->types;
	return false;
}

bool report_value(const struct step *step)
{
	bool is_enum = step->instruction->operation == OPERATION_ENUM;
	struct found *found = add(step, SCHEMA_INVALID_VALUE, is_enum ? "enum" : "const");

	if (found != NULL)
		found->values = step->instruction->values;
	return false;
}

bool report_missing(const struct step *step, const char *keyword, struct str property, struct str because)
{
	struct found *found = add(step, SCHEMA_MISSING_PROPERTY, keyword);
	struct arena *arena = step->evaluation->arena;

	if (found == NULL)
		return false;
	found->error.property = arena_str(arena, property);
	if (str_is_absent(because))
		found->error.message = arena_printf(arena, "'%.*s' is missing", STR_ARG(property));
	else
		found->error.message = arena_printf(
			arena, "'%.*s' is missing, which '%.*s' asks for", STR_ARG(property), STR_ARG(because));
	return false;
}

bool report_forbidden(const struct step *step, const char *keyword, size_t index)
{
	struct found *found = add(step, SCHEMA_INVALID_VALUE, keyword);

	if (found == NULL)
		return false;
	point_at_key(step, found, index);
	found->error.message =
		arena_printf(step->evaluation->arena, "'%.*s' does not belong here", STR_ARG(found->error.property));
	return false;
}

bool report_item(const struct step *step, const char *keyword, size_t index, const char *message)
{
	struct found *found = add(step, SCHEMA_INVALID_VALUE, keyword);
	struct arena *arena = step->evaluation->arena;

	if (found == NULL)
		return false;
	found->error.node = node_resolve(step->frame->node->sequence.items[index]);
	found->error.owner = NULL;
	found->error.pointer = arena_printf(arena, "%.*s/%zu", STR_ARG(found->error.pointer), index);
	found->error.message = arena_str(arena, str_of(message));
	return false;
}

bool report_duplicate(const struct step *step, size_t index, size_t first)
{
	struct str message = arena_printf(
		&step->evaluation->scratch, "item %zu equals item %zu, but all must differ", index + 1, first + 1);

	return report_item(step, "uniqueItems", index, message.ptr);
}

bool report_other_key(const struct step *step)
{
	const struct json_members *members = &step->frame->members;

	for (size_t i = 0; i < members->count; i++) {
		const struct node *key = members->items[i].key;
		struct found *found = node_is_string(key) ? NULL : add(step, SCHEMA_WRONG_TYPE, NULL);

		if (found == NULL)
			continue;
		point_at_key(step, found, i);
		found->error.message = arena_printf(step->evaluation->arena,
			"this key is %s, but keys must be strings%s", node_type_phrase(key),
			node_resolve(key)->kind == NODE_SCALAR ? ": write it in quotes" : "");
	}
	return false;
}

static void offer_names(
	const struct step *step, struct nearest *nearest, const struct subschema *schema, unsigned depth);

static void offer_list(
	const struct step *step, struct nearest *nearest, const struct subschema_list *schemas, unsigned depth)
{
	for (size_t i = 0; i < schemas->count; i++)
		offer_names(step, nearest, schemas->items[i], depth);
}

static void offer_map(const struct step *step, struct nearest *nearest, const struct map *names)
{
	for (size_t i = 0; i < names->len; i++) {
		const struct subschema *schema = names->entries[i].value;
		bool allowed = !schema->is_boolean || schema->allows;

		if (allowed && node_find(step->frame->node, names->entries[i].key) == NULL)
			nearest_offer(nearest, names->entries[i].key);
	}
}

/* The properties that a schema, or one that it applies to the same value, knows and that are not there yet. */
static void offer_names(
	const struct step *step, struct nearest *nearest, const struct subschema *schema, unsigned depth)
{
	if (schema == NULL || depth == 0)
		return;
	for (size_t i = 0; i < schema->count; i++) {
		const struct instruction *instruction = &schema->instructions[i];

		switch (instruction->operation) {
		case OPERATION_PROPERTIES:
			offer_map(step, nearest, &instruction->properties->names);
			break;
		case OPERATION_REF:
			offer_names(step, nearest, instruction->schema, depth - 1);
			break;
		case OPERATION_DYNAMIC_REF:
			offer_names(step, nearest, instruction->dynamic.initial, depth - 1);
			break;
		case OPERATION_ALL_OF:
		case OPERATION_ANY_OF:
		case OPERATION_ONE_OF:
			offer_list(step, nearest, &instruction->schemas, depth - 1);
			break;
		case OPERATION_IF:
			offer_names(step, nearest, instruction->condition.test, depth - 1);
			offer_names(step, nearest, instruction->condition.consequence, depth - 1);
			offer_names(step, nearest, instruction->condition.alternative, depth - 1);
			break;
		default:
			break;
		}
	}
}

bool report_unknown(const struct step *step, const char *keyword, size_t index)
{
	struct found *found = add(step, SCHEMA_UNKNOWN_PROPERTY, keyword);
	struct arena *arena = step->evaluation->arena;
	struct nearest nearest;

	if (found == NULL)
		return false;
	point_at_key(step, found, index);
	found->error.message = arena_printf(arena, "'%.*s' is not a known key here", STR_ARG(found->error.property));
	if (step->evaluation->suggestions++ < SUGGESTIONS_MAX) {
		nearest_init(&nearest, found->error.property);
		if (step->instruction->operation == OPERATION_PROPERTIES)
			offer_map(step, &nearest, &step->instruction->properties->names);
		else
			offer_names(step, &nearest, step->schema, NAMES_DEPTH);
		found->error.suggestion = arena_str(arena, nearest.best);
	}
	return false;
}

/* What the schema for names found becomes one mistake of the key. */
bool report_name(const struct step *step, size_t index, size_t start)
{
	struct evaluation *evaluation = step->evaluation;
	struct str reason = STR("is not allowed");
	struct found *found;

	if (!is_collecting(evaluation))
		return false;
	if (evaluation->found.len > start) {
		found = vec_at(&evaluation->found, start);
		word_error(evaluation, found);
		reason = found->error.message;
	}
	while (evaluation->found.len > start)
		vec_pop(&evaluation->found);
	found = add(step, SCHEMA_UNKNOWN_PROPERTY, "propertyNames");
	if (found == NULL)
		return false;
	point_at_key(step, found, index);
	found->error.message = arena_printf(
		evaluation->arena, "the key '%.*s': %.*s", STR_ARG(found->error.property), STR_ARG(reason));
	return false;
}
