/* What 1Password's items of the earlier scheme give for an environment. */
#include "given_fixture.h"

static void read_items(struct given_fixture *fixture)
{
	given_from_onepassword_legacy(&fixture->given, fixture->resolution, &fixture->items, STR("dev.example.org"));
}

/* An item for a secret, with the environments (which may be NULL). */
static struct onepassword_item *add_login(
	struct given_fixture *fixture, const char *title, const char *key, const char *environment, const char *value)
{
	struct onepassword_item *item = add_item(fixture, title, "LOGIN");

	add_field(item, NULL, "username", "USERNAME", "someone");
	add_field(item, NULL, "password", "PASSWORD", value);
	add_field(item, NULL, "notesPlain", "NOTES", "notes for people");
	add_field(item, "s", "generate_secrets_key", NULL, key);
	if (environment)
		add_field(item, "s", "environment", NULL, environment);
	return item;
}

static void test_ranks(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;

	(void)state;
	given_open(&fixture);
	add_login(&fixture, "One", "tap plain", "dev.example.org", "match");
	add_login(&fixture, "Default", "tap plain", NULL, "default");
	add_login(&fixture, "Other", "tap plain", "prod.example.org", "other");
	add_login(&fixture, "A", " nublado \t a\n", NULL, "default a");
	item = add_login(&fixture, "B", "nublado b", "prod.example.org", "of b");
	add_field(item, NULL, "environment", NULL, " dev.example.org\n");
	read_items(&fixture);
	assert_given(&fixture, "tap", "plain", GIVEN_VALUE, "match");
	assert_given(&fixture, "nublado", "a", GIVEN_VALUE, "default a");
	assert_given(&fixture, "nublado", "b", GIVEN_VALUE, "of b");
	assert_given(&fixture, "tap", "key.json", GIVEN_MISSING, NULL);
	assert_false(find(&fixture, "tap", "key.json")->no_item);
	assert_problem(&fixture, NULL);
	assert_false(fixture.given.names_pull_secret);
	given_close(&fixture);
}

static void test_kinds(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;

	(void)state;
	given_open(&fixture);
	item = add_item(&fixture, "Note", "SECURE_NOTE");
	add_field(item, NULL, "notesPlain", NULL, "{\n}\n");
	add_field(item, NULL, "generate_secrets_key", NULL, "tap key.json");
	item = add_item(&fixture, "Card", "CREDIT_CARD");
	add_field(item, NULL, "generate_secrets_key", NULL, "tap plain");
	add_field(item, NULL, "password", "PASSWORD", "canary");
	add_login(&fixture, "A", "nublado a", NULL, NULL);
	item = add_item(&fixture, "B", "PASSWORD");
	add_field(item, NULL, "password", "PASSWORD", "secret");
	add_field(item, NULL, "generate_secrets_key", NULL, "nublado b");
	read_items(&fixture);
	assert_given(&fixture, "tap", "key.json", GIVEN_VALUE, "{\n}\n");
	assert_given(&fixture, "tap", "plain", GIVEN_MALFORMED, NULL);
	assert_text(find(&fixture, "tap", "plain")->problem,
		"stands in the 1Password item \"Card\", which is neither a Login nor a Secure Note");
	assert_given(&fixture, "nublado", "a", GIVEN_KEEP, NULL);
	assert_given(&fixture, "nublado", "b", GIVEN_VALUE, "secret");
	given_close(&fixture);
}

