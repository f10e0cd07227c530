/* Members are expanded where execution comes to their start, by the innermost list of the template that holds them whole; what a member holds is gathered by a
 * walk of its own that goes on from there. */
#include "helm/expand.h"

#include "helm/evaluate_private.h"
#include "helm/expand_private.h"

/* Collections within each other that are followed; deeper ones are unknown. */
#define DEPTH_MAX 300

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

/* The first member that starts at offset or later, or a later one, if those before it do not matter. */
static size_t find_from(const struct gathering *gathering, uint32_t offset)
{
	size_t known = gathering->known;

	if (known > 0 && gathering->known_from <= offset &&
		(known == gathering->collection->members.len || member_at(gathering, known)->start >= offset))
		return known;
	return find_member(gathering, offset);
}

static void visit_node(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	struct gathering *gathering = walk->context;
	const struct template_node *node = list->nodes[index];
	size_t count = gathering->collection->members.len;

	for (size_t i = find_from(gathering, node->start); i < count && member_at(gathering, i)->start < node->end;
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
		inner = expand_scope(gathering->expander->evaluation, scope, list);
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

/* Where the next member starts that matters. */
static uint32_t find_next(struct template_walk *walk, uint32_t offset)
{
	struct gathering *gathering = walk->context;
	size_t count = gathering->collection->members.len, next = find_from(gathering, offset);

	while (next < count && !member_at(gathering, next)->matters)
		next++;
	gathering->known = next;
	gathering->known_from = offset;
	return next < count ? member_at(gathering, next)->start : UINT32_MAX;
}

void expand_members(struct gathering *gathering, const struct expand_place *place, uint32_t start)
{
	struct template_walk walk = {.evaluation = gathering->expander->evaluation,
		.context = gathering,
		.start = start,
		.end = gathering->collection->reach + 1,
		.visit = visit_node,
		.next = find_next,
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

const struct data *expand_collection(struct expander *expander, const struct helm_collection *collection,
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
	expand_members(&gathering, place, start);
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
		struct scope inner = expand_scope(expander->evaluation, scope, list);
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
	struct scope inner = expand_scope(expander->evaluation, scope, fragment->list);
	struct expand_place place = {fragment->list, 0, &inner};
	struct gathering gathering = {.expander = expander,
		.collection = reading->documents,
		.kind = GATHER_DOCUMENTS,
		.documents = documents,
		.maybe = maybe};

	expand_members(&gathering, &place, fragment->list->start);
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

bool expand_named(struct expander *expander, struct vec *documents, const struct named_template *named,
	const struct data *dot, const struct helm_place *place)
{
	struct evaluation *evaluation = expander->evaluation;
	struct expander inner = {evaluation, named->owner, expander->depth + 1};
	const struct helm_fragment *fragment = helm_named(named->owner, named->define->name, place);

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
