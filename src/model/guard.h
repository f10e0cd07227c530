/* Guards of Argo CD templates: what an `if` asks of the environment's values (SPEC section 1). What is not understood is unknown, and of what is
 * unknown nothing is said. */
#ifndef ASPIS_MODEL_GUARD_H
#define ASPIS_MODEL_GUARD_H

#include "base/arena.h"
#include "model/values.h"

enum truth {
	TRUTH_NO,
	TRUTH_YES,
	TRUTH_UNKNOWN,
};

enum guard_kind {
	GUARD_UNKNOWN,
	GUARD_CONSTANT, /* true, false */
	GUARD_VALUE,    /* .Values.a.b, (index .Values "a" "b") */
	GUARD_NOT,      /* one operand */
	GUARD_AND,
	GUARD_OR,
};

struct guard {
	enum guard_kind kind;
	bool constant;
	struct values_path path;
	const struct guard **operands;
	size_t operand_count;
};

/* Reads the pipeline of an `if` action: text between `if` and `}}`. Never NULL; lives in arena. */
const struct guard *guard_parse(struct arena *arena, struct str text);

const struct guard *guard_unknown(void);
const struct guard *guard_not(struct arena *arena, const struct guard *operand);
const struct guard *guard_and(
	struct arena *arena, const struct guard *a, const struct guard *b); /* NULL stands for none */

/* Three-valued: false and unknown is false, true or unknown is true. NULL (no guard) is true. */
enum truth guard_evaluate(const struct guard *guard, const struct values *values);

#endif
