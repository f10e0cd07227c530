#include "docs/graph_private.h"

/* A box with what leads away from it less what leads to it: sources come first. */
struct inclined {
	long surplus;
	size_t box;
};

static int compare_inclined(const void *a, const void *b)
{
	const struct inclined *left = a;
	const struct inclined *right = b;

	return (left->surplus < right->surplus) - (left->surplus > right->surplus);
}

/* The edges by where they lead from; items are edges, not boxes. */
static void list_edges(struct graph_layout *layout, struct graph_links *links, bool backwards)
{
	size_t count = layout->graph->edges.len;
	struct graph_pair *pairs = arena_calloc(&layout->arena, count + 1, sizeof(*pairs));
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		struct graph_pair ends = graph_ends(layout, i);

		if (!graph_is_loop(layout, i))
			pairs[used++] = (struct graph_pair){backwards ? ends.to : ends.from, i};
	}
	graph_link(links, &layout->arena, layout->graph->boxes.len, pairs, used, false);
}

static void order_boxes(struct graph_layout *layout, struct vec *inclined)
{
	size_t count = layout->graph->boxes.len;

	for (size_t i = 0; i < count; i++)
		((struct inclined *)vec_push(inclined))->box = i;
	for (size_t i = 0; i < layout->graph->edges.len; i++) {
		struct graph_pair ends = graph_ends(layout, i);

		((struct inclined *)vec_at(inclined, ends.from))->surplus++;
		((struct inclined *)vec_at(inclined, ends.to))->surplus--;
	}
	vec_sort(inclined, compare_inclined);
}

enum visit { VISIT_NONE, VISIT_OPEN, VISIT_DONE };

/* Walks from a box on in depth; edges that lead back to where the walk is still under way are those that close cycles. */
static void walk_from(struct graph_layout *layout, const struct graph_links *edges, size_t *next, enum visit *visits,
	size_t *stack, size_t box)
{
	size_t depth = 0;

	stack[depth++] = box;
	visits[box] = VISIT_OPEN;
	while (depth > 0) {
		box = stack[depth - 1];
		if (next[box] == edges->starts[box + 1]) {
			visits[box] = VISIT_DONE;
			depth--;
			continue;
		}
		size_t edge = edges->items[next[box]++];
		size_t to = ((const struct graph_edge *)vec_at(&layout->graph->edges, edge))->to;
		if (visits[to] == VISIT_OPEN) {
			layout->reversed[edge] = true;
		} else if (visits[to] == VISIT_NONE) {
			visits[to] = VISIT_OPEN;
			stack[depth++] = to;
		}
	}
}

static void break_cycles(struct graph_layout *layout)
{
	size_t count = layout->graph->boxes.len;
	struct vec inclined = VEC_INIT(struct inclined);
	enum visit *visits = arena_calloc(&layout->arena, count, sizeof(*visits));
	size_t *stack = arena_calloc(&layout->arena, count, sizeof(*stack));
	size_t *next = arena_calloc(&layout->arena, count, sizeof(*next));
	struct graph_links edges;

	list_edges(layout, &edges, false);
	order_boxes(layout, &inclined);
	for (size_t i = 0; i < count; i++)
		next[i] = edges.starts[i];
	for (size_t i = 0; i < count; i++) {
		size_t box = ((const struct inclined *)vec_at(&inclined, i))->box;

		if (visits[box] == VISIT_NONE)
			walk_from(layout, &edges, next, visits, stack, box);
	}
	vec_release(&inclined);
}

/* Every box behind all that lead to it; `order` becomes an order in which edges lead on. */
static void find_longest_ways(
	struct graph_layout *layout, const struct graph_links *away, const struct graph_links *towards, size_t *order)
{
	size_t count = layout->graph->boxes.len;
	size_t *waiting = arena_calloc(&layout->arena, count, sizeof(*waiting));
	size_t ready = 0;

	for (size_t i = 0; i < count; i++) {
		waiting[i] = towards->starts[i + 1] - towards->starts[i];
		if (waiting[i] == 0)
			order[ready++] = i;
	}
	for (size_t done = 0; done < ready; done++) {
		size_t box = order[done];

		for (size_t i = away->starts[box]; i < away->starts[box + 1]; i++) {
			size_t to = graph_ends(layout, away->items[i]).to;

			if (layout->layers[to] <= layout->layers[box])
				layout->layers[to] = layout->layers[box] + 1;
			if (--waiting[to] == 0)
				order[ready++] = to;
		}
		if (layout->layers[box] >= layout->layer_count)
			layout->layer_count = layout->layers[box] + 1;
	}
}

/* A box with more edges behind it than before it moves towards what they lead to. */
static void shorten(struct graph_layout *layout, const struct graph_links *away, const struct graph_links *towards,
	const size_t *order)
{
	for (size_t done = layout->graph->boxes.len; done-- > 0;) {
		size_t box = order[done];
		size_t nearest = SIZE_MAX;

		for (size_t i = away->starts[box]; i < away->starts[box + 1]; i++) {
			size_t layer = layout->layers[graph_ends(layout, away->items[i]).to];

			if (layer < nearest)
				nearest = layer;
		}
		if (nearest != SIZE_MAX &&
			away->starts[box + 1] - away->starts[box] > towards->starts[box + 1] - towards->starts[box])
			layout->layers[box] = nearest - 1;
	}
}

void graph_choose_layers(struct graph_layout *layout)
{
	size_t count = layout->graph->boxes.len;
	size_t *order = arena_calloc(&layout->arena, count, sizeof(*order));
	struct graph_links away;
	struct graph_links towards;

	layout->reversed = arena_calloc(&layout->arena, layout->graph->edges.len + 1, sizeof(*layout->reversed));
	layout->layers = arena_calloc(&layout->arena, count, sizeof(*layout->layers));
	break_cycles(layout);
	list_edges(layout, &away, false);
	list_edges(layout, &towards, true);
	find_longest_ways(layout, &away, &towards, order);
	shorten(layout, &away, &towards, order);
}
