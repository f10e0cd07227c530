/* Files of static secrets as a source of values, and what 1Password has as such a file. */
#include "../sync/given_fixture.h"
#include "api_remote/given_file.h"
#include "api_remote/onepassword_file.h"

struct file_fixture {
	struct given_fixture given;
	struct arena arena;
	struct static_secrets file;
	struct vec notes;
};

static void take(struct file_fixture *fixture, struct str text)
{
	arena_init_sensitive(&fixture->arena);
	vec_init(&fixture->notes, sizeof(struct str));
	static_secrets_read(
		&fixture->file, &fixture->arena, STR("file.yaml"), arena_str(&fixture->arena, text), STATIC_NESTED);
	assert_int_equal(fixture->file.problems.len, 0);
	given_from_static_secrets(&fixture->given.given, &fixture->notes, fixture->given.resolution, &fixture->file);
}

static void open_file(struct file_fixture *fixture, const char *text)
{
	given_open(&fixture->given);
	take(fixture, str_of(text));
}

static void close_file(struct file_fixture *fixture)
{
	static_secrets_release(&fixture->file);
	vec_release(&fixture->notes);
	arena_release(&fixture->arena);
	given_close(&fixture->given);
}

static void test_nested(void **state)
{
	struct file_fixture fixture;
	const struct given_values *given = &fixture.given.given;
	const struct given_registry *registry;
	const struct given_client *client;

	(void)state;
	open_file(&fixture, "applications:\n"
			    "  tap:\n"
			    "    key.json: {value: \"{}\\n\", warning: w}\n"
			    "    plain: {description: d, value: null}\n"
			    "    made: {value: canary}\n"
			    "    unknown: {value: canary}\n"
			    "    unfilled: {value: ''}\n"
			    "  nublado:\n"
			    "    a: {value: ''}\n"
			    "  off:\n"
			    "    z: {value: canary}\n"
			    "oidc-clients:\n"
			    "  Z: {id: z, secret: zs, return_uri: zu}\n"
			    "  A: {id: a, secret: null}\n"
			    "pull-secret:\n"
			    "  registries:\n"
			    "    z.example.org: {username: u, password: p}\n"
			    "    a.example.org: {password: q}\n"
			    "vault-write-token: hvs.t\n");
	assert_int_equal(given->source, GIVEN_FILE);
	assert_text(given->name, "file.yaml");
	assert_given(&fixture.given, "tap", "key.json", GIVEN_VALUE, "{}\n");
	assert_given(&fixture.given, "tap", "plain", GIVEN_KEEP, NULL);
	assert_given(&fixture.given, "nublado", "a", GIVEN_KEEP, NULL);
	assert_null(given_values_find(given, STR("nublado"), STR("b")));
	assert_null(given_values_find(given, STR("tap"), STR("made")));
	assert_int_equal(given->secrets.len, 3);
	assert_int_equal(fixture.notes.len, 3);
	assert_text(*(struct str *)vec_at(&fixture.notes, 0),
		"file.yaml:5:5: tap made is not a static secret of dev, so the value that the file has for it is not "
		"used");
	assert_text(*(struct str *)vec_at(&fixture.notes, 1),
		"file.yaml:6:5: tap unknown is not a secret of dev, so the value that the file has for it is not used");
	assert_text(*(struct str *)vec_at(&fixture.notes, 2),
		"file.yaml:11:5: off z is not a secret of dev, so the value that the file has for it is not used");
	assert_true(given->names_oidc_clients);
	assert_int_equal(given->clients.len, 2);
	client = vec_at(&given->clients, 0);
	assert_text(client->name, "A");
	assert_secret(client->id, "a");
	assert_secret(client->secret, NULL);
	assert_secret(client->return_uri, NULL);
	client = vec_at(&given->clients, 1);
	assert_secret(client->return_uri, "zu");
	assert_true(given->names_pull_secret);
	assert_int_equal(given->registries.len, 2);
	registry = vec_at(&given->registries, 0);
	assert_text(registry->host, "z.example.org");
	assert_secret(registry->username, "u");
	assert_secret(registry->password, "p");
	registry = vec_at(&given->registries, 1);
	assert_secret(registry->username, NULL);
	assert_secret(registry->password, "q");
	assert_secret(given->vault_write_token, "hvs.t");
	assert_problem(&fixture.given, NULL);
	close_file(&fixture);
}

