/* Private to schema/: what the files of the evaluator share. */
#ifndef ASPIS_SCHEMA_EVALUATE_H
#define ASPIS_SCHEMA_EVALUATE_H

#include "schema/schema.h"
#include "schema/schema_program.h"
#include "schema/schema_value.h"

/* Evaluations inside each other, and all of them together. */
#define SCHEMA_DEPTH_MAX 4000
#define SCHEMA_STEPS_MAX 30000000

/* Steps of all regular expressions together: some seconds. */
#define SCHEMA_PATTERN_STEPS_MAX UINT64_C(50000000)

/* Mistakes that are kept of one branch of anyOf and oneOf, to tell the nearest by. */
#define SCHEMA_BRANCH_MISTAKES 1000

/* Texts of mistakes in bytes, beyond which no more are collected or put into words: a long key is part of the pointer of all that is below. */
#define SCHEMA_TEXTS_MAX ((size_t)64 << 20)

#define NO_MARKS         SIZE_MAX

/* Names are looked for among the likely ones for no more mistakes than this. */
#define SUGGESTIONS_MAX 100

/* A place in the instance. */
struct frame {
	const struct node *node;  /* never an alias */
	const struct node *owner; /* its key */
	const struct frame *parent;
	size_t index;   /* among the parent's items or members */
	unsigned depth; /* below the top */
	unsigned types;
	struct json_members members; /* of an object */
	size_t count;                /* of items or members */
};

/* A mistake that was found, before it is put into words. */
struct found {
	struct schema_error error;
	const struct node *instance; /* what was evaluated */
	unsigned depth;              /* of its frame */
	enum schema_operation operation;
	unsigned expected_types;         /* OPERATION_TYPE */
	const struct value_list *values; /* OPERATION_ENUM, OPERATION_CONST */
};

struct evaluation {
	const struct schema *schema;
	struct arena *arena;  /* of the caller: texts of errors */
	size_t arena_max;     /* its size when no more texts are collected */
	struct arena scratch; /* numbers */
	struct vec found;     /* struct found */
	bool collecting;
	size_t found_max; /* no more are collected */
	unsigned quiet;   /* above 0: failures are no mistakes (not, if, contains) */
	uint64_t *marks;  /* a stack of bit sets: which items or members have been evaluated */
	size_t marks_len, marks_capacity;
	size_t *entered;                       /* how often each resource is being evaluated */
	const struct program_resource **scope; /* those that are, outermost first */
	size_t scope_len;
	unsigned depth;
	uint64_t steps;
	uint64_t pattern_steps;        /* that are left */
	unsigned suggestions;          /* that were looked for */
	const char *stopped;           /* why nothing can be concluded, or NULL */
	const struct node *stopped_at; /* the whole instance until then */
};

/* An instruction at work. */
struct step {
	struct evaluation *evaluation;
	const struct subschema *schema;
	const struct instruction *instruction;
	const struct frame *frame;
	size_t marks; /* offset of the bit set of this subschema, or NO_MARKS */
};

typedef bool operation_function(const struct step *step);

/* The functions by operation; each gives whether the instance is valid, and reports why not. */
operation_function evaluate_type, evaluate_enum, evaluate_multiple_of, evaluate_bound, evaluate_length,
	evaluate_pattern, evaluate_item_count, evaluate_unique_items, evaluate_property_count, evaluate_required,
	evaluate_dependent_required, evaluate_property_names, evaluate_properties, evaluate_items, evaluate_contains,
	evaluate_ref, evaluate_dynamic_ref, evaluate_all_of, evaluate_any_of, evaluate_one_of, evaluate_not,
	evaluate_if, evaluate_dependent_schemas, evaluate_unevaluated_items, evaluate_unevaluated_properties;

/* Evaluates the frame's node; where marks are given, adds to them what has been evaluated, if it is valid. */
bool evaluate(struct evaluation *evaluation, const struct subschema *schema, const struct frame *frame, size_t marks);

/* Evaluates a member's value or an item. */
bool evaluate_child(const struct step *step, const struct subschema *schema, size_t index);

/* Whether failures are to be reported: without, the first one ends the evaluation. */
bool is_collecting(const struct evaluation *evaluation);

/* Gives the evaluation up; always false. */
bool evaluation_stop(struct evaluation *evaluation, const struct node *node, const char *reason);

void mark(const struct step *step, size_t index);
bool is_marked(const struct step *step, size_t index);

/* Reports, if collecting, and always gives false. The keyword is one of the step's subschema; the format says what is wrong. */
bool report(const struct step *step, const char *keyword, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool report_type(const struct step *step);
bool report_value(const struct step *step);
bool report_missing(const struct step *step, const char *keyword, struct str property, struct str because);
bool report_unknown(const struct step *step, const char *keyword, size_t index);
bool report_forbidden(const struct step *step, const char *keyword, size_t index);
bool report_duplicate(const struct step *step, size_t index, size_t first);
bool report_name(const struct step *step, size_t index, size_t start);
bool report_item(const struct step *step, const char *keyword, size_t index, const char *message);
bool report_other_key(const struct step *step);

/* Of the branches' mistakes, which begin at the given indices of found, leaves those of the nearest; alternatives that one message can name are joined. */
void keep_nearest(const struct step *step, const size_t *starts, size_t count);

/* Gives a mistake its message, and a value its suggestion, if it has none yet. */
void word_error(struct evaluation *evaluation, struct found *found);

/* Appends the one error that says why the evaluation was given up. */
void stop_error(struct evaluation *evaluation, struct vec *errors);

/* Puts what was found, if need be before the evaluation was given up, into words and appends it to errors. */
void finish_errors(struct evaluation *evaluation, struct vec *errors);

#endif
