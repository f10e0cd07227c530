#include "docs/view_private.h"

/* Environments in which a secret's needs are alike. */
struct outcome {
	const struct docs_need *need; /* the first of them */
	struct mustache_value *item;
	struct items places;
};

/* Whether a value must be given by somebody where neither copy nor generate is active. */
static bool may_be_static(const struct secret_spec *spec)
{
	bool copies = spec->copy.node != NULL && !spec_has(&spec->copy.condition);
	bool generates = spec->generate.node != NULL && !spec_has(&spec->generate.condition);

	return !spec_has(&spec->value) && !copies && !generates;
}

static const struct mustache_value *add_declaration(struct items *items, const struct docs_declaration *declaration)
{
	const struct scope *scope = items->scope;
	const struct docs_views *views = scope->views;
	const struct secret_spec *spec = declaration->spec;
	struct mustache_value *item = items_add(items, view_declaration(scope->views, declaration));
	bool is_base = str_is_absent(declaration->environment);
	struct mustache_value *copied = NULL;

	if (spec->copy.node != NULL)
		copied = view_named_secret(scope, spec->copy.application.text, spec->copy.key.text);
	mustache_set(item, "is_base", view_bool(views, is_base));
	mustache_set(item, "only", view_bool(views, is_base && declaration->secret->declarations.len == 1));
	mustache_set(item, "overlay",
		is_base ? NULL : (struct mustache_value *)view_named_environment(scope, declaration->environment));
	mustache_set(item, "declared", view_place(scope, node_span(spec->key_node)));
	mustache_set(item, "required_if", view_if(scope, &spec->condition));
	mustache_set(item, "copied_from", copied);
	mustache_set(item, "copy_if", view_if(scope, &spec->copy.condition));
	mustache_set(item, "generated", view_generate(scope, declaration, true));
	mustache_set(item, "generate_if", view_if(scope, &spec->generate.condition));
	mustache_set(item, "literal", view_literal(scope, declaration));
	mustache_set(item, "may_be_static", view_bool(views, may_be_static(spec)));
	mustache_set(item, "is_static_only",
		view_bool(views, may_be_static(spec) && spec->copy.node == NULL && spec->generate.node == NULL));
	return item;
}

/* Whether two conditions are the same one, decided at the same place. */
static bool is_same_condition(const struct condition *a, const struct condition *b)
{
	return a->spec == b->spec && a->truth == b->truth && a->lookup.key == b->lookup.key &&
	       a->lookup.blocker_key == b->lookup.blocker_key;
}

static bool is_same_origin(const struct docs_need *a, const struct docs_need *b)
{
	return a->resolved->origin == b->resolved->origin && (a->source == NULL) == (b->source == NULL) &&
	       (a->findings.len == 0) == (b->findings.len == 0) &&
	       is_same_condition(&a->resolved->origin_condition, &b->resolved->origin_condition);
}

static bool is_static(const struct docs_need *need)
{
	return need->resolved != NULL && need->resolved->origin == ORIGIN_STATIC;
}

/* Of what is to be provided, it is all the same which declaration says so. */
static bool is_alike(const struct docs_need *a, const struct docs_need *b)
{
	if ((a->declaration != b->declaration && !(is_static(a) && is_static(b))) ||
		(a->resolved == NULL) != (b->resolved == NULL) || !is_same_condition(&a->condition, &b->condition))
		return false;
	return a->resolved == NULL || is_same_origin(a, b);
}

static struct str reason_of(const struct docs_need *need)
{
	if (need->resolved != NULL)
		return STR_ABSENT;
	return need->declaration != NULL ? STR("its condition is false")
					 : STR("it is declared for other environments only");
}

static void add_place(struct outcome *outcome, const struct docs_need *need)
{
	const struct scope *scope = outcome->places.scope;
	struct mustache_value *place = items_add(&outcome->places, view_environment(scope->views, need->environment));

	view_set_findings(scope, place, "unresolved", "has_unresolved", &need->findings);
}

