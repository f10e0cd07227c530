#include "docs/graph_private.h"

#define BOX_HEIGHT_UNITS (GRAPH_BOX_HEIGHT * GRAPH_UNITS)
#define MARGIN           8
#define GAP_MIN          56
#define GAP_MAX          150
#define GAP_SEGMENT      3 /* more gap for each segment in it */
#define PORT_OFFSET      5 /* edges that go back keep this far from the others */

void graph_init(struct graph *graph)
{
	*graph = (struct graph){.width = 0};
	arena_init(&graph->arena);
	vec_init(&graph->boxes, sizeof(struct graph_box));
	vec_init(&graph->edges, sizeof(struct graph_edge));
}

void graph_release(struct graph *graph)
{
	vec_release(&graph->boxes);
	vec_release(&graph->edges);
	arena_release(&graph->arena);
}

size_t graph_add_box(struct graph *graph, int width)
{
	struct graph_box *box = vec_push(&graph->boxes);

	box->width = width;
	return graph->boxes.len - 1;
}

size_t graph_add_edge(struct graph *graph, size_t from, size_t to)
{
	struct graph_edge *edge = vec_push(&graph->edges);

	edge->from = from;
	edge->to = to;
	return graph->edges.len - 1;
}

void graph_link(struct graph_links *links, struct arena *arena, size_t count, const struct graph_pair *pairs,
	size_t pair_count, bool backwards)
{
	size_t *next = arena_calloc(arena, count + 1, sizeof(*next));

	links->starts = arena_calloc(arena, count + 2, sizeof(*links->starts));
	links->items = arena_calloc(arena, pair_count + 1, sizeof(*links->items));
	for (size_t i = 0; i < pair_count; i++)
		links->starts[(backwards ? pairs[i].to : pairs[i].from) + 1]++;
	for (size_t i = 0; i < count; i++) {
		links->starts[i + 1] += links->starts[i];
		next[i] = links->starts[i];
	}
	for (size_t i = 0; i < pair_count; i++) {
		size_t from = backwards ? pairs[i].to : pairs[i].from;

		links->items[next[from]++] = backwards ? pairs[i].from : pairs[i].to;
	}
}

bool graph_is_loop(const struct graph_layout *layout, size_t edge)
{
	const struct graph_edge *of = vec_at(&layout->graph->edges, edge);

	return of->from == of->to;
}

struct graph_pair graph_ends(const struct graph_layout *layout, size_t edge)
{
	const struct graph_edge *of = vec_at(&layout->graph->edges, edge);

	return layout->reversed[edge] ? (struct graph_pair){of->to, of->from} : (struct graph_pair){of->from, of->to};
}

/* Where each layer begins, and how wide it is: as its widest box. The gap behind it grows with what has to pass through it. */
static int choose_columns(const struct graph_layout *layout, int *x, int *width)
{
	const struct graph_box *boxes = layout->graph->boxes.items;
	int *gap = arena_calloc(&((struct graph_layout *)layout)->arena, layout->layer_count, sizeof(*gap));
	int at = MARGIN;

	for (size_t i = 0; i < layout->graph->boxes.len; i++) {
		if (boxes[i].width > width[layout->layers[i]])
			width[layout->layers[i]] = boxes[i].width;
	}
	for (size_t i = 0; i < layout->segments.len; i++) {
		const struct graph_pair *segment = vec_at(&layout->segments, i);

		gap[layout->slots[segment->from].layer] +=
			gap[layout->slots[segment->from].layer] < GAP_MAX ? GAP_SEGMENT : 0;
	}
	for (size_t i = 0; i < layout->layer_count; i++) {
		x[i] = at;
		at += width[i] + (gap[i] < GAP_MIN ? GAP_MIN : gap[i]);
		if (i + 1 == layout->layer_count)
			at = x[i] + width[i];
	}
	return at + MARGIN;
}

