#include "helm/data.h"

#include <inttypes.h>

#include "helm/data_private.h"

const struct data DATA_IS_UNKNOWN = {.kind = DATA_UNKNOWN, .tail = {.ptr = "", .len = 0}};
const struct data DATA_IS_NIL = {.kind = DATA_NIL};
const struct source DATA_NOWHERE = {.lines = NULL};

static struct data *data_new(struct arena *arena, enum data_kind kind, struct span span)
{
	struct data *data = arena_calloc(arena, 1, sizeof(*data));

	data->kind = kind;
	data->span = span;
	return data;
}

const struct data *data_bool(bool value)
{
	static const struct data yes = {.kind = DATA_BOOL, .boolean = true};
	static const struct data no = {.kind = DATA_BOOL, .boolean = false};

	return value ? &yes : &no;
}

const struct data *data_int(struct arena *arena, int64_t value)
{
	struct data *data = data_new(arena, DATA_INT, (struct span){0});

	data->integer = value;
	return data;
}

const struct data *data_float(struct arena *arena, double value)
{
	struct data *data = data_new(arena, DATA_FLOAT, (struct span){0});

	data->number = value;
	return data;
}

const struct data *data_string(struct arena *arena, struct str text, struct span span)
{
	struct data *data = data_new(arena, DATA_STRING, span);

	data->string = text;
	return data;
}

const struct data *data_unknown(struct arena *arena, struct str tail, struct span span)
{
	struct data *data;

	if (tail.len == 0 && !span.source)
		return &DATA_IS_UNKNOWN;
	data = data_new(arena, DATA_UNKNOWN, span);
	data->tail = tail.len > 0 ? tail : STR("");
	return data;
}

const struct data *data_yaml(struct arena *arena, const struct data *structure)
{
	struct data *data = data_new(arena, DATA_YAML, structure->span);

	data->structure = structure;
	return data;
}

const struct data *data_maybe(struct arena *arena, const struct data *data)
{
	struct data *copy;

	if (data->maybe)
		return data;
	data_settle(arena, data);
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = *data;
	copy->maybe = true;
	return copy;
}

static struct span span_of_node(const struct node *node, const struct source *source)
{
	struct span span = node_value_span(node);

	if (source == &DATA_NOWHERE)
		return (struct span){0};
	if (source)
		span.source = source;
	return span;
}

const struct data *data_of_node(struct arena *arena, const struct node *node, const struct source *source)
{
	struct data *data;
	struct span span;

	node = node_resolve(node);
	if (!node)
		return &DATA_IS_NIL;
	span = span_of_node(node, source);
	if (node->kind == NODE_SCALAR)
		return data_of_scalar(arena, node, span);
	if (node->type == TYPE_MAP) {
		data = data_map_new(arena, span);
		data->map->node = node;
		data->map->source = source;
		data->map->filled = false;
		return data;
	}
	if (node->type != TYPE_SEQ)
		return data_unknown(arena, STR(""), span);
	data = data_list_new(arena, span);
	data->list->node = data->list->origin = node;
	data->list->source = source;
	return data;
}

struct data *data_list_new(struct arena *arena, struct span span)
{
	struct data *data = data_new(arena, DATA_LIST, span);

	data->list = arena_calloc(arena, 1, sizeof(*data->list));
	return data;
}

static void list_reserve(struct arena *arena, struct data_list *list, size_t capacity)
{
	list->items =
		arena_grow(arena, list->items, list->capacity * sizeof(*list->items), capacity * sizeof(*list->items));
	list->capacity = capacity;
}

static void list_fill(struct arena *arena, struct data_list *list)
{
	const struct node *node = list->node;

	if (!node)
		return;
	list->node = NULL;
	list_reserve(arena, list, node->sequence.count);
	for (uint32_t i = 0; i < node->sequence.count; i++)
		list->items[list->count++] = data_of_node(arena, node->sequence.items[i], list->source);
}

void data_list_add(struct arena *arena, struct data *list, const struct data *item)
{
	list_fill(arena, list->list);
	list->list->origin = NULL;
	if (list->list->count == list->list->capacity)
		list_reserve(arena, list->list, list->list->capacity > 0 ? list->list->capacity * 2 : 4);
	list->list->items[list->list->count++] = item;
}

struct data_items data_items(struct arena *arena, const struct data *data)
{
	if (data->kind != DATA_LIST)
		return (struct data_items){0};
	list_fill(arena, data->list);
	return (struct data_items){.items = data->list->items, .count = data->list->count};
}

const struct data *data_get_path(struct arena *arena, const struct data *data, struct str dotted)
{
	while (!str_is_absent(dotted))
		data = data_get(arena, data, str_cut(&dotted, '.'));
	return data;
}

static enum truth truth_of_list(struct arena *arena, const struct data *list)
{
	struct data_items items = data_items(arena, list);

	for (size_t i = 0; i < items.count; i++) {
		if (!items.items[i]->maybe)
			return TRUTH_YES;
	}
	return list->open || items.count > 0 ? TRUTH_UNKNOWN : TRUTH_NO;
}

static enum truth truth_of(struct arena *arena, const struct data *data)
{
	switch (data->kind) {
	case DATA_UNKNOWN:
		return data->tail.len > 0 ? TRUTH_YES : TRUTH_UNKNOWN;
	case DATA_NIL:
		return TRUTH_NO;
	case DATA_BOOL:
		return data->boolean ? TRUTH_YES : TRUTH_NO;
	case DATA_INT:
		return data->integer != 0 ? TRUTH_YES : TRUTH_NO;
	case DATA_FLOAT:
		return data->number != 0 ? TRUTH_YES : TRUTH_NO;
	case DATA_STRING:
		return data->string.len > 0 ? TRUTH_YES : TRUTH_NO;
	case DATA_LIST:
		return truth_of_list(arena, data);
	case DATA_MAP:
		return data_map_truth(arena, data);
	case DATA_YAML:
		return TRUTH_YES;
	}
	return TRUTH_UNKNOWN;
}

enum truth data_truth(struct arena *arena, const struct data *data)
{
	enum truth truth = truth_of(arena, data);

	return data->maybe && truth == TRUTH_YES ? TRUTH_UNKNOWN : truth;
}

struct str data_text(struct arena *arena, const struct data *data)
{
	if (data->maybe && data->kind != DATA_NIL)
		return STR_ABSENT;
	switch (data->kind) {
	case DATA_NIL:
		return STR("");
	case DATA_BOOL:
		return data->boolean ? STR("true") : STR("false");
	case DATA_INT:
		return arena_printf(arena, "%" PRId64, data->integer);
	case DATA_FLOAT:
		return data_float_text(arena, data->number, 64);
	case DATA_STRING:
		return data->string;
	case DATA_UNKNOWN:
	case DATA_LIST:
	case DATA_MAP:
	case DATA_YAML:
		break;
	}
	return STR_ABSENT;
}

struct str data_name(struct arena *arena, const struct data *data)
{
	if (data->kind == DATA_STRING)
		return data->string;
	if (data->kind == DATA_YAML)
		return data_name(arena, data->structure);
	return data->kind == DATA_NIL ? STR_ABSENT : data_text(arena, data);
}
