/* The hashes of code scanning: expected values are those that github/codeql-action computes (its own test vectors). */
#include "report/line_hash.h"
#include "report_fixture.h"

static void assert_hashes(struct str text, const char *const expected[], size_t count)
{
	struct vec hashes = VEC_INIT(struct line_hash);
	struct strbuf written = STRBUF_INIT;

	line_hashes(&hashes, text);
	assert_int_equal(hashes.len, count);
	for (size_t i = 0; i < count; i++) {
		const struct line_hash *hash = vec_at(&hashes, i);

		strbuf_clear(&written);
		append_line_hash(&written, hash);
		assert_int_equal(hash->line, i + 1);
		assert_string_equal(written.ptr, expected[i]);
	}
	strbuf_release(&written);
	vec_release(&hashes);
}

#define ASSERT_HASHES(text, ...)                                                                                       \
	assert_hashes(STR(text), (const char *const[]){__VA_ARGS__},                                                   \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void empty_text(void **state)
{
	(void)state;
	ASSERT_HASHES("", "c129715d7a2bc9a3:1");
}

static void blanks_do_not_count(void **state)
{
	(void)state;
	ASSERT_HASHES(" a\nb\n  \t\tc\n d", "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1",
		"a23a3dc5e078b07b:1");
	ASSERT_HASHES(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", "8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1",
		"bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1");
}

#define GREETINGS                                                                                                      \
	"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1",  \
		"c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"

static void line_ends_are_alike(void **state)
{
	(void)state;
	ASSERT_HASHES(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS);
	ASSERT_HASHES(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS);
	ASSERT_HASHES(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS);
	ASSERT_HASHES(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS);
}

#define LOREM  "Lorem ipsum dolor sit amet.\n"
#define LOREM5 LOREM LOREM LOREM LOREM LOREM

static void equal_lines_are_numbered(void **state)
{
	(void)state;
	ASSERT_HASHES(LOREM5 LOREM5, "a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3",
		"a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1",
		"a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1");
}

static uint64_t first_hash(struct str text)
{
	struct vec hashes = VEC_INIT(struct line_hash);

	line_hashes(&hashes, text);
	uint64_t value = ((const struct line_hash *)vec_at(&hashes, 0))->value;
	vec_release(&hashes);
	return value;
}

#define REPLACED "\xEF\xBF\xBD"

/* What Node's decoder makes of bytes that are no UTF-8: a character that is cut short is one U+FFFD, any other byte one each. */
static void invalid_bytes_are_replaced(void **state)
{
	(void)state;
	assert_int_equal(first_hash(STR("a\xFFz")), first_hash(STR("a" REPLACED "z")));
	assert_int_equal(first_hash(STR("a\xE2\x82z")), first_hash(STR("a" REPLACED "z")));
	assert_int_equal(first_hash(STR("a\xF0\x9F\x9Bz")), first_hash(STR("a" REPLACED "z")));
	assert_int_equal(first_hash(STR("a\xF0\x9F")), first_hash(STR("a" REPLACED)));
	assert_int_equal(first_hash(STR("a\xC0\x80z")), first_hash(STR("a" REPLACED REPLACED "z")));
	assert_int_equal(first_hash(STR("a\xED\xA0\x80z")), first_hash(STR("a" REPLACED REPLACED REPLACED "z")));
	assert_int_equal(first_hash(STR("a\xF4\x90\x80z")), first_hash(STR("a" REPLACED REPLACED REPLACED "z")));
}

/* U+1F6E1 is D83D DEE1: hash = ((37 + unit) …) over both units, the end and 97 zeros. */
static void astral_characters_are_two_units(void **state)
{
	uint64_t expected = 0;
	const uint64_t units[] = {0xD83D, 0xDEE1, 65535};

	(void)state;
	for (size_t i = 0; i < 100; i++)
		expected = expected * 37 + (i < 3 ? units[i] : 0);
	assert_int_equal(first_hash(STR("\xF0\x9F\x9B\xA1")), expected);
}

/* The hash of a line is made of the 100 units behind its start, and whoever knows all but a secret of them can try values. */
static void secrets_are_not_hashed(void **state)
{
	struct source source;
	struct arena arena;
	struct strbuf text = STRBUF_INIT;
	struct vec concealed = VEC_INIT(struct span);

	(void)state;
	arena_init(&arena);
	strbuf_append_c(&text, "first\r\n  second\n");
	strbuf_append_repeat(&text, 'x', 92);
	strbuf_append_c(&text, "\nsecret\n");
	source_init(&source, &arena, STR("a.yaml"), strbuf_str(&text));
	uint32_t start = (uint32_t)(text.len - strlen("secret\n"));
	struct span secret = {.source = &source, .start = start, .end = start + 6};

	assert_false(line_hash_reveals(&source, 4, NULL));
	vec_append(&concealed, &secret, 1);
	assert_false(line_hash_reveals(&source, 1, &concealed));
	assert_false(line_hash_reveals(&source, 2, &concealed)); /* 7 + 93 units come before it */
	assert_true(line_hash_reveals(&source, 3, &concealed));
	assert_true(line_hash_reveals(&source, 4, &concealed));
	assert_false(line_hash_reveals(&source, 5, &concealed));
	vec_release(&concealed);
	strbuf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_text),
		cmocka_unit_test(blanks_do_not_count),
		cmocka_unit_test(line_ends_are_alike),
		cmocka_unit_test(equal_lines_are_numbered),
		cmocka_unit_test(invalid_bytes_are_replaced),
		cmocka_unit_test(astral_characters_are_two_units),
		cmocka_unit_test(secrets_are_not_hashed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
