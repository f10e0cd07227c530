#include "model/guard.h"

static const struct guard unknown = {.kind = GUARD_UNKNOWN};

const struct guard *guard_unknown(void)
{
	return &unknown;
}

const struct guard *guard_join(struct arena *arena, enum guard_kind kind, const struct guard **operands, size_t count)
{
	struct guard *guard = arena_calloc(arena, 1, sizeof(*guard));

	guard->kind = kind;
	guard->operands = operands;
	guard->operand_count = count;
	for (size_t i = 0; i < count; i++)
		if (operands[i]->depth >= guard->depth)
			guard->depth = operands[i]->depth + 1;
	return guard->depth > GUARD_DEPTH_MAX ? &unknown : guard;
}

static const struct guard *join(struct arena *arena, enum guard_kind kind, const struct guard *a, const struct guard *b)
{
	const struct guard **operands = arena_calloc(arena, 2, sizeof(struct guard *));
	operands[0] = a;
	operands[1] = b;
	return guard_join(arena, kind, operands, 2);
}

const struct guard *guard_not(struct arena *arena, const struct guard *operand)
{
	const struct guard **operands = arena_calloc(arena, 1, sizeof(struct guard *));
	static const struct guard always = {.kind = GUARD_CONSTANT, .constant = true};

	operands[0] = operand ? operand : &always;
	return guard_join(arena, GUARD_NOT, operands, 1);
}

const struct guard *guard_and(struct arena *arena, const struct guard *a, const struct guard *b)
{
	return !a ? b : !b ? a : join(arena, GUARD_AND, a, b);
}

const struct guard *guard_or(struct arena *arena, const struct guard *a, const struct guard *b)
{
	return !a || !b ? NULL : join(arena, GUARD_OR, a, b);
}

static enum truth value_of(const struct guard *guard, const struct values *values)
{
	struct value_lookup lookup = values_find(values, guard->path);

	if (!value_is_set(&lookup) && (file_is_broken(values->overlay) || file_is_broken(values->defaults)))
		return TRUTH_UNKNOWN;
	return value_truth(&lookup) ? TRUTH_YES : TRUTH_NO;
}

/* `and` ends at the first false operand, `or` at the first true one. */
static enum truth join_of(const struct guard *guard, const struct values *values, enum truth ends)
{
	enum truth result = ends == TRUTH_NO ? TRUTH_YES : TRUTH_NO;

	for (size_t i = 0; i < guard->operand_count; i++) {
		enum truth operand = guard_evaluate(guard->operands[i], values);
		if (operand == ends)
			return ends;
		if (operand == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	return result;
}

static enum truth negation_of(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : truth == TRUTH_NO ? TRUTH_YES : TRUTH_NO;
}

enum truth guard_evaluate(const struct guard *guard, const struct values *values)
{
	if (!guard)
		return TRUTH_YES;
	switch (guard->kind) {
	case GUARD_CONSTANT:
		return guard->constant ? TRUTH_YES : TRUTH_NO;
	case GUARD_VALUE:
		return value_of(guard, values);
	case GUARD_NOT:
		return negation_of(guard_evaluate(guard->operands[0], values));
	case GUARD_AND:
		return join_of(guard, values, TRUTH_NO);
	case GUARD_OR:
		return join_of(guard, values, TRUTH_YES);
	case GUARD_UNKNOWN:
		break;
	}
	return TRUTH_UNKNOWN;
}
