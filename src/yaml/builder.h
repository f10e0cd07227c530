/* How those who read YAML give the tree what they find, node by node in the order of the text. For yaml/ alone. */
#ifndef ASPIS_YAML_BUILDER_H
#define ASPIS_YAML_BUILDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "yaml/stream.h"

/* A collection whose end has not come yet. */
struct builder_frame {
	struct node *node;
	size_t first;    /* of its children among the builder's */
	uint32_t end;    /* of its last child */
	unsigned height; /* collections on the longest way down so far, aliases followed */
	uint64_t size;   /* nodes of the subtree so far, aliases followed */
};

struct builder {
	struct yaml_stream *stream;
	struct vec frames;   /* struct builder_frame */
	struct vec children; /* struct node *: those of all open collections, one behind the other */
	struct map anchors;  /* struct builder_anchor *, of the current document */
	uint64_t added;      /* nodes that aliases add to the current document */
	struct node *root;   /* of the current document */
	uint32_t document_start, document_end;
	bool needs_verify; /* there may be something in the document that CSafeLoader rejects */
};

void builder_init(struct builder *builder, struct yaml_stream *stream);
void builder_release(struct builder *builder);

/* Forgets all that came so far, what the stream got of it included. */
void builder_reset(struct builder *builder);

/* A document whose dashes, or first node where it has none, stand at [start, end). */
void builder_begin(struct builder *builder, uint32_t start, uint32_t end);

/* Adds the document to the stream, and what is wrong with its values to the issues. */
void builder_end(struct builder *builder);

/* Gives a finished node to the collection that it is in: one of size nodes and height collections, aliases followed. */
void builder_place(struct builder *builder, struct node *node, uint64_t size, unsigned height);

/* The value of a scalar to keep: a piece of the source where it stands there as it is, else a copy. */
struct str builder_value(const struct builder *builder, const struct node *scalar, struct str value);

/* Makes the anchor of a new node known, before anything is placed in it. */
void builder_anchor(struct builder *builder, struct node *node);

/* Places an alias at [start, end) to the anchor of that name. Returns false, with an issue that breaks the stream, if there is none or it cannot be followed. */
bool builder_place_alias(struct builder *builder, struct str name, uint32_t start, uint32_t end);

/* A finished scalar, whose type is set here: what its tag says, else what it looks like if that is implicit, else a string. */
void builder_place_scalar(struct builder *builder, struct node *scalar, bool implicit);

/* Begins a collection whose tag, if any, has been set: what is placed from now on belongs to it. */
void builder_open(struct builder *builder, struct node *collection);

/* Ends the collection that was begun last: with its last child, unless the caller knows better. Placing it is left to the caller. */
struct builder_frame builder_close(struct builder *builder);

/* The key that the next node is the value of, or NULL. */
const struct node *builder_pending_key(const struct builder *builder);

#endif
