#include "schema/schema_evaluate.h"

#include <stdlib.h>

#include "base/xalloc.h"

static operation_function *const operations[OPERATION_COUNT] = {
	[OPERATION_TYPE] = evaluate_type,
	[OPERATION_ENUM] = evaluate_enum,
	[OPERATION_CONST] = evaluate_enum,
	[OPERATION_MULTIPLE_OF] = evaluate_multiple_of,
	[OPERATION_MAXIMUM] = evaluate_bound,
	[OPERATION_EXCLUSIVE_MAXIMUM] = evaluate_bound,
	[OPERATION_MINIMUM] = evaluate_bound,
	[OPERATION_EXCLUSIVE_MINIMUM] = evaluate_bound,
	[OPERATION_MAX_LENGTH] = evaluate_length,
	[OPERATION_MIN_LENGTH] = evaluate_length,
	[OPERATION_PATTERN] = evaluate_pattern,
	[OPERATION_MAX_ITEMS] = evaluate_item_count,
	[OPERATION_MIN_ITEMS] = evaluate_item_count,
	[OPERATION_UNIQUE_ITEMS] = evaluate_unique_items,
	[OPERATION_MAX_PROPERTIES] = evaluate_property_count,
	[OPERATION_MIN_PROPERTIES] = evaluate_property_count,
	[OPERATION_REQUIRED] = evaluate_required,
	[OPERATION_DEPENDENT_REQUIRED] = evaluate_dependent_required,
	[OPERATION_PROPERTY_NAMES] = evaluate_property_names,
	[OPERATION_PROPERTIES] = evaluate_properties,
	[OPERATION_ITEMS] = evaluate_items,
	[OPERATION_CONTAINS] = evaluate_contains,
	[OPERATION_REF] = evaluate_ref,
	[OPERATION_DYNAMIC_REF] = evaluate_dynamic_ref,
	[OPERATION_ALL_OF] = evaluate_all_of,
	[OPERATION_ANY_OF] = evaluate_any_of,
	[OPERATION_ONE_OF] = evaluate_one_of,
	[OPERATION_NOT] = evaluate_not,
	[OPERATION_IF] = evaluate_if,
	[OPERATION_DEPENDENT_SCHEMAS] = evaluate_dependent_schemas,
	[OPERATION_UNEVALUATED_ITEMS] = evaluate_unevaluated_items,
	[OPERATION_UNEVALUATED_PROPERTIES] = evaluate_unevaluated_properties,
};

static size_t mark_words(const struct frame *frame)
{
	return (frame->count + 63) / 64;
}

static size_t push_marks(struct evaluation *evaluation, const struct frame *frame)
{
	size_t offset = evaluation->marks_len;
	size_t words = mark_words(frame);

	if (offset + words > evaluation->marks_capacity) {
		evaluation->marks_capacity = 2 * (offset + words);
		evaluation->marks =
			xreallocarray(evaluation->marks, evaluation->marks_capacity, sizeof(*evaluation->marks));
	}
	evaluation->marks_len += words;
	if (words > 0)
		memset(evaluation->marks + offset, 0, words * sizeof(*evaluation->marks));
	return offset;
}

static void merge_marks(struct evaluation *evaluation, size_t into, size_t from, size_t words)
{
	for (size_t i = 0; i < words; i++)
		evaluation->marks[into + i] |= evaluation->marks[from + i];
}

void mark(const struct step *step, size_t index)
{
	if (step->marks != NO_MARKS)
		step->evaluation->marks[step->marks + index / 64] |= (uint64_t)1 << index % 64;
}

bool is_marked(const struct step *step, size_t index)
{
	return step->evaluation->marks[step->marks + index / 64] >> index % 64 & 1;
}

bool is_collecting(const struct evaluation *evaluation)
{
	return evaluation->collecting && evaluation->quiet == 0 && evaluation->stopped == NULL &&
	       evaluation->found.len < evaluation->found_max && evaluation->arena->size <= evaluation->arena_max;
}

bool evaluation_stop(struct evaluation *evaluation, const struct node *node, const char *reason)
{
	if (evaluation->stopped == NULL) {
		evaluation->stopped = reason;
		evaluation->stopped_at = node;
	}
	return false;
}

static bool enter(struct evaluation *evaluation, const struct subschema *schema, const struct frame *frame)
{
	const struct program_resource *resource = schema->resource;

	if (evaluation->stopped != NULL)
		return false;
	if (evaluation->depth == SCHEMA_DEPTH_MAX)
		return evaluation_stop(evaluation, frame->node,
			"the schema refers to itself without end, or schema and value are nested too deeply");
	if (++evaluation->steps > SCHEMA_STEPS_MAX)
		return evaluation_stop(evaluation, frame->node, "the schema takes too many steps for this value");
	evaluation->depth++;
	if (evaluation->entered[resource->number]++ == 0)
		evaluation->scope[evaluation->scope_len++] = resource;
	return true;
}

