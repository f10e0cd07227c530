#include "generate/verify.h"
#include "generate_fixture.h"

static bool equal(const char *a, const char *b)
{
	struct secret *left = secret_of(str_of(a)), *right = secret_of(str_of(b));
	bool result = verify_json_equal(left, right);

	assert_int_equal(verify_json_equal(right, left), result);
	secret_free(left);
	secret_free(right);
	return result;
}

static void test_equal(void **state)
{
	static const char *const pairs[][2] = {
		{"{\"a\": 1, \"b\": [true, null]}", " {\"b\":[true,null],\"a\":1}\n"},
		{"\"\\u00e4\\ud83d\\udd11/\"", "\"\xC3\xA4\xF0\x9F\x94\x91\\/\""},
		{"{\"a\": 1, \"a\": 2}", "{\"a\": 2}"},
		{"{\"<<\": {\"a\": 1}}", "{\"<<\":{\"a\":1}}"},
		{"[]", "[ ]"},
		{"1", "1.0"},
		{"100", "1e2"},
		{"100", "1.00E+2"},
		{"0.1", "1e-1"},
		{"0.1", "100e-3"},
		{"0", "-0.0e7"},
		{"123.456", "123456e-3"},
		{"123.4560", "0.123456e3"},
		{"1234567890123456789012345678901234567890", "123456789012345678901234567890123456789e1"},
		{"1e99999999999999999999", "1e99999999999999999999"},
		{"no JSON", "no JSON"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!equal(pairs[i][0], pairs[i][1]))
			fail_msg("%s is not %s", pairs[i][0], pairs[i][1]);
	}
}

static void test_different(void **state)
{
	static const char *const pairs[][2] = {
		{"{\"a\": 1}", "{\"a\": 1, \"b\": 1}"},
		{"{\"a\": 1}", "{\"b\": 1}"},
		{"{\"a\": {\"c\": []}}", "{\"a\": {\"c\": {}}}"},
		{"{\"a\": 1, \"a\": 2}", "{\"a\": 1}"},
		{"{\"<<\": {\"a\": 1}}", "{\"a\": 1}"},
		{"[1, 2]", "[2, 1]"},
		{"[1]", "[1, 1]"},
		{"1", "true"},
		{"0", "false"},
		{"0", "null"},
		{"\"\"", "null"},
		{"1", "\"1\""},
		{"1", "-1"},
		{"1", "10"},
		{"1", "0.1"},
		{"12", "1.2"},
		{"12", "102"},
		{"1e-1", "1e1"},
		{"0.1", "0.10000000000000001"},
		{"1", "1 2"},
		{"no JSON", "no JSON "},
		{"[1]", "[1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (equal(pairs[i][0], pairs[i][1]))
			fail_msg("%s is %s", pairs[i][0], pairs[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_equal), cmocka_unit_test(test_different)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
