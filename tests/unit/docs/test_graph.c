#include "docs/graph.h"

#include <time.h>

#include "../base/assert_str.h"

/* The same numbers in every run. */
static size_t next_number(uint64_t *state, size_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state % below);
}

static const struct graph_box *box_at(const struct graph *graph, size_t index)
{
	return vec_at(&graph->boxes, index);
}

static const struct graph_edge *edge_at(const struct graph *graph, size_t index)
{
	return vec_at(&graph->edges, index);
}

/* Boxes lie in the picture and none touches another one. */
static void check_boxes(const struct graph *graph)
{
	for (size_t i = 0; i < graph->boxes.len; i++) {
		const struct graph_box *box = box_at(graph, i);

		assert_true(box->corner.x >= 0 && box->corner.x + box->given_width <= graph->width);
		assert_true(box->corner.y >= 0 && box->corner.y + GRAPH_BOX_HEIGHT <= graph->height);
		assert_true(box->given_width >= box->width);
		for (size_t j = 0; j < i && graph->boxes.len < 500; j++) {
			const struct graph_box *other = box_at(graph, j);

			assert_true(box->corner.x + box->given_width < other->corner.x ||
				    other->corner.x + other->given_width < box->corner.x ||
				    box->corner.y + GRAPH_BOX_HEIGHT < other->corner.y ||
				    other->corner.y + GRAPH_BOX_HEIGHT < box->corner.y);
		}
	}
}

/* The straight part of an edge from a to b passes no box. */
static void check_straight(const struct graph *graph, struct graph_point a, struct graph_point b)
{
	assert_int_equal(a.y, b.y);
	for (size_t i = 0; i < graph->boxes.len && graph->boxes.len < 500; i++) {
		const struct graph_box *box = box_at(graph, i);
		int left = a.x < b.x ? a.x : b.x;

		if (box->corner.x == left)
			assert_true(a.y < box->corner.y || a.y > box->corner.y + GRAPH_BOX_HEIGHT);
	}
}

static void check_end(const struct graph_box *box, struct graph_point point, bool at_right)
{
	assert_int_equal(point.x, at_right ? box->corner.x + box->given_width : box->corner.x);
	assert_true(point.y > box->corner.y && point.y < box->corner.y + GRAPH_BOX_HEIGHT);
}

static void check_edges(const struct graph *graph)
{
	for (size_t i = 0; i < graph->edges.len; i++) {
		const struct graph_edge *edge = edge_at(graph, i);
		struct graph_point at = edge->start;

		if (edge->from == edge->to) {
			assert_int_equal(edge->step_count, 0);
			continue;
		}
		assert_true(edge->step_count > 0);
		check_end(box_at(graph, edge->from), edge->start, !edge->goes_back);
		for (size_t step = 0; step < edge->step_count; step++) {
			assert_true((edge->steps[step].to.x < at.x) == edge->goes_back);
			if (!edge->steps[step].bends)
				check_straight(graph, at, edge->steps[step].to);
			at = edge->steps[step].to;
		}
		check_end(box_at(graph, edge->to), at, edge->goes_back);
	}
}

static size_t count_back(const struct graph *graph)
{
	size_t count = 0;

	for (size_t i = 0; i < graph->edges.len; i++)
		count += edge_at(graph, i)->goes_back;
	return count;
}

static void lay_out(struct graph *graph, size_t boxes, const size_t (*edges)[2], size_t count)
{
	graph_init(graph);
	for (size_t i = 0; i < boxes; i++)
		graph_add_box(graph, 40 + (int)(i % 5) * 20);
	for (size_t i = 0; i < count; i++)
		graph_add_edge(graph, edges[i][0], edges[i][1]);
	graph_lay_out(graph);
	check_boxes(graph);
	check_edges(graph);
}

