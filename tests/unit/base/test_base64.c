#include "base/base64.h"

#include "assert_str.h"

static struct secret *secret_of(struct str text)
{
	return secret_new(text.ptr, text.len);
}

/* RFC 4648, section 10, and the characters in which the alphabets differ. */
static const struct {
	const char *bytes;
	const char *text;
} vectors[] = {
	{"", ""},
	{"f", "Zg=="},
	{"fo", "Zm8="},
	{"foo", "Zm9v"},
	{"foob", "Zm9vYg=="},
	{"fooba", "Zm9vYmE="},
	{"foobar", "Zm9vYmFy"},
	{"\xFB\xFF\xBF", "+/+/"},
};

static void test_both_ways(void **state)
{
	char text[16];

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct str expected = str_of(vectors[i].text);
		struct secret *encoded = secret_of(expected), *decoded = base64_decode(encoded);

		assert_int_equal(base64_size(strlen(vectors[i].bytes)), expected.len);
		base64_encode(text, str_of(vectors[i].bytes), false);
		assert_memory_equal(text, expected.ptr, expected.len);
		assert_non_null(decoded);
		assert_true(str_is(secret_str(decoded), vectors[i].bytes));
		secret_free(decoded);
		secret_free(encoded);
	}
	base64_encode(text, STR("\xFB\xFF\xBF"), true);
	assert_memory_equal(text, "-_-_", 4);
}

static bool decodes(struct str text)
{
	struct secret *encoded = secret_of(text), *decoded = base64_decode(encoded);
	bool done = decoded != NULL;

	secret_free(decoded);
	secret_free(encoded);
	return done;
}

static void test_what_is_none(void **state)
{
	static const char *const others[] = {"Z", "Zg", "Zg=", "Zm8", "Zg===", "Z===", "=",
		"====", "Zm9v=", "Zm9v====", "Zg==Zg==", "Zm-v", "Zm_v", "Zm9v.", "Z=g="};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (decodes(str_of(others[i])))
			fail_msg("%s is decoded", others[i]);
	}
	assert_false(decodes(STR("Zm9v\0")));
	assert_true(decodes(STR(" Zm\r\n9vY\tg=\n=\n")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_both_ways), cmocka_unit_test(test_what_is_none)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
