/* ASP401, ASP403 and ASP407: what manifests take from Vault, against what the applications declare. */
#include "base/strbuf.h"
#include "check/consumers.h"
#include "check/suggest.h"

enum {
	KEYS_SHOWN = 3, /* of those that a missing entry loses */
};

struct entry_rules {
	struct check *check;
	struct shared_findings undeclared; /* ASP401, by entry and key: const struct vault_use * */
	struct shared_findings foreign;    /* ASP403, by place and entry: const struct delivery_producer * */
	struct shared_findings missing;    /* ASP407, by entry: const struct delivery_producer * */
	struct map taken;                  /* struct vec * of const struct vault_use *, by missing entry */
};

/* Findings that several places share have none of their own yet. */
static const struct span NO_SPAN = {.source = NULL};

static struct span path_span(const struct delivery_producer *producer)
{
	const struct data *path = producer->manifest->path;

	if (path != NULL && path->span.source != NULL)
		return span_first_line(path->span);
	return producer->manifest->object->span;
}

static void take_producer(struct entry_rules *rules, const struct delivery_environment *environment,
	const struct delivery_producer *producer)
{
	if (producer->manifest->kind != PRODUCER_VAULT_SECRET || str_is_absent(producer->entry) ||
		producer->elsewhere || !producer_is_certain(rules->check, producer, environment))
		return;
	enum entry_state state = consumers_entry_state(rules->check, producer->entry);
	if (state == ENTRY_MISSING)
		shared_add(&rules->missing, NO_SPAN, producer->entry, environment->environment, producer);
	else if (state == ENTRY_DECLARED && !str_equal(producer->entry, producer->application->name))
		shared_add(&rules->foreign, path_span(producer), producer->entry, environment->environment, producer);
}

static bool is_certain_use(
	const struct check *check, const struct vault_use *use, const struct delivery_environment *environment)
{
	if (use->maybe || use->whole || str_is_absent(use->key) || use->key.len == 0 || use->span.source == NULL ||
		!producer_is_certain(check, use->producer, environment))
		return false;
	return use->consumer == NULL ||
	       (!use->consumer->manifest->optional && consumer_is_certain(check, use->consumer, environment));
}

/* Of what the VaultSecret of another application takes, and its own one declares, ASP403 says enough. */
static void take_declared(struct entry_rules *rules, const struct environment *environment, const struct vault_use *use)
{
	const struct application *reader = use->producer->application;
	const struct application *owner = model_application(rules->check->model, use->entry);
	struct str name = subject_of(&rules->check->arena, use->entry, use->key);

	if (reader != owner && application_any_secret(reader, use->key) != NULL)
		return;
	if (application_any_secret(owner, use->key) == NULL)
		shared_add(&rules->undeclared, NO_SPAN, name, environment, use);
}

static void take_use(
	struct entry_rules *rules, const struct delivery_environment *environment, const struct vault_use *use)
{
	struct check *check = rules->check;

	if (!is_certain_use(check, use, environment))
		return;
	switch (consumers_entry_state(check, use->entry)) {
	case ENTRY_OUTSIDE:
		break;
	case ENTRY_MISSING: {
		void **slot = map_slot(&rules->taken, use->entry);

		if (*slot == NULL) {
			*slot = arena_alloc(&check->arena, sizeof(struct vec));
			vec_init(*slot, sizeof(const struct vault_use *));
		}
		vec_push_pointer(*slot, use);
		break;
	}
	case ENTRY_DECLARED:
		take_declared(rules, environment->environment, use);
		break;
	}
}

static void take_environment(void *context, const struct delivery_environment *environment)
{
	struct entry_rules *rules = context;

	for (size_t i = 0; i < environment->producers.len; i++)
		take_producer(rules, environment, vec_pointer(&environment->producers, i));
	for (size_t i = 0; i < environment->uses.len; i++)
		take_use(rules, environment, vec_pointer(&environment->uses, i));
}

/* The VaultSecret itself where it names the key, for it is there that the key comes from Vault; else the first that uses it. */
static const struct vault_use *telling_use(const struct shared_finding *finding)
{
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct vault_use *use = vec_pointer(&finding->others, i);

		if (use->consumer == NULL)
			return use;
	}
	return finding->first;
}

static bool is_same_span(struct span a, struct span b)
{
	return a.source == b.source && a.start == b.start && a.end == b.end;
}

