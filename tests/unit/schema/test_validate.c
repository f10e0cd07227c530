#include "schema_fixture.h"

#include "base/strbuf.h"

static void test_numbers(void **state)
{
	(void)state;
	assert_true(accepts("type: integer", "1.0"));
	assert_false(accepts("type: integer", "1.5"));
	assert_true(accepts("const: 9007199254740993", "9007199254740993"));
	assert_false(accepts("const: 9007199254740993", "9007199254740992"));
	assert_true(accepts("const: 1", "1.0"));
	assert_false(accepts("const: 1", "true"));
	assert_false(accepts("enum: [0, [0], {a: 0}]", "false"));
	assert_true(accepts("enum: [[1.0], {a: 0}]", "[1]"));
	assert_true(accepts("const: {a: 1, b: 2}", "{b: 2.0, a: 1}"));
	assert_false(accepts("const: {a: 1}", "{a: 1, b: 2}"));
}

static void test_yaml_numbers(void **state)
{
	(void)state;
	assert_true(accepts("const: 16", "0x10"));
	assert_true(accepts("const: 8", "010"));
	assert_true(accepts("const: 3723", "1:02:03"));
	assert_true(accepts("const: 1000.5", "1_000.5"));
	assert_false(accepts("type: number", ".inf"));
	assert_false(accepts("type: number", ".nan"));
}

static void test_yaml_types(void **state)
{
	static const char *const any = "type: [object, array, string, number, boolean, 'null']";

	(void)state;
	assert_false(accepts(any, "2001-12-14"));
	assert_false(accepts(any, "!!binary aGk="));
	assert_false(accepts(any, "!!set {a, b}"));
	assert_true(accepts("{}", "2001-12-14"));
	assert_true(accepts("uniqueItems: true", "[2001-12-14, 2001-12-15]"));
	assert_false(accepts("uniqueItems: true", "[2001-12-14, 2001-12-14]"));
	assert_true(accepts("type: 'null'", ""));
}

static void test_aliases_and_merges(void **state)
{
	static const char *const schema =
		"properties: {x: {type: object, required: [a, b], properties: {a: {type: string}}}}";

	(void)state;
	assert_true(accepts(schema, "{base: &base {a: s}, x: {<<: *base, b: 1}}"));
	assert_false(accepts(schema, "{base: &base {a: s}, x: {<<: *base, a: 1, b: 1}}"));
	assert_true(accepts(schema, "{base: &base {a: s, b: 1}, x: *base}"));
	assert_false(accepts("uniqueItems: true", "[&a {x: 1}, *a]"));
}

static void test_keys_that_are_no_strings(void **state)
{
	(void)state;
	assert_false(accepts("{}", "1: a"));
	assert_false(accepts("properties: {a: {properties: {}}}", "a: {yes: 1}"));
	assert_true(accepts("true", "1: a"));
}

static void test_unique_items(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	assert_false(accepts("uniqueItems: true", "[1, 2, 1.0]"));
	assert_true(accepts("uniqueItems: true", "[1, true, '1', [1], {a: 1}, null, '']"));
	assert_false(accepts("uniqueItems: true", "[{a: 1, b: [2]}, {b: [2.0], a: 1}]"));
	assert_true(accepts("uniqueItems: false", "[1, 1]"));
	strbuf_append_char(&text, '[');
	for (unsigned i = 0; i < 20000; i++)
		strbuf_printf(&text, "[%u], ", i);
	strbuf_append_c(&text, "[19999.0]]");
	assert_false(accepts("uniqueItems: true", text.ptr));
	strbuf_release(&text);
}

/* As many values as items: quadratic where each item is compared with each value. */
static void test_large_enum(void **state)
{
	struct strbuf schema = STRBUF_INIT;
	struct strbuf instance = STRBUF_INIT;

	(void)state;
	strbuf_append_c(&schema, "items: {enum: [");
	strbuf_append_char(&instance, '[');
	for (unsigned i = 0; i < 50000; i++) {
		strbuf_printf(&schema, "%u, ", i);
		strbuf_printf(&instance, "%u.0, ", i);
	}
	strbuf_append_c(&schema, "]}");
	strbuf_append_char(&instance, ']');
	assert_true(accepts(schema.ptr, instance.ptr));
	strbuf_release(&schema);
	strbuf_release(&instance);
}

