#include "docs/site_private.h"

#include "base/utf8.h"

#define BAR_WIDTH 1000 /* of a bar of kinds, in its own units */

static const struct {
	const char *words;
} origins[] = {
	[ORIGIN_STATIC] = {"to provide"},
	[ORIGIN_VALUE] = {"literal"},
	[ORIGIN_COPY] = {"copied"},
	[ORIGIN_GENERATE] = {"generated"},
};
#define ORIGINS (sizeof(origins) / sizeof(origins[0]))

/* The order in which kinds are shown: what somebody has to do comes first. */
static const enum secret_origin shown_order[ORIGINS] = {ORIGIN_STATIC, ORIGIN_GENERATE, ORIGIN_COPY, ORIGIN_VALUE};

static const char *origin_words(enum secret_origin origin)
{
	return origins[origin].words;
}

struct str site_href(struct arena *arena, const struct docs_link *link, bool is_part)
{
	return docs_href(arena, docs_format_find(STR("html")), link, is_part);
}

/* A list under way in an arena. */
struct list {
	struct arena *arena;
	struct mustache_value *items;
};

static struct mustache_value *add_item(struct list *list)
{
	struct mustache_value *item = mustache_map(list->arena);

	mustache_push(list->items, item);
	return item;
}

static struct list begin_list(struct mustache_value *map, struct arena *arena, const char *name)
{
	struct list list = {.arena = arena, .items = mustache_list(arena)};

	mustache_set(map, name, list.items);
	return list;
}

static void set_link(struct mustache_value *map, struct arena *arena, const struct docs_link *link, bool is_part,
	const char *name, const char *href)
{
	mustache_set_text(map, name, view_shown(link->name));
	mustache_set_text(map, href, site_href(arena, link, is_part));
}

static void set_origin(struct mustache_value *map, enum secret_origin origin)
{
	mustache_set_text(map, "kind", secret_origin_name(origin));
	mustache_set_text(map, "kind_words", str_of(origin_words(origin)));
}

/* How many secrets of each kind an environment requires. */
static void count_origins(size_t counts[ORIGINS], const struct docs_environment *environment)
{
	for (size_t i = 0; i < environment->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&environment->enablings, i);

		for (size_t j = 0; j < enabling->needs.len; j++) {
			const struct docs_need *need = vec_pointer(&enabling->needs, j);

			if (need->resolved != NULL)
				counts[need->resolved->origin]++;
		}
	}
}

/* The parts of a bar as long as BAR_WIDTH. */
static void set_kinds(struct mustache_value *map, struct arena *arena, const struct docs_environment *environment)
{
	struct list kinds = begin_list(map, arena, "kinds");
	size_t counts[ORIGINS] = {0};
	size_t total = 0;
	size_t before = 0;

	count_origins(counts, environment);
	for (size_t i = 0; i < ORIGINS; i++)
		total += counts[i];
	for (size_t i = 0; i < ORIGINS; i++) {
		size_t count = counts[shown_order[i]];
		size_t start = total > 0 ? before * BAR_WIDTH / total : 0;

		before += count;
		if (count == 0)
			continue;
		struct mustache_value *kind = add_item(&kinds);
		set_origin(kind, shown_order[i]);
		mustache_set_number(kind, "kind_count", (long)count);
		mustache_set_number(kind, "bar_start", (long)start);
		mustache_set_number(kind, "bar_width", (long)(before * BAR_WIDTH / total - start));
	}
}

static void add_card(struct list *cards, const struct docs_environment *environment)
{
	struct mustache_value *card = add_item(cards);

	set_link(card, cards->arena, &environment->link, false, "name", "href");
	mustache_set_text(card, "fqdn", environment->fqdn.text);
	mustache_set_number(card, "application_count", (long)environment->enablings.len);
	mustache_set_bool(card, "has_one_application", environment->enablings.len == 1);
	mustache_set_number(card, "required_count", (long)environment->required);
	mustache_set_number(card, "static_count", (long)environment->static_count);
	mustache_set_number(card, "unresolved_count", (long)environment->findings.len);
	set_kinds(card, cards->arena, environment);
}