/* Which special secrets a file has a place for. */
static void test_places(void **state)
{
	static const struct {
		const char *text;
		bool pull_secret, oidc_clients;
	} rows[] = {
		{"", false, false},
		{"applications: {}\n", false, false},
		{"pull-secret: {registries: {}}\n", true, false},
		{"pull-secret: {description: d}\n", false, false},
		{"pull-secret:\noidc-clients: {}\n", false, true},
		{"oidc-clients: null\n", false, false},
		{"tap: {plain: {value: x}}\nnublado: {}\n", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct file_fixture fixture;

		open_file(&fixture, rows[i].text);
		assert_int_equal(fixture.given.given.names_pull_secret, rows[i].pull_secret);
		assert_int_equal(fixture.given.given.names_oidc_clients, rows[i].oidc_clients);
		assert_int_equal(fixture.given.given.registries.len, 0);
		assert_null(fixture.given.given.vault_write_token);
		close_file(&fixture);
	}
}

/* The form of SQR-079, as people write it by hand. */
static void test_flat(void **state)
{
	struct file_fixture fixture;

	(void)state;
	open_file(&fixture, "tap:\n  plain: &p {value: 'x: y'}\n  key.json: *p\nnublado: null\n");
	assert_given(&fixture.given, "tap", "plain", GIVEN_VALUE, "x: y");
	assert_given(&fixture.given, "tap", "key.json", GIVEN_VALUE, "x: y");
	assert_int_equal(fixture.notes.len, 0);
	close_file(&fixture);
}

static void write_file(char *path, const char *text)
{
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void test_broken(void **state)
{
	char path[] = "/tmp/aspis-given-XXXXXX";
	struct vec notes = VEC_INIT(struct str);
	struct error error = ERROR_INIT;
	struct given_fixture fixture;
	struct strbuf expected = STRBUF_INIT;

	(void)state;
	write_file(path, "applications:\n  tap:\n    plain: {value: 12345}\n    key.json: canary\n");
	given_open(&fixture);
	assert_false(given_from_file(&fixture.given, &notes, fixture.resolution, path, &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	strbuf_printf(&expected,
		"%s:3:20: The value is not in quotes, and YAML takes it for an integer; put it in quotes, so that it "
		"is "
		"a string.\n"
		"%s:4:15: An entry has to be a mapping, but this is a string.",
		path, path);
	assert_string_equal(error.message, expected.ptr);
	error_release(&error);
	assert_int_equal(remove(path), 0);
	assert_false(given_from_file(&fixture.given, &notes, fixture.resolution, path, &error));
	assert_int_equal(error.kind, ERROR_SYSTEM);
	error_release(&error);
	strbuf_release(&expected);
	vec_release(&notes);
	given_close(&fixture);
}

static struct secret *copy_of(struct str value)
{
	return secret_new(value.ptr, value.len);
}

static bool equal(struct secret *a, struct secret *b)
{
	return a && b ? secret_equal(a, b) : a == b;
}

/* Every value everywhere, and names that are odd. */
static void fill_everything(struct given_values *given, struct str value)
{
	static const char *const names[] = {"z.example.org:5000/a", "null", "a: \"b\"\n", "\xC3\xA9\xE2\x80\xA8"};

	given_values_add(given, STR("tap"), STR("plain"), GIVEN_VALUE, copy_of(value));
	given_values_add(given, STR("tap"), STR("key.json"), GIVEN_KEEP, NULL);
	given_values_add(given, STR("nublado"), STR("a"), GIVEN_VALUE, copy_of(value));
	given_values_add(given, STR("nublado"), STR("b"), GIVEN_MISSING, NULL);
	given->names_pull_secret = true;
	given->names_oidc_clients = true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*(struct given_registry *)vec_push(&given->registries) = (struct given_registry){
			.host = str_of(names[i]), .username = copy_of(STR("u")), .password = copy_of(value)};
		*(struct given_client *)vec_push(&given->clients) =
			(struct given_client){.name = str_of(names[i]), .id = copy_of(value), .secret = copy_of(value)};
	}
	given->vault_write_token = copy_of(value);
	given_values_seal(given);
}

static void assert_same(const struct given_values *read, const struct given_values *given)
{
	for (size_t i = 0; i < given->secrets.len; i++) {
		const struct given_secret *secret = vec_pointer(&given->secrets, i);
		const struct given_secret *other = given_values_find(read, secret->application, secret->key);

		assert_non_null(other);
		assert_true(equal(other->value, secret->value));
	}
	assert_int_equal(read->names_pull_secret, given->names_pull_secret);
	assert_int_equal(read->names_oidc_clients, given->names_oidc_clients);
	assert_int_equal(read->registries.len, given->registries.len);
	for (size_t i = 0; i < given->registries.len; i++) {
		const struct given_registry *a = vec_at(&given->registries, i), *b = vec_at(&read->registries, i);

		assert_true(str_equal(a->host, b->host));
		assert_true(equal(a->username, b->username) && equal(a->password, b->password));
	}
	assert_int_equal(read->clients.len, given->clients.len);
	for (size_t i = 0; i < given->clients.len; i++) {
		const struct given_client *a = vec_at(&given->clients, i), *b = vec_at(&read->clients, i);

		assert_true(str_equal(a->name, b->name));
		assert_true(equal(a->id, b->id) && equal(a->secret, b->secret));
		assert_true(equal(a->return_uri, b->return_uri));
	}
	assert_true(equal(read->vault_write_token, given->vault_write_token));
}

static void test_round_trip(void **state)
{
	const struct str values[] = {STR("x"), STR("null"), STR("1"), STR("*alias"), STR("a\nb\n"), STR("a\nb"),
		STR("\n"), STR(" a\n b\n\n"), STR("\r\n"), STR("tab\there"),
		STR("\xEF\xBB\xBF"
		    "bom"),
		STR("'\"\\"), STR("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"),
		STR("{\n  \"a\": \"b\"\n}\n"), STR("\xF0\x9F\x94\x91\xC2\x85\xE2\x80\xA8"), STR("a\0b\x1B[0m"),
		STR("{{ template }}"), STR("# no comment")};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct file_fixture fixture;
		struct given_values given;
		struct error error = ERROR_INIT;
		struct arena arena;
		struct str text;

		arena_init_sensitive(&arena);
		given_values_init(&given);
		fill_everything(&given, values[i]);
		assert_true(onepassword_file_text(&text, &arena, &given, &error));
		given_open(&fixture.given);
		take(&fixture, text);
		assert_same(&fixture.given.given, &given);
		close_file(&fixture);
		given_values_release(&given);
		arena_release(&arena);
	}
}

static void test_text(void **state)
{
	struct given_values given;
	struct error error = ERROR_INIT;
	struct arena arena;
	struct str text;

	(void)state;
	arena_init_sensitive(&arena);
	given_values_init(&given);
	assert_true(onepassword_file_text(&text, &arena, &given, &error));
	assert_text(text, "applications: {}\n");
	given_values_add(&given, STR("tap"), STR("plain"), GIVEN_KEEP, NULL);
	given_values_add(&given, STR("tap"), STR("key.json"), GIVEN_VALUE, copy_of(STR("{\n}\n")));
	given_values_add(&given, STR("a"), STR("b"), GIVEN_VALUE, copy_of(STR("it's")));
	given.names_pull_secret = true;
	given.names_oidc_clients = true;
	given.vault_write_token = copy_of(STR("hvs.x"));
	given_values_seal(&given);
	assert_true(onepassword_file_text(&text, &arena, &given, &error));
	assert_text(text, "applications:\n"
			  "  a:\n"
			  "    b:\n"
			  "      value: 'it''s'\n"
			  "  tap:\n"
			  "    key.json:\n"
			  "      value: |\n"
			  "        {\n"
			  "        }\n"
			  "    plain:\n"
			  "      value: null\n"
			  "oidc-clients: {}\n"
			  "pull-secret:\n"
			  "  registries: {}\n"
			  "vault-write-token: 'hvs.x'\n");
	given_values_add(&given, STR("tap"), STR("plain"), GIVEN_VALUE, copy_of(STR("\xFF canary")));
	assert_false(onepassword_file_text(&text, &arena, &given, &error));
	assert_string_equal(error.message,
		"the value of tap plain is not text in UTF-8, which is all that a file of static secrets can hold");
	error_release(&error);
	given_values_release(&given);
	arena_release(&arena);
}

/* A file that is there is replaced where nothing is lost. */
static void test_replace(void **state)
{
	static const struct {
		const char *there;
		bool may;
	} rows[] = {
		{"", true},
		{"applications: {tap: {plain: {value: null}}}\n", true},
		{"tap: {plain: {value: x}}\n", true},
		{"applications: {tap: {plain: {value: y}}}\n", false},
		{"applications: {tap: {other: {value: x}}}\n", false},
		{"applications: {tap: {plain: {value: x}}}\nvault-write-token: t\n", false},
		{"- x\n", false},
		{"[", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/aspis-given-XXXXXX";
		struct error error = ERROR_INIT;

		write_file(path, rows[i].there);
		assert_int_equal(onepassword_file_may_replace(path,
					 STR("applications: {tap: {plain: {value: x}, more: {value: z}}}\n"), &error),
			rows[i].may);
		assert_int_equal(error.kind, rows[i].may ? ERROR_NONE : ERROR_USAGE);
		error_release(&error);
		assert_int_equal(remove(path), 0);
	}
	assert_true(onepassword_file_may_replace("/nowhere/at/all", STR(""), NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_flat),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_replace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
