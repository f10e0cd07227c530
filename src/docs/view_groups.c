#include "docs/view_private.h"

/* Declarations that say the same, of several environments. */
struct group {
	const struct docs_declaration *declaration; /* the first of them */
	struct mustache_value *item;
	struct items overlays; /* the environments */
	struct items places;   /* where they stand */
	bool has_base;
};

static bool is_same_text(const struct spec_text *a, const struct spec_text *b)
{
	return spec_has(a) == spec_has(b) && (!spec_has(a) || str_equal(a->text, b->text));
}

static bool is_same_copy(const struct spec_copy *a, const struct spec_copy *b)
{
	return (a->node == NULL) == (b->node == NULL) && is_same_text(&a->application, &b->application) &&
	       is_same_text(&a->key, &b->key) && is_same_text(&a->condition, &b->condition);
}

static bool is_same_generate(const struct spec_generate *a, const struct spec_generate *b)
{
	return (a->node == NULL) == (b->node == NULL) && is_same_text(&a->type_text, &b->type_text) &&
	       is_same_text(&a->source, &b->source) && is_same_text(&a->condition, &b->condition);
}

static bool says_the_same(const struct docs_declaration *one, const struct docs_declaration *other)
{
	const struct secret_spec *a = one->spec, *b = other->spec;

	return one->description_of == other->description_of && str_equal(one->source_text, other->source_text) &&
	       a->encoded == b->encoded && is_same_text(&a->condition, &b->condition) &&
	       is_same_text(&a->value, &b->value) && is_same_copy(&a->copy, &b->copy) &&
	       is_same_generate(&a->generate, &b->generate);
}

static struct group *find_group(struct vec *groups, const struct docs_declaration *declaration)
{
	for (size_t i = groups->len; i > 0; i--) {
		struct group *group = vec_at(groups, i - 1);

		if (says_the_same(group->declaration, declaration))
			return group;
	}
	return NULL;
}

static struct group *start_group(struct vec *groups, struct items *items, const struct docs_declaration *declaration,
	const struct mustache_value *single)
{
	struct group *group = vec_push(groups);

	group->declaration = declaration;
	group->item = items_add(items, single);
	group->overlays = items_begin(items->scope);
	group->places = items_begin(items->scope);
	return group;
}

static void add_to_group(struct group *group, const struct docs_declaration *declaration)
{
	const struct scope *scope = group->places.scope;
	const struct mustache_value *place = view_place(scope, node_span(declaration->spec->key_node));

	items_add(&group->places, place);
	if (str_is_absent(declaration->environment))
		group->has_base = true;
	else
		items_add(&group->overlays, view_named_environment(scope, declaration->environment));
}

static void finish_group(struct group *group, bool only)
{
	const struct docs_views *views = group->places.scope->views;

	items_end(&group->overlays, group->item, "overlays", "has_overlays");
	items_end(&group->places, group->item, "declared_at", "has_declared_at");
	mustache_set(group->item, "is_base", view_bool(views, group->has_base));
	mustache_set(group->item, "only", view_bool(views, only && group->has_base));
}

/* Of an environment that is left out nothing is said. */
static bool is_left_out(const struct docs_inventory *inventory, struct str environment)
{
	return !str_is_absent(environment) && model_environment(inventory->model, environment) != NULL &&
	       docs_inventory_environment(inventory, environment) == NULL;
}

void view_set_groups(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret,
	const struct mustache_value *const *singles)
{
	struct vec groups = VEC_INIT(struct group);
	struct items items = items_begin(scope);

	for (size_t i = 0; i < secret->declarations.len; i++) {
		const struct docs_declaration *declaration = vec_pointer(&secret->declarations, i);
		struct group *group = find_group(&groups, declaration);

		if (is_left_out(scope->views->inventory, declaration->environment))
			continue;
		if (group == NULL)
			group = start_group(&groups, &items, declaration, singles[i]);
		add_to_group(group, declaration);
	}
	for (size_t i = 0; i < groups.len; i++)
		finish_group(vec_at(&groups, i), groups.len == 1);
	items_end(&items, map, "declaration_groups", "has_declaration_groups");
	vec_release(&groups);
}
