/* From what was found to words. */
#include <stdarg.h>

#include "base/nearest.h"
#include "base/strbuf.h"
#include "schema/schema_evaluate.h"
#include "schema/schema_uri.h"

/* A message lists no more values than this. */
#define VALUES_SHOWN 20

/* Names are looked for among the likely ones for no more mistakes than this. */
#define SUGGESTIONS_MAX 100

/* How deep references are followed in search of the names that a schema knows. */
#define NAMES_DEPTH 16

static struct str pointer_to(struct arena *arena, const struct frame *frame)
{
	struct vec indices = VEC_INIT(const struct frame *);
	struct str pointer = STR("");

	for (; frame->parent != NULL; frame = frame->parent)
		*(const struct frame **)vec_push(&indices) = frame;
	for (size_t i = indices.len; i-- > 0;) {
		const struct frame *at = *(const struct frame **)vec_at(&indices, i);
		const struct frame *parent = at->parent;
		struct str token;

		if (parent->types == JSON_OBJECT)
			token = node_text(parent->members.items[at->index].key);
		else
			token = arena_printf(arena, "%zu", at->index);
		pointer = pointer_append(arena, pointer, token);
	}
	vec_release(&indices);
	return pointer;
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
	found->error.schema_pointer = step->schema->place.location;
	found->error.keyword = STR("");
	if (keyword != NULL) {
		found->error.keyword = arena_str(evaluation->arena, str_of(keyword));
		found->error.schema_pointer =
			pointer_append(evaluation->arena, step->schema->place.location, found->error.keyword);
	}
	return found;
}

/* Moves a mistake from a mapping to one of its keys. */
static void point_at_key(const struct step *step, struct found *found, size_t index)
{
	const struct node *key = step->frame->members.items[index].key;
	struct arena *arena = step->evaluation->arena;

	found->error.node = node_resolve(key);
	found->error.property = arena_str(arena, node_text(key));
	found->error.pointer = pointer_append(arena, found->error.pointer, node_text(key));
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

static void append_alternatives(struct strbuf *out, size_t index, size_t count)
{
	if (index > 0)
		strbuf_append_c(out, index + 1 == count ? " or " : ", ");
}

static struct str type_message(struct arena *arena, const struct found *found)
{
	const struct node *node = found->instance;
	unsigned types = found->expected_types;
	struct strbuf text = STRBUF_INIT;
	size_t count = 0;
	size_t index = 0;
	struct str message;

	if (types & JSON_NUMBER)
		types &= ~(unsigned)JSON_INTEGER;
	for (unsigned bit = 0; bit < JSON_TYPE_COUNT; bit++)
		count += types >> bit & 1;
	strbuf_append_c(&text, "expected ");
	for (unsigned bit = 0; bit < JSON_TYPE_COUNT; bit++) {
		if (!(types >> bit & 1))
			continue;
		append_alternatives(&text, index++, count);
		strbuf_append_c(&text, json_type_phrase(bit));
	}
	strbuf_printf(&text, ", found %s", node_type_phrase(node));
	if ((types & JSON_STRING) && node != NULL && node->kind == NODE_SCALAR && node->scalar.len > 0)
		strbuf_append_c(&text, ": write it in quotes to make it a string");
	message = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return message;
}

static void append_value(struct strbuf *out, const struct node *value)
{
	if (node_is_string(value))
		strbuf_printf(out, "'%.*s'", STR_ARG(value->scalar));
	else if (value != NULL && value->kind == NODE_SCALAR && value->scalar.len > 0)
		strbuf_append(out, value->scalar);
	else if ((node_is_mapping(value) && value->mapping.count == 0) ||
		 (node_is_sequence(value) && value->sequence.count == 0))
		strbuf_append_c(out, node_is_mapping(value) ? "{}" : "[]");
	else
		strbuf_printf(
			out, "%s", node_is_mapping(value) || node_is_sequence(value) ? "a certain collection" : "null");
}

static struct str value_message(struct arena *arena, const struct value_list *values)
{
	struct strbuf text = STRBUF_INIT;
	size_t shown = values->count <= VALUES_SHOWN ? values->count : VALUES_SHOWN;
	struct str message;

	strbuf_append_c(&text, values->count > 1 ? "expected one of " : "expected ");
	for (size_t i = 0; i < shown; i++) {
		append_alternatives(&text, i, values->count);
		append_value(&text, values->items[i]);
	}
	if (shown < values->count)
		strbuf_printf(&text, " or %zu more", values->count - shown);
	if (values->count == 0)
		strbuf_append_c(&text, "nothing at all");
	message = arena_str(arena, strbuf_str(&text));
	strbuf_release(&text);
	return message;
}

static void suggest_value(struct arena *arena, struct found *found)
{
	struct nearest nearest;

	if (!node_is_string(found->instance))
		return;
	nearest_init(&nearest, found->instance->scalar);
	for (size_t i = 0; i < found->values->count; i++)
		if (node_is_string(found->values->items[i]))
			nearest_offer(&nearest, found->values->items[i]->scalar);
	found->error.suggestion = arena_str(arena, nearest.best);
}

static void put_into_words(struct evaluation *evaluation, struct found *found)
{
	if (!str_is_absent(found->error.message))
		return;
	if (found->operation == OPERATION_TYPE) {
		found->error.message = type_message(evaluation->arena, found);
		return;
	}
	found->error.message = value_message(evaluation->arena, found->values);
	if (evaluation->suggestions++ < SUGGESTIONS_MAX)
		suggest_value(evaluation->arena, found);
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
		put_into_words(evaluation, found);
		reason = found->error.message;
	}
	while (evaluation->found.len > start)
		vec_pop(&evaluation->found);
	found = add(step, SCHEMA_UNKNOWN_PROPERTY, "propertyNames");
	point_at_key(step, found, index);
	found->error.message = arena_printf(
		evaluation->arena, "the key '%.*s': %.*s", STR_ARG(found->error.property), STR_ARG(reason));
	return false;
}

