/* What the HTML site has that the other formats have not: pictures of what is copied from where, secrets by environment at a glance, bars of kinds, and the files beside the pages (style, script, the index of
 * the search). The names that templates see are in view.h, under "The site". */
#ifndef ASPIS_DOCS_SITE_H
#define ASPIS_DOCS_SITE_H

#include "docs/format.h"

/* As docs_format.extend and docs_format.files. */
void site_extend(struct mustache_value *view, struct arena *arena, const struct docs_inventory *inventory,
	const struct docs_page *page);
void site_files(struct docs_output *output, const struct docs_inventory *inventory);

#endif
