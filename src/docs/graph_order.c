#include "docs/graph_private.h"

#include <stdlib.h>
#include <string.h>

#define SWEEPS_MAX  32
#define SWEEPS_IDLE 8 /* so many without a gain are enough */
#define KEY_SCALE   1024

static void add_segment(struct graph_layout *layout, size_t from, size_t to)
{
	struct graph_pair *segment = vec_push(&layout->segments);

	*segment = (struct graph_pair){from, to};
}

/* The joints of an edge that goes through layers, and the segments between them. */
static void cut_edge(struct graph_layout *layout, size_t edge)
{
	struct graph_pair ends = graph_ends(layout, edge);
	size_t first = layout->layers[ends.from];
	size_t last = layout->layers[ends.to];
	size_t from = ends.from;

	layout->joints[edge] = SIZE_MAX;
	if (graph_is_loop(layout, edge) || last - first > GRAPH_SPAN_MAX)
		return;
	layout->joints[edge] = layout->slot_count;
	for (size_t layer = first + 1; layer < last; layer++) {
		layout->slots[layout->slot_count] = (struct graph_slot){.layer = layer, .is_joint = true};
		add_segment(layout, from, layout->slot_count);
		from = layout->slot_count++;
	}
	add_segment(layout, from, ends.to);
}

static size_t count_slots(const struct graph_layout *layout)
{
	size_t count = layout->graph->boxes.len;

	for (size_t i = 0; i < layout->graph->edges.len; i++) {
		struct graph_pair ends = graph_ends(layout, i);
		size_t span = layout->layers[ends.to] - layout->layers[ends.from];

		if (!graph_is_loop(layout, i) && span <= GRAPH_SPAN_MAX)
			count += span - 1;
	}
	return count;
}

/* Numbers what hangs together in one go, so that it starts side by side. */
static void walk_all(struct graph_layout *layout)
{
	size_t *stack = arena_calloc(&layout->arena, layout->segments.len * 2 + layout->slot_count, sizeof(*stack));
	size_t number = 0;

	for (size_t start = 0; start < layout->slot_count; start++) {
		size_t depth = 0;

		stack[depth++] = start;
		while (depth > 0) {
			size_t slot = stack[--depth];

			if (layout->slots[slot].order > 0)
				continue;
			layout->slots[slot].order = ++number;
			for (size_t i = layout->before.starts[slot]; i < layout->before.starts[slot + 1]; i++)
				stack[depth++] = layout->before.items[i];
			for (size_t i = layout->behind.starts[slot + 1]; i-- > layout->behind.starts[slot];)
				stack[depth++] = layout->behind.items[i];
		}
	}
}

void graph_make_slots(struct graph_layout *layout)
{
	size_t boxes = layout->graph->boxes.len;

	layout->slots = arena_calloc(&layout->arena, count_slots(layout), sizeof(*layout->slots));
	layout->joints = arena_calloc(&layout->arena, layout->graph->edges.len + 1, sizeof(*layout->joints));
	layout->slot_count = boxes;
	for (size_t i = 0; i < boxes; i++)
		layout->slots[i].layer = layout->layers[i];
	for (size_t i = 0; i < layout->graph->edges.len; i++)
		cut_edge(layout, i);
	graph_link(&layout->behind, &layout->arena, layout->slot_count, layout->segments.items, layout->segments.len,
		false);
	graph_link(&layout->before, &layout->arena, layout->slot_count, layout->segments.items, layout->segments.len,
		true);
	walk_all(layout);
}

/* A slot with what decides its place in its layer. */
struct ranking {
	int64_t key;
	size_t then;
	size_t slot;
};

static int compare_rankings(const void *a, const void *b)
{
	const struct ranking *left = a;
	const struct ranking *right = b;

	if (left->key != right->key)
		return left->key < right->key ? -1 : 1;
	return (left->then > right->then) - (left->then < right->then);
}

/* The mean rank of the neighbours on one side; without any, its own. */
static int64_t mean_rank(const struct graph_layout *layout, const struct graph_links *links, size_t slot)
{
	size_t count = links->starts[slot + 1] - links->starts[slot];
	int64_t sum = 0;

	if (count == 0)
		return (int64_t)layout->slots[slot].rank * KEY_SCALE;
	for (size_t i = links->starts[slot]; i < links->starts[slot + 1]; i++)
		sum += (int64_t)layout->slots[links->items[i]].rank * KEY_SCALE;
	return sum / (int64_t)count;
}

static void rank_layer(
	struct graph_layout *layout, const struct graph_links *links, size_t layer, struct ranking *rankings)
{
	size_t start = layout->layer_starts[layer];
	size_t count = layout->layer_starts[layer + 1] - start;

