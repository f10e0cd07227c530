/* Private to evaluate*.c and function*.c: what carrying templates out is made of. */
#ifndef ASPIS_HELM_EVALUATE_PRIVATE_H
#define ASPIS_HELM_EVALUATE_PRIVATE_H

#include "base/truth.h"
#include "helm/evaluate.h"

/* Named templates within each other; Helm goes on to 1,000 of the same name. */
#define EVALUATION_DEPTH_MAX 100

/* Longer texts are unknown, and so are lists of more items. */
#define EVALUATION_TEXT_MAX  ((size_t)1 << 20)
#define EVALUATION_ITEMS_MAX 100000

/* What Helm's engine leaves of a printed nil until a file is complete; it then takes it out. */
#define EVALUATION_NO_VALUE "<no value>"

/* The value of a variable that is made when it is asked for: most are of labels, images and the like, which nobody does. */
struct late_value {
	const struct template_pipeline *pipeline;
	struct scope scope;       /* that it was declared in */
	const struct data *value; /* NULL: it has not been made */
	struct late_value *older; /* that was waiting then; NULL: none */
	size_t count;             /* of those that are waiting, this one included */
};

/* Variables stand in a chain, inner ones first, that scopes share: what is assigned within a block holds behind it. */
struct variable {
	struct str name;
	const struct data *value;
	struct late_value *late; /* in place of the value */
	struct variable *outer;
};
void scope_declare(struct evaluation *evaluation, struct scope *scope, struct str name, const struct data *value);

/* Sets a variable that is there; what is set in a block that may not be executed is unknown. */
void scope_assign(struct evaluation *evaluation, struct scope *scope, struct str name, const struct data *value);

/* Makes all values that are waiting. To be called before anything changes that was there when their variables were declared. */
void evaluation_settle(struct evaluation *evaluation);

/* Executes an action that sets variables. */
void evaluate_setting(struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline);

/* Takes so much effort; false (and nothing is left) where there is less. */
bool evaluation_spend(struct evaluation *evaluation, size_t effort);

/* What the commands of a pipeline give; no variable is set. */
const struct data *evaluate_commands(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline);

/* The value of one operand; and whether a pipeline is true, which may be known of `and`, `or` and `not` where their value is not. */
const struct data *evaluate_operand(
	struct evaluation *evaluation, struct scope *scope, const struct template_operand *operand);
enum truth evaluate_truth(struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline);

/* The first count commands of a pipeline. */
const struct data *evaluate_first_commands(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline, size_t count);

/* The text of a named template, or of a template text, with nil still marked (EVALUATION_NO_VALUE). */
const struct data *evaluate_named(struct evaluation *evaluation, struct str name, const struct data *dot);
const struct data *evaluate_template_text(struct evaluation *evaluation, struct str text, const struct data *dot);

/* The same text without the marks of nil. */
struct str evaluate_without_marks(struct arena *arena, struct str text);

#endif
