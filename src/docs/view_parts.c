#include "docs/view_private.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* What a role of Phalanx's documentation takes: its names are those of files there. */
static bool fits_role(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!ascii_is_word(c) && c != '.' && c != '-')
			return false;
	}
	return name.len > 0;
}

static struct str role_text(const struct docs_views *views, struct str name)
{
	return views->options.px_roles && fits_role(name) ? name : STR_ABSENT;
}

struct str docs_href(struct arena *arena, const struct docs_format *format, const struct docs_link *link, bool is_part)
{
	if (str_is_absent(link->page))
		return STR_ABSENT;
	return arena_printf(arena, "%.*s%s%s%.*s", STR_ARG(link->page), format->suffix, is_part ? "#" : "",
		STR_ARG(is_part ? link->label : STR("")));
}

void view_set_link(const struct scope *scope, struct mustache_value *map, const struct docs_link *link)
{
	struct docs_views *views = scope->views;
	struct str page = link->page;

	view_set_both(scope, map, "name", "name_code", view_shown(link->name));
	mustache_set_text(map, "label", link->label);
	mustache_set_text(map, "page", page);
	mustache_set_text(map, "href", docs_href(scope->arena, views->format, link, false));
	mustache_set_text(map, "px", role_text(views, link->name));
	mustache_set(map, "has_page", view_bool(views, !str_is_absent(page)));
	mustache_set_text(
		map, "page_name", page.len > 0 ? str_slice(page, str_find_last(page, '/') + 1, page.len) : STR_ABSENT);
}

static struct mustache_value *make_link(struct docs_views *views, const struct docs_link *link)
{
	struct scope scope = {.views = views, .arena = &views->arena};
	struct mustache_value *map = mustache_map(&views->arena);

	view_set_link(&scope, map, link);
	return map;
}

const struct mustache_value *view_application(struct docs_views *views, const struct docs_application *application)
{
	struct mustache_value **slot = &views->applications[application->index];

	if (*slot == NULL)
		*slot = make_link(views, &application->link);
	return *slot;
}

const struct mustache_value *view_environment(struct docs_views *views, const struct docs_environment *environment)
{
	struct mustache_value **slot = &views->environments[environment->index];

	if (*slot == NULL)
		*slot = make_link(views, &environment->link);
	return *slot;
}

const struct mustache_value *view_named_environment(const struct scope *scope, struct str name)
{
	const struct docs_environment *environment = docs_inventory_environment(scope->views->inventory, name);

	if (environment != NULL)
		return view_environment(scope->views, environment);
	struct mustache_value *map = mustache_map(scope->arena);
	view_set_link(scope, map, &(struct docs_link){.name = name});
	return map;
}

/* application may be NULL: there is none of that name. link has the label and the page, if there are any. */
static struct mustache_value *make_secret(const struct scope *scope, struct str application_name,
	const struct docs_application *application, const struct docs_link *link)
{
	static const struct docs_link nowhere = {.page = {.ptr = NULL}};
	const struct docs_link *home = application != NULL ? &application->link : &nowhere;
	struct docs_views *views = scope->views;
	struct mustache_value *map = mustache_map(scope->arena);
	struct str application_shown = view_shown(application_name), key = view_shown(link->name);

	view_set_both(scope, map, "key", "key_code", key);
	mustache_set_text(map, "label", link->label);
	mustache_set_text(map, "page", link->page);
	mustache_set_text(map, "href", docs_href(scope->arena, views->format, link, true));
	mustache_set(map, "has_page", view_bool(views, !str_is_absent(link->page)));
	view_set_both(scope, map, "application", "application_code", application_shown);
	mustache_set_text(map, "application_label", home->label);
	mustache_set_text(map, "application_page", home->page);
	mustache_set_text(map, "application_href", docs_href(scope->arena, views->format, home, false));
	mustache_set_text(map, "application_px", role_text(views, home->name));
	view_set_both(scope, map, "full_name", "full_name_code",
		arena_printf(scope->arena, "%.*s %.*s", STR_ARG(application_shown), STR_ARG(key)));
	return map;
}

const struct mustache_value *view_secret(struct docs_views *views, const struct docs_secret *secret)
{
	struct mustache_value **slot = &views->secrets[secret->index];

	if (*slot == NULL)
		*slot = make_secret(&(struct scope){.views = views, .arena = &views->arena},
			secret->application->link.name, secret->application, &secret->link);
	return *slot;
}

struct mustache_value *view_named_secret(const struct scope *scope, struct str application, struct str key)
{
	const struct docs_inventory *inventory = scope->views->inventory;
	const struct docs_secret *secret = docs_inventory_secret(inventory, application, key);

	if (secret != NULL) {
		struct mustache_value *map = mustache_map(scope->arena);
		mustache_inherit(map, view_secret(scope->views, secret));
		return map;
	}
	return make_secret(scope, application, docs_inventory_application(inventory, application),
		&(struct docs_link){.name = key});
}

struct mustache_value *view_place(const struct scope *scope, struct span span)
{
	if (span.source == NULL)
		return NULL;
	struct mustache_value *map = mustache_map(scope->arena);
	uint32_t line = source_line_at(span.source, span.start);
	struct str path = span.source->path;

	mustache_set_text(map, "path", path);
	mustache_set_number(map, "line", (long)line);
	view_set_code(scope, map, "place_code", arena_printf(scope->arena, "%.*s:%u", STR_ARG(path), line));
	return map;
}

struct mustache_value *view_if(const struct scope *scope, const spec_condition *condition)
{
	if (condition == NULL || !spec_has(condition))
		return NULL;
	struct mustache_value *map = mustache_map(scope->arena);

	view_set_both(scope, map, "condition", "condition_code", condition->text);
	return map;
}

struct mustache_value *view_condition(const struct scope *scope, const struct condition *condition)
{
	struct mustache_value *map = view_if(scope, condition->spec);
	const struct value_lookup *lookup = &condition->lookup;

	if (map == NULL)
		return NULL;
	const struct node *decided = value_is_set(lookup) ? lookup->key : lookup->blocker_key;
	mustache_set(map, "truth", view_bool(scope->views, condition->truth));
	mustache_set(map, "decided", decided != NULL ? view_place(scope, node_span(decided)) : NULL);
	return map;
}

void view_set_finding(const struct scope *scope, struct mustache_value *map, const struct diag *diag)
{
	mustache_set_text(map, "code", str_of(diag->rule->code));
	mustache_set_text(map, "rule", str_of(diag->rule->name));
	mustache_set_text(map, "message", diag->message);
	mustache_set(map, "found", view_place(scope, diag->span));
}

void view_set_findings(const struct scope *scope, struct mustache_value *map, const char *name, const char *has_name,
	const struct vec *diags)
{
	struct items items = items_begin(scope);

	for (size_t i = 0; i < diags->len; i++)
		view_set_finding(scope, items_add(&items, NULL), vec_pointer(diags, i));
	items_end(&items, map, name, has_name);
}
