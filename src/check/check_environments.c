/* Family 8xx: the settings of environments, judged on the merged values. */
#include <strings.h>

#include "check/context.h"

/* The settings that two rules look at, found once. */
struct settings_rules {
	struct check *check;
	struct shared_findings vault_paths; /* ASP802, by value */
	struct shared_findings vault_urls;  /* ASP804, by value */
	struct shared_findings onepassword; /* ASP805, by the setting that is there */
	struct shared_findings names;       /* ASP806, by value */
	struct map places;                  /* ASP803: struct vec * of struct vault_place, by server and path */
};

struct vault_place {
	const struct environment *environment;
	struct span span;
};

static void identify(struct check *check, struct diag *diag, const struct shared_finding *finding, const char *setting)
{
	diag_identify(check->sink, diag, subject_of(&check->arena, finding->span.source->path, str_of(setting)),
		span_text(finding->span));
}

/* A setting that is a string and not empty; else absent. */
static struct str setting_text(const struct value_lookup *lookup)
{
	struct str text = node_string(lookup->node);

	return text.len > 0 ? text : STR_ABSENT;
}

/* A setting that is not there: missing, null, or empty. One of a wrong type is there. */
static bool is_absent(const struct value_lookup *lookup)
{
	if (node_is_null(lookup->node))
		return true;
	if (node_is_string(lookup->node))
		return node_string(lookup->node).len == 0;
	return (node_is_mapping(lookup->node) || node_is_sequence(lookup->node)) && !node_truth(lookup->node);
}

static bool has_secrets(const struct environment *environment)
{
	for (size_t i = 0; i < environment->enabled.len; i++) {
		const struct enabled_application *enabled = vec_at(&environment->enabled, i);
		const struct application *application = enabled->application;

		if (application == NULL)
			continue;
		const struct application_overlay *overlay = application_overlay(application, environment->name);
		if ((application->secrets != NULL && application->secrets->specs.len > 0) ||
			(overlay != NULL && overlay->secrets != NULL && overlay->secrets->specs.len > 0))
			return true;
	}
	return false;
}

/* What an environment cannot do without, and why. */
static const struct required_setting {
	const char *name;
	const char *consequence;
	bool current_layout;    /* only there */
	bool only_with_secrets; /* only where applications have secrets */
} required_settings[] = {
	{"name", "Argo CD cannot find the values files of its applications", false, false},
	{"fqdn", "applications do not know under which name they are reached", false, false},
	{"vaultPathPrefix", "its secrets have no place in Vault", false, false},
	{"vaultUrl", "its secrets have no Vault server", false, true},
	{"applications", "no application is deployed", true, false},
};

static void report_missing(
	struct check *check, const struct environment *environment, const struct required_setting *setting)
{
	struct value_lookup lookup = environment_setting(environment, str_of(setting->name));
	struct span span = environment_span(environment);

	if (!is_absent(&lookup))
		return;
	if (lookup.key != NULL && lookup.file == environment->file)
		span = node_span(lookup.key);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP801), span,
		"The environment '%.*s' has no `%s`. Without it %s; set it in its file.", STR_ARG(environment->name),
		setting->name, setting->consequence);
	diag_environment(check->sink, diag, environment->name);
	diag_identify(check->sink, diag, environment->file->path, str_of(setting->name));
}

static void check_required(struct check *check, const struct environment *environment)
{
	for (size_t i = 0; i < sizeof(required_settings) / sizeof(required_settings[0]); i++) {
		const struct required_setting *setting = &required_settings[i];

		if ((setting->current_layout && check->model->layout != LAYOUT_CURRENT) ||
			(setting->only_with_secrets && !has_secrets(environment)))
			continue;
		report_missing(check, environment, setting);
	}
}

