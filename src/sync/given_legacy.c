#include "base/ascii.h"
#include "sync/given.h"
#include "sync/given_docker.h"

#define KEY_LABEL         "generate_secrets_key"
#define ENVIRONMENT_LABEL "environment"
#define NOTES_LABEL       "notesPlain"
#define PULL_SECRET       "pull-secret"
#define DOCKER_CONFIG     ".dockerconfigjson"

/* How well an item fits an environment. */
enum rank {
	RANK_OTHER,   /* it is for other environments */
	RANK_DEFAULT, /* it is for those that have none of their own */
	RANK_MATCH,
};

/* The items that there are for a secret: the best one so far, and another of its rank. */
struct candidate {
	const struct resolved_secret *secret; /* NULL: the pull secret */
	enum rank rank;
	const struct onepassword_item *item;  /* NULL: none */
	const struct onepassword_item *rival; /* NULL: none */
};

struct candidates {
	struct arena arena;
	struct map by_name; /* struct candidate *, by "app key" */
};

/* "app key" as items name it, whatever stands between the words; absent where there are not just two. */
static struct str spell_name(struct arena *arena, struct str text)
{
	struct str words[2], rest = str_trim(text);
	size_t length = 0;

	while (length < rest.len && !ascii_is_space(rest.ptr[length]))
		length++;
	words[0] = str_slice(rest, 0, length);
	words[1] = str_trim(str_slice(rest, length, rest.len));
	for (size_t i = 0; i < words[1].len; i++) {
		if (ascii_is_space(words[1].ptr[i]))
			return STR_ABSENT;
	}
	if (words[0].len == 0 || words[1].len == 0)
		return STR_ABSENT;
	return arena_printf(arena, "%.*s %.*s", STR_ARG(words[0]), STR_ARG(words[1]));
}

static void want(
	struct candidates *candidates, struct str application, struct str key, const struct resolved_secret *secret)
{
	struct candidate *candidate = arena_calloc(&candidates->arena, 1, sizeof(*candidate));

	candidate->secret = secret;
	map_set(&candidates->by_name, arena_printf(&candidates->arena, "%.*s %.*s", STR_ARG(application), STR_ARG(key)),
		candidate);
}

static void want_application(struct candidates *candidates, const struct resolved_application *application)
{
	for (size_t i = 0; i < application->secrets.len; i++) {
		const struct resolved_secret *secret = vec_pointer(&application->secrets, i);

		if (secret->origin == ORIGIN_STATIC)
			want(candidates, secret->application->name, secret->spec->key, secret);
	}
}

static struct str field_text(const struct onepassword_field *field)
{
	if (!field->value)
		return STR("");
	return secret_str(field->value);
}

static enum rank rank_item(const struct onepassword_item *item, struct str fqdn)
{
	enum rank rank = RANK_DEFAULT;

	for (size_t i = 0; i < item->fields.len; i++) {
		const struct onepassword_field *field = vec_at(&item->fields, i);

		if (!str_is(field->label, ENVIRONMENT_LABEL))
			continue;
		if (str_equal(str_trim(field_text(field)), fqdn))
			return RANK_MATCH;
		rank = RANK_OTHER;
	}
	return rank;
}

static void offer(struct candidate *candidate, const struct onepassword_item *item, enum rank rank)
{
	if (rank > candidate->rank) {
		candidate->rank = rank;
		candidate->item = item;
		candidate->rival = NULL;
	} else if (rank == candidate->rank && rank != RANK_OTHER && candidate->item != item) {
		candidate->rival = item;
	}
}

static void offer_item(struct candidates *candidates, const struct onepassword_item *item, struct str fqdn)
{
	enum rank rank = rank_item(item, fqdn);

	for (size_t i = 0; i < item->fields.len && rank != RANK_OTHER; i++) {
		const struct onepassword_field *field = vec_at(&item->fields, i);
		struct candidate *candidate;
		struct str name;

		if (!str_is(field->label, KEY_LABEL))
			continue;
		name = spell_name(&candidates->arena, field_text(field));
		candidate = str_is_absent(name) ? NULL : map_get(&candidates->by_name, name);
		if (candidate)
			offer(candidate, item, rank);
	}
}

/* Whether an item says more than once which secret it is. */
static bool is_ambiguous(const struct onepassword_item *item)
{
	size_t count = 0;

	for (size_t i = 0; i < item->fields.len; i++)
		count += str_is(((const struct onepassword_field *)vec_at(&item->fields, i))->label, KEY_LABEL);
	return count > 1;
}

static bool is_value(const struct onepassword_item *item, const struct onepassword_field *field)
{
	if (str_is(item->category, "SECURE_NOTE"))
		return str_is(field->purpose, "NOTES") || str_is(field->label, NOTES_LABEL);
	return str_is(field->purpose, "PASSWORD");
}

