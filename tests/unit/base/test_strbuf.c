#include "base/strbuf.h"

#include "assert_str.h"

static void test_empty(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	size_t len = 7;
	char *text;

	(void)state;
	assert_str(strbuf_str(&buf), "");
	strbuf_clear(&buf);
	strbuf_truncate(&buf, 0);
	strbuf_append(&buf, STR_ABSENT);
	strbuf_append_repeat(&buf, 'x', 0);
	assert_ptr_equal(buf.ptr, strbuf_empty);
	text = strbuf_detach(&buf, &len);
	assert_string_equal(text, "");
	assert_int_equal(len, 0);
	free(text);
	strbuf_release(&buf);
	strbuf_release(&buf);
}

static void test_append(void **state)
{
	struct strbuf buf;

	(void)state;
	strbuf_init(&buf);
	strbuf_append(&buf, STR("a\0b"));
	strbuf_append_c(&buf, "cd");
	strbuf_append_char(&buf, '-');
	strbuf_append_repeat(&buf, '=', 3);
	strbuf_append_bytes(&buf, "xyz", 2);
	assert_str(strbuf_str(&buf), "a\0bcd-===xy");
	assert_int_equal(buf.ptr[buf.len], '\0');
	strbuf_truncate(&buf, 2);
	assert_str(strbuf_str(&buf), "a\0");
	assert_int_equal(buf.ptr[2], '\0');
	strbuf_clear(&buf);
	assert_str(strbuf_str(&buf), "");
	assert_true(buf.capacity > 0);
	strbuf_release(&buf);
	assert_ptr_equal(buf.ptr, strbuf_empty);
}

static void test_grows(void **state)
{
	struct strbuf buf = STRBUF_INIT;
	char *text;
	size_t len;

	(void)state;
	for (unsigned i = 0; i < 100000; i++)
		strbuf_append_char(&buf, (char)('a' + i % 26));
	assert_int_equal(buf.len, 100000);
	for (unsigned i = 0; i < 100000; i++)
		assert_int_equal(buf.ptr[i], 'a' + i % 26);
	text = strbuf_detach(&buf, &len);
	assert_int_equal(len, 100000);
	assert_int_equal(strlen(text), 100000);
	assert_ptr_equal(buf.ptr, strbuf_empty);
	free(text);
}

static void test_uint(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	strbuf_append_uint(&buf, 0);
	strbuf_append_char(&buf, ' ');
	strbuf_append_uint(&buf, 10);
	strbuf_append_char(&buf, ' ');
	strbuf_append_uint(&buf, UINT64_MAX);
	assert_str(strbuf_str(&buf), "0 10 18446744073709551615");
	strbuf_release(&buf);
}

static void test_codepoint(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	strbuf_append_codepoint(&buf, 0x7F);
	strbuf_append_codepoint(&buf, 0x80);
	strbuf_append_codepoint(&buf, 0x7FF);
	strbuf_append_codepoint(&buf, 0x800);
	strbuf_append_codepoint(&buf, 0xFFFF);
	strbuf_append_codepoint(&buf, 0x10000);
	strbuf_append_codepoint(&buf, 0x10FFFF);
	assert_str(strbuf_str(&buf), "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
	strbuf_release(&buf);
}

/* Every length around the room that is there at first. */
static void test_printf(void **state)
{
	(void)state;
	for (int width = 1; width < 300; width++) {
		struct strbuf buf = STRBUF_INIT;

		strbuf_append_c(&buf, "<");
		strbuf_printf(&buf, "%*d", width, 7);
		strbuf_append_c(&buf, ">");
		assert_int_equal(buf.len, width + 2);
		assert_int_equal(buf.ptr[buf.len - 2], '7');
		assert_int_equal(buf.ptr[buf.len], '\0');
		strbuf_release(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_uint),
		cmocka_unit_test(test_codepoint),
		cmocka_unit_test(test_printf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
