/* The keywords that apply other schemas to the same value. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "schema/schema_evaluate.h"

bool evaluate_ref(const struct step *step)
{
	return evaluate(step->evaluation, step->instruction->schema, step->frame, step->marks);
}

/* The outermost resource of the dynamic scope that has the anchor decides. */
bool evaluate_dynamic_ref(const struct step *step)
{
	const struct dynamic_reference *dynamic = &step->instruction->dynamic;
	const struct evaluation *evaluation = step->evaluation;
	const struct subschema *target = NULL;

	if (dynamic->name != SIZE_MAX) {
		struct subschema *const *targets =
			evaluation->schema->dynamic_targets + dynamic->name * evaluation->schema->resources.len;

		for (size_t i = 0; i < evaluation->scope_len && target == NULL; i++)
			target = targets[evaluation->scope[i]->number];
	}
	return evaluate(step->evaluation, target != NULL ? target : dynamic->initial, step->frame, step->marks);
}

bool evaluate_all_of(const struct step *step)
{
	const struct subschema_list *schemas = &step->instruction->schemas;
	bool valid = true;

	for (size_t i = 0; i < schemas->count && (valid || is_collecting(step->evaluation)); i++)
		valid = evaluate(step->evaluation, schemas->items[i], step->frame, step->marks) && valid;
	return valid;
}

static void drop_found(struct evaluation *evaluation, size_t len)
{
	while (evaluation->found.len > len)
		vec_pop(&evaluation->found);
}

/* Evaluates a branch, and notes where its mistakes begin. */
static bool evaluate_branch(const struct step *step, size_t index, size_t *starts)
{
	struct evaluation *evaluation = step->evaluation;
	size_t found_max = evaluation->found_max;
	bool valid;

	starts[index] = evaluation->found.len;
	if (found_max - starts[index] > SCHEMA_BRANCH_MISTAKES)
		evaluation->found_max = starts[index] + SCHEMA_BRANCH_MISTAKES;
	valid = evaluate(evaluation, step->instruction->schemas.items[index], step->frame, step->marks);
	evaluation->found_max = found_max;
	return valid;
}

bool evaluate_any_of(const struct step *step)
{
	const struct subschema_list *schemas = &step->instruction->schemas;
	size_t start = step->evaluation->found.len;
	size_t *starts = xcalloc(schemas->count, sizeof(*starts));
	bool valid = false;

	/* Where marks are asked for, every branch that is valid gives its own. */
	for (size_t i = 0; i < schemas->count && (!valid || step->marks != NO_MARKS); i++)
		valid = evaluate_branch(step, i, starts) || valid;
	if (valid)
		drop_found(step->evaluation, start);
	else if (is_collecting(step->evaluation))
		keep_nearest(step, starts, schemas->count);
	free(starts);
	return valid;
}

bool evaluate_one_of(const struct step *step)
{
	const struct subschema_list *schemas = &step->instruction->schemas;
	size_t start = step->evaluation->found.len;
	size_t *starts = xcalloc(schemas->count, sizeof(*starts));
	size_t first = SIZE_MAX;
	size_t second = SIZE_MAX;

	for (size_t i = 0; i < schemas->count && second == SIZE_MAX; i++) {
		if (!evaluate_branch(step, i, starts))
			continue;
		if (first == SIZE_MAX)
			first = i;
		else
			second = i;
	}
	if (first != SIZE_MAX)
		drop_found(step->evaluation, start);
	else if (is_collecting(step->evaluation))
		keep_nearest(step, starts, schemas->count);
	free(starts);
	if (second != SIZE_MAX)
		return report(step, "oneOf", "expected exactly one of %zu forms, but forms %zu and %zu both fit",
			schemas->count, first + 1, second + 1);
	return first != SIZE_MAX;
}

bool evaluate_not(const struct step *step)
{
	bool matches;

	step->evaluation->quiet++;
	matches = evaluate(step->evaluation, step->instruction->schema, step->frame, NO_MARKS);
	step->evaluation->quiet--;
	return !matches || report(step, "not", "this value is excluded");
}

bool evaluate_if(const struct step *step)
{
	const struct condition *condition = &step->instruction->condition;
	const struct subschema *branch;
	bool matches;

	if (condition->test == NULL)
		return true;
	step->evaluation->quiet++;
	matches = evaluate(step->evaluation, condition->test, step->frame, step->marks);
	step->evaluation->quiet--;
	branch = matches ? condition->consequence : condition->alternative;
	return branch == NULL || evaluate(step->evaluation, branch, step->frame, step->marks);
}

bool evaluate_dependent_schemas(const struct step *step)
{
	const struct dependent_list *dependents = &step->instruction->dependents;
	bool valid = true;

	if (step->frame->types != JSON_OBJECT)
		return true;
	for (size_t i = 0; i < dependents->count && (valid || is_collecting(step->evaluation)); i++)
		if (node_find(step->frame->node, dependents->items[i].property) != NULL)
			valid = evaluate(step->evaluation, dependents->items[i].schema, step->frame, step->marks) &&
				valid;
	return valid;
}
