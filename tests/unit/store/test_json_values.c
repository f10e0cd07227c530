/* Objects of values: read with their spelling, and written. */
#include "entry_fixture.h"

static const struct store_value *value_of(const struct fixture *fixture, const char *key)
{
	const struct store_value *value = store_entry_find(&fixture->entry, str_of(key));

	assert_non_null(value);
	return value;
}

static void read_object(struct fixture *fixture, const char *json)
{
	fixture_init(fixture, json);
	json_values_read(&fixture->entry, &fixture->arena, fixture->root);
}

static void test_spelling(void **state)
{
	struct fixture fixture;

	(void)state;
	read_object(&fixture, "{ \"z\" : 1.50e+3 ,\"a\":\"\\u003c\\ud83d\\ude00\\/\",\"o\":{ \"x\" :[ ]},\"n\":null,"
			      "\"i\":123456789012345678901234567890,\"e\":\"\"}");
	assert_int_equal(fixture.entry.values.len, 6);
	assert_text(((struct store_value *)vec_at(&fixture.entry.values, 0))->key, "a");
	assert_text(((struct store_value *)vec_at(&fixture.entry.values, 5))->key, "z");
	assert_secret(value_of(&fixture, "a")->json, "\"\\u003c\\ud83d\\ude00\\/\"");
	assert_secret(value_of(&fixture, "a")->text, "<\xF0\x9F\x98\x80/");
	assert_secret(value_of(&fixture, "e")->text, "");
	assert_secret(value_of(&fixture, "z")->json, "1.50e+3");
	assert_null(value_of(&fixture, "z")->text);
	assert_secret(value_of(&fixture, "o")->json, "{ \"x\" :[ ]}");
	assert_secret(value_of(&fixture, "n")->json, "null");
	assert_null(value_of(&fixture, "n")->text);
	assert_secret(value_of(&fixture, "i")->json, "123456789012345678901234567890");
	assert_null(store_entry_find(&fixture.entry, STR("none")));
	assert_true(str_is_absent(fixture.entry.obstacle));
	fixture_release(&fixture);
}