static void leave(struct evaluation *evaluation, const struct subschema *schema)
{
	evaluation->depth--;
	if (--evaluation->entered[schema->resource->number] == 0)
		evaluation->scope_len--;
}

static bool run(struct step *step)
{
	bool valid = !step->frame->members.has_other_keys || report_other_key(step);

	for (size_t i = 0; i < step->schema->count; i++) {
		step->instruction = &step->schema->instructions[i];
		/* What a failed keyword would have evaluated is not known. */
		if (!valid && (!is_collecting(step->evaluation) ||
				      step->instruction->operation >= OPERATION_UNEVALUATED_ITEMS))
			break;
		if (operations[step->instruction->operation](step))
			continue;
		valid = false;
		/* What else is said of another type is noise. */
		if (step->instruction->operation == OPERATION_TYPE)
			break;
	}
	return valid && step->evaluation->stopped == NULL;
}

bool evaluate(struct evaluation *evaluation, const struct subschema *schema, const struct frame *frame, size_t marks)
{
	struct step step = {.evaluation = evaluation, .schema = schema, .frame = frame, .marks = NO_MARKS};
	size_t base = evaluation->marks_len;
	bool valid;

	if (schema->is_boolean)
		return schema->allows || report(&step, NULL, "no value is allowed here");
	if (!enter(evaluation, schema, frame))
		return false;
	if (marks != NO_MARKS || schema->collects)
		step.marks = push_marks(evaluation, frame);
	valid = run(&step);
	if (valid && marks != NO_MARKS)
		merge_marks(evaluation, marks, step.marks, mark_words(frame));
	evaluation->marks_len = base;
	leave(evaluation, schema);
	return valid;
}

static void frame_init(struct frame *frame, const struct node *node)
{
	frame->node = node_resolve(node);
	frame->types = json_types(frame->node);
	if (frame->types == JSON_OBJECT) {
		json_members_init(&frame->members, frame->node);
		frame->count = frame->members.count;
	} else if (frame->types == JSON_ARRAY) {
		frame->count = frame->node->sequence.count;
	}
}

static void frame_release(struct frame *frame)
{
	json_members_release(&frame->members);
}

bool evaluate_child(const struct step *step, const struct subschema *schema, size_t index)
{
	const struct frame *parent = step->frame;
	struct frame frame = {.parent = parent, .index = index, .depth = parent->depth + 1};
	bool valid;

	if (schema->is_boolean && schema->allows)
		return true;
	if (parent->types == JSON_OBJECT) {
		frame.owner = parent->members.items[index].key;
		frame_init(&frame, parent->members.items[index].value);
	} else {
		frame_init(&frame, parent->node->sequence.items[index]);
	}
	valid = evaluate(step->evaluation, schema, &frame, NO_MARKS);
	frame_release(&frame);
	return valid;
}

/* One pass over the instance. Without collecting it ends at the first mistake; that is how most find out that there is none. */
static bool validate(struct evaluation *evaluation, const struct node *instance)
{
	size_t resources = evaluation->schema->resources.len;
	struct frame frame = {.parent = NULL};
	bool valid;

	evaluation->stopped_at = node_resolve(instance);
	evaluation->pattern_steps = SCHEMA_PATTERN_STEPS_MAX;
	evaluation->entered = xcalloc(resources, sizeof(*evaluation->entered));
	evaluation->scope = xcalloc(resources, sizeof(*evaluation->scope));
	frame_init(&frame, instance);
	valid = evaluate(evaluation, evaluation->schema->root, &frame, NO_MARKS) && evaluation->stopped == NULL;
	frame_release(&frame);
	free(evaluation->entered);
	free(evaluation->scope);
	free(evaluation->marks);
	return valid;
}

bool schema_validate(const struct schema *schema, const struct node *instance, struct arena *arena, struct vec *errors)
{
	struct evaluation first = {.schema = schema, .arena = arena};
	struct evaluation second = {.schema = schema, .arena = arena, .collecting = true, .found_max = SIZE_MAX};
	bool valid;

	second.arena_max = arena->size + SCHEMA_TEXTS_MAX;
	arena_init(&first.scratch);
	arena_init(&second.scratch);
	vec_init(&second.found, sizeof(struct found));
	valid = validate(&first, instance);
	if (!valid && errors != NULL && first.stopped != NULL) {
		stop_error(&first, errors);
	} else if (!valid && errors != NULL) {
		validate(&second, instance);
		finish_errors(&second, errors);
	}
	vec_release(&second.found);
	arena_release(&first.scratch);
	arena_release(&second.scratch);
	return valid;
}
