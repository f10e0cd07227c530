/* How the inventory is put together: things first (inventory.c), then environments (inventory_environment.c), what takes secrets (inventory_uses.c), then prose (inventory_description.c). For this room alone. */
#ifndef ASPIS_DOCS_INVENTORY_BUILD_H
#define ASPIS_DOCS_INVENTORY_BUILD_H

#include "docs/inventory.h"
#include "docs/names.h"

struct build {
	struct docs_inventory *inventory;
	const struct docs_inventory_options *options;
	struct page_names labels; /* of all pages */
};

/* A text of the repository as pages may show it. */
struct str build_shown(const struct build *build, struct str text);

/* Adds an environment with all that it needs; the applications are there. */
void build_environment(struct build *build, const struct environment *inner);

/* Finds what takes each secret: manifests, and other secrets; the environments are there. */
void build_uses(struct build *build);

/* Reads every description once, and finds those that are borrowed; the environments are there. */
void build_descriptions(struct build *build);

#endif
