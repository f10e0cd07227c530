#include "base/path.h"
#include "docs/inventory_build.h"

enum { RESOLUTION_FAMILY = 2 }; /* of rules: 2xx */

/* An address without user and password, which belong to nobody who reads pages. A password that is not encoded may hold any sign: the last @ counts. */
static void hide_login(const struct build *build, struct docs_setting *setting)
{
	struct str url = setting->text;

	if (str_is_absent(url))
		return;
	size_t at = str_find_last(url, '@');
	size_t colon = str_find(url, ':');
	bool has_scheme = str_starts_with(str_slice(url, colon, url.len), STR("://"));
	struct str scheme = str_slice(url, 0, has_scheme ? colon + strlen("://") : 0);
	struct str host = str_slice(url, at, url.len);

	if (host.len > 0 && at >= scheme.len)
		setting->text = arena_printf(&build->inventory->arena, "%.*s****%.*s", STR_ARG(scheme), STR_ARG(host));
}

static struct docs_setting setting_of(
	const struct build *build, const struct environment *environment, const char *path)
{
	struct value_lookup lookup = environment_setting(environment, str_of(path));
	struct str text = node_string(lookup.node);

	if (str_is_absent(text) || text.len == 0)
		return (struct docs_setting){.text = STR_ABSENT};
	text = build_shown(build, text);
	return (struct docs_setting){.text = text, .span = node_span(lookup.key)};
}

static void read_settings(const struct build *build, struct docs_environment *environment)
{
	const struct model *model = build->inventory->model;
	const struct environment *inner = environment->environment;
	const char *connect = model->layout == LAYOUT_SQR079 ? "onePasswordConnectServer" : "onepassword.connectUrl";

	environment->fqdn = setting_of(build, inner, "fqdn");
	environment->vault_url = setting_of(build, inner, "vaultUrl");
	environment->vault_path = setting_of(build, inner, "vaultPathPrefix");
	environment->connect_url = setting_of(build, inner, connect);
	environment->vault_title = setting_of(build, inner, "onepassword.vaultTitle");
	hide_login(build, &environment->vault_url);
	hide_login(build, &environment->connect_url);
	if (!str_is_absent(environment->vault_url.text))
		environment->vault_url.text = path_without_slashes(environment->vault_url.text);
}

/* The need of a secret in the environment that is being built: the last one. NULL: its application is not enabled there. */
static struct docs_need *need_of(const struct docs_secret *secret, const struct docs_environment *environment)
{
	struct docs_need *last = secret != NULL && secret->needs.len > 0 ? vec_last_pointer(&secret->needs) : NULL;

	return last != NULL && last->environment == environment ? last : NULL;
}

static const struct docs_declaration *declaration_of(const struct docs_secret *secret, const struct secret_spec *spec)
{
	for (size_t i = 0; spec != NULL && i < secret->declarations.len; i++) {
		const struct docs_declaration *declaration = vec_pointer(&secret->declarations, i);

		if (declaration->spec == spec)
			return declaration;
	}
	return NULL;
}

static void count_required(struct docs_environment *environment, const struct docs_need *need)
{
	environment->required++;
	need->secret->required_count++;
	environment->static_count += need->resolved->origin == ORIGIN_STATIC ? 1 : 0;
}

static void add_need(struct build *build, struct docs_enabling *enabling, struct docs_secret *secret)
{
	struct docs_environment *environment = enabling->environment;
	const struct application *application = enabling->application->application;
	struct str name = environment->environment->name;
	const struct secret_spec *spec = application_secret(application, name, secret->link.name);
	struct docs_need *need = arena_calloc(&build->inventory->arena, 1, sizeof(*need));

	need->secret = secret;
	need->environment = environment;
	need->declaration = declaration_of(secret, spec);
	need->resolved = resolution_find(environment->resolution, application->name, secret->link.name);
	vec_init(&need->findings, sizeof(const struct diag *));
	vec_push_pointer(&secret->needs, need);
	if (need->resolved == NULL) {
		need->condition = spec != NULL ? condition_evaluate(&spec->condition, application, name)
					       : (struct condition){.spec = NULL};
		return;
	}
	need->condition = need->resolved->condition;
	vec_push_pointer(&enabling->needs, need);
	count_required(environment, need);
}

static void add_enabling(
	struct build *build, struct docs_environment *environment, const struct enabled_application *enabled)
{
	struct docs_application *application = docs_inventory_application(build->inventory, enabled->name);
	struct docs_enabling *enabling = arena_calloc(&build->inventory->arena, 1, sizeof(*enabling));

