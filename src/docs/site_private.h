/* What the files of the site share. For site*.c alone. */
#ifndef ASPIS_DOCS_SITE_PRIVATE_H
#define ASPIS_DOCS_SITE_PRIVATE_H

#include "docs/site.h"
#include "docs/view.h"

/* A secret that is copied into another application, in one environment or several. */
struct site_copy {
	const struct docs_secret *source;
	const struct docs_secret *target;
	const struct docs_user *user; /* with the environments; NULL where it was not asked for */
};

/* All of them, those between the same two applications together. Copies within an application are left out. The caller releases the vec of struct site_copy. */
void site_copies(struct vec *copies, const struct docs_inventory *inventory);

/* Those from or to an application, likewise, without their users. */
void site_copies_of(struct vec *copies, const struct docs_application *application);

/* How many from the first one on are between the same two applications. */
size_t site_copies_alike(const struct vec *copies, size_t first);

/* Appends the picture of them as an <svg>; `self` is the application whose page it stands on (NULL: none), root the way to the folder of all pages. */
void site_write_graph(
	struct strbuf *out, const struct vec *copies, const struct docs_application *self, struct str root);

/* The index of the search as a script. */
void site_write_search(struct strbuf *out, const struct docs_inventory *inventory);

/* The address of an application, an environment or a secret, from the folder of all pages. */
struct str site_href(struct arena *arena, const struct docs_link *link, bool is_part);

#endif