/* Where else a key is used, and by which VaultSecret it comes there unless that names it itself. */
static void relate_uses(
	struct check *check, struct diag *diag, const struct shared_finding *finding, const struct vault_use *use)
{
	const struct manifest_object *object = use->producer->manifest->object;
	struct places places;

	places_init(&places, &check->arena);
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct vault_use *other = vec_pointer(&finding->others, i);

		if (!is_same_span(other->span, use->span))
			places_add(&places, span_first_line(other->span));
	}
	places_relate(&places, check->sink, diag, "It is used here, too");
	if (use->consumer != NULL && object->span.source != NULL)
		diag_relate(check->sink, diag, span_first_line(object->span),
			"This VaultSecret makes the Secret of the Vault entry.");
}

static void report_undeclared(struct check *check, const struct shared_finding *finding)
{
	const struct vault_use *use = telling_use(finding);
	const struct application *application = model_application(check->model, use->entry);
	struct str hint = did_you_mean(&check->arena, nearest_key(application, use->key, &check->effort));
	struct str key = quoted(&check->arena, use->key);
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP401), span_first_line(use->span),
		"%.*s is taken from the Vault entry of '%.*s', but no secrets file of the application declares it.%.*s "
		"%s it in %.*s/secrets.yaml: nothing puts it into Vault, and where it is there nevertheless, "
		"`secrets sync --delete` would destroy it.",
		STR_ARG(key), STR_ARG(application->name), STR_ARG(hint), hint.len > 0 ? "Otherwise declare" : "Declare",
		STR_ARG(application->folder));

	shared_attach(check->sink, diag, finding);
	relate_uses(check, diag, finding, use);
	diag_identify(check->sink, diag, subject_of(&check->arena, use->entry, use->key), use->key);
}

/* The VaultSecret of the entry's own application, if there is one: the others only read what should be there. */
static const struct delivery_producer *telling_producer(const struct shared_finding *finding)
{
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&finding->others, i);

		if (str_equal(producer->application->name, producer->entry))
			return producer;
	}
	return finding->first;
}

/* ", with 'a', 'b' and 2 more keys that manifests take from it"; "" where no key is known. */
static struct str lost_keys(struct arena *arena, const struct vec *uses)
{
	struct strbuf words = STRBUF_INIT;
	struct vec keys = VEC_INIT(struct str);
	struct map known;

	map_init(&known);
	for (size_t i = 0; uses != NULL && i < uses->len; i++) {
		const struct vault_use *use = vec_pointer(uses, i);

		if (map_has(&known, use->key))
			continue;
		map_set(&known, use->key, NULL);
		*(struct str *)vec_push(&keys) = quoted(arena, use->key);
	}
	size_t shown = keys.len > KEYS_SHOWN ? KEYS_SHOWN - 1 : keys.len;
	for (size_t i = 0; i < shown; i++)
		strbuf_printf(&words, "%s%.*s",
			i == 0              ? ", with "
			: i + 1 == keys.len ? " and "
					    : ", ",
			STR_ARG(*(struct str *)vec_at(&keys, i)));
	if (shown < keys.len)
		strbuf_printf(&words, " and %zu more keys", keys.len - shown);
	if (keys.len > 0)
		strbuf_append_c(&words, " that manifests take from it");
	struct str copy = arena_str(arena, strbuf_str(&words));
	map_release(&known);
	vec_release(&keys);
	strbuf_release(&words);
	return copy;
}

static struct diag *describe_missing(
	struct check *check, const struct delivery_producer *producer, struct span span, struct str lost)
{
	const struct application *application = model_application(check->model, producer->entry);
	struct str entry = quoted(&check->arena, producer->entry);

	if (application != NULL)
		return diag_report(check->sink, rule_get(RULE_ASP407), span,
			"A VaultSecret reads the Vault entry of %.*s, but this application declares no secrets at all. "
			"`secrets sync --delete` would take the entry away%.*s; declare its secrets in "
			"%.*s/secrets.yaml.",
			STR_ARG(entry), STR_ARG(lost), STR_ARG(application->folder));
	struct str suggestion = nearest_application(check->model, producer->entry, &check->effort);
	struct str hint = did_you_mean(&check->arena, suggestion);
	return diag_report(check->sink, rule_get(RULE_ASP407), span,
		"A VaultSecret reads the Vault entry %.*s, but there is no application of that name that could declare "
		"secrets for it.%.*s `secrets sync --delete` would take the entry away%.*s; declare its keys in the "
		"secrets.yaml of an application, and let the path end in that application's name.",
		STR_ARG(entry), STR_ARG(hint), STR_ARG(lost));
}

