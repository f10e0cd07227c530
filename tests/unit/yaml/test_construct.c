#include "fixture.h"

static void check_int(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(yaml_construct_int(&out, str_of(text)), expected != NULL);
	assert_string_equal(out.ptr, expected ? expected : "");
	strbuf_release(&out);
}

static void integers(void **state)
{
	(void)state;
	check_int("0", "0");
	check_int("-0", "0");
	check_int("+1_000", "1000");
	check_int("-017", "-15");
	check_int("0b1_01", "5");
	check_int("0xFFFFFFFFFFFFFFFFFFFF", "1208925819614629174706175");
	check_int("-0xde0b6b3a7640000", "-1000000000000000000");
	check_int("123456789012345678901234567890", "123456789012345678901234567890");
	check_int("190:20:30", "685230");
	check_int("-1:00", "-60");
	check_int("1:-2", "58");
	check_int("1:-60:1", "1");
	check_int(" 12 ", "12");
	check_int("0o17", "15");
	check_int("\xD9\xA1\xD9\xA2", "12"); /* Arabic-Indic digits */
	check_int("", NULL);
	check_int("+", NULL);
	check_int("0x", NULL);
	check_int("08", NULL);
	check_int("1.5", NULL);
	check_int("1::2", NULL);
}

/* 16^n has n zeros in base 16 and is the square of 16^(n/2): that is checked by way of the digits of a known product. */
static void integers_of_any_size(void **state)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	uint64_t remainder = 0, expected = 1;

	(void)state;
	strbuf_append_c(&text, "0x1");
	strbuf_append_repeat(&text, '0', 20000);
	assert_true(yaml_construct_int(&out, strbuf_str(&text)));
	assert_int_equal(out.len, 24083); /* floor(20000 * log10(16)) + 1 */
	for (size_t i = 0; i < out.len; i++)
		remainder = (remainder * 10 + (uint64_t)(out.ptr[i] - '0')) % 1000003;
	for (int i = 0; i < 20000; i++)
		expected = expected * 16 % 1000003;
	assert_int_equal(remainder, expected);
	strbuf_release(&text);
	strbuf_release(&out);
}

static void decimal_digits_have_a_limit(void **state)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

	(void)state;
	strbuf_append_repeat(&text, '7', 4300);
	assert_true(yaml_construct_int(&out, strbuf_str(&text)));
	assert_true(str_equal(strbuf_str(&out), strbuf_str(&text)));
	strbuf_append_char(&text, '7');
	assert_false(yaml_construct_int(&out, strbuf_str(&text)));
	strbuf_release(&text);
	strbuf_release(&out);
}

static void check_float(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(yaml_construct_float(&out, str_of(text)), expected != NULL);
	assert_string_equal(out.ptr, expected ? expected : "");
	strbuf_release(&out);
}

static void floats(void **state)
{
	(void)state;
	check_float("1.", "1.0");
	check_float("-0.0", "-0.0");
	check_float(".5", "0.5");
	check_float("0.1", "0.1");
	check_float("0.30000000000000004", "0.30000000000000004");
	check_float("1e16", "1e+16");
	check_float("123456789012345.6", "123456789012345.6");
	check_float("1234567890123456.0", "1234567890123456.0");
	check_float("0.0001", "0.0001");
	check_float("0.00001", "1e-05");
	check_float("1.7976931348623157e308", "1.7976931348623157e+308");
	check_float("5e-324", "5e-324");
	check_float("1e999", "inf");
	check_float("-.INF", "-inf");
	check_float("-.nan", "nan");
	check_float("+infinity", "inf");
	check_float("190:20:30.15", "685230.15");
	check_float("1_0.5", "10.5");
	check_float(" 1.5\n", "1.5");
	check_float("", NULL);
	check_float(".", NULL);
	check_float("1e", NULL);
	check_float("0x1p3", NULL);
	check_float("1.5x", NULL);
}

static void check_timestamp(const char *text, const char *expected, bool date)
{
	struct strbuf out = STRBUF_INIT;
	bool is_date = !date;

	assert_int_equal(yaml_construct_timestamp(&out, str_of(text), &is_date), expected != NULL);
	assert_string_equal(out.ptr, expected ? expected : "");
	if (expected)
		assert_int_equal(is_date, date);
	strbuf_release(&out);
}