static struct outcome *find_outcome(struct vec *outcomes, const struct docs_need *need)
{
	for (size_t i = outcomes->len; i > 0; i--) {
		struct outcome *outcome = vec_at(outcomes, i - 1);

		if (is_alike(outcome->need, need))
			return outcome;
	}
	return NULL;
}

static void start_outcome(struct vec *outcomes, struct items *items, const struct docs_need *need)
{
	const struct scope *scope = items->scope;
	const struct docs_views *views = scope->views;
	struct outcome *outcome = vec_push(outcomes);
	struct mustache_value *origin_condition = NULL;

	if (need->resolved != NULL)
		origin_condition = view_condition(scope, &need->resolved->origin_condition);
	outcome->need = need;
	outcome->item = items_add(items, view_origin(scope->views, need));
	outcome->places = items_begin(scope);
	mustache_set(outcome->item, "required", view_bool(views, need->resolved != NULL));
	mustache_set_text(outcome->item, "reason", reason_of(need));
	mustache_set(outcome->item, "is_unresolved", view_bool(views, need->findings.len > 0));
	mustache_set(outcome->item, "required_by", view_condition(scope, &need->condition));
	mustache_set(outcome->item, "origin_condition", origin_condition);
}

/* Those that are required, or those that are not. */
static void add_outcomes(struct vec *outcomes, struct items *items, const struct docs_secret *secret, bool required)
{
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		if ((need->resolved != NULL) != required)
			continue;
		if (find_outcome(outcomes, need) == NULL)
			start_outcome(outcomes, items, need);
		add_place(find_outcome(outcomes, need), need);
	}
}

static bool is_conditional(const struct docs_need *need)
{
	return need->condition.spec != NULL ||
	       (need->resolved != NULL && need->resolved->origin_condition.spec != NULL);
}

/* Whether all environments that enable the application need the secret, and in the same way, whatever they set. */
static bool is_plain(const struct docs_secret *secret)
{
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		if (need->resolved == NULL || is_conditional(need) || !is_alike(need, vec_pointer(&secret->needs, 0)))
			return false;
	}
	return secret->needs.len > 0;
}

static void set_outcomes(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret)
{
	struct vec outcomes = VEC_INIT(struct outcome);
	struct items items = items_begin(scope), required = items_begin(scope);

	add_outcomes(&outcomes, &items, secret, true);
	add_outcomes(&outcomes, &items, secret, false);
	for (size_t i = 0; i < outcomes.len; i++) {
		struct outcome *outcome = vec_at(&outcomes, i);

		items_end(&outcome->places, outcome->item, "places", "has_places");
	}
	items_end(&items, map, "outcomes", "has_outcomes");
	for (size_t i = 0; i < secret->needs.len; i++) {
		const struct docs_need *need = vec_pointer(&secret->needs, i);

		if (need->resolved != NULL)
			items_add(&required, view_environment(scope->views, need->environment));
	}
	items_end(&required, map, "required_in", "has_required_in");
	mustache_set(map, "is_plain", view_bool(scope->views, is_plain(secret)));
	mustache_set(map, "is_required", view_bool(scope->views, required.count > 0));
	vec_release(&outcomes);
}

static void set_places(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret,
	const struct vec *environments)
{
	view_set_environments(scope, map, "in_environments", "has_in_environments", environments);
	mustache_set(map, "everywhere", view_bool(scope->views, environments->len == secret->required_count));
}

static void set_users(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret,
	enum secret_origin origin, const char *name, const char *has_name)
{
	struct items items = items_begin(scope);

	for (size_t i = 0; i < secret->users.len; i++) {
		const struct docs_user *user = vec_pointer(&secret->users, i);

		if (user->origin == origin)
			set_places(scope, items_add(&items, view_secret(scope->views, user->secret)), secret,
				&user->environments);
	}
	items_end(&items, map, name, has_name);
}