static void test_rivals(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;

	(void)state;
	given_open(&fixture);
	add_login(&fixture, "One", "tap plain", "dev.example.org", "1");
	add_login(&fixture, "Two", "tap plain", "dev.example.org", "1");
	add_login(&fixture, "Three", "nublado a", NULL, "3");
	add_login(&fixture, "Four", "nublado a", NULL, "4");
	/* Two of a lower rank do not matter. */
	add_login(&fixture, "Five", "nublado b", NULL, "5");
	add_login(&fixture, "Six", "nublado b", NULL, "6");
	add_login(&fixture, "Seven", "nublado b", "dev.example.org", "7");
	item = add_login(&fixture, "Eight", "tap key.json", NULL, "8");
	add_field(item, NULL, "generate_secrets_key", NULL, "tap made");
	read_items(&fixture);
	assert_given(&fixture, "tap", "plain", GIVEN_MALFORMED, NULL);
	assert_text(find(&fixture, "tap", "plain")->problem,
		"stands in two 1Password items, \"One\" (id0) and \"Two\" (id1), both of which are for this "
		"environment");
	assert_text(find(&fixture, "nublado", "a")->problem,
		"stands in two 1Password items, \"Three\" (id2) and \"Four\" (id3), both of which are for all "
		"environments");
	assert_given(&fixture, "nublado", "b", GIVEN_VALUE, "7");
	assert_text(find(&fixture, "tap", "key.json")->problem,
		"stands in the 1Password item \"Eight\", which has two fields `generate_secrets_key`");
	given_close(&fixture);
}

/* Items that say nothing, or something else. */
static void test_strangers(void **state)
{
	struct given_fixture fixture;

	(void)state;
	given_open(&fixture);
	add_login(&fixture, "A", "tap", NULL, "1");
	add_login(&fixture, "B", "tap plain too", NULL, "1");
	add_login(&fixture, "C", "", NULL, "1");
	add_login(&fixture, "D", NULL, NULL, "1");
	add_login(&fixture, "E", "off z", NULL, "1");
	/* An environment without a name is none that is this one, and the item is for no other either. */
	add_login(&fixture, "F", "tap plain", "", "1");
	read_items(&fixture);
	assert_given(&fixture, "tap", "plain", GIVEN_MISSING, NULL);
	assert_int_equal(fixture.given.secrets.len, 4);
	assert_problem(&fixture, NULL);
	given_close(&fixture);
}

static void read_pull_secret(struct given_fixture *fixture, const char *value)
{
	struct onepassword_item *item;

	given_open(fixture);
	item = add_item(fixture, "Pull", "SECURE_NOTE");
	add_field(item, NULL, "notesPlain", "NOTES", value);
	add_field(item, NULL, "generate_secrets_key", NULL, "pull-secret .dockerconfigjson");
	read_items(fixture);
}

static void test_pull_secret(void **state)
{
	struct given_fixture fixture;
	const struct given_registry *registry;

	(void)state;
	read_pull_secret(&fixture,
		"{\"auths\": {\"z.example.org\": {\"username\": \"u\", \"password\": \"p\\u00e9\", \"auth\": \"\"},"
		" \"a.example.org\": {\"auth\": \"dTI6cDpx\"}}}");
	assert_problem(&fixture, NULL);
	assert_true(fixture.given.names_pull_secret);
	assert_int_equal(fixture.given.registries.len, 2);
	registry = vec_at(&fixture.given.registries, 0);
	assert_text(registry->host, "z.example.org");
	assert_secret(registry->username, "u");
	assert_secret(registry->password, "p\xC3\xA9");
	registry = vec_at(&fixture.given.registries, 1);
	assert_secret(registry->username, "u2");
	assert_secret(registry->password, "p:q");
	given_close(&fixture);
}

static void test_broken_pull_secret(void **state)
{
	static const char *const values[] = {"canary", "[]", "{\"auths\": [\"canary\"]}",
		"{\"auths\": {\"a\": \"canary\"}}", "{\"auths\": {\"a\": {\"auth\": \"canary\"}}}",
		"{\"auths\": {\"a\": {\"auth\": \"Y2FuYXJ5\"}}}"};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct given_fixture fixture;
		struct str problem;

		read_pull_secret(&fixture, values[i]);
		assert_int_equal(fixture.given.problems.len, 1);
		problem = *(struct str *)vec_at(&fixture.given.problems, 0);
		assert_true(str_starts_with(
			problem, STR("The value of pull-secret .dockerconfigjson in the 1Password item \"Pull\" ")));
		assert_false(str_contains(problem, STR("canary")));
		given_close(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_rivals),
		cmocka_unit_test(test_strangers),
		cmocka_unit_test(test_pull_secret),
		cmocka_unit_test(test_broken_pull_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
