#include "base/utf8.h"

#include "assert_str.h"

static void check_decode(struct str s, uint32_t codepoint, size_t width)
{
	size_t actual_width = 0;

	assert_int_equal(utf8_decode(s, &actual_width), codepoint);
	assert_int_equal(actual_width, width);
}

/* Every code point, written and read again; surrogates are none. */
static void test_round_trip(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	for (uint32_t codepoint = 0; codepoint <= 0x10FFFF; codepoint++) {
		bool surrogate = codepoint >= 0xD800 && codepoint <= 0xDFFF;

		strbuf_clear(&buf);
		strbuf_append_codepoint(&buf, codepoint);
		check_decode(strbuf_str(&buf), surrogate ? UTF8_INVALID : codepoint, surrogate ? 1 : buf.len);
		/* Cut short it is none. */
		if (buf.len > 1) {
			struct str cut = str_slice(strbuf_str(&buf), 0, buf.len - 1);

			check_decode(cut, UTF8_INVALID, 1);
			assert_int_equal(utf8_valid_prefix(cut), 0);
		}
	}
	strbuf_release(&buf);
}

static void test_invalid(void **state)
{
	(void)state;
	check_decode(STR("\x80"), UTF8_INVALID, 1);
	check_decode(STR("\xBF\x80"), UTF8_INVALID, 1);
	check_decode(STR("\xC0\x80"), UTF8_INVALID, 1);
	check_decode(STR("\xC1\xBF"), UTF8_INVALID, 1);
	check_decode(STR("\xE0\x9F\xBF"), UTF8_INVALID, 1);
	check_decode(STR("\xF0\x8F\xBF\xBF"), UTF8_INVALID, 1);
	check_decode(STR("\xF4\x90\x80\x80"), UTF8_INVALID, 1);
	check_decode(STR("\xF5\x80\x80\x80"), UTF8_INVALID, 1);
	check_decode(STR("\xFF"), UTF8_INVALID, 1);
	check_decode(STR("\xE2\x82x"), UTF8_INVALID, 1);
	check_decode(STR("\xC3x"), UTF8_INVALID, 1);
	check_decode(STR("\0"), 0, 1);
}

static void test_lengths(void **state)
{
	struct str text = STR("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\xFF");

	(void)state;
	assert_int_equal(utf8_length(text), 5);
	assert_int_equal(utf8_utf16_length(text), 6);
	assert_int_equal(utf8_valid_prefix(text), text.len - 1);
	assert_int_equal(utf8_valid_prefix(STR("abc")), 3);
	assert_int_equal(utf8_valid_prefix(STR("ab\xC3")), 2);
	assert_int_equal(utf8_length(STR("")), 0);
	assert_int_equal(utf8_utf16_length(STR_ABSENT), 0);
	assert_int_equal(utf8_valid_prefix(STR_ABSENT), 0);
}

static void test_plain(void **state)
{
	char text[101];

	(void)state;
	assert_true(utf8_is_plain(STR("")));
	assert_true(utf8_is_plain(STR(" ~\nall of it is printable, and longer than the words of any machine\n")));
	for (int byte = 0; byte < 256; byte++) {
		for (size_t at = 0; at < 101; at += 20) {
			memset(text, 'x', sizeof(text));
			text[at] = (char)byte;
			assert_int_equal(utf8_is_plain((struct str){text, sizeof(text)}),
				byte == '\n' || (byte >= ' ' && byte <= '~'));
		}
	}
}

static void test_display_width(void **state)
{
	(void)state;
	assert_int_equal(utf8_display_width(STR("abc"), 0), 3);
	assert_int_equal(utf8_display_width(STR("\xE6\xBC\xA2\xE5\xAD\x97"), 0), 4);
	assert_int_equal(utf8_display_width(STR("e\xCC\x81"), 0), 1);
	assert_int_equal(utf8_display_width(STR("\t"), 0), 8);
	assert_int_equal(utf8_display_width(STR("\t"), 7), 1);
	assert_int_equal(utf8_display_width(STR("\t"), 8), 8);
	assert_int_equal(utf8_display_width(STR("ab\tc"), 1), 8);
	assert_int_equal(utf8_display_width(STR("\xFF\xFF"), 0), 2);
	assert_int_equal(utf8_display_width(STR(""), 5), 0);
}

static void check_visible(struct str s, const char *expected)
{
	struct strbuf buf = STRBUF_INIT;

	strbuf_append_visible(&buf, s);
	assert_string_equal(buf.ptr, expected);
	strbuf_release(&buf);
}

static void test_visible(void **state)
{
	(void)state;
	check_visible(STR("plain \xC3\xA4 \\n \xF0\x9F\x98\x80"), "plain \xC3\xA4 \\n \xF0\x9F\x98\x80");
	check_visible(STR("a\nb\tc\rd"), "a\\nb\\tc\\rd");
	check_visible(STR("\x1B[31m\a\0\x7F"), "\\x1B[31m\\x07\\x00\\x7F");
	check_visible(STR("\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0"), "\\u{0080}\\u{009B}\\u{009F}\xC2\xA0");
	check_visible(STR("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F"), "\\u{061C}\\u{200E}\\u{200F}");
	check_visible(STR("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA\xE2\x80\xAE"), "\\u{2028}\\u{2029}\\u{202A}\\u{202E}");
	check_visible(STR("\xE2\x81\xA6\xE2\x81\xA9\xEF\xBB\xBF"), "\\u{2066}\\u{2069}\\u{FEFF}");
	check_visible(STR("\xFF\xC3(\xE2\x80"), "\\xFF\\xC3(\\xE2\\x80");
	/* Their neighbours stay. */
	check_visible(STR("\xE2\x80\x8D\xE2\x80\x90\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA"),
		"\xE2\x80\x8D\xE2\x80\x90\xE2\x80\xA7\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA");
	check_visible(STR_ABSENT, "");
}

static void test_letter_or_digit(void **state)
{
	(void)state;
	assert_true(utf8_is_letter_or_digit('a') && utf8_is_letter_or_digit('Z') && utf8_is_letter_or_digit('9'));
	assert_true(utf8_is_letter_or_digit(0xE9) && utf8_is_letter_or_digit(0x65E5) && utf8_is_letter_or_digit(0x661));
	assert_true(utf8_is_letter_or_digit(0x1C5) && utf8_is_letter_or_digit(0x2B0));
	assert_false(utf8_is_letter_or_digit('_') || utf8_is_letter_or_digit(' ') || utf8_is_letter_or_digit(0));
	assert_false(
		utf8_is_letter_or_digit(0xB2) || utf8_is_letter_or_digit(0x2167) || utf8_is_letter_or_digit(0x301));
	assert_false(utf8_is_letter_or_digit(UTF8_INVALID) || utf8_is_letter_or_digit(0x110000));
}

static void test_prefix(void **state)
{
	struct str text = STR("aé€\U0001F600b");

	(void)state;
	for (size_t max = 0; max <= text.len + 1; max++) {
		static const size_t lengths[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};

		assert_int_equal(utf8_prefix(text, max).len, lengths[max]);
	}
	assert_int_equal(utf8_prefix(STR("\xFF\xC3\xC3"), 2).len, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letter_or_digit),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_display_width),
		cmocka_unit_test(test_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