static void test_enum_of_all_types(void **state)
{
	static const char *const schema = "enum: [1, a, null, true, [1, {b: 2}], {c: [3]}, 2001-01-01, .nan]";

	(void)state;
	assert_true(accepts(schema, "1.0"));
	assert_true(accepts(schema, "0x1"));
	assert_true(accepts(schema, "a"));
	assert_true(accepts(schema, "~"));
	assert_true(accepts(schema, "yes"));
	assert_true(accepts(schema, "[1, {b: 2.0}]"));
	assert_true(accepts(schema, "{c: [3]}"));
	assert_true(accepts(schema, "2001-01-01"));
	assert_true(accepts(schema, ".nan"));
	assert_false(accepts(schema, "2001-01-02"));
	assert_false(accepts(schema, "'1'"));
	assert_false(accepts(schema, "false"));
	assert_false(accepts(schema, "[1, {b: 3}]"));
	assert_false(accepts("enum: [1]", "2001-01-01"));
}

static void test_unevaluated(void **state)
{
	static const char *const schema =
		"{allOf: [{properties: {a: {}}}, {if: {required: [b]}, then: {properties: {b: {}}}}],"
		" unevaluatedProperties: false}";

	(void)state;
	assert_true(accepts(schema, "{a: 1, b: 1}"));
	assert_false(accepts(schema, "{a: 1, c: 1}"));
	assert_true(accepts("{prefixItems: [{}], contains: {const: 3}, unevaluatedItems: {const: 2}}", "[1, 2, 3, 2]"));
	assert_false(
		accepts("{prefixItems: [{}], contains: {const: 3}, unevaluatedItems: {const: 2}}", "[1, 2, 3, 4]"));
}

static void test_patterns(void **state)
{
	(void)state;
	assert_false(accepts("pattern: '^a$'", "\"a\\n\""));
	assert_true(
		accepts("{patternProperties: {'^\\p{Lu}': {type: integer}}, additionalProperties: false}", "Éa: 1"));
	assert_false(
		accepts("{patternProperties: {'^\\p{Lu}': {type: integer}}, additionalProperties: false}", "éa: 1"));
}

static void check_undecided(const char *schema, const char *instance)
{
	struct fixture fixture;

	fixture_init(&fixture, schema);
	assert_false(fixture_validate(&fixture, instance));
	assert_int_equal(fixture.errors.len, 1);
	assert_int_equal(((struct schema_error *)vec_at(&fixture.errors, 0))->fault, SCHEMA_UNDECIDED);
	fixture_release(&fixture);
}

/* What would take long to bring into decimal is not compared by its value. */
static void test_huge_numbers(void **state)
{
	struct strbuf hexadecimal = STRBUF_INIT;
	struct strbuf schema = STRBUF_INIT;

	(void)state;
	strbuf_append_c(&hexadecimal, "0x");
	strbuf_append_repeat(&hexadecimal, 'f', 2000000);
	check_undecided("minimum: 1", hexadecimal.ptr);
	assert_true(accepts("type: integer", hexadecimal.ptr));
	strbuf_printf(&schema, "const: %s", hexadecimal.ptr);
	assert_true(accepts(schema.ptr, hexadecimal.ptr));
	assert_false(accepts(schema.ptr, "0xffff"));
	strbuf_release(&schema);
	strbuf_release(&hexadecimal);
}

static void test_limits(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	check_undecided("$ref: '#'", "1");
	check_undecided("allOf: [{$ref: '#'}, {$ref: '#'}]", "1");
	check_undecided("not: {$ref: '#'}", "1");
	check_undecided("{not: {pattern: '^(a+)+$'}}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
	/* As deep as the loader goes. */
	strbuf_append_repeat(&text, '[', YAML_DEPTH_MAX - 1);
	strbuf_append_repeat(&text, ']', YAML_DEPTH_MAX - 1);
	assert_true(accepts("anyOf: [{type: string}, {items: {$ref: '#'}}]", text.ptr));
	strbuf_release(&text);
}

/* Every level twice the one below: exponential unless it is stopped. */
static void test_exponential_schema(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strbuf_append_c(&text, "{$ref: '#/$defs/d0', $defs: {");
	for (unsigned i = 0; i < 40; i++)
		strbuf_printf(&text, "d%u: {allOf: [{$ref: '#/$defs/d%u'}, {$ref: '#/$defs/d%u'}]}, ", i, i + 1, i + 1);
	strbuf_append_c(&text, "d40: {type: integer}}}");
	check_undecided(text.ptr, "1");
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_yaml_numbers),
		cmocka_unit_test(test_yaml_types),
		cmocka_unit_test(test_aliases_and_merges),
		cmocka_unit_test(test_keys_that_are_no_strings),
		cmocka_unit_test(test_unique_items),
		cmocka_unit_test(test_large_enum),
		cmocka_unit_test(test_enum_of_all_types),
		cmocka_unit_test(test_huge_numbers),
		cmocka_unit_test(test_unevaluated),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_exponential_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
