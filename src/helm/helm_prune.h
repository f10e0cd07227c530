/* Pruning: what nobody is interested in is taken out of blanked text before it is loaded, for loading takes far more time than looking at lines. For the files
 * that make helm.h. */
#ifndef ASPIS_HELM_HELM_PRUNE_H
#define ASPIS_HELM_HELM_PRUNE_H

#include "helm/helm_load.h"

/* Bytes of a text that is loaded, and where they stand in the template: from `from` on up to the next piece. */
struct helm_piece {
	uint32_t from, to;
};

/* What is loaded in place of a blanked text. */
struct helm_extract {
	struct str text;
	const struct helm_piece *pieces; /* one at least, the first from 0 */
	size_t piece_count;
	size_t last; /* the piece that was asked for last: the next question is most often about the same */
};

/* Where something of an extract stands in the template that starts there, or ends there. */
uint32_t helm_extract_start(struct helm_extract *extract, uint32_t offset);
uint32_t helm_extract_end(struct helm_extract *extract, uint32_t offset);

/* Leaves out whole lines that make up pairs and items of which nothing is of interest, so that what is left gives the same members that matter; and of the
 * blank's insertions those that stand there. False where the text is not so plain that this could be told from its lines: nothing is changed. The text that is left, and
 * the insertions, live in the loader's arena; where they stand in scratch. */
bool helm_prune(
	struct helm_extract *out, struct helm_blank *blank, const struct helm_loader *loader, struct arena *scratch);

#endif
