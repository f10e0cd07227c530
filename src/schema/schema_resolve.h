/* Private to schema/: where schemas are. A document holds one or more resources (its root, and each subschema with an $id), a resource its anchors. */
#ifndef ASPIS_SCHEMA_RESOLVE_H
#define ASPIS_SCHEMA_RESOLVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "yaml/node.h"

struct schema_resource {
	struct str uri; /* absolute where the document's is; without fragment */
	const struct node *root;
	const struct schema_resource *parent; /* the one around it in its document, or NULL */
	struct map anchors;                   /* to struct schema_anchor */
};

/* Where a place is below the root of its document, from the last token on (unescaped, borrowed); NULL is the root. Written out only when asked for: the
 * pointers of all places together may be much longer than the document. */
struct schema_location {
	const struct schema_location *parent;
	struct str token;
};

const struct schema_location *schema_location_below(
	struct arena *arena, const struct schema_location *parent, struct str token);

/* Appends the JSON Pointer. */
void schema_location_write(struct strbuf *out, const struct schema_location *location);

/* A place in a document where a schema stands or may be read as one. */
struct schema_place {
	const struct node *node; /* never an alias */
	struct schema_resource *resource;
	const struct schema_location *location;
};

struct schema_anchor {
	struct schema_place place;
	bool dynamic;
};

/* What was found in documents: all that keywords mark as schemas, and nothing that merely looks like one (in enum, const, unknown keywords). */
struct schema_index {
	struct arena arena;
	struct map resources; /* by URI, to struct schema_resource */
	struct map places;    /* by the bytes of the node's address, to struct schema_place */
	struct vec all;       /* struct schema_resource * */
};

void schema_index_init(struct schema_index *index);
void schema_index_release(struct schema_index *index);

/* Enters a document. Of two resources with one URI the first counts. */
struct schema_resource *schema_index_add(struct schema_index *index, struct str uri, const struct node *root);

/* Enters what is found at and below a place that no keyword marks as a schema, but a reference does. */
void schema_index_scan(struct schema_index *index, struct schema_place place);

const struct schema_place *schema_index_place(const struct schema_index *index, const struct node *node);

struct schema_registry {
	struct schema_index index;
};

/* A schema's own document comes first, then the registry (may be NULL). */
struct schema_lookup {
	struct schema_index *own;
	const struct schema_index *shared;
};
struct schema_resource *schema_lookup_resource(const struct schema_lookup *lookup, struct str uri);
const struct schema_place *schema_lookup_place(const struct schema_lookup *lookup, const struct node *node);

/* Finds what a reference written in base points to. *anchor is set when it does so by an anchor's name, else NULL. False where there is nothing. */
bool schema_lookup_reference(const struct schema_lookup *lookup, const struct schema_resource *base,
	struct str reference, struct schema_place *place, const struct schema_anchor **anchor);

#endif
