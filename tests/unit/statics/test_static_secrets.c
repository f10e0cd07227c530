/* Reading both forms. What is refused, and in which words, is in tests/cases/static. */
#include "statics_fixture.h"

static void assert_value(
	const struct fixture *fixture, enum static_kind kind, struct str owner, struct str name, const char *expected)
{
	const struct static_value *value = static_secrets_find(&fixture->file, kind, owner, name);
	struct secret *secret, *other;

	assert_non_null(value);
	secret = static_value_secret(value);
	if (expected) {
		other = secret_new(expected, strlen(expected));
		assert_non_null(secret);
		assert_true(secret_equal(secret, other));
		secret_free(other);
	} else {
		assert_null(secret);
	}
	secret_free(secret);
}

static void test_nested(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(&fixture,
		"applications:\n  tap:\n    key: {description: Some, value: \"a\\0b\", extra: 1}\n    empty: {value: "
		"''}\n    nothing:\n"
		"  none:\noidc-clients:\n  b: {id: b-id, secret: b-secret, return_uri: 'https://b'}\n  a: {id: a-id}\n"
		"pull-secret:\n  registries:\n    z.io: {username: z, password: zz}\n    a.io: {username: a}\n"
		"vault-write-token: hvs.x\n");
	assert_int_equal(fixture.file.problems.len, 0);
	assert_int_equal(fixture.file.form, STATIC_NESTED);
	assert_value(&fixture, STATIC_SECRET, STR("tap"), STR("empty"), NULL);
	assert_value(&fixture, STATIC_SECRET, STR("tap"), STR("nothing"), NULL);
	assert_value(&fixture, STATIC_CLIENT, STR("b"), STR("return_uri"), "https://b");
	assert_value(&fixture, STATIC_CLIENT, STR("a"), STR("secret"), NULL);
	assert_value(&fixture, STATIC_REGISTRY, STR("z.io"), STR("password"), "zz");
	assert_value(&fixture, STATIC_TOKEN, STR_ABSENT, STR_ABSENT, "hvs.x");
	assert_null(static_secrets_find(&fixture.file, STATIC_SECRET, STR("tap"), STR("other")));
	assert_null(static_secrets_find(&fixture.file, STATIC_REGISTRY, STR("tap"), STR("key")));
	assert_int_equal(static_secrets_filled(&fixture.file), 9);
	assert_true(
		str_is(static_secrets_find(&fixture.file, STATIC_SECRET, STR("tap"), STR("key"))->description, "Some"));
	assert_int_equal(
		static_secrets_find(&fixture.file, STATIC_SECRET, STR("tap"), STR("key"))->node->scalar.len, 3);
	fixture_release(&fixture);
}

static void test_flat(void **state)
{
	struct fixture fixture;

	(void)state;
	fixture_init(
		&fixture, "tap: &tap\n  key: {value: one}\nother:\n  <<: *tap\n  more: {value: two}\nthird: *tap\n");
	assert_int_equal(fixture.file.problems.len, 0);
	assert_int_equal(fixture.file.form, STATIC_FLAT);
	assert_value(&fixture, STATIC_SECRET, STR("tap"), STR("key"), "one");
	assert_value(&fixture, STATIC_SECRET, STR("other"), STR("key"), "one");
	assert_value(&fixture, STATIC_SECRET, STR("other"), STR("more"), "two");
	assert_value(&fixture, STATIC_SECRET, STR("third"), STR("key"), "one");
	fixture_release(&fixture);
}

static void test_empty(void **state)
{
	static const char *const texts[] = {"", "# nothing\n", "---\n", "{}\n", "null\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;

		fixture_init(&fixture, texts[i]);
		assert_int_equal(fixture.file.problems.len, 0);
		assert_int_equal(fixture.file.values.len, 0);
		assert_int_equal(fixture.file.form, STATIC_NESTED);
		fixture_release(&fixture);
	}
}

/* No message repeats what may be a value. */
static void test_messages_show_nothing(void **state)
{
	static const char *const texts[] = {"a: {b: {value: *canary}}", "a: {b: {value: !canary x}}",
		"a: {b: {value: &canary x, c: &canary y}}", "a: {b: {value: !!int canary}}",
		"a: {b: {value: [canary]}}", "a: {b: canary}", "a: canary", "canary", "[canary]",
		"a: {b: {value: {canary: 1, canary: 2}}}", "a: {b: {value: 'canary}}",
		"a: {b: {value: !!binary canary}}", "vault-write-token: {canary: 1}", "pull-secret: canary",
		"a: {b: {description: [canary]}}", "a: {b: {value: canary: x}}", "a: {b: {value: %canary}}",
		"a: {b: {value: @canary}}", "a:\n  b:\n    value: canary\n   canary: x",
		"a: {b: {value: \"\\canary\"}}"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;

		fixture_init(&fixture, texts[i]);
		if (fixture.file.problems.len == 0)
			fail_msg("%s is accepted", texts[i]);
		for (size_t j = 0; j < fixture.file.problems.len; j++) {
			const struct static_problem *problem = vec_at(&fixture.file.problems, j);

			if (str_contains(problem->message, STR("canary")))
				fail_msg("%s: %.*s", texts[i], STR_ARG(problem->message));
		}
		fixture_release(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_flat),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_messages_show_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
