/* What actions that stand for YAML of their own bring to the collection that they stand in. */
#include "helm/data_private.h"
#include "helm/evaluate_private.h"
#include "helm/expand_private.h"

const struct data *expand_maybe(struct evaluation *evaluation, const struct data *data, bool maybe)
{
	return maybe ? data_maybe(evaluation->arena, data) : data;
}

/* The data with a place, if it has none. */
static const struct data *placed(struct evaluation *evaluation, const struct data *data, struct span span)
{
	struct data *copy;

	if (data->span.source)
		return data;
	data_settle(evaluation->arena, data);
	copy = arena_alloc(evaluation->arena, sizeof(*copy));
	*copy = *data;
	copy->span = span;
	return copy;
}

static void splice_map(struct gathering *gathering, const struct data *map, struct span span, bool beside, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	struct data_entries entries;

	if (gathering->kind == GATHER_LIST || (gathering->out && gathering->out->kind != DATA_MAP)) {
		gathering->open = gathering->open || !beside;
		return;
	}
	if (beside && gathering->kind == GATHER_ANY)
		return;
	if (!gathering->out)
		gathering->out = data_map_new(evaluation->arena, map->span.source ? map->span : span);
	entries = data_entries(evaluation->arena, map);
	gathering->open = gathering->open || map->open;
	for (size_t i = 0; i < entries.count; i++) {
		const struct data_entry *entry = &entries.items[i];

		evaluation_spend(evaluation, 1);
		data_map_add(evaluation->arena, gathering->out, entry->key,
			entry->key_span.source ? entry->key_span : span,
			expand_maybe(evaluation, placed(evaluation, entry->value, span), maybe));
	}
}

static void splice_list(struct gathering *gathering, const struct data *list, struct span span, bool beside, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	struct data_items items;

	if (gathering->kind == GATHER_MAP || (gathering->out && gathering->out->kind != DATA_LIST)) {
		gathering->open = gathering->open || !beside;
		return;
	}
	if (!gathering->out)
		gathering->out = data_list_new(evaluation->arena, list->span.source ? list->span : span);
	items = data_items(evaluation->arena, list);
	gathering->open = gathering->open || list->open;
	for (size_t i = 0; i < items.count; i++) {
		evaluation_spend(evaluation, 1);
		data_list_add(evaluation->arena, gathering->out,
			expand_maybe(evaluation, placed(evaluation, items.items[i], span), maybe));
	}
}

/* A scalar: the value of a key, if it stands alone. */
static void splice_scalar(
	struct gathering *gathering, const struct data *data, struct span span, bool beside, bool maybe)
{
	if (beside)
		return;
	if (gathering->kind != GATHER_ANY || gathering->out || gathering->single)
		gathering->open = true;
	else
		gathering->single = expand_maybe(
			gathering->expander->evaluation, placed(gathering->expander->evaluation, data, span), maybe);
}

/* What an insertion brings. */
static void splice(struct gathering *gathering, const struct data *data, struct span span, bool beside, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;

	maybe = maybe || data->maybe;
	if (data->kind == DATA_YAML)
		data = data->structure;
	if (gathering->kind == GATHER_DOCUMENTS && data->kind != DATA_NIL) {
		vec_push_pointer(gathering->documents, expand_maybe(evaluation, data, maybe || gathering->maybe));
		return;
	}
	switch (data->kind) {
	case DATA_NIL:
		break;
	case DATA_MAP:
		splice_map(gathering, data, span, beside, maybe);
		break;
	case DATA_LIST:
		splice_list(gathering, data, span, beside, maybe);
		break;
	case DATA_UNKNOWN:
	case DATA_YAML:
		gathering->open = true;
		break;
	default:
		splice_scalar(gathering, data, span, beside, maybe);
	}
}

void expand_insertion(struct gathering *gathering, const struct helm_insertion *insertion,
	const struct expand_place *place, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	struct yaml_insertion found = evaluate_insertion(evaluation, place->scope, insertion->node);
	struct span span = {gathering->expander->read->source, insertion->node->start, insertion->node->end};
	struct vec documents = VEC_INIT(const struct data *);

	if (found.named) {
		if (!expand_named(
			    gathering->expander, &documents, found.named, found.dot, gathering->collection->place))
			splice(gathering, &DATA_IS_UNKNOWN, span, insertion->beside, maybe);
	} else if (found.value->kind == DATA_STRING) {
		if (str_trim(found.value->string).len > 0)
			vec_push_pointer(&documents, expand_text(evaluation, found.value->string, span));
		maybe = maybe || found.value->maybe;
	} else {
		vec_push_pointer(&documents, found.value);
	}
	for (size_t i = 0; i < documents.len; i++)
		splice(gathering, vec_pointer(&documents, i), span, insertion->beside, maybe);
	vec_release(&documents);
}
