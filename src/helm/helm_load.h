/* From blanked text to trees and their members. For the files that make helm.h. */
#ifndef ASPIS_HELM_HELM_LOAD_H
#define ASPIS_HELM_HELM_LOAD_H

#include "helm/helm.h"
#include "helm/helm_blank.h"

struct helm_loader {
	struct arena *arena;
	struct arena *scratch; /* cleared by helm_load() */
	struct helm_template *read;
	helm_interest *interest;        /* NULL: all is kept */
	const struct helm_place *place; /* where the fragment is inserted; NULL: it is the file's own, or all is kept */
	unsigned attempts;              /* that are left for text that does not load at once */
	uint32_t groups;                /* of readings, so far */
};

/* Reads a fragment whose list is set. What is wrong with it goes into the template, if it is the first. */
void helm_load(struct helm_loader *loader, struct helm_fragment *fragment);

/* A part of the text that is a document: its root, or NULL. */
struct helm_zone {
	uint32_t start, end;
	struct node *root;
};

/* The documents of a blanked text as a collection; those with neither root nor insertions are left out. */
const struct helm_collection *helm_members(const struct helm_loader *loader, const struct helm_blank *blank,
	const struct vec *zones /* struct helm_zone */);

#endif
