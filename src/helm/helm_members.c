/* Members of collections in the order of the text. What an insertion belongs to is decided by its column, as a reader would. */
#include "base/map.h"
#include "base/strbuf.h"
#include "helm/helm_load.h"

/* Keys within each other up to which places are kept. */
#define PLACE_DEPTH_MAX 64

/* What is of interest where one is. */
enum care { CARE_ASK, CARE_NAMES, CARE_ALL };

struct place {
	const struct helm_path *path; /* the pair that this is the value of; NULL: the document */
	enum care care;
};

/* Insertions from first to end of the builder's. */
struct run {
	size_t first, end;
};

struct builder {
	struct arena *arena;
	struct str source;
	const struct helm_blank *blank;
	helm_interest *interest;
	const struct helm_place *place; /* of the documents */
	struct vec members;  /* struct helm_member: of all drafts, those within each other behind each other */
	struct map anchored; /* const struct helm_collection *, by the bytes of their node's address */
};

/* A collection that is being put together. */
struct draft {
	const struct node *node;
	bool has_insertions;
	int64_t column; /* that its members start in; INT64_MAX in flow collections */
	struct place place;
	size_t first; /* its first one of the builder's members */
};

static const struct helm_collection *build_collection(
	struct builder *builder, const struct node *node, struct place place, struct run run);

static const struct helm_insertion *insertion_at(const struct builder *builder, size_t index)
{
	return &builder->blank->insertions[index];
}

/* The first insertion of a run that starts at offset or later, or its end. */
static size_t find_insertion(const struct builder *builder, struct run run, uint32_t offset)
{
	while (run.first < run.end) {
		size_t middle = run.first + (run.end - run.first) / 2;

		if (insertion_at(builder, middle)->node->start < offset)
			run.first = middle + 1;
		else
			run.end = middle;
	}
	return run.end;
}

/* The column of an offset in blanked text, in which a line is never searched twice for the same collection. */
static uint32_t column_of(const struct builder *builder, uint32_t offset)
{
	const char *text = builder->blank->text.ptr;
	uint32_t at = offset - builder->blank->base, start = at;

	while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
		start--;
	if (start == 0 && builder->blank->base == 0 && str_starts_with(builder->blank->text, STR("\xEF\xBB\xBF")))
		start = at < 3 ? at : 3;
	return at - start;
}

/* Where the dash of an item stands, or the item where there is none. */
static uint32_t item_start(const struct builder *builder, const struct node *sequence, const struct node *item)
{
	const char *text = builder->blank->text.ptr;
	uint32_t base = builder->blank->base, at = item->start;

	if (sequence->style == NODE_FLOW)
		return at;
	while (at > sequence->start && strchr(" \t\r\n", text[at - 1 - base]) && text[at - 1 - base])
		at--;
	return at > sequence->start && text[at - 1 - base] == '-' ? at - 1 : item->start;
}

/* To the draft that was begun last of those that are not finished. */
static struct helm_member *add_member(struct builder *builder, uint32_t start, uint32_t end)
{
	struct helm_member *member = vec_push(&builder->members);

	member->start = start;
	member->end = end;
	return member;
}

static void add_insertions(struct builder *builder, struct draft *draft, struct run run)
{
	for (size_t i = run.first; i < run.end; i++) {
		const struct helm_insertion *insertion = insertion_at(builder, i);
		struct helm_member *member = add_member(builder, insertion->node->start, insertion->node->end);

		member->insertion = insertion;
		member->matters = true;
	}
	draft->has_insertions = draft->has_insertions || run.end > run.first;
}

/* A copy that stays, with all around it, and a text that tells it from any other. */
static const struct helm_path *keep_path(struct builder *builder, const struct helm_path *path, struct strbuf *key)
{
	struct helm_path *kept;

	if (!path)
		return NULL;
	kept = arena_alloc(builder->arena, sizeof(*kept));
	kept->outer = keep_path(builder, path->outer, key);
	kept->key = arena_str(builder->arena, path->key);
	strbuf_printf(key, "%zu:", path->key.len);
	strbuf_append(key, path->key);
	return kept;
}

/* NULL: too deep to be told from others, so that all that is inserted there is of interest. */
static const struct helm_place *keep_place(struct builder *builder, const struct helm_path *path)
{
	struct helm_place *place;
	struct strbuf key = STRBUF_INIT;
	size_t depth = 0;

	for (const struct helm_path *at = path; at; at = at->outer) {
		if (++depth > PLACE_DEPTH_MAX)
			return NULL;
	}
	place = arena_alloc(builder->arena, sizeof(*place));
	place->path = keep_path(builder, path, &key);
	place->key = arena_str(builder->arena, strbuf_str(&key));
	strbuf_release(&key);
	return place;
}