/* What is wrong with a path, as the end of "it …"; NULL where nothing is. */
static const char *vault_path_problem(struct str path)
{
	struct str rest = path;
	size_t count = 0;

	if (str_starts_with(path, STR("/")))
		return "begins with a slash, so its first component, the mount, is empty";
	if (str_ends_with(path, STR("/")))
		return "ends with a slash, so its last component is empty";
	while (!str_is_absent(rest)) {
		struct str component = str_cut(&rest, '/');

		if (component.len == 0)
			return "has an empty component";
		if (count++ > 0 && str_is(component, "data") && (count == 2 || !str_is_absent(rest)))
			return "holds the `data/` that Vault's interface inserts by itself";
	}
	return count < 2 ? "has no path behind the mount" : NULL;
}

/* 127.0.0.0/8, written out. */
static bool is_loopback_number(struct str host)
{
	for (size_t i = 0; i < host.len; i++) {
		if (host.ptr[i] != '.' && (host.ptr[i] < '0' || host.ptr[i] > '9'))
			return false;
	}
	return str_starts_with(host, STR("127."));
}

static bool is_loopback(struct str host)
{
	return (host.len == 9 && strncasecmp(host.ptr, "localhost", host.len) == 0) || is_loopback_number(host) ||
	       str_is(host, "[::1]");
}

/* The host of a URL behind its scheme: without user, port and path. */
static struct str url_host(struct str rest)
{
	for (size_t i = 0; i < rest.len; i++) {
		if (rest.ptr[i] == '/' || rest.ptr[i] == '?' || rest.ptr[i] == '#')
			rest.len = i;
	}
	size_t at = str_find_last(rest, '@');
	if (at < rest.len)
		rest = str_slice(rest, at + 1, rest.len);
	if (str_starts_with(rest, STR("[")))
		return str_slice(rest, 0, str_find(rest, ']') + 1);
	return str_slice(rest, 0, str_find(rest, ':'));
}

static bool has_scheme(struct str url, struct str scheme)
{
	return url.len >= scheme.len && strncasecmp(url.ptr, scheme.ptr, scheme.len) == 0;
}

static bool is_secure(struct str url)
{
	struct str plain = STR("http://");

	if (has_scheme(url, STR("https://")))
		return true;
	return has_scheme(url, plain) && is_loopback(url_host(str_slice(url, plain.len, url.len)));
}

/* Server and path as one text in which equal places are equal: letters of the server in lower case, no slash at either end. */
static struct str place_key(struct arena *arena, struct str url, struct str path)
{
	while (str_ends_with(url, STR("/")))
		url.len--;
	while (str_ends_with(path, STR("/")))
		path.len--;
	while (str_starts_with(path, STR("/")))
		path = str_slice(path, 1, path.len);
	char *key = arena_bytes(arena, url.len + 1 + path.len);
	for (size_t i = 0; i < url.len; i++)
		key[i] = (char)(url.ptr[i] >= 'A' && url.ptr[i] <= 'Z' ? url.ptr[i] - 'A' + 'a' : url.ptr[i]);
	key[url.len] = ' ';
	memcpy(key + url.len + 1, path.ptr, path.len);
	return (struct str){.ptr = key, .len = url.len + 1 + path.len};
}

static void note_place(struct settings_rules *rules, const struct environment *environment, struct str url,
	struct str path, struct span span)
{
	void **slot = map_slot(&rules->places, place_key(&rules->check->arena, url, path));

	if (*slot == NULL) {
		struct vec *places = arena_alloc(&rules->check->arena, sizeof(*places));

		vec_init(places, sizeof(struct vault_place));
		*slot = places;
	}
	*(struct vault_place *)vec_push(*slot) = (struct vault_place){.environment = environment, .span = span};
}

