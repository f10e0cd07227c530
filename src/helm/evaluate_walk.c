/* The way of execution through the blocks of a template. */
#include <stdlib.h>

#include "helm/data_private.h"
#include "helm/evaluate_private.h"

/* How a list was left. */
enum flow {
	FLOW_ON,
	FLOW_BREAK,
	FLOW_CONTINUE,
	FLOW_MAYBE, /* by {{ break }} or {{ continue }} or not at all: what follows in the loop may not be executed */
};

static enum flow walk_list(struct template_walk *walk, const struct template_list *list, struct scope *scope);

static bool is_within(const struct template_walk *walk, const struct template_node *node)
{
	return node->start < walk->end && node->end > walk->start;
}

/* Whether what follows a node may depend on its execution; variables that are declared in a block are over with it. */
static bool node_acts(const struct template_node *node)
{
	switch (node->kind) {
	case TEMPLATE_ACTION:
		return node->pipeline && (node->pipeline->changes_maps || node->pipeline->variable_count > 0);
	case TEMPLATE_IF:
	case TEMPLATE_RANGE:
	case TEMPLATE_WITH:
		return node->pipeline->changes_maps || node->pipeline->assigns || node->body->acts ||
		       (node->otherwise && node->otherwise->acts);
	case TEMPLATE_BREAK:
	case TEMPLATE_CONTINUE:
		return true;
	case TEMPLATE_TEXT:
	case TEMPLATE_COMMENT:
	case TEMPLATE_CALL:
	case TEMPLATE_DEFINE:
		break;
	}
	return false;
}

static void forget_pipeline(
	struct evaluation *evaluation, const struct template_pipeline *pipeline, struct scope *scope)
{
	for (size_t i = 0; pipeline->assigns && i < pipeline->variable_count; i++)
		scope_assign(evaluation, scope, pipeline->variables[i], &DATA_IS_UNKNOWN);
	for (size_t i = 0; i < pipeline->command_count; i++) {
		const struct template_operand *map = template_changed_map(&pipeline->commands[i]);

		if (map && map->kind == OPERAND_VARIABLE)
			scope_assign(evaluation, scope, map->text, &DATA_IS_UNKNOWN);
	}
}

/* Before a body that is executed any number of times: what it assigns, and the maps that it changes, are unknown from its beginning on. */
static void forget_assigned(struct evaluation *evaluation, const struct template_list *list, struct scope *scope)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		if (node->pipeline)
			forget_pipeline(evaluation, node->pipeline, scope);
		if (node->kind == TEMPLATE_CALL || node->kind == TEMPLATE_DEFINE)
			continue;
		forget_assigned(evaluation, node->body, scope);
		forget_assigned(evaluation, node->otherwise, scope);
	}
}

/* One of both arms, or both where it is unknown which. */
static enum flow walk_arms(struct template_walk *walk, const struct template_node *node, enum truth truth,
	const struct scope *scope, const struct data *dot)
{
	struct scope body = *scope, otherwise = *scope;
	enum flow flow = FLOW_ON, other = FLOW_ON;

	body.dot = dot;
	body.maybe = otherwise.maybe = scope->maybe || truth == TRUTH_UNKNOWN;
	if (truth != TRUTH_NO)
		flow = walk_list(walk, node->body, &body);
	if (truth != TRUTH_YES && node->otherwise)
		other = walk_list(walk, node->otherwise, &otherwise);
	if (truth != TRUTH_UNKNOWN)
		return truth == TRUTH_YES ? flow : other;
	return flow == other ? flow : FLOW_MAYBE;
}

static enum flow walk_if(struct template_walk *walk, const struct template_node *node, const struct scope *scope)
{
	struct scope inner = *scope;

	return walk_arms(walk, node, evaluate_truth(walk->evaluation, &inner, node->pipeline), &inner, inner.dot);
}

static enum flow walk_with(struct template_walk *walk, const struct template_node *node, const struct scope *scope)
{
	struct scope inner = *scope;
	const struct data *value = evaluate_pipeline(walk->evaluation, &inner, node->pipeline);

	return walk_arms(walk, node, data_truth(walk->evaluation->arena, value), &inner, value);
}

/* A range in progress. */
struct loop {
	struct template_walk *walk;
	const struct template_node *node;
	const struct scope *scope;
	bool maybe; /* the next round may not take place */
	bool left;
};

