/* Blanking: what is left of a template's body when its actions are taken for holes. For the files that make helm.h. */
#ifndef ASPIS_HELM_HELM_BLANK_H
#define ASPIS_HELM_HELM_BLANK_H

#include "helm/helm.h"

struct helm_blank {
	struct str text; /* as long as the list; all offsets below are of the template, this text starts at base */
	uint32_t base;
	struct helm_insertion *insertions; /* by start */
	size_t insertion_count;
	const struct helm_range
		*scalars; /* block scalars with actions: from their indicator to the end of their last action or text */
	size_t scalar_count;
	/* Of holes over several lines, where only one has become text: from where that ends (or starts) to where the hole does. */
	const struct helm_range *moves;
	size_t move_count;
	bool has_text; /* anything but blanks and actions */
};

/* Everything lives in arena; scratch, which may be the same, is for what is needed meanwhile. The arms are left out: nothing of them is there. */
void helm_blank(struct helm_blank *out, struct arena *arena, struct arena *scratch, struct str source,
	const struct template_list *list, const struct helm_arm *without);

#endif