	enabling->environment = environment;
	enabling->application = application;
	enabling->name = enabled->name;
	vec_init(&enabling->needs, sizeof(struct docs_need *));
	vec_push_pointer(&environment->enablings, enabling);
	map_set(&environment->enabling_by_name, enabled->name, enabling);
	if (application == NULL)
		return;
	vec_push_pointer(&application->enablings, enabling);
	for (size_t i = 0; i < application->secrets.len; i++)
		add_need(build, enabling, vec_pointer(&application->secrets, i));
}

static struct docs_need *need_of_resolved(const struct docs_inventory *inventory,
	const struct docs_environment *environment, const struct resolved_secret *resolved)
{
	if (resolved == NULL)
		return NULL;
	return need_of(docs_inventory_secret(inventory, resolved->application->name, resolved->spec->key), environment);
}

/* In the order of the resolution, which is that by application and key. */
static void link_needs(const struct docs_inventory *inventory, struct docs_environment *environment)
{
	for (size_t i = 0; i < environment->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&environment->enablings, i);

		for (size_t j = 0; j < enabling->needs.len; j++) {
			struct docs_need *need = vec_pointer(&enabling->needs, j);

			need->source = need_of_resolved(inventory, environment, need->resolved->source);
			need->first_user = need_of_resolved(inventory, environment, need->resolved->first_user);
			need->next_user = need_of_resolved(inventory, environment, need->resolved->next_user);
		}
	}
}

/* Whether a finding is about a problem: it stands at the same place. */
static bool is_about(const struct diag *diag, const struct resolve_problem *problem)
{
	return diag->rule->number / 100 == RESOLUTION_FAMILY && diag->span.source == problem->span.source &&
	       diag->span.start == problem->span.start;
}

static bool concerns(const struct diag *diag, const struct environment *environment)
{
	for (size_t i = 0; i < diag->environments.len; i++) {
		if (str_equal(*(const struct str *)vec_at(&diag->environments, i), environment->name))
			return true;
	}
	return diag->environments.len == 0;
}

static int compare_place(struct span a, struct span b)
{
	int order = str_compare(a.source->path, b.source->path);

	return order != 0 ? order : (a.start > b.start) - (a.start < b.start);
}

/* The first of the sorted findings that is not before a place. */
static size_t first_finding(const struct vec *diags, struct span span)
{
	size_t low = 0, high = diags->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct diag *diag = vec_pointer(diags, middle);

		if (compare_place(diag->span, span) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_finding(struct docs_environment *environment, struct docs_need *need, const struct diag *diag)
{
	if (need != NULL)
		vec_push_pointer(&need->findings, diag);
	struct docs_finding *finding = vec_push(&environment->findings);
	finding->diag = diag;
	finding->need = need;
}

static void add_findings(
	const struct docs_inventory *inventory, struct docs_environment *environment, const struct vec *diags)
{
	const struct vec *problems = &environment->resolution->problems;

	for (size_t i = 0; i < problems->len; i++) {
		const struct resolve_problem *problem = vec_at(problems, i);
		struct docs_need *need = need_of_resolved(inventory, environment, problem->secret);

		for (size_t j = first_finding(diags, problem->span); j < diags->len; j++) {
			const struct diag *diag = vec_pointer(diags, j);

			if (compare_place(diag->span, problem->span) != 0)
				break;
			if (is_about(diag, problem) && concerns(diag, environment->environment))
				add_finding(environment, need, diag);
		}
	}
}

void build_environment(struct build *build, const struct environment *inner)
{
	struct docs_inventory *inventory = build->inventory;
	struct docs_environment *environment = arena_calloc(&inventory->arena, 1, sizeof(*environment));

	environment->environment = inner;
	environment->index = inventory->environments.len;
	environment->link.name = inner->name;
	environment->resolution = resolve_environment(inventory->model, inner);
	if (build->options->delivery != NULL)
		environment->delivery = delivery_environment(build->options->delivery, inner->name);
	vec_init(&environment->enablings, sizeof(struct docs_enabling *));
	vec_init(&environment->findings, sizeof(struct docs_finding));
	map_init(&environment->enabling_by_name);
	read_settings(build, environment);
	for (size_t i = 0; i < inner->enabled.len; i++)
		add_enabling(build, environment, vec_at(&inner->enabled, i));
	link_needs(inventory, environment);
	if (build->options->findings != NULL)
		add_findings(inventory, environment, &build->options->findings->diags);
	vec_push_pointer(&inventory->environments, environment);
	map_set(&inventory->environment_by_name, inner->name, environment);
}