/* The field that the value stands in; NULL: the item has none. */
static const struct onepassword_field *find_value(const struct onepassword_item *item)
{
	for (size_t i = 0; i < item->fields.len; i++) {
		const struct onepassword_field *field = vec_at(&item->fields, i);

		if (is_value(item, field))
			return field;
	}
	return NULL;
}

/* Why the value of a secret cannot be told, as a clause about it; absent where it can. */
static struct str find_obstacle(struct given_values *out, const struct candidate *candidate)
{
	const struct onepassword_item *item = candidate->item;
	struct str title = given_visible(out, item->title);

	if (candidate->rival)
		return arena_printf(&out->arena,
			"stands in two 1Password items, \"%.*s\" (%.*s) and \"%.*s\" (%.*s), %s", STR_ARG(title),
			STR_ARG(given_visible(out, item->id)), STR_ARG(given_visible(out, candidate->rival->title)),
			STR_ARG(given_visible(out, candidate->rival->id)),
			candidate->rank == RANK_MATCH ? "both of which are for this environment"
						      : "both of which are for all environments");
	if (is_ambiguous(item))
		return arena_printf(&out->arena,
			"stands in the 1Password item \"%.*s\", which has two fields `" KEY_LABEL "`", STR_ARG(title));
	if (!str_is(item->category, "LOGIN") && !str_is(item->category, "PASSWORD") &&
		!str_is(item->category, "SECURE_NOTE"))
		return arena_printf(&out->arena,
			"stands in the 1Password item \"%.*s\", which is neither a Login nor a Secure Note",
			STR_ARG(title));
	return STR_ABSENT;
}

static void add_secret(struct given_values *out, const struct candidate *candidate)
{
	struct str application = candidate->secret->application->name, key = candidate->secret->spec->key;
	const struct onepassword_field *field = candidate->item ? find_value(candidate->item) : NULL;
	struct str obstacle = candidate->item ? find_obstacle(out, candidate) : STR_ABSENT;
	struct str value = field ? field_text(field) : STR("");

	if (!candidate->item)
		given_values_add(out, application, key, GIVEN_MISSING, NULL);
	else if (!str_is_absent(obstacle))
		given_values_add(out, application, key, GIVEN_MALFORMED, NULL)->problem = obstacle;
	else if (value.len == 0)
		given_values_add(out, application, key, GIVEN_KEEP, NULL);
	else
		given_values_add(out, application, key, GIVEN_VALUE, secret_new(value.ptr, value.len));
}

static void add_pull_secret(struct given_values *out, const struct candidate *candidate)
{
	const struct onepassword_field *field = candidate->item ? find_value(candidate->item) : NULL;
	struct str obstacle = candidate->item ? find_obstacle(out, candidate) : STR_ABSENT;
	const char *problem;

	if (!str_is_absent(obstacle)) {
		given_values_problem(out, "The value of " PULL_SECRET " " DOCKER_CONFIG " %.*s.", STR_ARG(obstacle));
		return;
	}
	if (!field || !field->value)
		return;
	out->names_pull_secret = true;
	problem = given_docker_registries(out, field_text(field));
	if (problem)
		given_values_problem(out,
			"The value of " PULL_SECRET " " DOCKER_CONFIG " in the 1Password item \"%.*s\" %s.",
			STR_ARG(given_visible(out, candidate->item->title)), problem);
}

static void take_pull_secret(struct given_values *out, const struct candidate *candidate)
{
	out->pull_secret_problem = out->problems.len;
	add_pull_secret(out, candidate);
	out->pull_secret_problem_count = out->problems.len - out->pull_secret_problem;
}

void given_from_onepassword_legacy(struct given_values *out, const struct resolution *resolution,
	const struct onepassword_items *items, struct str fqdn)
{
	struct candidates candidates;

	arena_init_sensitive(&candidates.arena);
	map_init(&candidates.by_name);
	out->source = GIVEN_ONEPASSWORD;
	out->name = arena_str(&out->arena, items->vault);
	want(&candidates, STR(PULL_SECRET), STR(DOCKER_CONFIG), NULL);
	for (size_t i = 0; i < resolution->applications.len; i++)
		want_application(&candidates, vec_pointer(&resolution->applications, i));
	for (size_t i = 0; i < items->items.len; i++)
		offer_item(&candidates, vec_pointer(&items->items, i), fqdn);
	for (size_t i = 0; i < candidates.by_name.len; i++) {
		const struct candidate *candidate = candidates.by_name.entries[i].value;

		if (candidate->secret)
			add_secret(out, candidate);
		else
			take_pull_secret(out, candidate);
	}
	given_values_seal(out);
	map_release(&candidates.by_name);
	arena_release(&candidates.arena);
}
