/* A value is recognised in what a server says, whichever way it is spelled there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/vault_spelling.h"

#define VALUE "pa55/w\xC3\xB6rd\xF0\x9F\x98\x80+\"\n&"

static void expect_spelled(const char *text)
{
	struct strbuf out = STRBUF_INIT;
	size_t size = strlen(text);

	vault_spellings(&out, str_of(text));
	if (!str_contains(strbuf_str(&out), STR(VALUE)))
		fail_msg("not recognised: %s", text);
	assert_true(out.len <= 8 * size + 8);
	strbuf_release(&out);
}

static void test_spellings(void **state)
{
	(void)state;
	expect_spelled("it is %70%61%35%35%2F%77%c3%b6%72%64%F0%9F%98%80%2B%22%0a%26, and not right");
	expect_spelled("pa55%2Fw%C3%B6rd%F0%9F%98%80+%22%0A&");
	expect_spelled("\"pa55\\/w\\u00f6rd\\uD83D\\ude00+\\\"\\n\\u0026\"");
	expect_spelled("0x706135352f77c3b67264f09f98802b220a26");
	expect_spelled("f706135352F77C3B67264F09F98802B220A26 is odd");
	expect_spelled("cGE1NS93w7ZyZPCfmIArIgom");
	expect_spelled("data:x/cGE1NS93w7ZyZPCfmIArIgom=");
	expect_spelled("aXBhNTUvd8O2cmTwn5iAKyIKJg==");
	expect_spelled("eyJwYTU1L3fDtnJk8J-YgCsiCiY");
}

static void test_odd_texts(void **state)
{
	static const char *const texts[] = {
		"", "%", "%4", "%zz", "\\", "\\u", "\\u12", "\\ud83d", "\\ud83d\\u", "\\ude00", "a", "ab", "==="};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct strbuf out = STRBUF_INIT;

		vault_spellings(&out, str_of(texts[i]));
		assert_true(out.len <= 8 * strlen(texts[i]) + 8);
		strbuf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_spellings), cmocka_unit_test(test_odd_texts)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
