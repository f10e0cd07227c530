/* What answers of a KV engine mean. */
#include "entry_fixture.h"
#include "store/vault_answer.h"
#include "store/vault_message.h"

static void test_mount(void **state)
{
	static const struct {
		const char *json;
		const char *path; /* NULL: it makes no sense */
		unsigned version;
	} rows[] = {
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}", "secret", 2},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"1\"}}}", "secret", 1},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":2}}}", "secret", 2},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{}}}", "secret", 1},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":null}}", "secret", 1},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"generic\"}}", "secret", 1},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"kv\",\"options\":{\"version\":\"3\"}}}", "secret", 0},
		{"{\"data\":{\"path\":\"secret/\",\"type\":\"pki\"}}", "secret", 0},
		{"{\"data\":{\"path\":\"secret/phalanx/\",\"type\":\"kv\",\"options\":{\"version\":\"2\"}}}",
			"secret/phalanx", 2},
		{"{\"data\":{\"path\":\"secret/phalanx/example/\",\"type\":\"kv\"}}", "secret/phalanx/example", 1},
		{"{\"data\":{\"path\":\"secret/phal/\",\"type\":\"kv\"}}", NULL, 0},
		{"{\"data\":{\"path\":\"secret/phalanx/example/more/\",\"type\":\"kv\"}}", NULL, 0},
		{"{\"data\":{\"path\":\"\",\"type\":\"kv\"}}", NULL, 0},
		{"{\"data\":{\"path\":\"/\",\"type\":\"kv\"}}", NULL, 0},
		{"{\"data\":{\"path\":\"secret/\"}}", NULL, 0},
		{"{\"data\":[]}", NULL, 0},
		{"{}", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture fixture;
		struct vault_mount mount;
		bool good;

		fixture_init(&fixture, rows[i].json);
		good = vault_mount_read(&mount, &fixture.arena, fixture.root, STR("secret/phalanx/example"));
		assert_int_equal(good, rows[i].path != NULL);
		if (good) {
			assert_text(mount.path, rows[i].path);
			assert_int_equal(mount.version, rows[i].version);
		}
		fixture_release(&fixture);
	}
}

static void test_entry(void **state)
{
	static const struct {
		const char *json;
		unsigned kv, status;
		enum store_state state;
		uint64_t version;
		size_t values;
		bool good;
	} rows[] = {
		{"{\"data\":{\"data\":{\"a\":1},\"metadata\":{\"version\":3,\"deletion_time\":\"\"}}}", 2, 200,
			STORE_PRESENT, 3, 1, true},
		{"{\"data\":{\"data\":{},\"metadata\":{\"version\":1}}}", 2, 200, STORE_PRESENT, 1, 0, true},
		/* to be deleted later */
		{"{\"data\":{\"data\":{\"a\":1},\"metadata\":{\"version\":3,\"deletion_time\":\"2999-01-01T00:00:00Z\"}"
		 "}}",
			2, 200, STORE_PRESENT, 3, 1, true},
		{"{\"data\":{\"data\":null,\"metadata\":{\"version\":3,\"deletion_time\":\"2020-01-01T00:00:00Z\"}}}",
			2, 404, STORE_DELETED, 3, 0, true},
		{"{\"data\":{\"data\":null,\"metadata\":{\"version\":4,\"destroyed\":true}}}", 2, 404, STORE_DELETED, 4,
			0, true},
		{"{\"data\":{\"data\":null,\"metadata\":{\"version\":4,\"destroyed\":true}}}", 2, 200, STORE_DELETED, 4,
			0, true},
		{"{\"data\":{\"metadata\":{\"version\":18446744073709551615}}}", 2, 404, STORE_DELETED, UINT64_MAX, 0,
			true},
		{"{\"errors\":[]}", 2, 404, STORE_ABSENT, 0, 0, true},
		{"{\"errors\":[]}", 1, 404, STORE_ABSENT, 0, 0, true},
		{"{\"data\":{\"a\":\"b\",\"metadata\":{}}}", 1, 200, STORE_PRESENT, 0, 2, true},
		{"{\"data\":{\"data\":null,\"metadata\":{\"version\":3,\"deletion_time\":\"\"}}}", 2, 200, 0, 0, 0,
			false},
		{"{\"data\":{\"data\":{\"a\":1},\"metadata\":{\"version\":3}}}", 2, 404, 0, 0, 0, false},
		{"{\"data\":{\"data\":{\"a\":1},\"metadata\":{\"version\":0}}}", 2, 200, 0, 0, 0, false},
		{"{\"data\":{\"data\":{\"a\":1},\"metadata\":{\"version\":\"3\"}}}", 2, 200, 0, 0, 0, false},
		{"{\"data\":{\"data\":\"x\",\"metadata\":{\"version\":3}}}", 2, 200, 0, 0, 0, false},
		{"{\"data\":{\"data\":{\"a\":1}}}", 2, 200, 0, 0, 0, false},
		{"{\"data\":{}}", 2, 404, 0, 0, 0, false},
		{"{\"data\":{\"a\":1}}", 1, 404, 0, 0, 0, false},
		{"{}", 2, 200, 0, 0, 0, false},
		{"{}", 1, 200, 0, 0, 0, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture fixture;
		const char *problem;

		fixture_init(&fixture, rows[i].json);
		problem = vault_entry_read(&fixture.entry, &fixture.arena, rows[i].kv, rows[i].status, fixture.root);
		assert_int_equal(problem == NULL, rows[i].good);
		if (rows[i].good) {
			assert_int_equal(fixture.entry.state, rows[i].state);
			assert_true(fixture.entry.version == rows[i].version);
			assert_int_equal(fixture.entry.values.len, rows[i].values);
		}
		fixture_release(&fixture);
	}
}

static void test_names(void **state)
{
	static const char *const senseless[] = {"{}", "{\"data\":{\"keys\":{}}}", "{\"data\":{\"keys\":[1]}}",
		"{\"data\":{\"keys\":[\"\"]}}", "{\"data\":{\"keys\":[\"a/b\"]}}", "{\"data\":{\"keys\":[\"..\"]}}",
		"{\"data\":{\"keys\":[\"a\\u0000\"]}}", "{\"data\":{\"keys\":[\"../\"]}}"};
	struct vec names = VEC_INIT(struct str), folders = VEC_INIT(struct str);
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, "{\"data\":{\"keys\":[\"b c\",\"x/\",\"x\",\"...\"]}}");
	assert_true(vault_names_read(&names, &folders, &fixture.arena, fixture.root));
	assert_int_equal(names.len, 3);
	assert_text(*(struct str *)vec_at(&names, 0), "b c");
	assert_int_equal(folders.len, 1);
	assert_text(*(struct str *)vec_at(&folders, 0), "x/");
	fixture_release(&fixture);
	for (size_t i = 0; i < sizeof(senseless) / sizeof(senseless[0]); i++) {
		fixture_init(&fixture, senseless[i]);
		assert_false(vault_names_read(&names, &folders, &fixture.arena, fixture.root));
		fixture_release(&fixture);
	}
	vec_release(&names);
	vec_release(&folders);
}

