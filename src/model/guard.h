/* Guards of Argo CD templates: what an `if` asks of the environment's values (SPEC section 1). What is not understood is unknown, and of what is
 * unknown nothing is said. */
#ifndef ASPIS_MODEL_GUARD_H
#define ASPIS_MODEL_GUARD_H

#include "base/arena.h"
#include "base/truth.h"
#include "model/values.h"

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
	unsigned depth; /* private: beyond a bound a guard is unknown */
};

/* Reads the pipeline of an `if` action: text between `if` and `}}`. Never NULL; lives in arena. */
const struct guard *guard_parse(struct arena *arena, struct str text);

const struct guard *guard_unknown(void);

/* Nobody nests guards deeper. */
#define GUARD_DEPTH_MAX 200

/* A guard of operands that live in arena: one for GUARD_NOT, one or more for the others. Unknown beyond GUARD_DEPTH_MAX. */
const struct guard *guard_join(struct arena *arena, enum guard_kind kind, const struct guard **operands, size_t count);

/* Puts guards together; NULL stands for none, which is true. */
const struct guard *guard_not(struct arena *arena, const struct guard *operand);
const struct guard *guard_and(struct arena *arena, const struct guard *a, const struct guard *b);
const struct guard *guard_or(struct arena *arena, const struct guard *a, const struct guard *b);

/* Three-valued: false and unknown is false, true or unknown is true. NULL (no guard) is true. */
enum truth guard_evaluate(const struct guard *guard, const struct values *values);

#endif
