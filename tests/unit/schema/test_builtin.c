/* The schemas of the program itself. What secrets.json accepts is compared with the specification in tests/oracle/schema. */
#include "schema/builtin.h"

#include "schema_fixture.h"

static bool builtin_accepts(const char *name, const char *instance)
{
	return accepts(embedded_find(schema_texts, name).ptr, instance);
}

static void test_all_compile(void **state)
{
	(void)state;
	for (const struct embedded_file *file = schema_texts; file->name != NULL; file++) {
		struct fixture fixture;

		fixture_init(&fixture, file->bytes);
		if (fixture.schema == NULL)
			fail_msg("%s: %s", file->name, fixture.error.message);
		fixture_release(&fixture);
	}
}

static void test_secrets(void **state)
{
	(void)state;
	assert_true(builtin_accepts("secrets.json", ""));
	assert_true(builtin_accepts("secrets.json", "a: {description: x}"));
	assert_true(builtin_accepts("secrets.json", "a: {copy: {application: b, key: c}}"));
	assert_false(builtin_accepts("secrets.json", "a: {copy: {application: b, key: c, if: d}}"));
	assert_false(builtin_accepts("secrets.json", "a: {description: ''}"));
	assert_false(builtin_accepts("secrets.json", "\"a\\n\": {description: x}"));
	assert_true(builtin_accepts("secrets.json", "a: {description: x, generate: {type: mtime, source: b}}"));
	assert_false(builtin_accepts("secrets.json", "a: {description: x, generate: {type: mtime}}"));
	assert_false(builtin_accepts("secrets.json", "a: {description: x, generate: {type: password, source: b}}"));
	assert_false(builtin_accepts("secrets.json", "a: {description: x, value: y, generate: {type: password}}"));
	assert_true(
		builtin_accepts("secrets.json", "a: {description: x, value: y, generate: {type: password, if: z}}"));
}

static void test_static_secrets(void **state)
{
	static const char *const good[] = {"", "{}", "applications: {}", "vault-write-token: hvs.abc",
		"applications: {a: {b: {description: c, value: d, warning: e, mine: [1]}, f: null}, g: null}",
		"a: {b: {value: null}}",
		"pull-secret: {registries: {ghcr.io: {username: a, password: b}, quay.io: null}}",
		"oidc-clients: {a: {id: b, secret: null, return_uri: 'https://c'}}\nnotes: [1]"};
	static const char *const bad[] = {"[]", "a", "applications: []", "applications: {a: b}",
		"applications: {a: {b: c}}", "a: {b: {value: 1}}", "a: {b: {value: true}}", "a: {b: {description: 1}}",
		"vault-write-token: {value: a}", "pull-secret: {registries: {ghcr.io: a}}",
		"oidc-clients: {a: {id: 1}}", "a: {b: {value: 2001-01-01}}", "applications: {}\nsops: {mac: a}"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(builtin_accepts("static-secrets.json", good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(builtin_accepts("static-secrets.json", bad[i]));
}

/* What rules of their own judge is under constraints, and only that. */
static void test_constraints_are_apart(void **state)
{
	struct fixture fixture;
	struct str prefix = STR("/$defs/constraints/");

	(void)state;
	fixture_init(&fixture, embedded_find(schema_texts, "secrets.json").ptr);
	assert_false(fixture_validate(
		&fixture, "a/b: {generate: {type: password, source: x}, copy: {application: b, key: c}}"));
	assert_int_equal(fixture.errors.len, 3);
	for (size_t i = 0; i < fixture.errors.len; i++)
		assert_true(
			str_starts_with(((struct schema_error *)vec_at(&fixture.errors, i))->schema_pointer, prefix));
	assert_false(fixture_validate(&fixture, "a: {description: x, copy: {application: b}, valeu: y, if: ''}"));
	assert_int_equal(fixture.errors.len, 3);
	for (size_t i = 0; i < fixture.errors.len; i++)
		assert_false(
			str_starts_with(((struct schema_error *)vec_at(&fixture.errors, i))->schema_pointer, prefix));
	fixture_release(&fixture);
}

static void test_environment(void **state)
{
	(void)state;
	assert_true(builtin_accepts("environment.json", "{name: a, fqdn: b, vaultPathPrefix: c/d, applications: {x: "
							"true}, gcp: null, onepassword: {}, more: 1}"));
	assert_false(builtin_accepts("environment.json", "{name: a, fqdn: b, vaultPathPrefix: c/d}"));
	assert_false(builtin_accepts(
		"environment.json", "{name: a, fqdn: b, vaultPathPrefix: '', applications: {x: true}}"));
	assert_false(
		builtin_accepts("environment.json", "{name: a, fqdn: b, vaultPathPrefix: c, applications: {x: 1}}"));
}

static void test_config(void **state)
{
	(void)state;
	assert_true(builtin_accepts("config.json", ""));
	assert_true(builtin_accepts("config.json", "{severities: {ASP303: warning, conditions: off}, exclude: "
						   "[vendor/**], output: {format: sarif, fail-on: error}}"));
	assert_false(builtin_accepts("config.json", "severity: {}"));
	assert_false(builtin_accepts("config.json", "severities: {ASP303: fatal}"));
	assert_false(builtin_accepts("config.json", "output: {format: xml}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_compile),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_static_secrets),
		cmocka_unit_test(test_constraints_are_apart),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_config),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