	for (size_t i = 0; i < count; i++) {
		size_t slot = layout->ranked[start + i];

		rankings[i] = (struct ranking){mean_rank(layout, links, slot), i, slot};
	}
	qsort(rankings, count, sizeof(*rankings), compare_rankings);
	for (size_t i = 0; i < count; i++) {
		layout->ranked[start + i] = rankings[i].slot;
		layout->slots[rankings[i].slot].rank = i;
	}
}

static void sweep(struct graph_layout *layout, bool forwards, struct ranking *rankings)
{
	for (size_t i = 1; i < layout->layer_count; i++)
		rank_layer(layout, forwards ? &layout->before : &layout->behind,
			forwards ? i : layout->layer_count - 1 - i, rankings);
}

static int compare_numbers(const void *a, const void *b)
{
	size_t left = *(const size_t *)a;
	size_t right = *(const size_t *)b;

	return (left > right) - (left < right);
}

/* Crossings of the segments between two layers: pairs of ends in the wrong order, counted by a Fenwick tree. */
static uint64_t count_layer(const struct graph_layout *layout, size_t layer, size_t *tree, size_t *ends)
{
	size_t width = layout->layer_starts[layer + 2] - layout->layer_starts[layer + 1];
	uint64_t crossings = 0;
	size_t seen = 0;

	memset(tree, 0, (width + 1) * sizeof(*tree));
	for (size_t at = layout->layer_starts[layer]; at < layout->layer_starts[layer + 1]; at++) {
		size_t slot = layout->ranked[at];
		size_t count = 0;

		for (size_t i = layout->behind.starts[slot]; i < layout->behind.starts[slot + 1]; i++)
			ends[count++] = layout->slots[layout->behind.items[i]].rank;
		qsort(ends, count, sizeof(*ends), compare_numbers);
		for (size_t i = 0; i < count; i++) {
			size_t before = 0;

			for (size_t node = ends[i] + 1; node > 0; node &= node - 1)
				before += tree[node];
			crossings += seen - before;
			/* Its own segments are counted before they are entered: those of one slot do not cross. */
		}
		for (size_t i = 0; i < count; i++) {
			for (size_t node = ends[i] + 1; node <= width; node += node & (~node + 1))
				tree[node]++;
		}
		seen += count;
	}
	return crossings;
}

static uint64_t count_crossings(const struct graph_layout *layout, size_t *tree, size_t *ends)
{
	uint64_t crossings = 0;

	for (size_t layer = 0; layer + 1 < layout->layer_count; layer++)
		crossings += count_layer(layout, layer, tree, ends);
	return crossings;
}

static void rank_first(struct graph_layout *layout, struct ranking *rankings)
{
	layout->ranked = arena_calloc(&layout->arena, layout->slot_count, sizeof(*layout->ranked));
	layout->layer_starts = arena_calloc(&layout->arena, layout->layer_count + 2, sizeof(*layout->layer_starts));
	for (size_t i = 0; i < layout->slot_count; i++) {
		rankings[i] = (struct ranking){(int64_t)layout->slots[i].layer, layout->slots[i].order, i};
		layout->layer_starts[layout->slots[i].layer + 1]++;
	}
	for (size_t i = 0; i < layout->layer_count; i++)
		layout->layer_starts[i + 1] += layout->layer_starts[i];
	qsort(rankings, layout->slot_count, sizeof(*rankings), compare_rankings);
	for (size_t i = 0; i < layout->slot_count; i++) {
		size_t slot = rankings[i].slot;

		layout->ranked[i] = slot;
		layout->slots[slot].rank = i - layout->layer_starts[layout->slots[slot].layer];
	}
}

void graph_choose_ranks(struct graph_layout *layout)
{
	size_t size = layout->slot_count;
	struct ranking *rankings = arena_calloc(&layout->arena, size, sizeof(*rankings));
	size_t *tree = arena_calloc(&layout->arena, size + 2, sizeof(*tree));
	size_t *ends = arena_calloc(&layout->arena, layout->segments.len + 1, sizeof(*ends));
	size_t *best = arena_calloc(&layout->arena, size, sizeof(*best));
	unsigned idle = 0;

	rank_first(layout, rankings);
	uint64_t fewest = count_crossings(layout, tree, ends);
	memcpy(best, layout->ranked, size * sizeof(*best));
	for (unsigned i = 0; i < SWEEPS_MAX && idle < SWEEPS_IDLE && fewest > 0; i++) {
		sweep(layout, i % 2 == 0, rankings);
		uint64_t crossings = count_crossings(layout, tree, ends);
		idle++;
		if (crossings < fewest) {
			fewest = crossings;
			idle = 0;
			memcpy(best, layout->ranked, size * sizeof(*best));
		}
	}
	memcpy(layout->ranked, best, size * sizeof(*best));
	for (size_t layer = 0; layer < layout->layer_count; layer++) {
		for (size_t i = layout->layer_starts[layer]; i < layout->layer_starts[layer + 1]; i++)
			layout->slots[best[i]].rank = i - layout->layer_starts[layer];
	}
}
