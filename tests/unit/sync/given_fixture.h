/* An environment with static secrets, and items of 1Password as a server would give them, for the tests of given*.c. */
#ifndef ASPIS_TESTS_SYNC_GIVEN_FIXTURE_H
#define ASPIS_TESTS_SYNC_GIVEN_FIXTURE_H

#include "../model/fixture.h"
#include "model/resolve.h"
#include "sync/given.h"

static const struct fixture_file given_files[] = {
	{"environments/values.yaml", "applications: {tap: true, nublado: true, off: false, empty: true}\n"},
	{"environments/values-dev.yaml", "name: dev\nfqdn: dev.example.org\nvaultPathPrefix: secret/phalanx/dev\n"},
	{"applications/tap/Chart.yaml", "name: tap\n"},
	{"applications/tap/secrets.yaml", "plain: {description: d}\n"
					  "key.json: {description: d, onepassword: {encoded: true}}\n"
					  "made: {description: d, generate: {type: password}}\n"},
	{"applications/nublado/Chart.yaml", "name: nublado\n"},
	{"applications/nublado/secrets.yaml", "a: {description: d}\nb: {description: d}\n"},
	{"applications/off/Chart.yaml", "name: off\n"},
	{"applications/off/secrets.yaml", "z: {description: d}\n"},
	{"applications/empty/Chart.yaml", "name: empty\n"},
	{"applications/empty/secrets.yaml", "made: {description: d, generate: {type: password}}\n"},
	{NULL, NULL},
};

struct given_fixture {
	struct fixture repository;
	struct resolution *resolution;
	struct onepassword_items items;
	struct given_values given;
};

static inline void given_open(struct given_fixture *fixture)
{
	fixture_open(&fixture->repository, given_files);
	fixture->resolution =
		resolve_environment(fixture->repository.model, fixture_environment(&fixture->repository, "dev"));
	onepassword_items_init(&fixture->items);
	fixture->items.vault = STR("RSP dev");
	given_values_init(&fixture->given);
}

static inline void given_close(struct given_fixture *fixture)
{
	given_values_release(&fixture->given);
	onepassword_items_release(&fixture->items);
	resolution_free(fixture->resolution);
	fixture_close(&fixture->repository);
}

static inline struct onepassword_item *add_item(struct given_fixture *fixture, const char *title, const char *category)
{
	struct onepassword_item *item = arena_calloc(&fixture->items.arena, 1, sizeof(*item));

	item->title = str_of(title);
	item->id = arena_printf(&fixture->items.arena, "id%zu", fixture->items.items.len);
	item->category = str_of(category);
	vec_init(&item->fields, sizeof(struct onepassword_field));
	vec_push_pointer(&fixture->items.items, item);
	map_set(&fixture->items.by_title, item->title, item);
	return item;
}

/* section, purpose and value may be NULL. */
static inline void add_field(
	struct onepassword_item *item, const char *section, const char *label, const char *purpose, const char *value)
{
	*(struct onepassword_field *)vec_push(&item->fields) = (struct onepassword_field){
		.label = str_of(label),
		.section = section ? str_of(section) : STR_ABSENT,
		.purpose = purpose ? str_of(purpose) : STR_ABSENT,
		.value = value ? secret_new(value, strlen(value)) : NULL,
	};
}

static inline void assert_secret(struct secret *actual, const char *expected)
{
	if (!expected) {
		assert_null(actual);
		return;
	}
	assert_non_null(actual);
	assert_text(secret_str(actual), expected);
}

static inline const struct given_secret *find(
	const struct given_fixture *fixture, const char *application, const char *key)
{
	const struct given_secret *secret = given_values_find(&fixture->given, str_of(application), str_of(key));

	assert_non_null(secret);
	return secret;
}

static inline void assert_given(const struct given_fixture *fixture, const char *application, const char *key,
	enum given_state state, const char *value)
{
	const struct given_secret *secret = find(fixture, application, key);

	assert_int_equal(secret->state, state);
	assert_secret(secret->value, value);
}

/* That this is the only problem; NULL: that there is none. */
static inline void assert_problem(const struct given_fixture *fixture, const char *text)
{
	assert_int_equal(fixture->given.problems.len, text ? 1 : 0);
	if (text)
		assert_text(*(struct str *)vec_at(&fixture->given.problems, 0), text);
}

#endif