static void test_small(void **state)
{
	(void)state;
	static const size_t edges[][2] = {{0, 1}, {1, 2}, {0, 2}, {3, 2}};
	struct graph graph;

	lay_out(&graph, 4, edges, 4);
	assert_int_equal(box_at(&graph, 0)->layer, 0);
	assert_int_equal(box_at(&graph, 1)->layer, 1);
	assert_int_equal(box_at(&graph, 2)->layer, 2);
	/* A source stands right before what it leads to. */
	assert_int_equal(box_at(&graph, 3)->layer, 1);
	assert_int_equal(count_back(&graph), 0);
	/* 0 to 2 goes through the layer of 1: a curve, a straight part, a curve. */
	assert_int_equal(edge_at(&graph, 2)->step_count, 3);
	graph_release(&graph);
}

static void test_nothing(void **state)
{
	(void)state;
	static const size_t edges[][2] = {{0, 0}};
	struct graph graph;

	lay_out(&graph, 0, edges, 0);
	graph_release(&graph);
	lay_out(&graph, 1, edges, 1);
	assert_int_equal(box_at(&graph, 0)->layer, 0);
	graph_release(&graph);
}

static void test_cycles(void **state)
{
	(void)state;
	static const size_t edges[][2] = {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 1}, {4, 0}, {2, 2}};
	struct graph graph;

	lay_out(&graph, 5, edges, 7);
	/* One edge of each cycle, and no other. */
	assert_int_equal(count_back(&graph), 2);
	assert_false(edge_at(&graph, 5)->goes_back);
	graph_release(&graph);
}

/* A tree has no crossings: children stand in the order of their parents. */
static void test_tree(void **state)
{
	(void)state;
	struct graph graph;

	graph_init(&graph);
	for (size_t i = 0; i < 40; i++)
		graph_add_box(&graph, 60);
	for (size_t i = 39; i > 0; i--)
		graph_add_edge(&graph, (i - 1) / 3, i);
	graph_lay_out(&graph);
	check_boxes(&graph);
	for (size_t layer_start = 1, layer_end = 4; layer_end <= 40;
		layer_start = layer_end, layer_end = layer_end * 3 + 1) {
		for (size_t i = layer_start; i < layer_end; i++) {
			for (size_t j = layer_start; j < i; j++) {
				size_t parent_i = (i - 1) / 3;
				size_t parent_j = (j - 1) / 3;
				bool above = box_at(&graph, j)->corner.y < box_at(&graph, i)->corner.y;

				if (parent_i != parent_j)
					assert_int_equal(above, box_at(&graph, parent_j)->corner.y <
									box_at(&graph, parent_i)->corner.y);
			}
		}
	}
	graph_release(&graph);
}

static void make_random(struct graph *graph, uint64_t seed, size_t boxes, size_t edges)
{
	graph_init(graph);
	for (size_t i = 0; i < boxes; i++)
		graph_add_box(graph, 30 + (int)next_number(&seed, 200));
	for (size_t i = 0; i < edges; i++)
		graph_add_edge(graph, next_number(&seed, boxes), next_number(&seed, boxes));
	graph_lay_out(graph);
	check_boxes(graph);
	check_edges(graph);
}

static void test_random(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct graph graph;

		make_random(&graph, seed * 977, 2 + seed, seed * seed % 150);
		graph_release(&graph);
	}
}

static double seconds_of(size_t boxes, bool is_chain)
{
	clock_t start = clock();
	struct graph graph;

	if (is_chain) {
		graph_init(&graph);
		for (size_t i = 0; i < boxes; i++)
			graph_add_box(&graph, 50);
		for (size_t i = 0; i + 1 < boxes; i++)
			graph_add_edge(&graph, i, i + 1);
		graph_add_edge(&graph, 0, boxes - 1);
		graph_lay_out(&graph);
		check_edges(&graph);
	} else {
		make_random(&graph, 77, boxes, boxes * 2);
	}
	graph_release(&graph);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void test_large(void **state)
{
	(void)state;
	for (int is_chain = 0; is_chain < 2; is_chain++) {
		double few = seconds_of(1000, is_chain);
		double many = seconds_of(16000, is_chain);

		if (many > 64 * few + 1)
			fail_msg("1,000 boxes take %.3f s, 16,000 take %.3f s", few, many);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_cycles),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