static void timestamps(void **state)
{
	(void)state;
	check_timestamp("2001-12-14", "2001-12-14", true);
	check_timestamp("2001-1-2", "2001-01-02", true);
	check_timestamp("2001-12-14t21:59:43.10-05:00", "2001-12-14T21:59:43.100000-05:00", false);
	check_timestamp("2001-12-15 2:59:43.1234567 Z", "2001-12-15T02:59:43.123456+00:00", false);
	check_timestamp("2001-12-15 2:59:43", "2001-12-15T02:59:43", false);
	check_timestamp("2001-12-15 2:59:43+1:9", NULL, false);
	check_timestamp("2001-12-15 2:59:43+1:09", "2001-12-15T02:59:43+01:09", false);
	check_timestamp("2001-12-15 2:59:43 +01:99", "2001-12-15T02:59:43+02:39", false);
	check_timestamp("2000-02-29", "2000-02-29", true);
	check_timestamp("1900-02-29", NULL, true);
	check_timestamp("2001-13-01", NULL, true);
	check_timestamp("0000-01-01", NULL, true);
	check_timestamp("2001-12-14T24:00:00", NULL, false);
	check_timestamp("2001-12-14T21:59:43+24:00", NULL, false);
	check_timestamp("2001-12-14 ", NULL, false);
}

static void check_binary(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(yaml_construct_binary(&out, str_of(text)), expected != NULL);
	if (expected)
		assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
}

static void binary(void **state)
{
	(void)state;
	check_binary("aGVsbG8=", "hello");
	check_binary("aGVs\n bG8=", "hello");
	check_binary("aGk", NULL);
	check_binary("aGk=ignored", "hi");
	check_binary("a", NULL);
	check_binary("", "");
	check_binary("é", NULL);
}

static void implicit_types(void **state)
{
	static const struct {
		const char *text;
		enum node_type type;
	} rows[] = {{"", TYPE_NULL}, {"~", TYPE_NULL}, {"nULL", TYPE_STR}, {"Yes", TYPE_BOOL}, {"y", TYPE_STR},
		{"oFF", TYPE_STR}, {"0o7", TYPE_STR}, {"07", TYPE_INT}, {"08", TYPE_STR}, {"190:20:30", TYPE_INT},
		{"1:60", TYPE_STR}, {"0:30", TYPE_STR}, {"0b_", TYPE_INT}, {"1e5", TYPE_STR}, {"1.5e3", TYPE_STR},
		{"1.5e+3", TYPE_FLOAT}, {"1.", TYPE_FLOAT}, {"-.5", TYPE_STR}, {".5", TYPE_FLOAT}, {".", TYPE_STR},
		{"-.inf", TYPE_FLOAT}, {"-.nan", TYPE_STR}, {"1:30.5", TYPE_FLOAT}, {"2001-12-14", TYPE_TIMESTAMP},
		{"2001-1-1", TYPE_STR}, {"2001-1-1 1:02:03", TYPE_TIMESTAMP}, {"<<", TYPE_MERGE}, {"=", TYPE_VALUE},
		{"10.0.0.1", TYPE_STR}, {"12\n", TYPE_INT}, {"12\n\n", TYPE_STR}, {"-", TYPE_STR}, {"+12", TYPE_INT}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (yaml_implicit_type(str_of(rows[i].text)) != rows[i].type)
			fail_msg("%s has another type", rows[i].text);
	}
}

static void dumps(void **state)
{
	(void)state;
	assert_dump("a: [1, 1.0, x, ~, yes]\n", "{\"a\":[1,1.0,\"x\",null,true]}\n");
	assert_dump("1: a\n1.0: b\n", "{\"$map\":[[1,\"b\"]]}\n");
	assert_dump("!!set {b, a}", "{\"$set\":[\"b\",\"a\"]}\n");
	assert_dump("!!omap [a: 1, b: 2]", "{\"$pairs\":[[\"a\",1],[\"b\",2]]}\n");
	assert_dump("[.inf, -.inf, .nan]", "[{\"$float\":\"inf\"},{\"$float\":\"-inf\"},{\"$float\":\"nan\"}]\n");
	assert_dump("[2001-12-14, 2001-12-14 1:02:03]",
		"[{\"$date\":\"2001-12-14\"},{\"$datetime\":\"2001-12-14T01:02:03\"}]\n");
	assert_dump("!!binary aGk", "error 1:1: \"aGk\" is not binary data\n");
	assert_dump("!!binary aGk=", "{\"$binary\":\"aGk=\"}\n");
	assert_dump("!!str {=: x, a: b}", "\"x\"\n");
	assert_dump("--- a\n---\n--- c\n", "\"a\"\nnull\n\"c\"\n");
	assert_dump("a: b\n c: d", "error 2:3: mapping values are not allowed in this context\n");
	assert_dump("<<: {a: 1, b: 2}\nc: 3\na: 4\n", "{\"a\":4,\"b\":2,\"c\":3}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(integers_of_any_size),
		cmocka_unit_test(decimal_digits_have_a_limit),
		cmocka_unit_test(floats),
		cmocka_unit_test(timestamps),
		cmocka_unit_test(binary),
		cmocka_unit_test(implicit_types),
		cmocka_unit_test(dumps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
