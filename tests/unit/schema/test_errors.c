#include "schema_fixture.h"

#include "base/strbuf.h"

/* All errors, a line each: LINE:COLUMN fault pointer: message (suggestion) */
static void check_errors(const char *schema, const char *instance, const char *expected)
{
	static const char *const faults[] = {
		[SCHEMA_UNKNOWN_PROPERTY] = "unknown",
		[SCHEMA_WRONG_TYPE] = "type",
		[SCHEMA_MISSING_PROPERTY] = "missing",
		[SCHEMA_INVALID_VALUE] = "value",
		[SCHEMA_UNDECIDED] = "undecided",
	};
	struct fixture fixture;
	struct strbuf text = STRBUF_INIT;

	fixture_init(&fixture, schema);
	assert_false(fixture_validate(&fixture, instance));
	for (size_t i = 0; i < fixture.errors.len; i++) {
		const struct schema_error *error = vec_at(&fixture.errors, i);
		struct span span = node_span(error->node);
		struct position position = source_position(span.source, span.start);

		strbuf_printf(&text, "%s%u:%u %s %.*s: %.*s", i > 0 ? "\n" : "", (unsigned)position.line,
			(unsigned)position.column, faults[error->fault], STR_ARG(error->pointer),
			STR_ARG(error->message));
		if (!str_is_absent(error->suggestion))
			strbuf_printf(&text, " (%.*s)", STR_ARG(error->suggestion));
	}
	assert_string_equal(text.ptr, expected);
	strbuf_release(&text);
	fixture_release(&fixture);
}

static void test_properties(void **state)
{
	(void)state;
	check_errors("{properties: {description: {}, value: {}}, additionalProperties: false}", "a:\ndescripton: 1",
		"1:1 unknown /a: 'a' is not a known key here\n"
		"2:1 unknown /descripton: 'descripton' is not a known key here (description)");
	check_errors("{allOf: [{properties: {value: {}}}], unevaluatedProperties: false}", "vlaue: 1",
		"1:1 unknown /vlaue: 'vlaue' is not a known key here (value)");
	check_errors("properties: {x: {required: [a, b]}}", "x: {b: 1}", "1:4 missing /x: 'a' is missing");
	check_errors("dependentRequired: {a: [b]}", "a: 1", "1:1 missing : 'b' is missing, which 'a' asks for");
	check_errors("properties: {a: false}", "a: 1", "1:1 value /a: 'a' does not belong here");
	check_errors("propertyNames: {pattern: '^[a-z]$'}", "{b: 1, A/B: 1}",
		"1:8 unknown /A~1B: the key 'A/B': does not match the pattern ^[a-z]$");
	check_errors("minProperties: 2", "a: 1", "1:1 value : expected at least 2 keys, found 1");
	check_errors("{}", "1: a", "1:1 type /1: this key is an integer, but keys must be strings: write it in quotes");
}

static void test_types(void **state)
{
	(void)state;
	check_errors("type: object", "[]", "1:1 type : expected a mapping, found a list");
	check_errors("type: [string, 'null', number, integer]", "{}",
		"1:1 type : expected a string, a number or null, found a mapping");
	check_errors("properties: {a: {type: string}}", "a: yes",
		"1:4 type /a: expected a string, found a boolean: write it in quotes to make it a string");
	check_errors("properties: {a: {type: string, minLength: 3, enum: [x]}}", "a: 2001-01-01",
		"1:4 type /a: expected a string, found a timestamp: write it in quotes to make it a string");
	check_errors("anyOf: [{type: string}, {type: array}]", "1",
		"1:1 type : expected a list or a string, found an integer: write it in quotes to make it a string");
}

static void test_values(void **state)
{
	(void)state;
	check_errors("enum: [password, mtime, null]", "pasword",
		"1:1 value : expected one of 'password', 'mtime' or null (password)");
	check_errors("const: 1", "2", "1:1 value : expected 1");
	check_errors("oneOf: [{const: one}, {enum: [two, three]}]", "thre",
		"1:1 value : expected one of 'one', 'two' or 'three' (three)");
	check_errors("minLength: 1", "''", "1:1 value : must not be empty");
	check_errors("maxLength: 2", "éèê", "1:1 value : expected at most 2 characters, found 3");
	check_errors("exclusiveMinimum: 1.50", "1.5", "1:1 value : expected a number above 1.50");
	check_errors("multipleOf: 0.01", "0.001", "1:1 value : expected a multiple of 0.01");
	check_errors("items: {maximum: 1}", "[1, 2]", "1:5 value /1: expected a number at most 1");
	check_errors("uniqueItems: true", "[a, b, a]", "1:8 value /2: item 3 equals item 1, but all must differ");
	check_errors("{prefixItems: [{}], items: false}", "[a, b]", "1:5 value /1: there is an item too many");
	check_errors("contains: {const: 1}", "[2]", "1:1 value : no item has the form that one must have");
	check_errors("not: {const: 1}", "1", "1:1 value : this value is excluded");
	check_errors("oneOf: [{minimum: 1}, {minimum: 2}]", "3",
		"1:1 value : expected exactly one of 2 forms, but forms 1 and 2 both fit");
	check_errors("false", "3", "1:1 value : no value is allowed here");
}

