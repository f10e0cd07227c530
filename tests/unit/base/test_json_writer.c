#include "base/json_writer.h"

#include "assert_str.h"

/* Every function once, at every kind of place. */
static void write_sample(struct json_writer *json)
{
	json_begin_object(json);
	json_member_str(json, "name", STR("aspis"));
	json_member_c(json, "kind", "tool");
	json_member_uint(json, "count", UINT64_MAX);
	json_member_bool(json, "yes", true);
	json_key(json, "list");
	json_begin_array(json);
	json_uint(json, 1);
	json_string_c(json, "two");
	json_bool(json, false);
	json_null(json);
	json_raw(json, STR("3.50"));
	json_begin_object(json);
	json_end_object(json);
	json_begin_array(json);
	json_end_array(json);
	json_end_array(json);
	json_key_str(json, STR("deep"));
	json_begin_object(json);
	json_member_str(json, "absent", STR_ABSENT);
	json_member_str(json, "empty", STR(""));
	json_end_object(json);
	json_end_object(json);
}

static void check_sample(unsigned indent, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &out, indent);
	write_sample(&json);
	assert_string_equal(out.ptr, expected);
	json_writer_release(&json);
	strbuf_release(&out);
}

static void test_on_one_line(void **state)
{
	(void)state;
	check_sample(0, "{\"name\":\"aspis\",\"kind\":\"tool\",\"count\":18446744073709551615,\"yes\":true,"
			"\"list\":[1,\"two\",false,null,3.50,{},[]],\"deep\":{\"absent\":null,\"empty\":\"\"}}");
}

static void test_indented(void **state)
{
	(void)state;
	check_sample(2, "{\n"
			"  \"name\": \"aspis\",\n"
			"  \"kind\": \"tool\",\n"
			"  \"count\": 18446744073709551615,\n"
			"  \"yes\": true,\n"
			"  \"list\": [\n"
			"    1,\n"
			"    \"two\",\n"
			"    false,\n"
			"    null,\n"
			"    3.50,\n"
			"    {},\n"
			"    []\n"
			"  ],\n"
			"  \"deep\": {\n"
			"    \"absent\": null,\n"
			"    \"empty\": \"\"\n"
			"  }\n"
			"}");
}

static void check_string(struct str value, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct json_writer json;

	json_writer_init(&json, &out, 0);
	json_string(&json, value);
	assert_string_equal(out.ptr, expected);
	json_writer_release(&json);
	strbuf_release(&out);
}

static void test_strings(void **state)
{
	(void)state;
	check_string(STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
	check_string(STR("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"");
	check_string(STR("\0\x01\x0B\x1F\x7F"), "\"\\u0000\\u0001\\u000b\\u001f\\u007f\"");
	check_string(STR("\xC2\x85\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u0085\\u2028\\u2029\"");
	check_string(STR("\xC3\xA4\xF0\x9F\x98\x80"), "\"\xC3\xA4\xF0\x9F\x98\x80\"");
	check_string(STR("a\xFF\xE2\x82z"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
	check_string(STR("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void test_keys_are_escaped(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct json_writer json;

	(void)state;
	json_writer_init(&json, &out, 0);
	json_begin_object(&json);
	json_key(&json, "a\nb");
	json_null(&json);
	json_end_object(&json);
	assert_string_equal(out.ptr, "{\"a\\nb\":null}");
	json_writer_release(&json);
	strbuf_release(&out);
}

static void test_deep(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct json_writer json;

	(void)state;
	json_writer_init(&json, &out, 0);
	for (int i = 0; i < 100000; i++)
		json_begin_array(&json);
	for (int i = 0; i < 100000; i++)
		json_end_array(&json);
	assert_int_equal(out.len, 200000);
	assert_int_equal(json.stack.len, 0);
	json_writer_release(&json);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_on_one_line),
		cmocka_unit_test(test_indented),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_keys_are_escaped),
		cmocka_unit_test(test_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
