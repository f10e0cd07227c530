/* Executes Go templates as far as their data is known: fields, variables, pipelines, blocks, named templates, and the functions of text/template, sprig and
 * Helm that do not depend on a cluster, on chance or on the clock. What depends on anything else is unknown, and so is all that depends on that. */
#ifndef ASPIS_HELM_EVALUATE_H
#define ASPIS_HELM_EVALUATE_H

#include "base/map.h"
#include "helm/data.h"
#include "helm/template.h"

/* A named template and the file that it stands in (helm.h). */
struct helm_template;
struct named_template {
	const struct template_define *define;
	const struct helm_template *owner;
};

/* One run: all that it makes lives in arena. effort bounds the work (nodes visited, items of ranges); once it is used up, everything is unknown. */
struct evaluation {
	struct arena *arena;
	const struct map *names; /* struct named_template *: of a chart and all its subcharts, as in Helm; NULL: none */
	size_t effort;
	/* Of documents of such a kind, where it is plain to see, nothing is wanted (expand.h). NULL: all are. */
	bool (*leaves_out)(struct str api_version, struct str kind);
	bool changes_others; /* set where a map is changed that others than this run see, and that is not watched (data_log.h) */
	unsigned depth;             /* private: of named templates within each other */
	struct late_value *waiting; /* private: values that nobody has asked for yet, the newest first */
};
#define EVALUATION_EFFORT 200000

/* Dot and variables at a place of a template. Scopes nest; an inner one is left by forgetting it. */
struct scope {
	const struct data *dot;
	const struct data *root; /* $ */
	struct variable *variables;
	bool maybe; /* within a block of which it is unknown whether it is executed: what is assigned there is unknown */
};
void scope_init(struct scope *scope, const struct data *root);

/* The value of a pipeline; variables that it declares are then in scope. Never NULL. */
const struct data *evaluate_pipeline(
	struct evaluation *evaluation, struct scope *scope, const struct template_pipeline *pipeline);

/* Walks a list as execution would, from node `from` on, looking at what overlaps [start, end) alone. Blocks are entered as their conditions say: of an
 * unknown condition both arms, of an unknown range once with an unknown dot, each with scope->maybe set; with the effort used up, so is what is left.
 * Variables follow the way of execution. */
struct template_walk {
	struct evaluation *evaluation;
	void *context;
	uint32_t start, end;
	/* Text (its list and place in it, so that a walk can go on from here), or an action or call that prints. */
	void (*visit)(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope);
	/* Where something is to be visited next, at an offset or behind it; NULL: anywhere. Nodes without are passed over, unless they act. */
	uint32_t (*next)(struct template_walk *walk, uint32_t offset);
	/* Before a block is entered; NULL: nothing. For what spans more than the block. */
	void (*enter)(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope);
};
void template_walk(struct template_walk *walk, const struct template_list *list, size_t from, struct scope *scope);

/* The text that [start, end) of a list gives, from node `from` on: a string, DATA_YAML where that is all there is, nil where no branch that is
 * executed has any part of it, else unknown with the tail that is known. span is [start, end) of source, or where a lone value comes from
 * (`{{ .Values.name }}` alone is written where the values file has it, but is pointed at in the template: span stays the template's). */
const struct data *evaluate_text(struct evaluation *evaluation, const struct source *source,
	const struct template_list *list, size_t from, struct scope *scope, uint32_t start, uint32_t end);

/* {{ include "name" dot }}: the text of a named template. */
const struct data *evaluate_include(struct evaluation *evaluation, struct str name, const struct data *dot);

/* What an action that stands for YAML of its own comes to: {{ toYaml X | nindent 8 }}, {{ include "name" X | nindent 8 }}, {{ template "name" X }}. */
struct yaml_insertion {
	/* The structure (DATA_YAML), or a text as it is before it is indented; NULL: a named template. */
	const struct data *value;
	const struct named_template *named; /* to be expanded with dot; NULL: value */
	const struct data *dot;
	int indent; /* of nindent and indent; -1: none */
};
struct yaml_insertion evaluate_insertion(
	struct evaluation *evaluation, struct scope *scope, const struct template_node *node);

#endif
