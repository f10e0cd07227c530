/* What 1Password's items of the current scheme give for an environment. */
#include "given_fixture.h"

static void read_items(struct given_fixture *fixture)
{
	given_from_onepassword(&fixture->given, fixture->resolution, &fixture->items);
}

static void test_titles(void **state)
{
	static const char *const expected[] = {"nublado", "tap", "pull-secret", "oidc-clients", "vault-write-token"};
	struct vec titles = VEC_INIT(struct str);
	struct given_fixture fixture;

	(void)state;
	given_open(&fixture);
	given_onepassword_titles(&titles, fixture.resolution);
	assert_int_equal(titles.len, 5);
	for (size_t i = 0; i < titles.len; i++)
		assert_text(*(struct str *)vec_at(&titles, i), expected[i]);
	vec_release(&titles);
	given_close(&fixture);
}

static void test_values(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *tap, *nublado;

	(void)state;
	given_open(&fixture);
	tap = add_item(&fixture, "tap", "SERVER");
	add_field(tap, NULL, "other", NULL, "ignored");
	add_field(tap, "somewhere", "plain", NULL, "p w\n");
	add_field(tap, "", "key.json", NULL, " eyJh\nIjog\tMX0=\r\n");
	add_field(tap, NULL, "made", NULL, "ignored");
	nublado = add_item(&fixture, "nublado", "SERVER");
	add_field(nublado, NULL, "a", NULL, NULL);
	read_items(&fixture);
	assert_int_equal(fixture.given.source, GIVEN_ONEPASSWORD);
	assert_text(fixture.given.name, "RSP dev");
	assert_given(&fixture, "tap", "plain", GIVEN_VALUE, "p w\n");
	assert_given(&fixture, "tap", "key.json", GIVEN_VALUE, "{\"a\": 1}");
	assert_given(&fixture, "nublado", "a", GIVEN_KEEP, NULL);
	assert_given(&fixture, "nublado", "b", GIVEN_MISSING, NULL);
	assert_false(find(&fixture, "nublado", "b")->no_item);
	assert_null(given_values_find(&fixture.given, STR("tap"), STR("made")));
	assert_null(given_values_find(&fixture.given, STR("off"), STR("z")));
	assert_int_equal(fixture.given.secrets.len, 4);
	assert_text(((struct given_secret *)vec_pointer(&fixture.given.secrets, 2))->key, "key.json");
	assert_false(fixture.given.names_pull_secret);
	assert_false(fixture.given.names_oidc_clients);
	assert_null(fixture.given.vault_write_token);
	assert_problem(&fixture, NULL);
	given_close(&fixture);
}

static void test_missing_item(void **state)
{
	struct given_fixture fixture;

	(void)state;
	given_open(&fixture);
	read_items(&fixture);
	assert_given(&fixture, "tap", "plain", GIVEN_MISSING, NULL);
	assert_true(find(&fixture, "tap", "plain")->no_item);
	given_close(&fixture);
}

