#include "docs/view_private.h"

static void set_setting(const struct scope *scope, struct mustache_value *map, const char *name, const char *code_name,
	const struct docs_setting *setting)
{
	view_set_both(scope, map, name, code_name, setting->text);
}

static void set_settings(
	const struct scope *scope, struct mustache_value *view, const struct docs_environment *environment)
{
	const struct docs_views *views = scope->views;
	struct mustache_value *vault = mustache_map(scope->arena), *onepassword = NULL;

	set_setting(scope, view, "fqdn", "fqdn_code", &environment->fqdn);
	set_setting(scope, vault, "url", "url_code", &environment->vault_url);
	set_setting(scope, vault, "path", "path_code", &environment->vault_path);
	mustache_set(vault, "has_url", view_bool(views, !str_is_absent(environment->vault_url.text)));
	mustache_set(vault, "has_path", view_bool(views, !str_is_absent(environment->vault_path.text)));
	mustache_set(view, "vault", vault);
	if (!str_is_absent(environment->connect_url.text)) {
		onepassword = mustache_map(scope->arena);
		set_setting(scope, onepassword, "connect_url", "connect_url_code", &environment->connect_url);
		set_setting(scope, onepassword, "vault_title", "vault_title_code", &environment->vault_title);
		mustache_set(onepassword, "has_vault_title",
			view_bool(views, !str_is_absent(environment->vault_title.text)));
	}
	mustache_set(view, "onepassword", onepassword);
	view_set_code(scope, view, "settings_code", environment->environment->file->path);
}

static void add_need(struct items *items, const struct docs_need *need)
{
	const struct scope *scope = items->scope;
	struct mustache_value *item = items_add(items, view_origin(scope->views, need));

	mustache_set(item, "required_by", view_condition(scope, &need->condition));
	mustache_set(item, "origin_condition", view_condition(scope, &need->resolved->origin_condition));
	view_set_findings(scope, item, "need_unresolved", "has_need_unresolved", &need->findings);
}

/* The application's part of a list: a link to its page, or its name alone. */
static struct mustache_value *add_application(struct items *items, const struct docs_enabling *enabling)
{
	const struct scope *scope = items->scope;
	const struct mustache_value *link = NULL;

	if (enabling->application != NULL)
		link = view_application(scope->views, enabling->application);
	struct mustache_value *item = items_add(items, link);
	if (link == NULL)
		view_set_link(scope, item, &(struct docs_link){.name = enabling->name});
	return item;
}

static void add_requirements(struct items *items, const struct docs_enabling *enabling)
{
	const struct scope *scope = items->scope;
	struct docs_link section = {.page = enabling->environment->link.page, .label = enabling->label};
	struct mustache_value *item = add_application(items, enabling);
	struct items needs = items_begin(scope);

	mustache_set_text(item, "section_label", section.label);
	mustache_set_text(item, "section_href", docs_href(scope->arena, scope->views->format, &section, true));
	mustache_set(
		item, "name_rule", view_rule(scope, view_shown(enabling->name), scope->views->format->escape, '^'));
	mustache_set_number(item, "required_count", (long)enabling->needs.len);
	for (size_t i = 0; i < enabling->needs.len; i++)
		add_need(&needs, vec_pointer(&enabling->needs, i));
	items_end(&needs, item, "requirement_secrets", "has_requirement_secrets");
}

/* What of an application somebody must provide, if there is anything. */
static void add_provide(struct items *items, const struct docs_enabling *enabling)
{
	struct items needs = items_begin(items->scope);

	for (size_t i = 0; i < enabling->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&enabling->needs, i);

		if (need->resolved->origin == ORIGIN_STATIC)
			add_need(&needs, need);
	}
	if (needs.count > 0)
		items_end(&needs, add_application(items, enabling), "provide_secrets", "has_provide_secrets");
}

static void add_oidc(struct items *items, const struct docs_enabling *enabling)
{
	for (size_t i = 0; i < enabling->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&enabling->needs, i);

		if (need->resolved->origin == ORIGIN_GENERATE &&
			need->resolved->spec->generate.type == GENERATE_OIDC_CLIENTS)
			items_add(items, view_secret(items->scope->views, need->secret));
	}
}

static void set_unresolved(
	const struct scope *scope, struct mustache_value *view, const struct docs_environment *environment)
{
	struct items items = items_begin(scope);

	for (size_t i = 0; i < environment->findings.len; i++) {
		const struct docs_finding *finding = vec_at(&environment->findings, i);
		struct mustache_value *item = items_add(&items, NULL), *of_secret = NULL;

		if (finding->need != NULL) {
			of_secret = mustache_map(scope->arena);
			mustache_inherit(of_secret, view_secret(scope->views, finding->need->secret));
		}
		view_set_finding(scope, item, finding->diag);
		mustache_set(item, "of_secret", of_secret);
	}
	items_end(&items, view, "unresolved", "has_unresolved");
}

void view_fill_environment(
	const struct scope *scope, struct mustache_value *view, const struct docs_environment *environment)
{
	struct items provide = items_begin(scope), requirements = items_begin(scope), oidc = items_begin(scope);

	view_set_link(scope, view, &environment->link);
	set_settings(scope, view, environment);
	mustache_set_number(view, "required_count", (long)environment->required);
	mustache_set_number(view, "static_count", (long)environment->static_count);
	mustache_set_number(view, "application_count", (long)environment->enablings.len);
	mustache_set(view, "has_one_required", view_bool(scope->views, environment->required == 1));
	mustache_set(view, "has_one_application", view_bool(scope->views, environment->enablings.len == 1));
	for (size_t i = 0; i < environment->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&environment->enablings, i);

		add_provide(&provide, enabling);
		add_requirements(&requirements, enabling);
		add_oidc(&oidc, enabling);
	}
	items_end(&provide, view, "provide", "has_provide");
	items_end(&requirements, view, "requirements", "has_requirements");
	items_end(&oidc, view, "oidc", "has_oidc");
	set_unresolved(scope, view, environment);
}
