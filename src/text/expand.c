/* Members are expanded where execution comes to their start, by the innermost list of the template that holds them whole; what a member holds is gathered by a
 * walk of its own that goes on from there. */
#include "text/expand.h"

#include "text/data_private.h"
#include "text/evaluate_private.h"
#include "text/expand_private.h"

/* Collections within each other that are followed; deeper ones are unknown. */
#define DEPTH_MAX 300

static const struct data *expand_collection(struct expander *expander, const struct helm_collection *collection,
	const struct expand_place *place, uint32_t start);

/* A scope whose assignments do not count behind it, within something that is there. Nothing is copied where nothing is assigned. */
static struct scope inner_scope(
	struct evaluation *evaluation, const struct scope *scope, const struct template_list *list)
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

/* Walks over the members of a collection, from a place on that execution has come to. */
static void gather(struct gathering *gathering, const struct expand_place *place, uint32_t start);

/* A document of insertions alone: each brings documents of its own. */
static void expand_inserted_documents(
	struct gathering *gathering, const struct helm_member *member, const struct expand_place *place, bool maybe)
{
	struct gathering inner = *gathering;

	inner.collection = member->inside;
	inner.maybe = gathering->maybe || maybe;
	gather(&inner, place, member->start);
}

static void expand_member(struct gathering *gathering, const struct helm_member *member,
	const struct template_list *list, size_t index, const struct scope *scope)
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
	inner = inner_scope(evaluation, scope, list);
	if (member->insertion)
		expand_insertion(gathering, member->insertion, &place, scope->maybe);
	else if (member->pair)
		expand_pair(gathering, member, &place, scope->maybe);
	else if (!member->item && gathering->kind == GATHER_DOCUMENTS)
		expand_inserted_documents(gathering, member, &place, scope->maybe);
	else
		expand_item(gathering, member, &place, scope->maybe);
}

static const struct helm_member *member_at(const struct gathering *gathering, size_t index)
{
	return &((const struct helm_member *)gathering->collection->members.items)[index];
}

