#include "base/source.h"

#include "assert_str.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static void check_position(const struct source *source, uint32_t offset, uint32_t line, uint32_t column)
{
	struct position position = source_position(source, offset);

	assert_int_equal(position.line, line);
	assert_int_equal(position.column, column);
}

static uint32_t offset_at(const struct source *source, uint32_t line, uint32_t column)
{
	return source_offset(source, (struct position){.line = line, .column = column});
}

static void test_empty(void **state)
{
	struct arena arena;
	struct source source;

	(void)state;
	arena_init(&arena);
	source_init(&source, &arena, STR("values.yaml"), STR(""));
	assert_int_equal(source_line_count(&source), 1);
	check_position(&source, 0, 1, 1);
	assert_str(source_line(&source, 1), "");
	assert_int_equal(offset_at(&source, 1, 5), 0);
	assert_int_equal(offset_at(&source, 9, 1), 0);
	source_init(&source, &arena, STR("templates"), STR_ABSENT);
	assert_int_equal(source_line_count(&source), 1);
	check_position(&source, 0, 1, 1);
	arena_release(&arena);
}

static void test_line_ends(void **state)
{
	struct arena arena;
	struct source source;

	(void)state;
	arena_init(&arena);
	source_init(&source, &arena, STR("a"), STR("ab\ncd\r\nef\rgh\n\r\r\nij"));
	assert_int_equal(source_line_count(&source), 7);
	assert_str(source_line(&source, 1), "ab");
	assert_str(source_line(&source, 2), "cd");
	assert_str(source_line(&source, 3), "ef");
	assert_str(source_line(&source, 4), "gh");
	assert_str(source_line(&source, 5), "");
	assert_str(source_line(&source, 6), "");
	assert_str(source_line(&source, 7), "ij");
	check_position(&source, 0, 1, 1);
	check_position(&source, 2, 1, 3);
	check_position(&source, 3, 2, 1);
	check_position(&source, 6, 2, 4);
	check_position(&source, 7, 3, 1);
	check_position(&source, 10, 4, 1);
	check_position(&source, 18, 7, 3);
	assert_int_equal(offset_at(&source, 2, 2), 4);
	assert_int_equal(offset_at(&source, 2, 3), 5);
	assert_int_equal(offset_at(&source, 2, 9), 5);
	assert_int_equal(offset_at(&source, 5, 9), 13);
	source_init(&source, &arena, STR("a"), STR("ab\n"));
	assert_int_equal(source_line_count(&source), 2);
	check_position(&source, 3, 2, 1);
	assert_str(source_line(&source, 2), "");
	arena_release(&arena);
}

static void test_code_points(void **state)
{
	struct arena arena;
	struct source source;

	(void)state;
	arena_init(&arena);
	source_init(&source, &arena, STR("a"), STR("x: \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80y\nz\xFF\xE2\x82!"));
	check_position(&source, 3, 1, 4);
	check_position(&source, 4, 1, 4); /* within the code point */
	check_position(&source, 5, 1, 5);
	check_position(&source, 8, 1, 6);
	check_position(&source, 11, 1, 6);
	check_position(&source, 12, 1, 7);
	check_position(&source, 14, 2, 1);
	check_position(&source, 16, 2, 3);
	check_position(&source, 18, 2, 5);
	assert_int_equal(offset_at(&source, 1, 6), 8);
	assert_int_equal(offset_at(&source, 1, 7), 12);
	assert_int_equal(offset_at(&source, 1, 8), 13);
	assert_int_equal(offset_at(&source, 1, UINT32_MAX), 13);
	assert_int_equal(offset_at(&source, 2, 5), 18);
	arena_release(&arena);
}