/* What of an encoded value is undone, and what is refused without a word of it. */
static void test_encoded(void **state)
{
	static const struct {
		const char *stored, *value;
		const char *problem;
	} rows[] = {
		{"aGVsbG8=", "hello", NULL},
		{"aGVs\n\v\f bG8 =\r\n", "hello", NULL},
		{"YUdWc2JHOD0=", "aGVsbG8=", NULL}, /* one layer, and no more */
		{"77u/aGk=", "\xEF\xBB\xBFhi", NULL},
		{"   ", NULL, NULL},
		{"aGVsbG8", NULL, "is not base64, although the secret is declared with `onepassword.encoded`"},
		{"aGVsbG8=aGk=", NULL, "is not base64, although the secret is declared with `onepassword.encoded`"},
		{"hunter2!", NULL, "is not base64, although the secret is declared with `onepassword.encoded`"},
		{"\xEF\xBB\xBF"
		 "aGVsbG8=",
			NULL, "has a byte order mark, which cannot be seen, before its base64"},
		{"//79", NULL, "is base64 of something that is not text in UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct given_fixture fixture;
		const struct given_secret *secret;

		given_open(&fixture);
		add_field(add_item(&fixture, "tap", "SERVER"), NULL, "key.json", NULL, rows[i].stored);
		read_items(&fixture);
		secret = find(&fixture, "tap", "key.json");
		assert_secret(secret->value, rows[i].value);
		assert_int_equal(secret->state, rows[i].value     ? GIVEN_VALUE
						: rows[i].problem ? GIVEN_MALFORMED
								  : GIVEN_KEEP);
		if (rows[i].problem)
			assert_text(secret->problem, rows[i].problem);
		given_close(&fixture);
	}
}

static void test_two_fields(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;

	(void)state;
	given_open(&fixture);
	item = add_item(&fixture, "nublado", "SERVER");
	add_field(item, NULL, "a", NULL, "1");
	add_field(item, "s", "b", NULL, "2");
	add_field(item, "t", "a", NULL, "1");
	read_items(&fixture);
	assert_given(&fixture, "nublado", "a", GIVEN_MALFORMED, NULL);
	assert_text(find(&fixture, "nublado", "a")->problem,
		"stands in two fields of that label in the 1Password item, only one of which can be meant");
	assert_given(&fixture, "nublado", "b", GIVEN_VALUE, "2");
	given_close(&fixture);
}

static void test_registries(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;
	const struct given_registry *registry;

	(void)state;
	given_open(&fixture);
	item = add_item(&fixture, "pull-secret", "SERVER");
	add_field(item, NULL, "notesPlain", "NOTES", "for people");
	add_field(item, "z.example.org", "username", NULL, "u1");
	add_field(item, "a.example.org", "password", NULL, "p2");
	add_field(item, "a.example.org", "username", NULL, NULL);
	add_field(item, "z.example.org", "password", NULL, "p1");
	add_field(item, "z.example.org", "comment", NULL, "ignored");
	read_items(&fixture);
	assert_true(fixture.given.names_pull_secret);
	assert_problem(&fixture, NULL);
	assert_int_equal(fixture.given.registries.len, 2);
	registry = vec_at(&fixture.given.registries, 0);
	assert_text(registry->host, "z.example.org");
	assert_secret(registry->username, "u1");
	assert_secret(registry->password, "p1");
	registry = vec_at(&fixture.given.registries, 1);
	assert_text(registry->host, "a.example.org");
	assert_secret(registry->username, NULL);
	assert_secret(registry->password, "p2");
	given_close(&fixture);
}

static void test_empty_pull_secret(void **state)
{
	struct given_fixture fixture;

	(void)state;
	given_open(&fixture);
	add_item(&fixture, "pull-secret", "SERVER");
	read_items(&fixture);
	assert_true(fixture.given.names_pull_secret);
	assert_int_equal(fixture.given.registries.len, 0);
	assert_problem(&fixture, NULL);
	given_close(&fixture);
}

static void test_clients_and_token(void **state)
{
	struct given_fixture fixture;
	struct onepassword_item *item;
	const struct given_client *client;

	(void)state;
	given_open(&fixture);
	item = add_item(&fixture, "oidc-clients", "SERVER");
	add_field(item, "Telescope \"B\"", "id", NULL, "b");
	add_field(item, "Telescope \"B\"", "secret", NULL, "bs");
	add_field(item, "Telescope \"B\"", "return_uri", NULL, "https://b.example.org/");
	add_field(item, "Chat/A", "return_uri", NULL, "https://a.example.org/");
	add_field(item, "Chat/A", "secret", NULL, "as");
	add_field(item, "Chat/A", "id", NULL, "a");
	add_field(add_item(&fixture, "vault-write-token", "SERVER"), "any", "vault-token", NULL, "hvs.x");
	read_items(&fixture);
	assert_true(fixture.given.names_oidc_clients);
	assert_int_equal(fixture.given.clients.len, 2);
	client = vec_at(&fixture.given.clients, 0);
	assert_text(client->name, "Chat/A");
	assert_secret(client->id, "a");
	assert_secret(client->secret, "as");
	assert_secret(client->return_uri, "https://a.example.org/");
	assert_text(((struct given_client *)vec_at(&fixture.given.clients, 1))->name, "Telescope \"B\"");
	assert_secret(fixture.given.vault_write_token, "hvs.x");
	assert_problem(&fixture, NULL);
	given_close(&fixture);
}

/* Each adds fields that make one problem. */
static void add_outside(struct given_fixture *fixture)
{
	add_field(add_item(fixture, "pull-secret", "SERVER"), NULL, "username", NULL, "canary");
}

static void add_unnamed(struct given_fixture *fixture)
{
	add_field(add_item(fixture, "oidc-clients", "SERVER"), "", "id", NULL, "canary");
}

static void add_repeated(struct given_fixture *fixture)
{
	struct onepassword_item *item = add_item(fixture, "pull-secret", "SERVER");

	add_field(item, "ghcr.io", "username", NULL, "canary");
	add_field(item, "ghcr.io", "password", NULL, "canary");
	add_field(item, "ghcr.io", "username", NULL, "canary");
}

static void add_incomplete(struct given_fixture *fixture)
{
	add_field(add_item(fixture, "pull-secret", "SERVER"), "gh\n\"cr", "password", NULL, "canary");
}

static void add_two_tokens(struct given_fixture *fixture)
{
	struct onepassword_item *item = add_item(fixture, "vault-write-token", "SERVER");

	add_field(item, NULL, "vault-token", NULL, "canary");
	add_field(item, "s", "vault-token", NULL, "canary");
}

static void test_problems(void **state)
{
	static const struct {
		void (*add)(struct given_fixture *fixture);
		const char *problem;
	} rows[] = {
		{add_outside, "The field \"username\" of the 1Password item \"pull-secret\" is in no section that has "
			      "a name; "
			      "move it into one that is named after the host of the registry."},
		{add_unnamed, "The field \"id\" of the 1Password item \"oidc-clients\" is in no section that has a "
			      "name; move "
			      "it into one that is named after the client."},
		{add_repeated,
			"The section \"ghcr.io\" of the 1Password item \"pull-secret\" has two fields \"username\"; "
			"remove the one that is not meant."},
		{add_incomplete, "The section \"gh\\n\"cr\" of the 1Password item \"pull-secret\" has no field "
				 "\"username\"; add "
				 "it, or rename the one that is meant."},
		{add_two_tokens, "The 1Password item \"vault-write-token\" has two fields \"vault-token\"; remove the "
				 "one that is "
				 "not meant."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct given_fixture fixture;

		given_open(&fixture);
		rows[i].add(&fixture);
		read_items(&fixture);
		assert_problem(&fixture, rows[i].problem);
		given_close(&fixture);
	}
}

/* The container by itself: names cannot be confused, and the later value counts. */
static void test_container(void **state)
{
	struct given_values given;

	(void)state;
	given_values_init(&given);
	given_values_add(&given, STR("b"), STR("c"), GIVEN_VALUE, secret_new("1", 1));
	given_values_add(&given, STR("bc"), STR(""), GIVEN_VALUE, secret_new("2", 1));
	given_values_add(&given, STR("a"), STR("z"), GIVEN_KEEP, NULL);
	given_values_add(&given, STR("b"), STR("c"), GIVEN_VALUE, secret_new("3", 1));
	given_values_seal(&given);
	assert_int_equal(given.secrets.len, 3);
	assert_text(((struct given_secret *)vec_pointer(&given.secrets, 0))->application, "a");
	assert_secret(given_values_find(&given, STR("b"), STR("c"))->value, "3");
	assert_secret(given_values_find(&given, STR("bc"), STR(""))->value, "2");
	assert_null(given_values_find(&given, STR(""), STR("bc")));
	given_values_release(&given);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_missing_item),
		cmocka_unit_test(test_encoded),
		cmocka_unit_test(test_two_fields),
		cmocka_unit_test(test_registries),
		cmocka_unit_test(test_empty_pull_secret),
		cmocka_unit_test(test_clients_and_token),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_container),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