/* The first member that starts at offset or later. */
static size_t find_member(const struct gathering *gathering, uint32_t offset)
{
	size_t low = 0, high = gathering->collection->members.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (member_at(gathering, middle)->start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void visit_node(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	struct gathering *gathering = walk->context;
	const struct template_node *node = list->nodes[index];
	size_t count = gathering->collection->members.len;

	for (size_t i = find_member(gathering, node->start); i < count && member_at(gathering, i)->start < node->end;
		i++) {
		if (member_at(gathering, i)->end <= list->end)
			expand_member(gathering, member_at(gathering, i), list, index, scope);
	}
}

/* A member that starts in a block and is too long for the list that it starts in. An item is there only if its dash is. */
static void enter_member(struct gathering *gathering, const struct helm_member *member,
	const struct template_list *list, size_t index, struct scope *scope)
{
	struct scope inner;
	struct expand_place place = {list, index, &inner};

	if (member->end > list->end || !member->matters)
		return;
	if (!member->pair && gathering->kind != GATHER_DOCUMENTS) {
		inner = inner_scope(gathering->expander->evaluation, scope, list);
		if (expand_is_executed(gathering->expander, &place, member->start, member->start + 1) == TRUTH_NO)
			return;
	}
	expand_member(gathering, member, list, index, scope);
}

/* The member that starts in an arm of a block and ends behind the arm. */
static void enter_arm(struct gathering *gathering, const struct template_list *arm, const struct template_list *list,
	size_t index, struct scope *scope)
{
	size_t behind = arm ? find_member(gathering, arm->end) : 0;
	const struct helm_member *member = behind > 0 ? member_at(gathering, behind - 1) : NULL;

	if (member && member->start >= arm->start && member->end > arm->end)
		enter_member(gathering, member, list, index, scope);
}

static void enter_block(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	struct gathering *gathering = walk->context;
	const struct template_node *node = list->nodes[index];
	size_t count = gathering->collection->members.len;

	for (size_t i = find_member(gathering, node->start);
		i < count && member_at(gathering, i)->start < node->body->start; i++)
		enter_member(gathering, member_at(gathering, i), list, index, scope);
	enter_arm(gathering, node->body, list, index, scope);
	enter_arm(gathering, node->otherwise, list, index, scope);
}

/* Whether a member that matters starts there. */
static bool wants_node(struct template_walk *walk, const struct template_node *node)
{
	const struct gathering *gathering = walk->context;
	size_t count = gathering->collection->members.len;

	for (size_t i = find_member(gathering, node->start); i < count; i++) {
		const struct helm_member *member = member_at(gathering, i);

		if (member->start >= node->end)
			return false;
		if (member->matters)
			return true;
	}
	return false;
}

static void gather(struct gathering *gathering, const struct expand_place *place, uint32_t start)
{
	struct template_walk walk = {.evaluation = gathering->expander->evaluation,
		.context = gathering,
		.start = start,
		.end = gathering->collection->reach + 1,
		.visit = visit_node,
		.wants = wants_node,
		.enter = enter_block};

	if (gathering->collection->matters)
		template_walk(&walk, place->list, place->index, place->scope);
}

/* What insertions alone have brought. */
static const struct data *finish_any(struct gathering *gathering)
{
	if (gathering->out) {
		gathering->out->open = gathering->open || gathering->single;
		return gathering->out;
	}
	if (gathering->open)
		return &DATA_IS_UNKNOWN;
	return gathering->single ? gathering->single : &DATA_IS_NIL;
}

static const struct data *expand_collection(struct expander *expander, const struct helm_collection *collection,
	const struct expand_place *place, uint32_t start)
{
	const struct node *node = collection->node;
	struct gathering gathering = {.expander = expander, .collection = collection, .kind = GATHER_ANY};
	struct arena *arena = expander->evaluation->arena;
	struct span span = {expander->read->source, collection->start, collection->end};

	if (node && node->type != TYPE_MAP && node->type != TYPE_SEQ)
		return data_unknown(arena, STR(""), span);
	if (node) {
		span = (struct span){expander->read->source, node->value_start, node->end};
		gathering.kind = node->kind == NODE_MAPPING ? GATHER_MAP : GATHER_LIST;
		gathering.out = node->kind == NODE_MAPPING ? data_map_new(arena, span) : data_list_new(arena, span);
		gathering.in_flow = node->style == NODE_FLOW;
	}
	if (expander->depth >= DEPTH_MAX)
		return data_unknown(arena, STR(""), span);
	expander->depth++;
	gather(&gathering, place, start);
	expander->depth--;
	if (!node)
		return finish_any(&gathering);
	gathering.out->open = gathering.open;
	return gathering.out;
}

/* Whether a reading may be what is executed: not if one of the arms that it leaves out is. */
static enum truth reading_applies(const struct expander *expander, const struct helm_reading *reading,
	const struct template_list *list, struct scope *scope)
{
	enum truth result = TRUTH_YES;

	for (const struct helm_arm *arm = reading->without; arm; arm = arm->next) {
		struct scope inner = inner_scope(expander->evaluation, scope, list);
		struct expand_place place = {list, 0, &inner};
		enum truth executed = expand_is_executed(expander, &place, arm->list->start, arm->list->end);

		if (executed == TRUTH_YES)
			return TRUTH_NO;
		if (executed == TRUTH_UNKNOWN)
			result = TRUTH_UNKNOWN;
	}
	return result;
}

static void expand_reading(struct expander *expander, struct vec *documents, const struct helm_fragment *fragment,
	const struct helm_reading *reading, const struct scope *scope, bool maybe)
{
	struct scope inner = inner_scope(expander->evaluation, scope, fragment->list);
	struct expand_place place = {fragment->list, 0, &inner};
	struct gathering gathering = {.expander = expander,
		.collection = reading->documents,
		.kind = GATHER_DOCUMENTS,
		.documents = documents,
		.maybe = maybe};

	gather(&gathering, &place, fragment->list->start);
	if (gathering.open)
		vec_push_pointer(documents, &DATA_IS_UNKNOWN);
}

/* The readings of one text, from *index on: those that may apply; all of them, perhaps, where none does as a whole. */
static void expand_group(struct expander *expander, struct vec *documents, const struct helm_fragment *fragment,
	struct scope *scope, size_t *index)
{
	size_t first = *index, count = fragment->readings.len;
	const struct helm_reading *reading = vec_at(&fragment->readings, first);
	uint32_t group = reading->group;
	bool any = false;

	do {
		enum truth applies = reading_applies(expander, reading, fragment->list, scope);

		if (applies != TRUTH_NO)
			expand_reading(expander, documents, fragment, reading, scope, applies != TRUTH_YES);
		any = any || applies != TRUTH_NO;
		reading = ++*index < count ? vec_at(&fragment->readings, *index) : NULL;
	} while (reading && group != 0 && reading->group == group);
	for (size_t i = first; i < *index && !any; i++)
		expand_reading(expander, documents, fragment, vec_at(&fragment->readings, i), scope, true);
}

static void expand_fragment(
	struct expander *expander, struct vec *documents, const struct helm_fragment *fragment, const struct data *dot)
{
	struct scope scope;

	scope_init(&scope, dot);
	for (size_t i = 0; i < fragment->readings.len;)
		expand_group(expander, documents, fragment, &scope, &i);
}

bool expand_named(
	struct expander *expander, struct vec *documents, const struct named_template *named, const struct data *dot)
{
	struct evaluation *evaluation = expander->evaluation;
	struct expander inner = {evaluation, named->owner, expander->depth + 1};
	const struct helm_fragment *fragment = helm_named(named->owner, named->define->name);

	if (!fragment || fragment->unreadable || expander->depth >= DEPTH_MAX ||
		evaluation->depth >= EVALUATION_DEPTH_MAX)
		return false;
	evaluation->depth++;
	expand_fragment(&inner, documents, fragment, dot);
	evaluation->depth--;
	return true;
}

void helm_expand(
	struct vec *out, struct evaluation *evaluation, const struct helm_template *read, const struct data *root)
{
	struct expander expander = {evaluation, read, 0};

	expand_fragment(&expander, out, vec_at(&read->fragments, 0), root);
}