static void test_obstacles(void **state)
{
	static const struct {
		const char *json;
		const char *obstacle; /* NULL: none */
	} rows[] = {
		{"{}", NULL},
		{"{\"a\":\"\\\\u0000 \\\\ud800 \\n\"}", NULL},
		{"{\"a\":\"\\uD83D\\uDE00\"}", NULL},
		{"{\"a\":{\"x\":1},\"b\":{\"x\":1}}", NULL},
		{"{\"<<\":1,\"=\":2}", NULL},
		{"{\"a\":1,\"b\":2,\"a\":1}", "the key “a” is there twice"},
		{"{\"a\":1,\"\\u0061\":1}", "the key “a” is there twice"},
		{"{\"a\":[{\"x\":1,\"x\":1}]}", "the key “a” holds an object in which a key is there twice"},
		{"{\"a\":\"x\\u0000\"}", "the key “a” has a NUL character in it"},
		{"{\"a\":\"\\ud800\"}", "the key “a” has half a surrogate pair in it, which is no character"},
		{"{\"a\":\"\\ud800\\n\"}", "the key “a” has half a surrogate pair in it, which is no character"},
		{"{\"a\":\"\\ud800\\ud800\\udc00\"}",
			"the key “a” has half a surrogate pair in it, which is no character"},
		{"{\"a\":\"\\\\\\udc00\"}", "the key “a” has half a surrogate pair in it, which is no character"},
		{"{\"a\":[\"\\udfff\"]}", "the key “a” holds a string that is no text"},
		{"{\"a\":{\"\\u0000\":1}}", "the key “a” holds a string that is no text"},
		{"{\"\\udfff\":1}", "the key “\xEF\xBF\xBD” has half a surrogate pair in it, which is no character"},
		{"{\"\\u001b[31m\":1,\"\\u001b[31m\":1}", "the key “\\x1B[31m” is there twice"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture fixture;

		read_object(&fixture, rows[i].json);
		if (rows[i].obstacle)
			assert_text(fixture.entry.obstacle, rows[i].obstacle);
		else
			assert_true(str_is_absent(fixture.entry.obstacle));
		fixture_release(&fixture);
	}
}

static void test_last_counts(void **state)
{
	struct fixture fixture;

	(void)state;
	read_object(&fixture, "{\"a\":1,\"b\":2,\"a\":3}");
	assert_int_equal(fixture.entry.values.len, 2);
	assert_secret(value_of(&fixture, "a")->json, "3");
	fixture_release(&fixture);
}

static void add(struct vec *values, const char *key, const char *text, const char *json)
{
	*(struct store_value *)vec_push(values) = (struct store_value){
		.key = str_of(key),
		.text = text ? secret_new(text, strlen(text)) : NULL,
		.json = json ? secret_new(json, strlen(json)) : NULL,
	};
}

static void release(struct vec *values)
{
	for (size_t i = 0; i < values->len; i++) {
		struct store_value *value = vec_at(values, i);

		secret_free(value->text);
		secret_free(value->json);
	}
	vec_release(values);
}

static void test_write(void **state)
{
	struct vec values = VEC_INIT(struct store_value);
	struct error error = ERROR_INIT;
	struct secret *written;

	(void)state;
	written = json_values_write(&values, 0, &error);
	assert_secret(written, "{}");
	secret_free(written);
	written = json_values_write(&values, 2, &error);
	assert_secret(written, "{}\n");
	secret_free(written);
	add(&values, "z", "a\"\\\n\t\x01\x7F\xC3\xBC\xE2\x80\xA8", NULL);
	add(&values, "a\"", "ignored", "[ 1.0 ]");
	add(&values, "n", NULL, NULL);
	written = json_values_write(&values, 0, &error);
	assert_secret(
		written, "{\"z\":\"a\\\"\\\\\\n\\t\\u0001\\u007f\xC3\xBC\xE2\x80\xA8\",\"a\\\"\":[ 1.0 ],\"n\":null}");
	secret_free(written);
	written = json_values_write(&values, 2, &error);
	assert_secret(written, "{\n  \"z\": \"a\\\"\\\\\\n\\t\\u0001\\u007f\xC3\xBC\xE2\x80\xA8\",\n  \"a\\\"\": [ 1.0 "
			       "],\n  \"n\": null\n}\n");
	secret_free(written);
	release(&values);
}

static void test_write_refuses(void **state)
{
	struct vec values = VEC_INIT(struct store_value);
	struct error error = ERROR_INIT;

	(void)state;
	add(&values, "key", "a\xFFz", NULL);
	assert_null(json_values_write(&values, 0, &error));
	assert_string_equal(error.message, "the value of “key” is not UTF-8, and cannot be written as JSON");
	error_release(&error);
	release(&values);
	values = (struct vec)VEC_INIT(struct store_value);
	*(struct store_value *)vec_push(&values) =
		(struct store_value){.key = STR("key"), .text = secret_new("a\0b", 3)};
	assert_null(json_values_write(&values, 0, &error));
	assert_string_equal(error.message, "the value of “key” has a NUL character in it, which many readers lose");
	error_release(&error);
	release(&values);
}

static void test_parse(void **state)
{
	static const struct {
		const char *text;
		const char *error;
	} rows[] = {
		{"", "is no JSON: the text ends too early (line 1, column 1)"},
		{"{\"a\":\n 1 \"canary\"}", "is no JSON: a comma or } was expected here (line 2, column 4)"},
		{"[1]", "is no JSON object"},
		{"\"canary\"", "is no JSON object"},
		{"{\"a\":\"\xFF\"}", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error error = ERROR_INIT;
		struct store_entry entry;
		struct arena arena;

		arena_init_sensitive(&arena);
		store_entry_init(&entry, STR("x"));
		assert_false(json_values_parse(&entry, &arena, str_of(rows[i].text), &error));
		if (rows[i].error)
			assert_string_equal(error.message, rows[i].error);
		error_release(&error);
		assert_int_equal(entry.values.len, 0);
		store_entry_release(&entry);
		arena_release(&arena);
	}
}

static void test_uint(void **state)
{
	static const struct {
		const char *json;
		bool good;
		uint64_t value;
	} rows[] = {
		{"0", true, 0},
		{"9007199254740993", true, 9007199254740993u},
		{"18446744073709551615", true, UINT64_MAX},
		{"18446744073709551616", false, 0},
		{"99999999999999999999999", false, 0},
		{"-1", false, 0},
		{"1.0", false, 0},
		{"1e3", false, 0},
		{"\"1\"", false, 0},
		{"null", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture fixture;
		uint64_t value;

		fixture_init(&fixture, rows[i].json);
		assert_int_equal(json_values_uint(&value, fixture.root), rows[i].good);
		if (rows[i].good)
			assert_true(value == rows[i].value);
		fixture_release(&fixture);
	}
	assert_false(json_values_uint(&(uint64_t){0}, NULL));
}

static void test_join(void **state)
{
	struct secret *joined = json_values_join((const struct str[]){STR("a"), STR(""), STR("bc")}, 3);
	struct secret *quoted = json_values_quote(STR("a\"b"));

	(void)state;
	assert_secret(joined, "abc");
	assert_secret(quoted, "\"a\\\"b\"");
	secret_free(joined);
	secret_free(quoted);
}

/* Large objects in linear time. */
static void test_many(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture fixture;

	(void)state;
	for (unsigned i = 0; i < 5000; i++)
		strbuf_printf(&text, "%c\"key%u\":%u", i == 0 ? '{' : ',', i, i);
	strbuf_append_char(&text, '}');
	read_object(&fixture, text.ptr);
	assert_int_equal(fixture.entry.values.len, 5000);
	assert_secret(value_of(&fixture, "key4999")->json, "4999");
	fixture_release(&fixture);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_obstacles),
		cmocka_unit_test(test_last_counts),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_refuses),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_uint),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