/* Of the branches the one speaks that is of the right type, then the one whose constants fit, then the one with the fewest mistakes. */
static void test_nearest_branch(void **state)
{
	static const char *const schema =
		"anyOf: [{type: 'null'}, {properties: {kind: {const: a}, x: {type: string}}, required: [x, y, z]},"
		" {properties: {kind: {const: b}}, required: [w]}]";

	(void)state;
	check_errors(schema, "{kind: b}", "1:1 missing : 'w' is missing");
	check_errors(schema, "{kind: a, x: 1, y: 1, z: 1}",
		"1:14 type /x: expected a string, found an integer: write it in quotes to make it a string");
}

static void test_same_mistake_is_told_once(void **state)
{
	(void)state;
	check_errors("{$ref: '#/$defs/s', allOf: [{$ref: '#/$defs/s'}], $defs: {s: {type: object}}}", "1",
		"1:1 type : expected a mapping, found an integer");
}

/* A reference does not hide where the keyword stands. */
static void test_places_in_the_schema(void **state)
{
	struct fixture fixture;
	const struct schema_error *error;

	(void)state;
	fixture_init(&fixture, "{properties: {a/b: {$ref: '#/$defs/x'}}, $defs: {x: {required: [y]}}}");
	assert_false(fixture_validate(&fixture, "a/b: {}"));
	error = vec_at(&fixture.errors, 0);
	assert_true(str_is(error->schema_pointer, "/$defs/x/required"));
	assert_true(str_is(error->keyword, "required"));
	assert_true(str_is(error->property, "y"));
	assert_true(str_is(error->pointer, "/a~1b"));
	assert_true(str_is(node_string(error->owner), "a/b"));
	fixture_release(&fixture);
}

static void test_many_mistakes(void **state)
{
	struct fixture fixture;
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (unsigned i = 0; i < 20000; i++)
		strbuf_printf(&text, "key%u: 1\n", i);
	fixture_init(&fixture, "{properties: {keys: {}}, additionalProperties: false}");
	assert_false(fixture_validate(&fixture, text.ptr));
	assert_int_equal(fixture.errors.len, 20000);
	fixture_release(&fixture);
	strbuf_release(&text);
}

/* A long key is part of the pointer of everything below it, in the schema as in the value. */
static void long_keys_do_not_multiply(void **state)
{
	struct strbuf schema = STRBUF_INIT;
	struct strbuf instance = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	strbuf_append_c(&schema, "{\"properties\": {\"");
	strbuf_append_repeat(&schema, 'a', 200000);
	strbuf_append_c(&schema, "\": {\"additionalProperties\": false, \"properties\": {");
	strbuf_append_c(&instance, "{? \"");
	strbuf_append_repeat(&instance, 'a', 200000);
	strbuf_append_c(&instance, "\" : {");
	for (unsigned i = 0; i < 3000; i++) {
		strbuf_printf(&schema, "%s\"k%u\": {}", i > 0 ? ", " : "", i);
		strbuf_printf(&instance, "unknown%u: 1, ", i);
	}
	strbuf_append_c(&schema, "}}}}");
	strbuf_append_c(&instance, "}}");
	fixture_init(&fixture, "true");
	schema_free(fixture.schema);
	fixture.schema = schema_compile(NULL, STR(""), fixture_load_json(&fixture, "schema", schema.ptr), NULL);
	assert_false(fixture_validate(&fixture, instance.ptr));
	assert_in_range(fixture.errors.len, 10, 2000);
	assert_in_range(fixture.arena.size, 1, (size_t)100 << 20);
	fixture_release(&fixture);
	strbuf_release(&schema);
	strbuf_release(&instance);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_keys_do_not_multiply),
		cmocka_unit_test(test_properties),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_nearest_branch),
		cmocka_unit_test(test_same_mistake_is_told_once),
		cmocka_unit_test(test_places_in_the_schema),
		cmocka_unit_test(test_many_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
