#include "docs/view_private.h"

static void add_environment(struct items *items, const struct docs_environment *environment)
{
	const struct docs_views *views = items->scope->views;
	struct mustache_value *item = items_add(items, view_environment(items->scope->views, environment));

	mustache_set_text(item, "fqdn", environment->fqdn.text);
	mustache_set_number(item, "required_count", (long)environment->required);
	mustache_set_number(item, "static_count", (long)environment->static_count);
	mustache_set_number(item, "unresolved_count", (long)environment->findings.len);
	mustache_set(item, "has_unresolved", view_bool(views, environment->findings.len > 0));
}

static bool has_findings(const struct docs_enabling *enabling)
{
	for (size_t i = 0; i < enabling->needs.len; i++) {
		if (((const struct docs_need *)vec_pointer(&enabling->needs, i))->findings.len > 0)
			return true;
	}
	return false;
}

static void set_cell_link(const struct scope *scope, struct mustache_value *cell, const struct docs_enabling *enabling)
{
	struct docs_link section = {.page = enabling->environment->link.page, .label = enabling->label};

	mustache_set_text(cell, "cell_label", section.label);
	mustache_set_text(cell, "cell_href", docs_href(scope->arena, scope->views->format, &section, true));
}

/* For shades: each is twice as many as the one before. */
static long weight_of(size_t count)
{
	enum { WEIGHT_MAX = 4 };
	long weight = 0;

	for (; count > 0 && weight < WEIGHT_MAX; count /= 2)
		weight++;
	return weight;
}

/* enabling NULL: the application is not enabled there. */
static void add_cell(
	struct items *cells, const struct docs_environment *environment, const struct docs_enabling *enabling)
{
	const struct docs_views *views = cells->scope->views;
	struct mustache_value *cell = items_add(cells, NULL);
	size_t count = enabling != NULL ? enabling->needs.len : 0;

	mustache_set(cell, "enabled", view_bool(views, enabling != NULL));
	mustache_set(cell, "has_required", view_bool(views, count > 0));
	mustache_set_number(cell, "required_count", (long)count);
	mustache_set_number(cell, "cell_weight", weight_of(count));
	mustache_set(cell, "has_unresolved", view_bool(views, enabling != NULL && has_findings(enabling)));
	mustache_set_text(cell, "environment_name", view_shown(environment->link.name));
	mustache_set(cell, "cell_label", NULL);
	mustache_set(cell, "cell_href", NULL);
	if (enabling != NULL)
		set_cell_link(cells->scope, cell, enabling);
}

static void add_application(struct items *items, const struct docs_application *application)
{
	const struct scope *scope = items->scope;
	const struct vec *environments = &scope->views->inventory->environments;
	struct mustache_value *item = items_add(items, view_application(scope->views, application));
	struct items cells = items_begin(scope);

	for (size_t i = 0; i < environments->len; i++) {
		const struct docs_environment *environment = vec_pointer(environments, i);

		add_cell(&cells, environment, map_get(&environment->enabling_by_name, application->link.name));
	}
	mustache_set_number(item, "secret_count", (long)application->secrets.len);
	mustache_set(item, "has_secrets", view_bool(scope->views, application->secrets.len > 0));
	mustache_set_number(item, "enabled_count", (long)application->enablings.len);
	items_end(&cells, item, "cells", "has_cells");
}

static struct str label_of(const struct docs_inventory *inventory, enum docs_page_kind kind)
{
	if (kind == DOCS_PAGE_APPLICATIONS)
		return inventory->applications_label;
	return kind == DOCS_PAGE_ENVIRONMENTS ? inventory->environments_label : inventory->index_label;
}

void view_fill_index(const struct scope *scope, struct mustache_value *view, enum docs_page_kind kind)
{
	const struct docs_inventory *inventory = scope->views->inventory;
	struct items applications = items_begin(scope), environments = items_begin(scope);

	mustache_set_text(view, "label", label_of(inventory, kind));
	mustache_set_number(view, "application_count", (long)inventory->applications.len);
	mustache_set_number(view, "environment_count", (long)inventory->environments.len);
	mustache_set_number(view, "secret_count", (long)inventory->secret_count);
	for (size_t i = 0; i < inventory->environments.len; i++)
		add_environment(&environments, vec_pointer(&inventory->environments, i));
	items_end(&environments, view, "matrix_environments", "has_matrix_environments");
	for (size_t i = 0; i < inventory->applications.len; i++)
		add_application(&applications, vec_pointer(&inventory->applications, i));
	items_end(&applications, view, "matrix_applications", "has_matrix_applications");
}
