#include "base/secret.h"
#include "sync/given.h"
#include "sync/given_decode.h"

/* An item with a section for each of what it is about, and in them fields of these labels. */
#define SPECIAL_LABELS_MAX 3
struct special {
	const char *title;
	const char *labels[SPECIAL_LABELS_MAX + 1];
	const char *section; /* what a section is named after */
};
static const struct special pull_secret = {
	.title = "pull-secret", .labels = {"username", "password"}, .section = "the host of the registry"};
static const struct special oidc_clients = {
	.title = "oidc-clients", .labels = {"id", "secret", "return_uri"}, .section = "the client"};

#define WRITE_TOKEN_TITLE "vault-write-token"
#define WRITE_TOKEN_LABEL "vault-token"

/* What a section of such an item holds. */
struct section {
	struct str name;
	struct secret *values[SPECIAL_LABELS_MAX]; /* by label; NULL: the field has none */
	bool seen[SPECIAL_LABELS_MAX];
};

/* A field of an item, by its label. */
struct label {
	const struct onepassword_field *field;
	bool repeated;
};

static struct secret *copy(struct secret *value)
{
	return value ? secret_new(secret_bytes(value), secret_size(value)) : NULL;
}

static bool has_static(const struct resolved_application *application)
{
	for (size_t i = 0; i < application->secrets.len; i++) {
		if (((const struct resolved_secret *)vec_pointer(&application->secrets, i))->origin == ORIGIN_STATIC)
			return true;
	}
	return false;
}

void given_onepassword_titles(struct vec *out, const struct resolution *resolution)
{
	for (size_t i = 0; i < resolution->applications.len; i++) {
		const struct resolved_application *application = vec_pointer(&resolution->applications, i);

		if (has_static(application))
			*(struct str *)vec_push(out) = application->application->name;
	}
	*(struct str *)vec_push(out) = str_of(pull_secret.title);
	*(struct str *)vec_push(out) = str_of(oidc_clients.title);
	*(struct str *)vec_push(out) = STR(WRITE_TOKEN_TITLE);
}

static void add_malformed(struct given_values *out, const struct resolved_secret *secret, const char *problem)
{
	struct given_secret *given =
		given_values_add(out, secret->application->name, secret->spec->key, GIVEN_MALFORMED, NULL);

	given->problem = str_of(problem);
}

/* Adds the value of a field; one that is empty, maybe only when decoded, is none. */
static void add_value(struct given_values *out, const struct resolved_secret *secret, struct secret *stored)
{
	const char *problem = NULL;
	struct secret *value = stored;

	if (stored && secret->spec->encoded)
		value = given_decode(stored, &problem);
	else
		value = copy(stored);
	if (problem) {
		add_malformed(out, secret, problem);
	} else if (!value || secret_size(value) == 0) {
		secret_free(value);
		given_values_add(out, secret->application->name, secret->spec->key, GIVEN_KEEP, NULL);
	} else {
		given_values_add(out, secret->application->name, secret->spec->key, GIVEN_VALUE, value);
	}
}

static void add_secret(
	struct given_values *out, const struct resolved_secret *secret, const struct map *labels, bool has_item)
{
	const struct label *label = map_get(labels, secret->spec->key);

	if (!label)
		given_values_add(out, secret->application->name, secret->spec->key, GIVEN_MISSING, NULL)->no_item =
			!has_item;
	else if (label->repeated)
		add_malformed(out, secret,
			"stands in two fields of that label in the 1Password item, only one of which can be meant");
	else
		add_value(out, secret, label->field->value);
}

/* Sets labels (struct label *, in arena) to the fields of an item. */
static void take_labels(struct map *labels, struct arena *arena, const struct onepassword_item *item)
{
	for (size_t i = 0; i < item->fields.len; i++) {
		const struct onepassword_field *field = vec_at(&item->fields, i);
		struct label **label = (struct label **)(void *)map_slot(labels, field->label);

		if (*label) {
			(*label)->repeated = true;
			continue;
		}
		*label = arena_calloc(arena, 1, sizeof(**label));
		(*label)->field = field;
	}
}

static void add_application(
	struct given_values *out, const struct resolved_application *application, const struct onepassword_items *items)
{
	const struct onepassword_item *item = onepassword_items_find(items, application->application->name);
	struct arena scratch;
	struct map labels;

	arena_init(&scratch);
	map_init(&labels);
	if (item)
		take_labels(&labels, &scratch, item);
	for (size_t i = 0; i < application->secrets.len; i++) {
		const struct resolved_secret *secret = vec_pointer(&application->secrets, i);

		if (secret->origin == ORIGIN_STATIC)
			add_secret(out, secret, &labels, item != NULL);
	}
	map_release(&labels);
	arena_release(&scratch);
}

/* The number of a label that is one of such an item, or SPECIAL_LABELS_MAX. */
static unsigned label_number(const struct special *special, struct str label)
{
	for (unsigned i = 0; special->labels[i]; i++) {
		if (str_is(label, special->labels[i]))
			return i;
	}
	return SPECIAL_LABELS_MAX;
}

