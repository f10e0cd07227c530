/* Private to expand*.c. */
#ifndef ASPIS_HELM_EXPAND_PRIVATE_H
#define ASPIS_HELM_EXPAND_PRIVATE_H

#include "helm/evaluate.h"
#include "helm/expand.h"
#include "helm/helm.h"

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

enum gathering_kind {
	GATHER_MAP,
	GATHER_LIST,
	GATHER_ANY,       /* of insertions alone: what they are decides */
	GATHER_DOCUMENTS, /* into a vector */
};

/* A collection in the making. */
struct gathering {
	struct expander *expander;
	const struct helm_collection *collection;
	enum gathering_kind kind;
	struct data *out;          /* NULL: of documents, and of insertions of which none has brought anything so far */
	const struct data *single; /* of insertions: a scalar */
	struct vec *documents;
	bool maybe; /* all of it */
	bool open;
	bool in_flow;
	/* The member that was looked for last: none in front of it that starts at known_from or later matters. 0: none was. */
	size_t known;
	uint32_t known_from;
};

/* expand.c */

/* Appends the documents of a named template with a dot of its own, as far as they are of interest at a place (NULL: as a whole). False where they are
 * unknown. */
bool expand_named(struct expander *expander, struct vec *documents, const struct named_template *named,
	const struct data *dot, const struct helm_place *place);

/* What a collection comes to, of which execution has come to start; place is where it did. Unknown where it lies too deep. */
const struct data *expand_collection(struct expander *expander, const struct helm_collection *collection,
	const struct expand_place *place, uint32_t start);

/* Walks over the members of a collection and adds what they come to, from a place on that execution has come to. */
void expand_members(struct gathering *gathering, const struct expand_place *place, uint32_t start);

/* expand_member.c */

/* Adds what a member comes to that execution has come to, at the node of a list. Nothing of members that do not matter. */
void expand_member(struct gathering *gathering, const struct helm_member *member, const struct template_list *list,
	size_t index, const struct scope *scope);

/* A scope whose assignments do not count behind it, within something that is there. Nothing is copied where nothing is assigned. */
struct scope expand_scope(struct evaluation *evaluation, const struct scope *scope, const struct template_list *list);

/* expand_insertion.c */

/* Adds what an insertion brings to what is gathered. */
void expand_insertion(struct gathering *gathering, const struct helm_insertion *insertion,
	const struct expand_place *place, bool maybe);

/* The data, which may not be there if maybe is set. */
const struct data *expand_maybe(struct evaluation *evaluation, const struct data *data, bool maybe);

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