static void check_vault(struct settings_rules *rules, const struct environment *environment)
{
	struct value_lookup url_found = environment_setting(environment, STR("vaultUrl"));
	struct value_lookup path_found = environment_setting(environment, STR("vaultPathPrefix"));
	struct str url = setting_text(&url_found);
	struct str path = setting_text(&path_found);

	if (!str_is_absent(url) && !is_secure(url))
		shared_add(&rules->vault_urls, node_value_span(url_found.node), STR(""), environment, url_found.node);
	if (str_is_absent(path))
		return;
	if (vault_path_problem(path) != NULL)
		shared_add(
			&rules->vault_paths, node_value_span(path_found.node), STR(""), environment, path_found.node);
	if (!str_is_absent(url))
		note_place(rules, environment, url, path, node_value_span(path_found.node));
}

static void check_onepassword(struct settings_rules *rules, const struct environment *environment)
{
	struct value_lookup url = environment_setting(environment, STR("onepassword.connectUrl"));
	struct value_lookup title = environment_setting(environment, STR("onepassword.vaultTitle"));

	if (!is_absent(&url) && is_absent(&title))
		shared_add(&rules->onepassword, node_span(url.key), STR("vaultTitle"), environment, NULL);
	if (is_absent(&url) && !is_absent(&title))
		shared_add(&rules->onepassword, node_span(title.key), STR("connectUrl"), environment, NULL);
}

static void check_name(struct settings_rules *rules, const struct environment *environment)
{
	struct value_lookup name = environment_setting(environment, STR("name"));
	struct str text = setting_text(&name);

	if (!str_is_absent(text) && !str_equal(text, environment->name))
		shared_add(&rules->names, node_value_span(name.node), STR(""), environment, environment);
}

static const struct shared_finding *finding_at(const struct shared_findings *shared, size_t index)
{
	return shared->by_key.entries[index].value;
}

static void report_vault_paths(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = finding_at(shared, i);
		struct str path = node_string(finding->first);
		struct str shown = quoted(&check->arena, path);
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP802), finding->span,
			"The `vaultPathPrefix` %.*s %s. Secrets would be looked for where none are; write the mount "
			"and the "
			"path below it, such as `secret/phalanx/production`.",
			STR_ARG(shown), vault_path_problem(path));

		shared_attach(check->sink, diag, finding);
		identify(check, diag, finding, "vaultPathPrefix");
	}
}

/* What stands before "://"; absent where nothing does. */
static struct str url_scheme(struct str url)
{
	struct str scheme = str_slice(url, 0, str_find(url, ':'));

	return scheme.len > 0 && str_starts_with(str_slice(url, scheme.len, url.len), STR("://")) ? scheme : STR_ABSENT;
}

static struct str url_problem(struct arena *arena, struct str url)
{
	struct str scheme = url_scheme(url);

	if (has_scheme(url, STR("http://")))
		return STR("`vaultUrl` does not begin with `https://`. The token and every secret would cross the "
			   "network in the clear; give the server's https address.");
	if (str_is_absent(scheme))
		return arena_printf(arena,
			"The `vaultUrl` %.*s has no scheme. Nothing can connect to it; write `https://` and the name "
			"of "
			"the server.",
			STR_ARG(quoted(arena, url)));
	return arena_printf(arena,
		"The `vaultUrl` has the unknown scheme %.*s. Nothing can connect to it; write `https://` and the name "
		"of "
		"the server.",
		STR_ARG(quoted(arena, scheme)));
}

static void report_vault_urls(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = finding_at(shared, i);
		struct str url = node_string(finding->first);
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP804), finding->span, "%.*s",
			STR_ARG(url_problem(&check->arena, url)));

		shared_attach(check->sink, diag, finding);
		identify(check, diag, finding, "vaultUrl");
	}
}

static void report_onepassword(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = finding_at(shared, i);
		struct str present = span_text(finding->span);
		bool lacks_url = !str_contains(present, STR("connectUrl"));
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP805), finding->span,
			"1Password is configured by half: `%s` is missing. %s; add it, or remove `%s`.",
			lacks_url ? "onepassword.connectUrl" : "onepassword.vaultTitle",
			lacks_url ? "Without a server, static secrets do not come from 1Password"
				  : "Without a vault, no static secret can be found there",
			lacks_url ? "vaultTitle" : "connectUrl");

		shared_attach(check->sink, diag, finding);
		identify(check, diag, finding, "onepassword");
	}
}

