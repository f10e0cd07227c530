#include "docs/graph_private.h"

#define SWEEPS         24
#define BOX_DISTANCE   (38 * GRAPH_UNITS) /* of the middles of two boxes */
#define MIXED_DISTANCE (26 * GRAPH_UNITS)
#define JOINT_DISTANCE (12 * GRAPH_UNITS)
#define BOX_WEIGHT     1
#define JOINT_WEIGHT   3 /* long edges are to be straight */

/* Slots side by side that moved together: they want to stand at sum / weight. */
struct group {
	int64_t sum;
	int64_t weight;
	size_t first;
};

static int64_t distance(const struct graph_slot *a, const struct graph_slot *b)
{
	if (a->is_joint && b->is_joint)
		return JOINT_DISTANCE;
	return a->is_joint || b->is_joint ? MIXED_DISTANCE : BOX_DISTANCE;
}

static void add_neighbours(
	const struct graph_layout *layout, const struct graph_links *links, size_t slot, int64_t *sum, int64_t *count)
{
	for (size_t i = links->starts[slot]; i < links->starts[slot + 1]; i++) {
		*sum += layout->slots[links->items[i]].y;
		++*count;
	}
}

/* Where a slot wants to stand: in the middle of its neighbours on one side (or on both); without any, where it is. */
static int64_t wanted(const struct graph_layout *layout, size_t slot, bool before, bool behind)
{
	int64_t sum = 0;
	int64_t count = 0;

	if (before)
		add_neighbours(layout, &layout->before, slot, &sum, &count);
	if (behind)
		add_neighbours(layout, &layout->behind, slot, &sum, &count);
	return count > 0 ? sum / count : layout->slots[slot].y;
}

/* Rounds down, also below zero: order is kept. */
static int64_t mean(const struct group *group)
{
	int64_t quotient = group->sum / group->weight;

	return quotient * group->weight > group->sum ? quotient - 1 : quotient;
}

/* Moves the slots of a layer to where they want to be, as near as their order and distances allow: what would come too close is moved as one (the pool of adjacent violators: least squares in one pass). */
static void place_layer(struct graph_layout *layout, size_t layer, bool before, bool behind, struct group *groups)
{
	size_t start = layout->layer_starts[layer];
	size_t end = layout->layer_starts[layer + 1];
	size_t count = 0;
	int64_t offset = 0;

	for (size_t i = start; i < end; i++) {
		struct graph_slot *slot = &layout->slots[layout->ranked[i]];
		int64_t weight = slot->is_joint ? JOINT_WEIGHT : BOX_WEIGHT;

		if (i > start)
			offset += distance(&layout->slots[layout->ranked[i - 1]], slot);
		groups[count++] = (struct group){
			(wanted(layout, layout->ranked[i], before, behind) - offset) * weight, weight, i};
		while (count > 1 && mean(&groups[count - 2]) >= mean(&groups[count - 1])) {
			groups[count - 2].sum += groups[count - 1].sum;
			groups[count - 2].weight += groups[count - 1].weight;
			count--;
		}
	}
	offset = 0;
	for (size_t i = start, group = 0; i < end; i++) {
		struct graph_slot *slot = &layout->slots[layout->ranked[i]];

		if (i > start)
			offset += distance(&layout->slots[layout->ranked[i - 1]], slot);
		if (group + 1 < count && groups[group + 1].first == i)
			group++;
		slot->y = mean(&groups[group]) + offset;
	}
}

static void stack_layer(struct graph_layout *layout, size_t layer)
{
	int64_t y = 0;

	for (size_t i = layout->layer_starts[layer]; i < layout->layer_starts[layer + 1]; i++) {
		struct graph_slot *slot = &layout->slots[layout->ranked[i]];

		if (i > layout->layer_starts[layer])
			y += distance(&layout->slots[layout->ranked[i - 1]], slot);
		slot->y = y;
	}
}

void graph_choose_places(struct graph_layout *layout)
{
	struct group *groups = arena_calloc(&layout->arena, layout->slot_count, sizeof(*groups));

	for (size_t layer = 0; layer < layout->layer_count; layer++)
		stack_layer(layout, layer);
	for (unsigned sweep = 0; sweep < SWEEPS; sweep++) {
		bool forwards = sweep % 2 == 0;
		bool both = sweep >= SWEEPS / 2;

		for (size_t i = 0; i < layout->layer_count; i++)
			place_layer(layout, forwards ? i : layout->layer_count - 1 - i, forwards || both,
				!forwards || both, groups);
	}
}
