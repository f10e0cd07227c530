/* What a member of a collection comes to: the key and the value of a pair, an item, a document. */
#include "helm/data_private.h"
#include "helm/evaluate_private.h"
#include "helm/expand_private.h"

struct scope expand_scope(struct evaluation *evaluation, const struct scope *scope, const struct template_list *list)
{
	struct scope inner = *scope;
	struct variable **link = &inner.variables;

	for (const struct variable *variable = list->assigns ? scope->variables : NULL; variable;
		variable = variable->outer) {
		struct variable *copy = arena_alloc(evaluation->arena, sizeof(*copy));

		*copy = *variable;
		*link = copy;
		link = &copy->outer;
		evaluation_spend(evaluation, 1);
	}
	inner.maybe = false;
	return inner;
}

/* Whether a member that execution has come to is in one piece of text with the place. */
static bool is_literal(const struct helm_member *member, const struct expand_place *place)
{
	const struct template_node *node = place->list->nodes[place->index];

	return node->kind == TEMPLATE_TEXT && member->start >= node->start && member->end <= node->end;
}

/* An alias of what is the same always. */
static const struct data *expand_alias(const struct expander *expander, const struct node *alias)
{
	const struct helm_template *read = expander->read;

	if (helm_has_action(read, alias->target->start, alias->target->end))
		return &DATA_IS_UNKNOWN;
	return data_of_node(expander->evaluation->arena, alias->target, read->source);
}

static const struct data *expand_value(struct gathering *gathering, const struct helm_member *member,
	const struct node *value, const struct expand_place *place)
{
	struct expander *expander = gathering->expander;
	const struct helm_collection *inside = member->inside;

	if (value && is_literal(member, place))
		return data_of_node(expander->evaluation->arena, value, expander->read->source);
	if (value && value->kind == NODE_ALIAS)
		return expand_alias(expander, value);
	if (inside && (inside->node == value || !value || (value->kind == NODE_SCALAR && value->scalar.len == 0)))
		return expand_collection(expander, inside, place, member->start);
	if (!value || value->kind != NODE_SCALAR ||
		(inside && expand_collection(expander, inside, place, member->start)->kind != DATA_NIL))
		return &DATA_IS_UNKNOWN;
	return expand_scalar(expander, value, place, gathering->in_flow);
}

/* The key of a pair: absent where it is unknown, or, with *executed false, where it is not there. */
static struct str expand_key(
	struct gathering *gathering, const struct node *key, const struct expand_place *place, bool *executed)
{
	struct arena *arena = gathering->expander->evaluation->arena;
	const struct template_node *node = place->list->nodes[place->index];
	const struct data *data;

	*executed = true;
	if (key->type == TYPE_MERGE || key->kind != NODE_SCALAR)
		return STR_ABSENT;
	if (node->kind == TEMPLATE_TEXT && key->start >= node->start && key->end <= node->end)
		return data_key_of_node(arena, key);
	data = expand_scalar(gathering->expander, key, place, gathering->in_flow);
	*executed = data->kind != DATA_NIL;
	return data->maybe ? STR_ABSENT : data_name(arena, data);
}

static void expand_pair(
	struct gathering *gathering, const struct helm_member *member, const struct expand_place *place, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	const struct source *source = gathering->expander->read->source;
	const struct node *key = member->pair->key, *value = member->pair->value;
	struct span span = {source, key->value_start, key->end};
	const struct data *data;
	bool executed;
	struct str name = expand_key(gathering, key, place, &executed);

	if (!executed)
		return;
	if (str_is_absent(name)) {
		gathering->open = true;
		return;
	}
	if (member->name_only)
		data = data_unknown(evaluation->arena, STR(""), (struct span){source, value->value_start, value->end});
	else
		data = expand_value(gathering, member, value, place);
	data_map_add(evaluation->arena, gathering->out, name, span, expand_maybe(evaluation, data, maybe));
}

/* What stands under a key of a document in the same piece of text as its beginning; absent: nothing, or it is elsewhere. */
static struct str plain_field(const struct node *document, const struct expand_place *place, struct str key)
{
	const struct template_node *text = place->list->nodes[place->index];
	const struct node *value = node_get(document, key);

	if (!value || text->kind != TEMPLATE_TEXT || value->start < text->start || value->end > text->end)
		return STR_ABSENT;
	return node_string(value);
}

static bool is_left_out(
	const struct evaluation *evaluation, const struct node *document, const struct expand_place *place)
{
	struct str kind;

	if (!evaluation->leaves_out || !node_is_mapping(document) || document->repeats_key || document->has_merge)
		return false;
	kind = plain_field(document, place, STR("kind"));
	return kind.len > 0 && evaluation->leaves_out(plain_field(document, place, STR("apiVersion")), kind);
}

static void expand_item(
	struct gathering *gathering, const struct helm_member *member, const struct expand_place *place, bool maybe)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	const struct data *data;

	if (gathering->kind == GATHER_DOCUMENTS && is_left_out(evaluation, member->item, place))
		return;
	data = member->name_only ? &DATA_IS_UNKNOWN : expand_value(gathering, member, member->item, place);

	if (gathering->kind == GATHER_DOCUMENTS) {
		if (data->kind != DATA_NIL)
			vec_push_pointer(
				gathering->documents, expand_maybe(evaluation, data, maybe || gathering->maybe));
		return;
	}
	if (gathering->in_flow && (data->kind == DATA_UNKNOWN || data->kind == DATA_NIL))
		gathering->open = true;
	data_list_add(evaluation->arena, gathering->out, expand_maybe(evaluation, data, maybe));
}

/* A document of insertions alone: each brings documents of its own. */
static void expand_inserted_documents(
	struct gathering *gathering, const struct helm_member *member, const struct expand_place *place, bool maybe)
{
	struct gathering inner = *gathering;

	inner.collection = member->inside;
	inner.known = 0;
	inner.maybe = gathering->maybe || maybe;
	expand_members(&inner, place, member->start);
}

void expand_member(struct gathering *gathering, const struct helm_member *member, const struct template_list *list,
	size_t index, const struct scope *scope)
{
	struct evaluation *evaluation = gathering->expander->evaluation;
	struct scope inner;
	struct expand_place place = {list, index, &inner};

	if (!member->matters)
		return;
	if (!evaluation_spend(evaluation, 1)) {
		gathering->open = true;
		return;
	}
	inner = expand_scope(evaluation, scope, list);
	if (member->insertion)
		expand_insertion(gathering, member->insertion, &place, scope->maybe);
	else if (member->pair)
		expand_pair(gathering, member, &place, scope->maybe);
	else if (!member->item && gathering->kind == GATHER_DOCUMENTS)
		expand_inserted_documents(gathering, member, &place, scope->maybe);
	else
		expand_item(gathering, member, &place, scope->maybe);
}
