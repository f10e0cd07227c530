/* What a Helm template comes to with given data: the trees of its documents with conditions decided, ranges unrolled and holes filled in, as far as that can be known.
 * Nothing is rendered to text and parsed again: every part keeps the place that it comes from. */
#ifndef ASPIS_HELM_EXPAND_H
#define ASPIS_HELM_EXPAND_H

#include "helm/evaluate.h"
#include "helm/helm.h"

/* Appends (const struct data *) the documents that a template makes with root as its dot ({Values, Chart, Release, …}): maps, mostly. Documents, entries and items under an
 * unknown condition are `maybe`; maps and lists with unknown insertions are open. The names of the evaluation must have their owners (struct
 * helm_template *). */
void helm_expand(
	struct vec *out, struct evaluation *evaluation, const struct helm_template *read, const struct data *root);

#endif