/* A collection of what a draft holds. */
static const struct helm_collection *finish(struct builder *builder, const struct draft *draft)
{
	struct helm_collection *collection = arena_calloc(builder->arena, 1, sizeof(*collection));
	size_t count = builder->members.len - draft->first;

	collection->node = draft->node;
	collection->start = draft->node ? draft->node->start : UINT32_MAX;
	collection->end = draft->node ? draft->node->end : 0;
	if (draft->has_insertions && builder->interest && draft->place.care == CARE_ASK)
		collection->place = keep_place(builder, draft->place.path);
	collection->members = (struct vec){.items = arena_alloc(builder->arena, count * sizeof(struct helm_member)),
		.len = count,
		.capacity = count,
		.item_size = sizeof(struct helm_member)};
	for (size_t i = 0; i < count; i++) {
		const struct helm_member *member = vec_at(&builder->members, draft->first + i);

		((struct helm_member *)collection->members.items)[i] = *member;
		collection->start = member->start < collection->start ? member->start : collection->start;
		collection->end = member->end > collection->end ? member->end : collection->end;
		if (member->matters)
			collection->reach = member->start;
		collection->matters = collection->matters || member->matters;
	}
	builder->members.len = draft->first;
	return collection;
}

static const struct helm_collection *of_insertions(struct builder *builder, struct place place, struct run run)
{
	struct draft draft = {.place = place, .first = builder->members.len};

	add_insertions(builder, &draft, run);
	return finish(builder, &draft);
}

static bool is_collection(const struct node *node)
{
	return node->kind == NODE_MAPPING || node->kind == NODE_SEQUENCE;
}

static bool is_empty_scalar(const struct node *node)
{
	return node->kind == NODE_SCALAR && node->style == NODE_PLAIN && node->scalar.len == 0;
}

/* What a value holds: a collection, or insertions below it. */
static const struct helm_collection *build_value(
	struct builder *builder, const struct node *value, struct place place, struct run run)
{
	if (is_collection(value))
		return build_collection(builder, value, place, run);
	if (value->kind == NODE_ALIAS && is_collection(value->target)) {
		struct str address = {(const char *)&value->target, sizeof(value->target)};

		return map_get(&builder->anchored, address);
	}
	if (!is_empty_scalar(value)) {
		struct run before = {run.first, find_insertion(builder, run, value->start)};

		run.first = find_insertion(builder, run, value->end);
		if (before.end > before.first)
			run.first = before.first;
	}
	return run.end > run.first ? of_insertions(builder, place, run) : NULL;
}

/* Whether what stands in the column of a key may be what it has for a value. */
static bool may_be_items(const struct draft *draft, const struct node *value, bool empty)
{
	if (draft->node->kind != NODE_MAPPING)
		return false;
	return is_empty_scalar(value) ? empty : value->kind == NODE_SEQUENCE && value->style == NODE_BLOCK;
}

/* Of the insertions up to the next member, those that belong to the value before them; *own starts where those of the collection do. They
 * overlap where both are possible. */
static struct run split_run(
	struct builder *builder, const struct draft *draft, const struct node *value, struct run run, size_t *own)
{
	size_t at = is_empty_scalar(value) ? run.first : find_insertion(builder, run, value->end);
	size_t end;

	*own = run.end;
	if (run.first == run.end)
		return run;
	while (at < run.end && insertion_at(builder, at)->column > draft->column)
		at++;
	*own = at;
	if (!may_be_items(draft, value, at == run.first) ||
		(is_collection(value) && column_of(builder, value->start) != draft->column))
		return (struct run){run.first, at};
	for (end = at; end < run.end && insertion_at(builder, end)->column == draft->column; end++)
		builder->blank->insertions[end].beside = true;
	return (struct run){run.first, end};
}

/* A key as the text has it. */
static struct str written_key(const struct builder *builder, const struct node *key)
{
	struct str value = node_text(key), written = str_slice(builder->source, key->start, key->end - key->start);

	if (key->kind != NODE_SCALAR)
		return STR("");
	return str_contains(written, STR("{{")) ? written : value;
}

static enum helm_care ask(
	const struct builder *builder, const struct place *place, const struct node_pair *pair, struct helm_path *path)
{
	*path = (struct helm_path){.outer = place->path, .key = written_key(builder, pair->key)};
	if (place->care != CARE_ASK || !builder->interest || pair->key->type == TYPE_MERGE)
		return HELM_KEEP;
	return builder->interest(path);
}

static void set_end(struct helm_member *member, const struct builder *builder, struct run run)
{
	if (member->inside && member->inside->end > member->end && member->inside->start >= member->start)
		member->end = member->inside->end;
	if (run.end > run.first && insertion_at(builder, run.end - 1)->node->end > member->end)
		member->end = insertion_at(builder, run.end - 1)->node->end;
}