static void place_boxes(struct graph_layout *layout, const int *x, const int *width)
{
	struct graph *graph = layout->graph;
	int64_t top = 0;
	int64_t bottom = 0;

	for (size_t i = 0; i < layout->slot_count; i++) {
		int64_t y = layout->slots[i].y;

		if (i == 0 || y < top)
			top = y;
		if (i == 0 || y > bottom)
			bottom = y;
	}
	for (size_t i = 0; i < layout->slot_count; i++)
		layout->slots[i].y += -top + BOX_HEIGHT_UNITS / 2 + MARGIN * GRAPH_UNITS;
	for (size_t i = 0; i < graph->boxes.len; i++) {
		struct graph_box *box = vec_at(&graph->boxes, i);

		box->layer = layout->layers[i];
		box->given_width = width[box->layer];
		box->corner.x = x[box->layer];
		box->corner.y = (int)(layout->slots[i].y / GRAPH_UNITS) - GRAPH_BOX_HEIGHT / 2;
	}
	graph->height = (int)((bottom - top) / GRAPH_UNITS) + GRAPH_BOX_HEIGHT + 2 * MARGIN;
}

/* The way of an edge from left to right; *count points at `way`, which has room for two for each layer. */
static size_t find_way(
	const struct graph_layout *layout, size_t edge, const int *x, const int *width, struct graph_point *way)
{
	struct graph_pair ends = graph_ends(layout, edge);
	int offset = layout->reversed[edge] ? PORT_OFFSET : 0;
	size_t first = layout->layers[ends.from];
	size_t last = layout->layers[ends.to];
	size_t count = 0;

	way[count++] =
		(struct graph_point){x[first] + width[first], (int)(layout->slots[ends.from].y / GRAPH_UNITS) + offset};
	for (size_t layer = first + 1; layer < last && layout->joints[edge] != SIZE_MAX; layer++) {
		int y = (int)(layout->slots[layout->joints[edge] + layer - first - 1].y / GRAPH_UNITS);

		way[count++] = (struct graph_point){x[layer], y};
		way[count++] = (struct graph_point){x[layer] + width[layer], y};
	}
	way[count++] = (struct graph_point){x[last], (int)(layout->slots[ends.to].y / GRAPH_UNITS) + offset};
	return count;
}

static void draw_edges(struct graph_layout *layout, const int *x, const int *width)
{
	struct graph_point way[2 * GRAPH_SPAN_MAX + 2];

	for (size_t i = 0; i < layout->graph->edges.len; i++) {
		struct graph_edge *edge = vec_at(&layout->graph->edges, i);

		if (graph_is_loop(layout, i))
			continue;
		size_t count = find_way(layout, i, x, width, way);
		edge->goes_back = layout->reversed[i];
		edge->start = way[edge->goes_back ? count - 1 : 0];
		edge->step_count = count - 1;
		edge->steps = arena_calloc(&layout->graph->arena, count - 1, sizeof(*edge->steps));
		for (size_t step = 0; step + 1 < count; step++) {
			edge->steps[step].to = way[edge->goes_back ? count - 2 - step : step + 1];
			edge->steps[step].bends = step % 2 == 0;
		}
	}
}

void graph_lay_out(struct graph *graph)
{
	struct graph_layout layout = {.graph = graph};

	graph->width = 2 * MARGIN;
	graph->height = 2 * MARGIN;
	if (graph->boxes.len == 0)
		return;
	arena_init(&layout.arena);
	vec_init(&layout.segments, sizeof(struct graph_pair));
	graph_choose_layers(&layout);
	graph_make_slots(&layout);
	graph_choose_ranks(&layout);
	graph_choose_places(&layout);
	int *x = arena_calloc(&layout.arena, layout.layer_count, sizeof(*x));
	int *width = arena_calloc(&layout.arena, layout.layer_count, sizeof(*width));
	graph->width = choose_columns(&layout, x, width);
	place_boxes(&layout, x, width);
	draw_edges(&layout, x, width);
	vec_release(&layout.segments);
	arena_release(&layout.arena);
}
