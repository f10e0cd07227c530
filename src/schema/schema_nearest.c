/* Which branch of anyOf or oneOf speaks when none is valid. */
#include "schema/schema_evaluate.h"

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
