#include "docs/view_private.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"

struct mustache_value *view_bool(const struct docs_views *views, bool value)
{
	return value ? views->yes : views->no;
}

struct str view_shown(struct str name)
{
	if (name.len == 0)
		return STR("(empty)");
	return str_trim(name).len > 0 ? name : STR("(blank)");
}

void view_set_code(const struct scope *scope, struct mustache_value *map, const char *name, struct str text)
{
	struct strbuf *scratch = &scope->views->scratch;

	if (text.len == 0) {
		mustache_set(map, name, NULL);
		return;
	}
	strbuf_clear(scratch);
	scope->views->format->code(scratch, text);
	mustache_set(map, name, mustache_markup(scope->arena, arena_str(scope->arena, strbuf_str(scratch))));
}

void view_set_both(
	const struct scope *scope, struct mustache_value *map, const char *name, const char *code_name, struct str text)
{
	mustache_set_text(map, name, text);
	view_set_code(scope, map, code_name, text);
}

struct items items_begin(const struct scope *scope)
{
	return (struct items){.scope = scope, .list = mustache_list(scope->arena)};
}

struct mustache_value *items_add(struct items *items, const struct mustache_value *base)
{
	const struct docs_views *views = items->scope->views;
	struct mustache_value *item = mustache_map(items->scope->arena);

	if (base != NULL)
		mustache_inherit(item, base);
	if (items->previous != NULL)
		mustache_set(items->previous, "last", views->no);
	mustache_set(item, "first", view_bool(views, items->count == 0));
	mustache_set(item, "last", views->yes);
	mustache_push(items->list, item);
	items->previous = item;
	items->count++;
	return item;
}

void items_end(struct items *items, struct mustache_value *map, const char *name, const char *has_name)
{
	mustache_set(map, name, items->list);
	mustache_set(map, has_name, view_bool(items->scope->views, items->count > 0));
}

void view_set_environments(const struct scope *scope, struct mustache_value *map, const char *name,
	const char *has_name, const struct vec *environments)
{
	struct items items = items_begin(scope);

	for (size_t i = 0; i < environments->len; i++)
		items_add(&items, view_environment(scope->views, vec_pointer(environments, i)));
	items_end(&items, map, name, has_name);
}

/* Character by character, not as they look together: docutils takes what is invisible for a column of its own, and refuses a rule that is too short. */
static size_t columns_of(struct str text)
{
	size_t columns = 0;
	size_t length;

	for (size_t at = 0; at < text.len; at += length) {
		utf8_decode(str_slice(text, at, text.len), &length);
		size_t width = utf8_display_width(str_slice(text, at, length), 0);
		columns += width > 1 ? width : 1;
	}
	return columns;
}

struct mustache_value *view_rule(const struct scope *scope, struct str text, escape_function *write, char rule)
{
	struct strbuf *scratch = &scope->views->scratch;

	strbuf_clear(scratch);
	write(scratch, text);
	size_t columns = columns_of(strbuf_str(scratch));
	strbuf_clear(scratch);
	strbuf_append_repeat(scratch, rule, columns);
	return mustache_markup(scope->arena, arena_str(scope->arena, strbuf_str(scratch)));
}

/* What all pages see, whichever they are. */
static struct mustache_value *make_common(struct docs_views *views)
{
	const struct docs_inventory *inventory = views->inventory;
	struct scope scope = {.views = views, .arena = &views->arena};
	struct mustache_value *common = mustache_map(&views->arena);
	struct items applications = items_begin(&scope), environments = items_begin(&scope);

	for (size_t i = 0; i < inventory->applications.len; i++)
		items_add(&applications, view_application(views, vec_pointer(&inventory->applications, i)));
	items_end(&applications, common, "all_applications", "has_all_applications");
	for (size_t i = 0; i < inventory->environments.len; i++)
		items_add(&environments, view_environment(views, vec_pointer(&inventory->environments, i)));
	items_end(&environments, common, "all_environments", "has_all_environments");
	mustache_set(common, "is_partial", view_bool(views, inventory->is_partial));
	mustache_set(common, "px_roles", view_bool(views, views->options.px_roles));
	mustache_set_text(common, "index_label", inventory->index_label);
	mustache_set_text(common, "applications_label", inventory->applications_label);
	mustache_set_text(common, "environments_label", inventory->environments_label);
	mustache_set_text(common, "index_href", arena_printf(&views->arena, "index%s", views->format->suffix));
	return common;
}

struct docs_views *docs_views_new(const struct docs_inventory *inventory, const struct docs_format *format,
	const struct docs_view_options *options)
{
	struct docs_views *views = xcalloc(1, sizeof(*views));
	size_t declarations = inventory->declarations.len;

	views->inventory = inventory;
	views->format = format;
	views->options = *options;
	arena_init(&views->arena);
	strbuf_init(&views->scratch);
	views->yes = mustache_bool(&views->arena, true);
	views->no = mustache_bool(&views->arena, false);
	views->applications = xcalloc(inventory->applications.len, sizeof(struct mustache_value *));
	views->environments = xcalloc(inventory->environments.len, sizeof(struct mustache_value *));
	views->secrets = xcalloc(inventory->secret_count, sizeof(struct mustache_value *));
	views->declarations = xcalloc(declarations, sizeof(struct mustache_value *));
	views->origins = xcalloc(declarations, 2 * ORIGIN_COUNT * sizeof(struct mustache_value *));
	views->common = make_common(views);
	return views;
}

void docs_views_free(struct docs_views *views)
{
	if (views == NULL)
		return;
	free(views->applications);
	free(views->environments);
	free(views->secrets);
	free(views->declarations);
	free(views->origins);
	strbuf_release(&views->scratch);
	arena_release(&views->arena);
	free(views);
}

static struct str title_of(const struct docs_page *page)
{
	if (page->application != NULL)
		return view_shown(page->application->link.name);
	if (page->environment != NULL)
		return view_shown(page->environment->link.name);
	if (page->kind == DOCS_PAGE_APPLICATIONS)
		return STR("Applications");
	return page->kind == DOCS_PAGE_ENVIRONMENTS ? STR("Environments") : STR("Secrets");
}

static void set_title(const struct scope *scope, struct mustache_value *view, const struct docs_page *page)
{
	mustache_set_text(view, "title", title_of(page));
	mustache_set(view, "title_rule", view_rule(scope, title_of(page), scope->views->format->escape, '='));
}

static void fill(const struct scope *scope, struct mustache_value *view, const struct docs_page *page)
{
	if (page->application != NULL)
		view_fill_application(scope, view, page->application);
	else if (page->environment != NULL)
		view_fill_environment(scope, view, page->environment);
	else
		view_fill_index(scope, view, page->kind);
}

struct mustache_value *docs_view(struct docs_views *views, struct arena *arena, const struct docs_page *page)
{
	struct scope scope = {.views = views, .arena = arena};
	struct mustache_value *view = mustache_map(arena);
	bool nested = str_find(page->page, '/') < page->page.len;

	mustache_inherit(view, views->common);
	set_title(&scope, view, page);
	mustache_set_text(view, "root", nested ? STR("../") : STR(""));
	mustache_set(view, "is_index", view_bool(views, page->kind == DOCS_PAGE_INDEX));
	mustache_set(view, "is_application_page", view_bool(views, page->kind == DOCS_PAGE_APPLICATION));
	mustache_set(view, "is_environment_page", view_bool(views, page->kind == DOCS_PAGE_ENVIRONMENT));
	mustache_set_text(view, "page", page->page);
	fill(&scope, view, page);
	return view;
}
