/* Lays a directed graph out in layers, from left to right, so that it can be read: few edges go back, few cross, none runs through a box, boxes do not touch. Knows nothing of what the boxes mean. The
 * same graph gives the same picture everywhere: all is counted in whole numbers. Takes time in proportion to nodes and edges (times a logarithm). */
#ifndef ASPIS_DOCS_GRAPH_H
#define ASPIS_DOCS_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"

/* Pixels, from the upper left corner. */
struct graph_point {
	int x;
	int y;
};

struct graph_box {
	int width; /* that it needs; it gets that of the widest one of its layer */
	/* what the layout sets: */
	size_t layer;
	struct graph_point corner; /* the upper left one */
	int given_width;
};

/* An edge is drawn as an S-shaped curve from each point to the next one where `bends` is set, else as a straight line. */
struct graph_step {
	struct graph_point to;
	bool bends;
};

struct graph_edge {
	size_t from; /* index of a box; edges from a box to itself are not laid out */
	size_t to;
	/* what the layout sets: */
	bool goes_back;           /* from right to left: part of a cycle */
	struct graph_point start; /* at the box `from` */
	struct graph_step *steps; /* the last one ends at the box `to`; none for an edge to itself */
	size_t step_count;
};

struct graph {
	struct arena arena;
	struct vec boxes; /* struct graph_box */
	struct vec edges; /* struct graph_edge */
	int width;        /* set by the layout */
	int height;
};

#define GRAPH_BOX_HEIGHT 28

void graph_init(struct graph *graph);
void graph_release(struct graph *graph);

/* Both return the index. */
size_t graph_add_box(struct graph *graph, int width);
size_t graph_add_edge(struct graph *graph, size_t from, size_t to);

/* Boxes and edges are complete; once. */
void graph_lay_out(struct graph *graph);

#endif