/* Where the keys of a missing entry are taken: each once, the first ones only. */
static void relate_taken(struct check *check, struct diag *diag, const struct vec *taken)
{
	struct map known;

	map_init(&known);
	for (size_t i = 0; taken != NULL && i < taken->len && known.len < KEYS_SHOWN; i++) {
		const struct vault_use *use = vec_pointer(taken, i);

		if (map_has(&known, use->key))
			continue;
		map_set(&known, use->key, NULL);
		struct str key = quoted(&check->arena, use->key);
		diag_relate(check->sink, diag, span_first_line(use->span), "%.*s is taken here.", STR_ARG(key));
	}
	map_release(&known);
}

static void report_missing(struct entry_rules *rules, const struct shared_finding *finding)
{
	struct check *check = rules->check;
	const struct delivery_producer *producer = telling_producer(finding);
	const struct vec *taken = map_get(&rules->taken, producer->entry);
	struct span span = path_span(producer);
	struct diag *diag = describe_missing(check, producer, span, lost_keys(&check->arena, taken));
	struct places places;

	shared_attach(check->sink, diag, finding);
	places_init(&places, &check->arena);
	for (size_t i = 0; i < finding->others.len; i++) {
		struct span other = path_span(vec_pointer(&finding->others, i));

		if (!is_same_span(other, span))
			places_add(&places, other);
	}
	places_relate(&places, check->sink, diag, "It is read here, too");
	relate_taken(check, diag, taken);
	diag_identify(check->sink, diag, producer->entry, producer->entry);
}

/* A chart that several applications share reads for each of them. */
static size_t count_applications(const struct shared_finding *finding)
{
	struct map names;

	map_init(&names);
	for (size_t i = 0; i < finding->others.len; i++) {
		const struct delivery_producer *producer = vec_pointer(&finding->others, i);

		map_set(&names, producer->application->name, NULL);
	}
	size_t count = names.len;
	map_release(&names);
	return count;
}

static void report_foreign(struct check *check, const struct shared_finding *finding)
{
	const struct delivery_producer *producer = finding->first;
	const struct application *owner = model_application(check->model, producer->entry);
	const struct secret_file *declarations = first_declarations(owner);
	size_t others = count_applications(finding) - 1;
	struct str more = STR("");

	if (others > 0)
		more = arena_printf(&check->arena, " (and of %zu more application%s)", others, others > 1 ? "s" : "");
	struct diag *diag = diag_report(check->sink, rule_get(RULE_ASP403), finding->span,
		"A VaultSecret of '%.*s'%.*s reads the Vault entry of another application, '%.*s'. The entry is there "
		"only where that one is enabled, and whoever changes its secrets cannot see who else depends on them; "
		"declare what is needed in %.*s/secrets.yaml, as a `copy`, and read '%.*s'.",
		STR_ARG(producer->application->name), STR_ARG(more), STR_ARG(owner->name),
		STR_ARG(producer->application->folder), STR_ARG(producer->application->name));

	shared_attach(check->sink, diag, finding);
	if (declarations != NULL)
		diag_relate(check->sink, diag, span_of_source(declarations->file->source),
			"The secrets of '%.*s' are declared here.", STR_ARG(owner->name));
	diag_identify(check->sink, diag, producer->application->name, producer->entry);
}

static void report_all(struct entry_rules *rules)
{
	for (size_t i = 0; i < rules->undeclared.by_key.len; i++)
		report_undeclared(rules->check, rules->undeclared.by_key.entries[i].value);
	for (size_t i = 0; i < rules->missing.by_key.len; i++)
		report_missing(rules, rules->missing.by_key.entries[i].value);
	for (size_t i = 0; i < rules->foreign.by_key.len; i++)
		report_foreign(rules->check, rules->foreign.by_key.entries[i].value);
}

void check_entries(struct check *check)
{
	struct entry_rules rules = {.check = check};

	shared_init(&rules.undeclared, &check->arena);
	shared_init(&rules.foreign, &check->arena);
	shared_init(&rules.missing, &check->arena);
	map_init(&rules.taken);
	consumers_each_environment(check, take_environment, &rules);
	report_all(&rules);
	for (size_t i = 0; i < rules.taken.len; i++)
		vec_release(rules.taken.entries[i].value);
	map_release(&rules.taken);
	shared_release(&rules.undeclared);
	shared_release(&rules.foreign);
	shared_release(&rules.missing);
}