/* The section of that name in sections (struct section), added where it is not there yet; by_name has their numbers, from 1. */
static struct section *find_section(struct vec *sections, struct map *by_name, struct str name)
{
	void **place = map_slot(by_name, name);

	if (!*place) {
		((struct section *)vec_push(sections))->name = name;
		*place = (void *)sections->len;
	}
	return vec_at(sections, (size_t)*place - 1);
}

static void take_field(struct given_values *out, const struct special *special, const struct onepassword_field *field,
	struct vec *sections, struct map *by_name)
{
	unsigned number = label_number(special, field->label);
	struct section *section;

	if (number == SPECIAL_LABELS_MAX)
		return;
	if (field->section.len == 0) {
		given_values_problem(out,
			"The field \"%s\" of the 1Password item \"%s\" is in no section that has a name; move it into "
			"one "
			"that is named after %s.",
			special->labels[number], special->title, special->section);
		return;
	}
	section = find_section(sections, by_name, field->section);
	if (section->seen[number]) {
		given_values_problem(out,
			"The section \"%.*s\" of the 1Password item \"%s\" has two fields \"%s\"; remove the one that "
			"is "
			"not meant.",
			STR_ARG(given_visible(out, section->name)), special->title, special->labels[number]);
		return;
	}
	section->seen[number] = true;
	section->values[number] = copy(field->value);
}

/* Says which fields a section lacks. */
static void check_section(struct given_values *out, const struct special *special, const struct section *section)
{
	for (unsigned i = 0; special->labels[i]; i++) {
		if (!section->seen[i])
			given_values_problem(out,
				"The section \"%.*s\" of the 1Password item \"%s\" has no field \"%s\"; add it, or "
				"rename "
				"the one that is meant.",
				STR_ARG(given_visible(out, section->name)), special->title, special->labels[i]);
	}
}

/* Appends the sections (struct section, whose values are the caller's) of such an item, in their order. */
static void take_sections(struct vec *sections, struct given_values *out, const struct special *special,
	const struct onepassword_item *item)
{
	struct map by_name;

	map_init(&by_name);
	for (size_t i = 0; i < item->fields.len; i++)
		take_field(out, special, vec_at(&item->fields, i), sections, &by_name);
	for (size_t i = 0; i < sections->len; i++)
		check_section(out, special, vec_at(sections, i));
	map_release(&by_name);
}

static void add_registries(struct given_values *out, const struct onepassword_item *item)
{
	struct vec sections = VEC_INIT(struct section);

	out->pull_secret_problem = out->problems.len;
	take_sections(&sections, out, &pull_secret, item);
	out->pull_secret_problem_count = out->problems.len - out->pull_secret_problem;
	out->names_pull_secret = true;
	for (size_t i = 0; i < sections.len; i++) {
		const struct section *section = vec_at(&sections, i);

		*(struct given_registry *)vec_push(&out->registries) = (struct given_registry){
			.host = arena_str(&out->arena, section->name),
			.username = section->values[0],
			.password = section->values[1],
		};
	}
	vec_release(&sections);
}

static void add_clients(struct given_values *out, const struct onepassword_item *item)
{
	struct vec sections = VEC_INIT(struct section);

	take_sections(&sections, out, &oidc_clients, item);
	out->names_oidc_clients = true;
	for (size_t i = 0; i < sections.len; i++) {
		const struct section *section = vec_at(&sections, i);

		*(struct given_client *)vec_push(&out->clients) = (struct given_client){
			.name = arena_str(&out->arena, section->name),
			.id = section->values[0],
			.secret = section->values[1],
			.return_uri = section->values[2],
		};
	}
	vec_release(&sections);
}

static void add_write_token(struct given_values *out, const struct onepassword_item *item)
{
	bool seen = false;

	for (size_t i = 0; i < item->fields.len; i++) {
		const struct onepassword_field *field = vec_at(&item->fields, i);

		if (!str_is(field->label, WRITE_TOKEN_LABEL))
			continue;
		if (seen)
			given_values_problem(out,
				"The 1Password item \"" WRITE_TOKEN_TITLE "\" has two fields \"" WRITE_TOKEN_LABEL
				"\"; remove the one that is not meant.");
		else
			out->vault_write_token = copy(field->value);
		seen = true;
	}
}

void given_from_onepassword(
	struct given_values *out, const struct resolution *resolution, const struct onepassword_items *items)
{
	const struct onepassword_item *pull = onepassword_items_find(items, str_of(pull_secret.title));
	const struct onepassword_item *clients = onepassword_items_find(items, str_of(oidc_clients.title));
	const struct onepassword_item *token = onepassword_items_find(items, STR(WRITE_TOKEN_TITLE));

	out->source = GIVEN_ONEPASSWORD;
	out->name = arena_str(&out->arena, items->vault);
	for (size_t i = 0; i < resolution->applications.len; i++)
		add_application(out, vec_pointer(&resolution->applications, i), items);
	if (pull)
		add_registries(out, pull);
	if (clients)
		add_clients(out, clients);
	if (token)
		add_write_token(out, token);
	given_values_seal(out);
}