static void test_may(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture, "{\"data\":{\"a\":[\"create\",\"update\"],\"b\":[\"root\"],\"c\":[\"deny\"],\"d\":["
			       "\"root\",\"deny\"],\"e\":\"update\"},\"f\":[\"update\"]}");
	assert_true(vault_may(fixture.root, STR("a"), STR("update")));
	assert_false(vault_may(fixture.root, STR("a"), STR("read")));
	assert_true(vault_may(fixture.root, STR("b"), STR("update")));
	assert_false(vault_may(fixture.root, STR("c"), STR("update")));
	assert_false(vault_may(fixture.root, STR("d"), STR("update")));
	assert_false(vault_may(fixture.root, STR("e"), STR("update")));
	assert_true(vault_may(fixture.root, STR("f"), STR("update")));
	assert_false(vault_may(fixture.root, STR("g"), STR("update")));
	fixture_release(&fixture);
}

static void test_repeats(void **state)
{
	struct str value = STR("0123456789abcdef");

	(void)state;
	assert_true(vault_message_repeats(STR("x 0123456789abcdef y"), value));
	assert_true(vault_message_repeats(STR("x 56789abc y"), value));
	assert_true(vault_message_repeats(STR("x 89abcdef"), value));
	assert_true(vault_message_repeats(STR("01234567"), value));
	assert_false(vault_message_repeats(STR("x 56789ab y 0123456"), value));
	assert_false(vault_message_repeats(STR(""), value));
	assert_true(vault_message_repeats(STR("it is abc here"), STR("abc")));
	assert_false(vault_message_repeats(STR("it is ab here"), STR("abc")));
	assert_false(vault_message_repeats(STR("it"), STR("")));
}

static void test_errors(void **state)
{
	static const struct {
		const char *json;
		const char *shown; /* NULL: it is not to be */
	} rows[] = {
		{"{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}", "permission denied"},
		{"{\"errors\":[\"2 errors occurred:\\n\\t* a\\n\\t* b\\n\\n\"]}", "2 errors occurred: * a * b"},
		{"{\"errors\":[\"a\",1,\"\",\"b\"]}", "a; b"},
		{"{\"errors\":[\"\\u001b[31m\\u202e\"]}", "\\x1B[31m\\u{202E}"},
		{"{\"errors\":[]}", ""},
		{"{\"errors\":\"a\"}", ""},
		{"{}", ""},
		{"{\"errors\":[\"fine\",\"the canary-42 is\"]}", NULL},
		{"{\"errors\":[\"the nary-42, it is\"]}", "the nary-42, it is"},
	};
	struct vec concealed = VEC_INIT(struct str);

	(void)state;
	*(struct str *)vec_push(&concealed) = STR("a canary-42");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strbuf text = STRBUF_INIT;
		struct fixture fixture;

		fixture_init(&fixture, rows[i].json);
		assert_int_equal(vault_message_errors(&text, fixture.root, &concealed), rows[i].shown != NULL);
		assert_string_equal(text.ptr, rows[i].shown ? rows[i].shown : "");
		fixture_release(&fixture);
		strbuf_release(&text);
	}
	vec_release(&concealed);
}

static void test_conceal(void **state)
{
	struct vec strings = VEC_INIT(struct str);
	struct arena arena;

	(void)state;
	arena_init_sensitive(&arena);
	vault_message_conceal(&strings, &arena,
		STR("{\"data\":{\"key\":\"v\\u0061lue\",\"n\":1234567,\"l\":[\"x\",{\"y\":\"z\"}],\"t\":true,\"e\":"
		    "\"\"},\"options\":{\"cas\":3}}"));
	assert_int_equal(strings.len, 4);
	assert_text(*(struct str *)vec_at(&strings, 0), "value");
	assert_text(*(struct str *)vec_at(&strings, 1), "1234567");
	assert_text(*(struct str *)vec_at(&strings, 3), "z");
	vec_release(&strings);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mount),
		cmocka_unit_test(test_entry),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_may),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_conceal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