static void add_pair(struct builder *builder, const struct draft *draft, const struct node_pair *pair, struct run run)
{
	struct helm_member *member;
	struct helm_path path;
	enum helm_care care = ask(builder, &draft->place, pair, &path);
	struct place place = {&path, care == HELM_KEEP ? CARE_ALL : care == HELM_NAMES ? CARE_NAMES : CARE_ASK};
	const struct helm_collection *inside = care == HELM_SKIP || draft->place.care == CARE_NAMES
						       ? NULL
						       : build_value(builder, pair->value, place, run);

	member = add_member(
		builder, pair->key->start, pair->value->end > pair->key->end ? pair->value->end : pair->key->end);
	member->pair = pair;
	member->inside = inside;
	member->name_only = draft->place.care == CARE_NAMES;
	if (draft->place.care == CARE_NAMES)
		member->matters = true;
	else
		member->matters =
			care == HELM_KEEP || care == HELM_NAMES || (care == HELM_DESCEND && inside && inside->matters);
	set_end(member, builder, run);
}

static void add_item(struct builder *builder, const struct draft *draft, const struct node *sequence,
	const struct node *item, struct run run)
{
	const struct helm_collection *inside = build_value(builder, item, draft->place, run);
	struct helm_member *member = add_member(builder, item_start(builder, sequence, item), item->end);

	member->item = item;
	member->inside = inside;
	member->name_only = draft->place.care == CARE_NAMES && !inside;
	member->matters = draft->place.care != CARE_ASK || (inside && inside->matters);
	set_end(member, builder, run);
}

/* A pair or item and the insertions between it and the next one. */
static void add_child(struct builder *builder, struct draft *draft, uint32_t index, struct run run)
{
	const struct node *node = draft->node;
	bool is_mapping = node->kind == NODE_MAPPING;
	const struct node *value = is_mapping ? node->mapping.pairs[index].value : node->sequence.items[index];
	size_t own;
	struct run inner = split_run(builder, draft, value, run, &own);

	if (is_mapping)
		add_pair(builder, draft, &node->mapping.pairs[index], inner);
	else
		add_item(builder, draft, node, value, inner);
	add_insertions(builder, draft, (struct run){own, run.end});
}

static uint32_t child_start(const struct builder *builder, const struct node *node, uint32_t index)
{
	if (node->kind == NODE_MAPPING)
		return node->mapping.pairs[index].key->start;
	return item_start(builder, node, node->sequence.items[index]);
}

static const struct helm_collection *build_collection(
	struct builder *builder, const struct node *node, struct place place, struct run run)
{
	struct draft draft = {.node = node, .place = place, .first = builder->members.len};
	uint32_t count = node->kind == NODE_MAPPING ? node->mapping.count : node->sequence.count;
	const struct helm_collection *collection;

	draft.column = INT64_MAX;
	if (node->style == NODE_BLOCK && run.end > run.first)
		draft.column = column_of(builder, count > 0 ? child_start(builder, node, 0) : node->value_start);
	for (uint32_t i = 0; i < count; i++) {
		size_t next = find_insertion(builder, run, child_start(builder, node, i));

		if (i > 0)
			add_child(builder, &draft, i - 1, (struct run){run.first, next});
		else
			add_insertions(builder, &draft, (struct run){run.first, next});
		run.first = next;
	}
	if (count > 0)
		add_child(builder, &draft, count - 1, run);
	else
		add_insertions(builder, &draft, run);
	collection = finish(builder, &draft);
	if (!str_is_absent(node_anchor(node))) {
		const struct node **address = arena_alloc(builder->arena, sizeof(*address));

		*address = node;
		map_set(&builder->anchored, (struct str){(const char *)address, sizeof(*address)}, (void *)collection);
	}
	return collection;
}

static void add_document(struct builder *builder, const struct helm_zone *zone)
{
	struct run all = {0, builder->blank->insertion_count};
	struct run run = {find_insertion(builder, all, zone->start), find_insertion(builder, all, zone->end)};
	struct place place = {builder->place ? builder->place->path : NULL, builder->interest ? CARE_ASK : CARE_ALL};
	struct helm_member *member;
	const struct helm_collection *inside;

	if (!zone->root && run.first == run.end)
		return;
	if (zone->root)
		inside = build_value(builder, zone->root, place, run);
	else
		inside = of_insertions(builder, place, run);
	member = add_member(builder, zone->root ? zone->root->start : inside->start, zone->root ? zone->root->end : 0);
	member->item = zone->root;
	member->inside = inside;
	member->matters = place.care == CARE_ALL || builder->place || (inside && inside->matters);
	if (inside && inside->start < member->start)
		member->start = inside->start;
	set_end(member, builder, run);
}

const struct helm_collection *helm_members(
	const struct helm_loader *loader, const struct helm_blank *blank, const struct vec *zones)
{
	struct builder builder = {.arena = loader->arena,
		.source = loader->read->source->text,
		.blank = blank,
		.interest = loader->interest,
		.place = loader->place,
		.members = VEC_INIT(struct helm_member)};
	const struct draft draft = {.first = 0};
	const struct helm_collection *documents;

	map_init(&builder.anchored);
	for (size_t i = 0; i < zones->len; i++)
		add_document(&builder, vec_at(zones, i));
	documents = finish(&builder, &draft);
	vec_release(&builder.members);
	map_release(&builder.anchored);
	return documents;
}