static void report_names(struct check *check, const struct shared_findings *shared)
{
	for (size_t i = 0; i < shared->by_key.len; i++) {
		const struct shared_finding *finding = finding_at(shared, i);
		const struct environment *environment = finding->first;
		struct value_lookup name = environment_setting(environment, STR("name"));
		struct str shown = quoted(&check->arena, node_string(name.node));
		struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP806), finding->span,
			"The name %.*s differs from that of the file, 'values-%.*s.yaml'. Argo CD builds the names of "
			"values files from it, so applications would read those of another environment; make both "
			"agree.",
			STR_ARG(shown), STR_ARG(environment->name));

		shared_attach(check->sink, diag, finding);
		identify(check, diag, finding, "name");
	}
}

/* " and 3 more environments", or "". */
static struct str and_more(struct check *check, size_t count)
{
	if (count == 0)
		return STR("");
	return arena_printf(&check->arena, " and %zu more environment%s", count, count > 1 ? "s" : "");
}

/* One finding for all environments of a place, at the second; two that inherit one setting are at that. */
static void report_shared_place(struct check *check, const struct vec *places)
{
	const struct vault_place *first = vec_at(places, 0);
	const struct vault_place *second = vec_at(places, 1);
	struct str more = and_more(check, places->len - 2);
	struct places others;
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP803), second->span,
		"'%.*s'%s '%.*s'%.*s keep their secrets in the same place of the same Vault server. Each overwrites "
		"and removes what the other needs; give each environment a `vaultPathPrefix` of its own.",
		STR_ARG(first->environment->name), more.len > 0 ? "," : " and", STR_ARG(second->environment->name),
		STR_ARG(more));

	places_init(&others, &check->arena);
	for (size_t i = 0; i < places->len; i++) {
		const struct vault_place *place = vec_at(places, i);

		diag_environment(check->sink, diag, place->environment->name);
		if (place->span.source != second->span.source || place->span.start != second->span.start)
			places_add(&others, place->span);
	}
	places_relate(&others, check->sink, diag, "This path is the same");
	diag_identify(check->sink, diag, second->span.source->path, span_text(second->span));
}

static void report_shared_places(struct check *check, const struct map *places)
{
	for (size_t i = 0; i < places->len; i++) {
		struct vec *place = places->entries[i].value;

		if (place->len > 1)
			report_shared_place(check, place);
		vec_release(place);
	}
}

static void rules_report(struct settings_rules *rules)
{
	report_vault_paths(rules->check, &rules->vault_paths);
	report_vault_urls(rules->check, &rules->vault_urls);
	report_onepassword(rules->check, &rules->onepassword);
	report_names(rules->check, &rules->names);
	report_shared_places(rules->check, &rules->places);
}

void check_environments(struct check *check)
{
	const struct vec *environments = &check->model->environments;
	struct settings_rules rules = {.check = check};

	shared_init(&rules.vault_paths, &check->arena);
	shared_init(&rules.vault_urls, &check->arena);
	shared_init(&rules.onepassword, &check->arena);
	shared_init(&rules.names, &check->arena);
	map_init(&rules.places);
	for (size_t i = 0; i < environments->len; i++) {
		const struct environment *environment = vec_pointer(environments, i);

		if (!environment_is_sound(check, environment))
			continue;
		check_required(check, environment);
		check_vault(&rules, environment);
		check_onepassword(&rules, environment);
		check_name(&rules, environment);
	}
	rules_report(&rules);
	shared_release(&rules.vault_paths);
	shared_release(&rules.vault_urls);
	shared_release(&rules.onepassword);
	shared_release(&rules.names);
	map_release(&rules.places);
}
