#include "helm/helm.h"

#include "helm/helm_load.h"

/* Loads of parts that a template may take where it does not load at once. */
#define ATTEMPTS 32

/* Notes the text node at [start, end): what is between it and the last one are actions. */
static void add_actions(struct vec *actions, uint32_t *at, uint32_t start, uint32_t end)
{
	if (start > *at) {
		struct helm_range *range = vec_push(actions);

		*range = (struct helm_range){*at, start};
	}
	*at = end;
}

static void find_actions(struct vec *actions, uint32_t *at, const struct template_list *list)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		if (node->kind == TEMPLATE_TEXT)
			add_actions(actions, at, node->start, node->end);
		find_actions(actions, at, node->body);
		find_actions(actions, at, node->otherwise);
	}
}

static const struct template_list *body_of(const struct template_define *define)
{
	return define->node->body;
}

static void init_fragment(
	struct helm_fragment *fragment, const struct template_list *list, const struct template_define *define)
{
	*fragment = (struct helm_fragment){.list = list, .define = define};
	vec_init(&fragment->documents, sizeof(struct helm_member));
	vec_init(&fragment->readings, sizeof(struct helm_reading));
	map_init(&fragment->by_place);
}

/* Fragments stay where they are, so that the map may point to them. */
static void make_fragments(struct helm_template *read, struct arena *arena)
{
	const struct template *syntax = read->syntax;

	vec_init(&read->fragments, sizeof(struct helm_fragment));
	read->fragments.items = arena_alloc(arena, (syntax->define_count + 1) * sizeof(struct helm_fragment));
	read->fragments.capacity = syntax->define_count + 1;
	for (size_t i = 0; i < syntax->define_count + 1; i++) {
		const struct template_define *define = i > 0 ? &syntax->defines[i - 1] : NULL;

		init_fragment(vec_push(&read->fragments), define ? body_of(define) : syntax->root, define);
	}
	for (size_t i = 1; i < read->fragments.len; i++) {
		struct helm_fragment *fragment = vec_at(&read->fragments, i);

		map_set(&read->fragment_by_define, fragment->define->name, fragment);
	}
}

static void load_fragment(struct helm_template *read, struct helm_fragment *fragment, struct arena *arena,
	struct arena *scratch, helm_interest *interest, const struct helm_place *place)
{
	struct helm_loader loader = {.arena = arena,
		.scratch = scratch,
		.read = read,
		.interest = interest,
		.place = place,
		.attempts = ATTEMPTS};

	if (fragment->list)
		helm_load(&loader, fragment);
}

/* The same with scratch memory of its own. */
static void load_late(struct helm_template *read, struct helm_fragment *fragment, helm_interest *interest,
	const struct helm_place *place)
{
	struct arena scratch;

	arena_init(&scratch);
	load_fragment(read, fragment, &read->late, &scratch, interest, place);
	arena_release(&scratch);
}

/* The file's own body now, and without an interest all others, too. */
static void load_fragments(
	struct helm_template *read, struct arena *arena, struct arena *scratch, helm_interest *interest)
{
	for (size_t i = 0; i < read->fragments.len; i++) {
		struct helm_fragment *fragment = vec_at(&read->fragments, i);

		if (fragment->define && interest)
			fragment->late = read;
		else
			load_fragment(read, fragment, arena, scratch, interest, NULL);
	}
}

/* A fragment as it is of interest at a place. */
static const struct helm_fragment *at_place(
	struct helm_template *read, struct helm_fragment *fragment, const struct helm_place *place)
{
	void **slot = map_slot(&fragment->by_place, place->key);

	if (!*slot) {
		struct helm_fragment *part = arena_alloc(&read->late, sizeof(*part));

		init_fragment(part, fragment->list, fragment->define);
		load_late(read, part, read->interest, place);
		*slot = part;
	}
	return *slot;
}

const struct helm_fragment *helm_named(
	const struct helm_template *read, struct str name, const struct helm_place *place)
{
	struct helm_fragment *fragment = map_get(&read->fragment_by_define, name);

	if (!fragment || !fragment->late)
		return fragment;
	if (place)
		return at_place(fragment->late, fragment, place);
	if (!fragment->is_read)
		load_late(fragment->late, fragment, NULL, NULL);
	fragment->is_read = true;
	return fragment;
}

struct helm_template *helm_read_next(
	struct arena *arena, struct arena *scratch, const struct source *source, helm_interest *interest)
{
	struct helm_template *read = arena_calloc(arena, 1, sizeof(*read));
	uint32_t at = 0, end = (uint32_t)source->text.len;

	read->source = source;
	read->syntax = template_parse(arena, source->text, &TEMPLATE_HELM);
	vec_init(&read->actions, sizeof(struct helm_range));
	map_init(&read->fragment_by_define);
	arena_init(&read->late);
	read->interest = interest;
	make_fragments(read, arena);
	find_actions(&read->actions, &at, read->syntax->root);
	add_actions(&read->actions, &at, end, end);
	if (!read->syntax->problem) {
		load_fragments(read, arena, scratch, interest);
		return read;
	}
	for (size_t i = 0; i < read->fragments.len; i++)
		((struct helm_fragment *)vec_at(&read->fragments, i))->unreadable = true;
	read->gave_up = true;
	read->problem = str_of(read->syntax->problem);
	read->problem_at = read->syntax->problem_at;
	return read;
}

struct helm_template *helm_read(struct arena *arena, const struct source *source, helm_interest *interest)
{
	struct helm_template *read;
	struct arena scratch;

	arena_init(&scratch);
	read = helm_read_next(arena, &scratch, source, interest);
	arena_release(&scratch);
	return read;
}

static void release_fragment(struct helm_fragment *fragment)
{
	for (size_t i = 0; i < fragment->by_place.len; i++)
		release_fragment(fragment->by_place.entries[i].value);
	map_release(&fragment->by_place);
	vec_release(&fragment->documents);
	vec_release(&fragment->readings);
}

void helm_template_release(struct helm_template *read)
{
	if (!read)
		return;
	for (size_t i = 0; i < read->fragments.len; i++)
		release_fragment(vec_at(&read->fragments, i));
	vec_release(&read->actions);
	map_release(&read->fragment_by_define);
	arena_release(&read->late);
}

bool helm_has_action(const struct helm_template *read, uint32_t start, uint32_t end)
{
	size_t low = 0, high = read->actions.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (((struct helm_range *)vec_at(&read->actions, middle))->end <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < read->actions.len && ((struct helm_range *)vec_at(&read->actions, low))->start < end;
}

bool helm_has_hole(const struct helm_template *read, const struct node *scalar)
{
	return helm_has_action(read, scalar->start, scalar->end);
}

struct str helm_blanked(struct arena *arena, const struct template *syntax)
{
	struct helm_blank blank;

	helm_blank(&blank, arena, arena, syntax->text, syntax->root, NULL);
	return blank.text;
}