static void loop_round(struct loop *loop, const struct data *key, const struct data *item, bool maybe)
{
	const struct template_pipeline *pipeline = loop->node->pipeline;
	struct evaluation *evaluation = loop->walk->evaluation;
	const struct data *values[2] = {pipeline->variable_count > 1 ? key : item, item};
	struct scope inner = *loop->scope;
	enum flow flow;

	if (loop->left)
		return;
	inner.maybe = inner.maybe || loop->maybe || maybe;
	inner.dot = item;
	for (size_t i = 0; i < pipeline->variable_count && i < 2; i++) {
		if (pipeline->assigns)
			scope_assign(evaluation, &inner, pipeline->variables[i], values[i]);
		else
			scope_declare(evaluation, &inner, pipeline->variables[i], values[i]);
	}
	flow = walk_list(loop->walk, loop->node->body, &inner);
	if (flow == FLOW_BREAK && !maybe && !loop->maybe)
		loop->left = true;
	if (flow == FLOW_BREAK || flow == FLOW_MAYBE)
		loop->maybe = true;
}

/* Once with everything unknown, for as often as it may be. */
static void loop_unknown(struct loop *loop)
{
	forget_assigned(loop->walk->evaluation, loop->node->body, (struct scope *)loop->scope);
	loop_round(loop, &DATA_IS_UNKNOWN, &DATA_IS_UNKNOWN, true);
}

/* A round of its own for an item, unless the effort is used up: the rest is then unknown. */
static bool loop_item(struct loop *loop, const struct data *key, const struct data *item)
{
	bool maybe = item->maybe;

	if (loop->left)
		return false;
	if (!evaluation_spend(loop->walk->evaluation, 1)) {
		loop_unknown(loop);
		return false;
	}
	if (maybe)
		item = item->kind == DATA_NIL ? &DATA_IS_NIL : &DATA_IS_UNKNOWN;
	loop_round(loop, key, item, maybe);
	return true;
}

static int compare_entries(const void *a, const void *b)
{
	const struct data_entry *left = a, *right = b;

	return str_compare(left->key, right->key);
}

static void loop_map(struct loop *loop, const struct data *map)
{
	struct arena *arena = loop->walk->evaluation->arena;
	struct data_entries entries = data_entries(arena, map);
	struct data_entry *sorted = arena_alloc(arena, (entries.count + 1) * sizeof(*sorted));

	if (entries.count > 0)
		memcpy(sorted, entries.items, entries.count * sizeof(*sorted));
	qsort(sorted, entries.count, sizeof(*sorted), compare_entries);
	for (size_t i = 0; i < entries.count; i++) {
		const struct data *key = data_string(arena, sorted[i].key, sorted[i].key_span);

		if (!loop_item(loop, key, sorted[i].value))
			return;
	}
}

static void loop_list(struct loop *loop, const struct data *list)
{
	struct arena *arena = loop->walk->evaluation->arena;
	struct data_items items = data_items(arena, list);

	for (size_t i = 0; i < items.count; i++) {
		if (!loop_item(loop, data_int(arena, (int64_t)i), items.items[i]))
			return;
	}
}

static void loop_count(struct loop *loop, int64_t count)
{
	for (int64_t i = 0; i < count; i++) {
		if (!loop_item(loop, &DATA_IS_UNKNOWN, data_int(loop->walk->evaluation->arena, i)))
			return;
	}
}

/* Whether the rounds of a range over the value are known one by one. */
static bool is_countable(struct arena *arena, const struct template_pipeline *pipeline, const struct data *value)
{
	if (value->kind == DATA_INT)
		return pipeline->variable_count < 2;
	if (value->kind == DATA_LIST && value->list->unordered && value->list->count > 1)
		return false;
	if (value->kind == DATA_MAP)
		return data_truth(arena, value) != TRUTH_UNKNOWN && !value->open;
	return value->kind == DATA_LIST && data_is_closed(arena, value);
}

static enum flow walk_range(struct template_walk *walk, const struct template_node *node, const struct scope *scope)
{
	struct arena *arena = walk->evaluation->arena;
	struct scope inner = *scope, otherwise = *scope;
	struct loop loop = {.walk = walk, .node = node, .scope = &inner};
	const struct data *value = evaluate_commands(walk->evaluation, &inner, node->pipeline);
	bool known = is_countable(arena, node->pipeline, value);
	enum truth truth = data_truth(arena, value);