static struct found *found_at(const struct step *step, size_t index)
{
	return vec_at(&step->evaluation->found, index);
}

/* How far a branch is from what was written: first by being of another kind altogether, then by values that tell branches apart, then by the number of
 * mistakes. */
struct distance {
	bool other_type;
	size_t other_values;
	size_t mistakes;
};

static struct distance measure(const struct step *step, size_t start, size_t end)
{
	struct distance distance = {.mistakes = end - start};

	for (size_t i = start; i < end; i++) {
		const struct found *found = found_at(step, i);

		distance.other_type = distance.other_type ||
				      (found->operation == OPERATION_TYPE && found->instance == step->frame->node);
		distance.other_values += found->values != NULL && found->depth <= step->frame->depth + 1;
	}
	return distance;
}

static bool is_nearer(const struct distance *a, const struct distance *b)
{
	if (a->other_type != b->other_type)
		return b->other_type;
	if (a->other_values != b->other_values)
		return a->other_values < b->other_values;
	return a->mistakes < b->mistakes;
}

/* Whether every branch failed for the same reason at the same place, so that one sentence can name what all of them expect. */
static bool can_join(const struct step *step, const size_t *starts, size_t count)
{
	const struct found *first = found_at(step, starts[0]);

	if (step->evaluation->found.len - starts[0] != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct found *found = found_at(step, starts[0] + i);

		if (starts[i] != starts[0] + i || found->instance != first->instance ||
			found->error.node != first->error.node || (found->values == NULL) != (first->values == NULL) ||
			(found->expected_types == 0) != (first->expected_types == 0))
			return false;
	}
	return first->values != NULL || first->expected_types != 0;
}

static const struct value_list *join_values(const struct step *step, size_t start, size_t count)
{
	struct value_list *joined = arena_calloc(&step->evaluation->scratch, 1, sizeof(*joined));

	for (size_t i = 0; i < count; i++)
		joined->count += found_at(step, start + i)->values->count;
	joined->items = arena_calloc(&step->evaluation->scratch, joined->count, sizeof(*joined->items));
	joined->count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct value_list *values = found_at(step, start + i)->values;

		for (size_t j = 0; j < values->count; j++)
			joined->items[joined->count++] = values->items[j];
	}
	return joined;
}

static void join(const struct step *step, size_t start, size_t count)
{
	struct found *first = found_at(step, start);

	if (first->values != NULL)
		first->values = join_values(step, start, count);
	for (size_t i = 1; i < count; i++)
		first->expected_types |= found_at(step, start + i)->expected_types;
	while (step->evaluation->found.len > start + 1)
		vec_pop(&step->evaluation->found);
}

void keep_nearest(const struct step *step, const size_t *starts, size_t count)
{
	struct vec *found = &step->evaluation->found;
	size_t best = SIZE_MAX;
	size_t best_end = 0;
	struct distance best_distance = {.mistakes = 0};

	if (found->len == starts[0])
		return;
	if (can_join(step, starts, count)) {
		join(step, starts[0], count);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t end = i + 1 < count ? starts[i + 1] : found->len;
		struct distance distance;

		if (end == starts[i])
			continue;
		distance = measure(step, starts[i], end);
		if (best != SIZE_MAX && !is_nearer(&distance, &best_distance))
			continue;
		best = starts[i];
		best_end = end;
		best_distance = distance;
	}
	memmove(vec_at(found, starts[0]), vec_at(found, best), (best_end - best) * sizeof(struct found));
	while (found->len > starts[0] + (best_end - best))
		vec_pop(found);
}

void stop_error(struct evaluation *evaluation, struct vec *errors)
{
	struct schema_error *error = vec_push(errors);

	error->fault = SCHEMA_UNDECIDED;
	error->node = evaluation->stopped_at;
	error->keyword = STR("");
	error->pointer = STR("");
	error->schema_pointer = STR("");
	error->message = arena_str(evaluation->arena, str_of(evaluation->stopped));
}

void finish_errors(struct evaluation *evaluation, struct vec *errors)
{
	struct map seen;

	if (evaluation->stopped != NULL && evaluation->found.len == 0)
		stop_error(evaluation, errors);
	map_init(&seen);
	for (size_t i = 0; i < evaluation->found.len; i++) {
		struct found *found = vec_at(&evaluation->found, i);
		struct str key;

		put_into_words(evaluation, found);
		key = arena_printf(&evaluation->scratch, "%.*s\n%.*s", STR_ARG(found->error.pointer),
			STR_ARG(found->error.message));
		if (map_has(&seen, key))
			continue;
		map_set(&seen, key, found);
		*(struct schema_error *)vec_push(errors) = found->error;
	}
	map_release(&seen);
}
