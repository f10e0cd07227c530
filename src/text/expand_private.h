/* Private to expand*.c. */
#ifndef ASPIS_TEXT_EXPAND_PRIVATE_H
#define ASPIS_TEXT_EXPAND_PRIVATE_H

#include "text/evaluate.h"
#include "text/expand.h"
#include "text/helm.h"

/* A file being expanded. */
struct expander {
	struct evaluation *evaluation;
	const struct helm_template *read;
	unsigned depth; /* collections within each other, those of named templates included */
};

/* A place of execution to go on from. */
struct expand_place {
	const struct template_list *list;
	size_t index;
	struct scope *scope;
};

/* expand_scalar.c */

/* What a scalar comes to, with the type that YAML gives it; nil where nothing of it is executed, too. In a flow collection commas and brackets have a
 * meaning. */
const struct data *expand_scalar(
	const struct expander *expander, const struct node *scalar, const struct expand_place *place, bool in_flow);

/* What YAML makes of a text that stands alone; of several documents the first that is not empty. Everything in it is at span. Unknown where it is no YAML. */
const struct data *expand_text(struct evaluation *evaluation, struct str text, struct span span);

/* Whether anything of [start, end) is executed. */
enum truth expand_is_executed(
	const struct expander *expander, const struct expand_place *place, uint32_t start, uint32_t end);

#endif