/* Texts of long and short lines with code points of every width: each position against plain counting, and back. */
static void test_long_lines(void **state)
{
	const char *const parts[] = {"a", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xFF", "\xE2\x82", "b"};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (unsigned rarity = 50; rarity <= 5000; rarity *= 10) {
		struct strbuf text = STRBUF_INIT;
		struct source source;
		unsigned random = rarity;
		uint32_t line = 1;
		uint32_t column = 1;
		size_t width;

		for (unsigned i = 0; i < 4000; i++) {
			random = random * 1103515245u + 12345;
			strbuf_append_c(&text, random >> 8 & 0xFFFF ? parts[(random >> 16) % 7] : "x");
			if ((random >> 16) % rarity == 0)
				strbuf_append_c(&text, "\r\n");
		}
		source_init(&source, &arena, STR("a"), strbuf_str(&text));
		for (size_t i = 0; i < text.len; i += width) {
			uint32_t codepoint = utf8_decode(str_slice(strbuf_str(&text), i, SIZE_MAX), &width);

			check_position(&source, (uint32_t)i, line, column);
			check_position(&source, (uint32_t)(i + width - 1), line, column);
			if (codepoint != '\n')
				assert_int_equal(offset_at(&source, line, column), i);
			column++;
			if (codepoint == '\n') {
				line++;
				column = 1;
			} else if (codepoint == '\r') {
				/* Beyond the end of the line is its end. */
				assert_int_equal(offset_at(&source, line, column), i);
			}
		}
		check_position(&source, (uint32_t)text.len, line, column);
		assert_int_equal(source_line_count(&source), line);
		strbuf_release(&text);
	}
	arena_release(&arena);
}

/* As many positions as code points in one line: 2 × 10^10 steps, if each were counted from its start. */
static void test_one_huge_line(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct arena arena;
	struct source source;

	(void)state;
	arena_init(&arena);
	strbuf_append_c(&text, "\xC3\xA4");
	strbuf_append_repeat(&text, 'x', 200000);
	source_init(&source, &arena, STR("a"), strbuf_str(&text));
	for (uint32_t i = 2; i < text.len; i++)
		check_position(&source, i, 1, i);
	strbuf_release(&text);
	arena_release(&arena);
}

/* Against counting them one by one, in texts with and without carriage returns that are longer than what is counted at once. */
static void test_lines_of_long_texts(void **state)
{
	struct arena arena;
	uint32_t seed = 1;
	char text[3000];

	(void)state;
	arena_init(&arena);
	for (size_t round = 0; round < 60; round++) {
		struct source source;
		uint32_t line = 1, start = 0;
		size_t len = 2950 + round / 2;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = "\n\rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"[seed >> 16 & (round % 3 == 0 ? 1 : 31)];
			if (round % 2 == 0 && text[i] == '\r')
				text[i] = 'y';
		}
		source_init(&source, &arena, STR("long"), (struct str){text, len});
		for (uint32_t i = 0; i <= len; i++) {
			if (i > 0 && (text[i - 1] == '\n' || (text[i - 1] == '\r' && (i == len || text[i] != '\n')))) {
				line++;
				start = i;
			}
			assert_int_equal(source_line_at(&source, i), line);
			assert_int_equal(source_line_start(&source, line), start);
		}
		assert_int_equal(source_line_count(&source), line);
		/* The same without what was found before. */
		source.lines = NULL;
		assert_int_equal(source_line_at(&source, (uint32_t)len), line);
		assert_int_equal(source_line_start(&source, line), start);
		assert_int_equal(source_line_count(&source), line);
	}
	arena_release(&arena);
}

/* More lines than characters, behind which the arena goes on. */
static void test_short_lines(void **state)
{
	struct source source;
	struct arena arena;
	char text[5000];

	(void)state;
	memset(text, '\n', sizeof(text));
	arena_init(&arena);
	source_init(&source, &arena, STR("short"), (struct str){text, sizeof(text)});
	memset(arena_alloc(&arena, 100), 0xFF, 100);
	assert_int_equal(source_line_count(&source), sizeof(text) + 1);
	for (uint32_t i = 0; i < source_line_count(&source); i++)
		assert_int_equal(source_line_start(&source, i + 1), i);
	arena_release(&arena);
}

static void test_spans(void **state)
{
	struct arena arena;
	struct source source;
	struct span span;

	(void)state;
	arena_init(&arena);
	source_init(&source, &arena, STR("a"), STR("key: value\n"));
	span = span_of_source(&source);
	assert_ptr_equal(span.source, &source);
	assert_str(span_text(span), "");
	span.start = 5;
	span.end = 10;
	assert_str(span_text(span), "value");
	assert_true(str_is_absent(span_text((struct span){.source = NULL})));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_code_points),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_one_huge_line),
		cmocka_unit_test(test_lines_of_long_texts),
		cmocka_unit_test(test_short_lines),
		cmocka_unit_test(test_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