static struct str object_name(const struct scope *scope, const struct manifest_object *object)
{
	if (object->kind.len > 0 && object->name.len > 0)
		return arena_printf(scope->arena, "%.*s/%.*s", STR_ARG(object->kind), STR_ARG(object->name));
	return object->kind.len > 0 ? object->kind : object->name;
}

static void set_object(const struct scope *scope, struct mustache_value *item, const struct manifest_object *object)
{
	mustache_set_text(item, "object_kind", object->kind);
	mustache_set_text(item, "object_name", object->name);
	view_set_code(scope, item, "object_code", object_name(scope, object));
}

static void set_user(const struct scope *scope, struct mustache_value *item, const struct docs_secret *secret,
	const struct application *application)
{
	const struct docs_application *user = docs_inventory_application(scope->views->inventory, application->name);
	struct mustache_value *map = NULL;

	if (user != NULL && user != secret->application) {
		map = mustache_map(scope->arena);
		mustache_inherit(map, view_application(scope->views, user));
	}
	mustache_set(item, "used_by", map);
}

static struct mustache_value *add_consumer(
	struct items *items, const struct docs_secret *secret, const struct docs_consumer *consumer)
{
	const struct scope *scope = items->scope;
	const struct vault_use *use = consumer->use;
	const struct manifest_producer *producer = use->producer->manifest;
	const struct manifest_consumer *manifest = use->consumer != NULL ? use->consumer->manifest : NULL;
	struct mustache_value *item = items_add(items, NULL);

	mustache_set_text(item, "kind", str_of(vault_use_kind(use)));
	mustache_set_text(item, "kind_words",
		str_of(manifest != NULL ? consumer_kind_words(manifest->kind)
					: "a VaultSecret that copies it from Vault"));
	mustache_set(item, "is_vault_secret", view_bool(scope->views, manifest == NULL));
	set_object(scope, item, vault_use_object(use));
	view_set_both(scope, item, "secret_name", "secret_name_code", producer->secret);
	view_set_both(scope, item, "secret_key", "secret_key_code", vault_use_key(use));
	set_user(scope, item, secret, vault_use_application(use));
	mustache_set(item, "maybe", view_bool(scope->views, consumer->maybe));
	set_places(scope, item, secret, &consumer->environments);
	return item;
}

/* Consumers that differ in nothing but where they stand. */
struct alike {
	struct mustache_value *item;
	struct items places;
	struct str key; /* in the Secret */
};

static void append_part(struct strbuf *key, struct str part)
{
	strbuf_append_bytes(key, &part.len, sizeof(part.len));
	strbuf_append(key, part);
}

/* All that is said of a consumer but its place; nor is said under which key a VaultSecret puts it into a Secret. */
static void write_consumer_key(struct strbuf *key, const struct docs_consumer *consumer)
{
	const struct vault_use *use = consumer->use;
	const struct manifest_consumer *manifest = use->consumer != NULL ? use->consumer->manifest : NULL;
	const struct manifest_object *object = vault_use_object(use);
	const struct application *application = vault_use_application(use);
	unsigned kind = manifest != NULL ? manifest->kind : CONSUMER_KIND_COUNT;

	strbuf_clear(key);
	strbuf_append_bytes(key, &application, sizeof(application));
	strbuf_append_bytes(key, &kind, sizeof(kind));
	strbuf_append_bytes(key, &consumer->maybe, sizeof(consumer->maybe));
	append_part(key, object->kind);
	append_part(key, object->name);
	append_part(key, use->producer->manifest->secret);
	append_part(key, manifest != NULL ? manifest->key : STR_ABSENT);
	for (size_t i = 0; i < consumer->environments.len; i++) {
		const struct docs_environment *environment = vec_pointer(&consumer->environments, i);

		strbuf_append_bytes(key, &environment, sizeof(environment));
	}
}

/* The consumers under way, in groups of those that are alike. */
struct grouping {
	struct items items;
	struct vec groups; /* struct alike * */
	struct map by_key; /* struct alike * */
	struct strbuf key;
};

