/* What the files of the graph's layout share. Private to them. */
#ifndef ASPIS_DOCS_GRAPH_PRIVATE_H
#define ASPIS_DOCS_GRAPH_PRIVATE_H

#include <stdint.h>

#include "docs/graph.h"

/* Positions while they are sought: this many to a pixel. */
#define GRAPH_UNITS 16

/* Longer edges are drawn as one curve, whatever stands in between; so that few long chains do not make a picture of their joints. */
#define GRAPH_SPAN_MAX 24

/* Who is linked with whom, in one direction: items[starts[i]] up to items[starts[i + 1]] belong to i. */
struct graph_links {
	size_t *starts;
	size_t *items;
};

/* A pair of indices. */
struct graph_pair {
	size_t from;
	size_t to;
};

/* What has a place in a layer: a box, or the joint of an edge that goes through the layer. */
struct graph_slot {
	size_t layer;
	size_t rank;  /* its place in the layer */
	size_t order; /* where a walk through the graph met it: the first order */
	bool is_joint;
	int64_t y; /* of its middle, in units */
};

struct graph_layout {
	struct graph *graph;
	struct arena arena;
	bool *reversed; /* by edge: it counts as if it led the other way */
	size_t *layers; /* by box */
	size_t layer_count;
	struct graph_slot *slots; /* the boxes, then joints */
	size_t slot_count;
	size_t *joints;            /* by edge: the slot of its first joint; others follow */
	struct vec segments;       /* struct graph_pair of slots: the first in the layer before that of the second */
	struct graph_links before; /* by slot: those linked with it in the layer before */
	struct graph_links behind;
	size_t *ranked;       /* slots by layer, then rank */
	size_t *layer_starts; /* in ranked; one more than there are layers */
};

/* Sorts pairs below count by their first index; both directions with `backwards`. */
void graph_link(struct graph_links *links, struct arena *arena, size_t count, const struct graph_pair *pairs,
	size_t pair_count, bool backwards);

/* The ends of an edge as it counts, and whether it does: not from a box to itself. */
struct graph_pair graph_ends(const struct graph_layout *layout, size_t edge);
bool graph_is_loop(const struct graph_layout *layout, size_t edge);

void graph_choose_layers(struct graph_layout *layout); /* sets reversed, layers, layer_count */
void graph_make_slots(struct graph_layout *layout);    /* slots to behind; their order is that of a walk */
void graph_choose_ranks(struct graph_layout *layout);  /* few crossings */
void graph_choose_places(struct graph_layout *layout); /* y */

#endif
