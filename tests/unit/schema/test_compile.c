#include "schema_fixture.h"

static void check_error(const char *schema, const char *expected)
{
	struct fixture fixture;

	fixture_init(&fixture, schema);
	if (fixture.schema != NULL)
		fail_msg("%s: compiles", schema);
	assert_int_equal(fixture.error.kind, ERROR_USAGE);
	assert_string_equal(fixture.error.message, expected);
	fixture_release(&fixture);
}

static void test_wrong_keywords(void **state)
{
	(void)state;
	check_error("[]", "schema:1:1: expected a schema (a mapping or a boolean), found a list");
	check_error("properties: {a: 1}", "schema:1:13: 'properties' must be a mapping of schemas");
	check_error("minLength: -1", "schema:1:12: 'minLength' must be an integer from 0 on");
	check_error("minLength: 1.5", "schema:1:12: 'minLength' must be an integer from 0 on");
	check_error("multipleOf: 0", "schema:1:13: 'multipleOf' must be a number above 0");
	check_error("type: strin", "schema:1:7: 'type' must be the name of a type, or a list of such");
	check_error("anyOf: []", "schema:1:8: 'anyOf' must be a list of schemas that is not empty");
	check_error("required: [a, 1]", "schema:1:11: 'required' must be a list of strings");
	check_error(
		"pattern: 'a++'", "schema:1:10: not a regular expression: there is nothing to repeat at character 3");
	check_error("patternProperties: {'(': true}",
		"schema:1:21: not a regular expression: a group has no ')'; it starts at character 1");
}

static void test_wrong_references(void **state)
{
	(void)state;
	check_error("$ref: '#/$defs/a'", "schema:1:7: the reference '#/$defs/a' leads to no schema");
	check_error("$ref: '#a'", "schema:1:7: the reference '#a' leads to no schema");
	check_error("$ref: other.json", "schema:1:7: the reference 'other.json' leads to no schema");
	check_error("{$ref: '#/enum/0', enum: [1]}",
		"schema:1:27: expected a schema (a mapping or a boolean), found an integer");
	check_error("$schema: http://json-schema.org/draft-07/schema#",
		"schema:1:10: the dialect 'http://json-schema.org/draft-07/schema' is not known; 2020-12 is "
		"'https://json-schema.org/draft/2020-12/schema'");
}

static void test_unknown_keywords_are_ignored(void **state)
{
	(void)state;
	assert_true(accepts("{x-anything: 1, dependencies: {a: [b]}, format: ipv4}", "a: 1"));
}

static void test_registry(void **state)
{
	struct fixture fixture;
	struct schema_registry *registry = schema_registry_new();
	struct error error = ERROR_INIT;
	struct schema *schema;

	(void)state;
	fixture_init(&fixture, "true");
	schema_registry_add(registry, STR("http://a/dir/one.json"),
		fixture_load(&fixture, "one", "{$defs: {x: {$anchor: here, type: string}}, $ref: two.json}"));
	schema_registry_add(registry, STR("http://elsewhere/"),
		fixture_load(&fixture, "two", "{$id: 'http://a/dir/two.json', type: integer}"));
	schema = schema_compile(registry, STR("http://a/main.json"),
		fixture_load(&fixture, "main",
			"properties: {a: {$ref: dir/one.json}, b: {$ref: 'dir/one.json#here'}, c: {$ref: "
			"'//elsewhere/'}}"),
		&error);
	assert_non_null(schema);
	assert_true(schema_validate(schema, fixture_load(&fixture, "i", "{a: 1, b: x, c: 1}"), &fixture.arena, NULL));
	assert_false(schema_validate(schema, fixture_load(&fixture, "i", "{a: x}"), &fixture.arena, NULL));
	assert_false(schema_validate(schema, fixture_load(&fixture, "i", "{b: 1}"), &fixture.arena, NULL));
	assert_false(schema_validate(schema, fixture_load(&fixture, "i", "{c: x}"), &fixture.arena, NULL));
	schema_free(schema);
	schema_registry_free(registry);
	error_release(&error);
	fixture_release(&fixture);
}

static void test_vocabularies(void **state)
{
	static const char *const metaschema =
		"{$id: 'http://a/meta', $vocabulary: {'https://json-schema.org/draft/2020-12/vocab/applicator': true, "
		"'http://a/own': false}}";
	struct fixture fixture;
	struct schema_registry *registry = schema_registry_new();
	struct error error = ERROR_INIT;
	struct schema *schema;

	(void)state;
	fixture_init(&fixture, "true");
	schema_registry_add(registry, STR(""), fixture_load(&fixture, "meta", metaschema));
	schema_registry_add(registry, STR("http://a/strict"),
		fixture_load(&fixture, "strict", "$vocabulary: {'http://a/own': true}"));
	schema = schema_compile(registry, STR(""),
		fixture_load(&fixture, "s", "{$schema: 'http://a/meta', minimum: 5, additionalProperties: false}"),
		&error);
	assert_non_null(schema);
	assert_true(schema_validate(schema, fixture_load(&fixture, "i", "1"), &fixture.arena, NULL));
	assert_false(schema_validate(schema, fixture_load(&fixture, "i", "a: 1"), &fixture.arena, NULL));
	schema_free(schema);
	assert_null(
		schema_compile(registry, STR(""), fixture_load(&fixture, "s", "$schema: 'http://a/strict'"), &error));
	assert_string_equal(error.message, "strict:1:15: the vocabulary 'http://a/own' is required, but not known");
	schema_registry_free(registry);
	error_release(&error);
	fixture_release(&fixture);
}

/* A pointer into an embedded resource, to where no keyword marks a schema: references there are relative to that resource. */
static void test_pointer_into_another_resource(void **state)
{
	static const char *const schema =
		"{$id: 'http://a/one/', $ref: '#/$defs/x/x-own', $defs: {x: {$id: two/, x-own: {$ref: z}}, "
		"z: {$id: two/z, type: string}}}";

	(void)state;
	assert_true(accepts(schema, "s"));
	assert_false(accepts(schema, "1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_keywords),
		cmocka_unit_test(test_wrong_references),
		cmocka_unit_test(test_unknown_keywords_are_ignored),
		cmocka_unit_test(test_registry),
		cmocka_unit_test(test_vocabularies),
		cmocka_unit_test(test_pointer_into_another_resource),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
