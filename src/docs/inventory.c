#include "docs/inventory.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "docs/inventory_build.h"

static int compare_pointers(const void *a, const void *b)
{
	const struct docs_secret *const *one = a, *const *other = b;

	return str_compare((*one)->link.name, (*other)->link.name);
}

static struct docs_secret *add_secret(struct build *build, struct docs_application *application, struct str key)
{
	void **slot = map_slot(&application->secret_by_key, key);

	if (*slot == NULL) {
		struct docs_secret *secret = arena_calloc(&build->inventory->arena, 1, sizeof(*secret));

		secret->link.name = key;
		secret->application = application;
		secret->index = build->inventory->secret_count;
		vec_init(&secret->consumers, sizeof(struct docs_consumer *));
		vec_init(&secret->users, sizeof(struct docs_user *));
		vec_init(&secret->declarations, sizeof(struct docs_declaration *));
		vec_init(&secret->needs, sizeof(struct docs_need *));
		vec_push_pointer(&application->secrets, secret);
		build->inventory->secret_count++;
		*slot = secret;
	}
	return *slot;
}

struct str build_shown(const struct build *build, struct str text)
{
	return build->options->conceal != NULL ? build->options->conceal(&build->inventory->arena, text) : text;
}

/* A literal value that looks like a credential is a finding (6xx), and pages go further than the repository does. */
static void read_literal(const struct build *build, struct docs_declaration *declaration)
{
	const struct secret_spec *spec = declaration->spec;

	declaration->literal = STR_ABSENT;
	if (!spec_has(&spec->value))
		return;
	declaration->is_withheld =
		build->options->credential != NULL && build->options->credential(spec->key, spec->value.text) != NULL;
	if (!declaration->is_withheld)
		declaration->literal = spec->value.text;
}

static void add_declarations(struct build *build, struct docs_application *application, const struct secret_file *file)
{
	for (size_t i = 0; file != NULL && i < file->specs.len; i++) {
		const struct secret_spec *spec = vec_pointer(&file->specs, i);
		struct docs_secret *secret = add_secret(build, application, spec->key);
		struct docs_declaration *declaration = arena_calloc(&build->inventory->arena, 1, sizeof(*declaration));

		declaration->spec = spec;
		declaration->secret = secret;
		declaration->environment = file->environment;
		declaration->source_text = STR_ABSENT;
		declaration->index = build->inventory->declarations.len;
		read_literal(build, declaration);
		vec_push_pointer(&secret->declarations, declaration);
		vec_push_pointer(&build->inventory->declarations, declaration);
	}
}

static void add_application(struct build *build, const struct application *inner)
{
	struct docs_inventory *inventory = build->inventory;
	struct docs_application *application = arena_calloc(&inventory->arena, 1, sizeof(*application));

	application->application = inner;
	application->index = inventory->applications.len;
	application->link.name = inner->name;
	vec_init(&application->secrets, sizeof(struct docs_secret *));
	vec_init(&application->enablings, sizeof(struct docs_enabling *));
	map_init(&application->secret_by_key);
	add_declarations(build, application, inner->secrets);
	for (size_t i = 0; i < inner->overlays.len; i++)
		add_declarations(build, application,
			((const struct application_overlay *)vec_pointer(&inner->overlays, i))->secrets);
	vec_sort(&application->secrets, compare_pointers);
	vec_push_pointer(&inventory->applications, application);
	map_set(&inventory->application_by_name, inner->name, application);
}

static void release_secret(struct docs_secret *secret)
{
	for (size_t i = 0; i < secret->needs.len; i++)
		vec_release(&((struct docs_need *)vec_pointer(&secret->needs, i))->findings);
	for (size_t i = 0; i < secret->consumers.len; i++)
		vec_release(&((struct docs_consumer *)vec_pointer(&secret->consumers, i))->environments);
	for (size_t i = 0; i < secret->users.len; i++)
		vec_release(&((struct docs_user *)vec_pointer(&secret->users, i))->environments);
	vec_release(&secret->declarations);
	vec_release(&secret->needs);
	vec_release(&secret->consumers);
	vec_release(&secret->users);
}

static void release_application(struct docs_application *application)
{
	for (size_t i = 0; i < application->secrets.len; i++)
		release_secret(vec_pointer(&application->secrets, i));
	vec_release(&application->secrets);
	vec_release(&application->enablings);
	map_release(&application->secret_by_key);
}

static void release_environment(struct docs_environment *environment)
{
	for (size_t i = 0; i < environment->enablings.len; i++)
		vec_release(&((struct docs_enabling *)vec_pointer(&environment->enablings, i))->needs);
	vec_release(&environment->enablings);
	vec_release(&environment->findings);
	map_release(&environment->enabling_by_name);
	resolution_free(environment->resolution);
}

/* A name that is plain keeps itself, so these come first. */
static bool takes_its_turn(struct str name, unsigned turn)
{
	return page_names_is_plain(name) == (turn == 0);
}

static void name_page(struct build *build, struct docs_link *link, struct page_names *pages, const char *folder,
	const char *prefix, unsigned turn)
{
	struct arena *arena = &build->inventory->arena;

	if (!takes_its_turn(link->name, turn))
		return;
	struct str base = page_names_add(pages, STR(""), link->name);
	link->page = arena_printf(arena, "%s/%.*s", folder, STR_ARG(base));
	link->label = page_names_add(&build->labels, str_of(prefix), base);
}