static void group_consumer(
	struct grouping *grouping, const struct docs_secret *secret, const struct docs_consumer *consumer)
{
	const struct scope *scope = grouping->items.scope;
	const struct mustache_value *place = view_place(scope, consumer->use->span);

	write_consumer_key(&grouping->key, consumer);
	struct alike *alike = map_get(&grouping->by_key, strbuf_str(&grouping->key));
	if (alike == NULL) {
		alike = arena_calloc(scope->arena, 1, sizeof(*alike));
		alike->item = add_consumer(&grouping->items, secret, consumer);
		alike->places = items_begin(scope);
		alike->key = consumer->use->key;
		vec_push_pointer(&grouping->groups, alike);
		map_set(&grouping->by_key, arena_str(scope->arena, strbuf_str(&grouping->key)), alike);
	} else if (consumer->use->consumer == NULL && !str_equal(alike->key, consumer->use->key)) {
		view_set_both(scope, alike->item, "secret_key", "secret_key_code", STR_ABSENT);
	}
	if (place != NULL)
		items_add(&alike->places, place);
}

static void set_consumers(const struct scope *scope, struct mustache_value *map, const struct docs_secret *secret)
{
	struct grouping grouping = {
		.items = items_begin(scope), .groups = VEC_INIT(struct alike *), .key = STRBUF_INIT};

	map_init(&grouping.by_key);
	for (size_t i = 0; i < secret->consumers.len; i++)
		group_consumer(&grouping, secret, vec_pointer(&secret->consumers, i));
	for (size_t i = 0; i < grouping.groups.len; i++) {
		struct alike *alike = vec_pointer(&grouping.groups, i);

		items_end(&alike->places, alike->item, "used_at", "has_used_at");
	}
	items_end(&grouping.items, map, "consumers", "has_consumers");
	map_release(&grouping.by_key);
	strbuf_release(&grouping.key);
	vec_release(&grouping.groups);
}

static void add_secret(struct items *items, const struct docs_secret *secret)
{
	const struct scope *scope = items->scope;
	struct mustache_value *item = items_add(items, view_secret(scope->views, secret));
	size_t count = secret->declarations.len;
	const struct mustache_value **singles = arena_calloc(scope->arena, count, sizeof(*singles));
	struct items declarations = items_begin(scope);

	view_set_both(scope, item, "name", "name_code", view_shown(secret->link.name));
	mustache_set(
		item, "name_rule", view_rule(scope, view_shown(secret->link.name), scope->views->format->code, '-'));
	for (size_t i = 0; i < count; i++)
		singles[i] = add_declaration(&declarations, vec_pointer(&secret->declarations, i));
	items_end(&declarations, item, "declarations", "has_declarations");
	view_set_groups(scope, item, secret, singles);
	set_outcomes(scope, item, secret);
	set_users(scope, item, secret, ORIGIN_COPY, "copied_to", "has_copied_to");
	set_users(scope, item, secret, ORIGIN_GENERATE, "derived", "has_derived");
	set_consumers(scope, item, secret);
}

static void set_enabled_in(
	const struct scope *scope, struct mustache_value *view, const struct docs_application *application)
{
	struct items items = items_begin(scope);

	for (size_t i = 0; i < application->enablings.len; i++) {
		const struct docs_enabling *enabling = vec_pointer(&application->enablings, i);
		struct mustache_value *item = items_add(&items, view_environment(scope->views, enabling->environment));

		mustache_set_number(item, "required_count", (long)enabling->needs.len);
	}
	items_end(&items, view, "enabled_in", "has_enabled_in");
}

void view_fill_application(
	const struct scope *scope, struct mustache_value *view, const struct docs_application *application)
{
	struct items secrets = items_begin(scope);

	view_set_link(scope, view, &application->link);
	view_set_code(scope, view, "folder_code", application->application->folder);
	set_enabled_in(scope, view, application);
	for (size_t i = 0; i < application->secrets.len; i++)
		add_secret(&secrets, vec_pointer(&application->secrets, i));
	items_end(&secrets, view, "secrets", "has_secrets");
}