	if (value->kind == DATA_NIL || (known && truth == TRUTH_NO) || (value->kind == DATA_INT && value->integer < 1))
		return node->otherwise ? walk_list(walk, node->otherwise, &otherwise) : FLOW_ON;
	if (!known) {
		loop_unknown(&loop);
		otherwise.maybe = true;
		if (truth == TRUTH_YES || !node->otherwise)
			return FLOW_ON;
		return walk_list(walk, node->otherwise, &otherwise) == FLOW_ON ? FLOW_ON : FLOW_MAYBE;
	}
	if (value->kind == DATA_MAP)
		loop_map(&loop, value);
	else if (value->kind == DATA_LIST)
		loop_list(&loop, value);
	else
		loop_count(&loop, value->integer);
	return FLOW_ON;
}

static void walk_action(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	const struct template_node *node = list->nodes[index];

	if (node->pipeline && node->pipeline->variable_count > 0)
		evaluate_setting(walk->evaluation, scope, node->pipeline);
	else if (is_within(walk, node))
		walk->visit(walk, list, index, scope);
	else if (node->pipeline && node->pipeline->changes_maps)
		evaluate_commands(walk->evaluation, scope, node->pipeline);
}

static enum flow walk_block(
	struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	const struct template_node *node = list->nodes[index];

	if (walk->enter && is_within(walk, node))
		walk->enter(walk, list, index, scope);
	if (node->kind == TEMPLATE_RANGE)
		return walk_range(walk, node, scope);
	return node->kind == TEMPLATE_WITH ? walk_with(walk, node, scope) : walk_if(walk, node, scope);
}

static enum flow walk_node(
	struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	const struct template_node *node = list->nodes[index];

	switch (node->kind) {
	case TEMPLATE_TEXT:
	case TEMPLATE_CALL:
		if (is_within(walk, node))
			walk->visit(walk, list, index, scope);
		break;
	case TEMPLATE_ACTION:
		walk_action(walk, list, index, scope);
		break;
	case TEMPLATE_IF:
	case TEMPLATE_RANGE:
	case TEMPLATE_WITH:
		return walk_block(walk, list, index, scope);
	case TEMPLATE_BREAK:
		return FLOW_BREAK;
	case TEMPLATE_CONTINUE:
		return FLOW_CONTINUE;
	case TEMPLATE_COMMENT:
	case TEMPLATE_DEFINE:
		break;
	}
	return FLOW_ON;
}

static enum flow walk_nodes(
	struct template_walk *walk, const struct template_list *list, size_t from, size_t count, struct scope *scope)
{
	uint32_t next = 0;
	bool maybe = false;

	for (size_t i = from; i < count; i++) {
		const struct template_node *node = list->nodes[i];
		enum flow flow;

		if (walk->next && next < node->start)
			next = walk->next(walk, node->start);
		if ((next >= node->end || !is_within(walk, node)) && !node_acts(node))
			continue;
		evaluation_spend(walk->evaluation, 1);
		flow = walk_node(walk, list, i, scope);
		if (flow == FLOW_BREAK || flow == FLOW_CONTINUE)
			return maybe ? FLOW_MAYBE : flow;
		if (flow == FLOW_MAYBE)
			maybe = scope->maybe = true;
	}
	return maybe ? FLOW_MAYBE : FLOW_ON;
}

/* The nodes [from, count) of a list. With them their variables are gone, and the values that nobody has asked for. */
static enum flow walk_part(
	struct template_walk *walk, const struct template_list *list, size_t from, size_t count, struct scope *scope)
{
	struct late_value *waiting = walk->evaluation->waiting;
	enum flow flow = walk_nodes(walk, list, from, count, scope);

	walk->evaluation->waiting = waiting;
	return flow;
}

static enum flow walk_list(struct template_walk *walk, const struct template_list *list, struct scope *scope)
{
	return list ? walk_part(walk, list, 0, list->count, scope) : FLOW_ON;
}

void template_walk(struct template_walk *walk, const struct template_list *list, size_t from, struct scope *scope)
{
	size_t count = from;

	while (count < list->count && list->nodes[count]->start < walk->end)
		count++;
	walk_part(walk, list, from, count, scope);
}