static void name_pages(struct build *build)
{
	const struct docs_inventory *inventory = build->inventory;
	struct page_names applications, environments;

	page_names_init(&applications, &build->inventory->arena);
	page_names_init(&environments, &build->inventory->arena);
	for (unsigned turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < inventory->applications.len; i++) {
			struct docs_application *application = vec_pointer(&inventory->applications, i);
			name_page(build, &application->link, &applications, "applications", "aspis-app-", turn);
		}
		for (size_t i = 0; i < inventory->environments.len; i++) {
			struct docs_environment *environment = vec_pointer(&inventory->environments, i);
			name_page(build, &environment->link, &environments, "environments", "aspis-env-", turn);
		}
	}
	page_names_release(&applications);
	page_names_release(&environments);
}

/* "aspis-app-tap", of the page "applications/tap" → "tap". */
static struct str page_name(const struct docs_link *link)
{
	return str_slice(link->page, str_find_last(link->page, '/') + 1, link->page.len);
}

static void name_secrets(struct build *build, struct docs_application *application, unsigned turn)
{
	struct str base = page_name(&application->link);
	struct strbuf prefix = STRBUF_INIT;

	strbuf_printf(&prefix, "aspis-secret-%.*s-", STR_ARG(base));
	for (size_t i = 0; i < application->secrets.len; i++) {
		struct docs_secret *secret = vec_pointer(&application->secrets, i);

		if (!takes_its_turn(secret->link.name, turn))
			continue;
		secret->link.page = application->link.page;
		secret->link.label = page_names_add(&build->labels, strbuf_str(&prefix), secret->link.name);
	}
	strbuf_release(&prefix);
}

static void name_sections(struct build *build, struct docs_environment *environment, unsigned turn)
{
	struct strbuf prefix = STRBUF_INIT;

	strbuf_printf(&prefix, "%.*s-", STR_ARG(environment->link.label));
	for (size_t i = 0; i < environment->enablings.len; i++) {
		struct docs_enabling *enabling = vec_pointer(&environment->enablings, i);

		if (takes_its_turn(enabling->name, turn))
			enabling->label = page_names_add(&build->labels, strbuf_str(&prefix), enabling->name);
	}
	strbuf_release(&prefix);
}

static void name_parts(struct build *build)
{
	const struct docs_inventory *inventory = build->inventory;

	for (unsigned turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < inventory->applications.len; i++)
			name_secrets(build, vec_pointer(&inventory->applications, i), turn);
		for (size_t i = 0; i < inventory->environments.len; i++)
			name_sections(build, vec_pointer(&inventory->environments, i), turn);
	}
}

static struct docs_inventory *inventory_init(const struct model *model)
{
	struct docs_inventory *inventory = xcalloc(1, sizeof(*inventory));

	arena_init(&inventory->arena);
	inventory->model = model;
	vec_init(&inventory->applications, sizeof(struct docs_application *));
	vec_init(&inventory->environments, sizeof(struct docs_environment *));
	vec_init(&inventory->declarations, sizeof(struct docs_declaration *));
	map_init(&inventory->application_by_name);
	map_init(&inventory->environment_by_name);
	return inventory;
}

struct docs_inventory *docs_inventory_new(const struct model *model, const struct docs_inventory_options *options)
{
	const struct vec *shown = options->environments != NULL ? options->environments : &model->environments;
	struct docs_inventory *inventory = inventory_init(model);
	struct build build = {.inventory = inventory, .options = options};

	page_names_init(&build.labels, &inventory->arena);
	inventory->index_label = page_names_add(&build.labels, STR("aspis-"), STR("secrets"));
	inventory->applications_label = page_names_add(&build.labels, STR("aspis-"), STR("applications"));
	inventory->environments_label = page_names_add(&build.labels, STR("aspis-"), STR("environments"));
	for (size_t i = 0; i < model->applications.len; i++)
		add_application(&build, vec_pointer(&model->applications, i));
	for (size_t i = 0; i < shown->len; i++)
		build_environment(&build, vec_pointer(shown, i));
	inventory->is_partial = shown->len < model->environments.len;
	name_pages(&build);
	name_parts(&build);
	build_uses(&build);
	build_descriptions(&build);
	page_names_release(&build.labels);
	return inventory;
}

void docs_inventory_free(struct docs_inventory *inventory)
{
	if (inventory == NULL)
		return;
	for (size_t i = 0; i < inventory->declarations.len; i++) {
		const struct docs_declaration *declaration = vec_pointer(&inventory->declarations, i);

		if (declaration->description_of == NULL)
			document_free(declaration->description);
	}
	for (size_t i = 0; i < inventory->applications.len; i++)
		release_application(vec_pointer(&inventory->applications, i));
	for (size_t i = 0; i < inventory->environments.len; i++)
		release_environment(vec_pointer(&inventory->environments, i));
	vec_release(&inventory->applications);
	vec_release(&inventory->environments);
	vec_release(&inventory->declarations);
	map_release(&inventory->application_by_name);
	map_release(&inventory->environment_by_name);
	arena_release(&inventory->arena);
	free(inventory);
}

struct docs_application *docs_inventory_application(const struct docs_inventory *inventory, struct str name)
{
	return map_get(&inventory->application_by_name, name);
}

struct docs_environment *docs_inventory_environment(const struct docs_inventory *inventory, struct str name)
{
	return map_get(&inventory->environment_by_name, name);
}

struct docs_secret *docs_inventory_secret(
	const struct docs_inventory *inventory, struct str application, struct str key)
{
	const struct docs_application *found = docs_inventory_application(inventory, application);

	return found != NULL ? map_get(&found->secret_by_key, key) : NULL;
}