static void add_copy(struct list *list, const struct site_copy *copy, size_t environments)
{
	struct mustache_value *item = add_item(list);
	struct list names;

	set_link(item, list->arena, &copy->source->link, true, "source_key", "source_href");
	set_link(item, list->arena, &copy->target->link, true, "target_key", "target_href");
	mustache_set_bool(item, "is_renamed", !str_equal(copy->source->link.name, copy->target->link.name));
	mustache_set_bool(item, "everywhere", copy->user->environments.len == environments);
	names = begin_list(item, list->arena, "copy_environments");
	for (size_t i = 0; i < copy->user->environments.len; i++) {
		const struct docs_environment *environment = vec_pointer(&copy->user->environments, i);
		struct mustache_value *name = add_item(&names);

		set_link(name, list->arena, &environment->link, false, "name", "href");
		mustache_set_bool(name, "last", i + 1 == copy->user->environments.len);
	}
}

/* The table that says what the picture shows. */
static void set_pairs(struct mustache_value *view, struct arena *arena, const struct docs_inventory *inventory,
	const struct vec *copies)
{
	struct list pairs = begin_list(view, arena, "pairs");

	for (size_t i = 0, count; i < copies->len; i += count) {
		const struct site_copy *first = vec_at(copies, i);
		struct mustache_value *pair = add_item(&pairs);

		count = site_copies_alike(copies, i);
		set_link(pair, arena, &first->source->application->link, false, "from_name", "from_href");
		set_link(pair, arena, &first->target->application->link, false, "to_name", "to_href");
		mustache_set_number(pair, "copy_count", (long)count);
		struct list list = begin_list(pair, arena, "pair_copies");
		for (size_t j = i; j < i + count; j++)
			add_copy(&list, vec_at(copies, j), inventory->environments.len);
	}
}

static void set_graph(struct mustache_value *view, struct arena *arena, const struct vec *copies,
	const struct docs_application *self, struct str root)
{
	struct strbuf svg = STRBUF_INIT;

	mustache_set_bool(view, "has_graph", copies->len > 0);
	mustache_set(view, "graph", NULL);
	if (copies->len == 0)
		return;
	site_write_graph(&svg, copies, self, root);
	mustache_set(view, "graph", mustache_markup(arena, arena_str(arena, strbuf_str(&svg))));
	strbuf_release(&svg);
}

static void extend_index(struct mustache_value *view, struct arena *arena, const struct docs_inventory *inventory)
{
	struct list cards = begin_list(view, arena, "cards");
	struct vec copies;

	for (size_t i = 0; i < inventory->environments.len; i++)
		add_card(&cards, vec_pointer(&inventory->environments, i));
	site_copies(&copies, inventory);
	set_graph(view, arena, &copies, NULL, STR(""));
	set_pairs(view, arena, inventory, &copies);
	vec_release(&copies);
}

/* What a secret is in each environment that enables its application. */
static void add_row(struct list *rows, const struct docs_secret *secret)
{
	struct mustache_value *row = add_item(rows);
	struct list cells = begin_list(row, rows->arena, "across_cells");

	mustache_set_text(row, "across_key", view_shown(secret->link.name));
	mustache_set_text(row, "across_label", secret->link.label);
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);
		struct mustache_value *cell = add_item(&cells);

		mustache_set_bool(cell, "is_needed", need->resolved != NULL);
		mustache_set_bool(cell, "is_broken", need->findings.len > 0);
		set_origin(cell, need->resolved != NULL ? need->resolved->origin : ORIGIN_STATIC);
	}
}

static void extend_application(
	struct mustache_value *view, struct arena *arena, const struct docs_application *application)
{
	struct list rows = begin_list(view, arena, "across");
	struct vec copies;

	for (size_t i = 0; i < application->secrets.len; i++)
		add_row(&rows, vec_pointer(&application->secrets, i));
	mustache_set_bool(view, "has_across", application->secrets.len > 0 && application->enablings.len > 0);
	site_copies_of(&copies, application);
	set_graph(view, arena, &copies, application, STR("../"));
	vec_release(&copies);
}

void site_extend(struct mustache_value *view, struct arena *arena, const struct docs_inventory *inventory,
	const struct docs_page *page)
{
	if (page->kind == DOCS_PAGE_INDEX)
		extend_index(view, arena, inventory);
	else if (page->application != NULL)
		extend_application(view, arena, page->application);
	else if (page->environment != NULL)
		set_kinds(view, arena, page->environment);
}

/* The files of the template folder that pages refer to as they are. */
static const char *const assets[] = {"style.css", "script.js"};

void site_files(struct docs_output *output, const struct docs_inventory *inventory)
{
	struct strbuf search = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(assets) / sizeof(assets[0]); i++)
		docs_output_file(output, str_of(assets[i]), docs_output_asset(output, assets[i]));
	site_write_search(&search, inventory);
	docs_output_file(output, STR("search.js"), strbuf_str(&search));
	strbuf_release(&search);
}
