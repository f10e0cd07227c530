/* Lines, columns and the ends of nodes. */
#include "statics/place.h"

#include "statics_fixture.h"

static void test_lines(void **state)
{
	struct str text = STR("a\r\n  b\xC2\x85"
			      "c\n\nd");

	(void)state;
	assert_int_equal(place_next_line(text, 0), 3);
	assert_int_equal(place_line_end(text, 3), 6);
	assert_int_equal(place_next_line(text, 3), 8);
	assert_int_equal(place_line_start(text, 5), 3);
	assert_true(place_is_line_start(text, 8));
	assert_false(place_is_line_start(text, 2));
	assert_int_equal(place_next_line(text, 8), 10);
	assert_int_equal(place_next_line(text, 10), 11);
	assert_int_equal(place_next_line(text, 11), 12);
	assert_false(place_is_line_start(text, 12));
	assert_true(str_is(place_line_break(text), "\r\n"));
	assert_true(str_is(place_line_break(STR("a")), "\n"));
}

static void test_columns(void **state)
{
	bool first;

	(void)state;
	assert_int_equal(place_column(STR("a\n  b"), 4, &first), 2);
	assert_true(first);
	assert_int_equal(place_column(STR("\xEF\xBB\xBF"
					  "a"),
				 3, &first),
		0);
	assert_true(first);
	assert_int_equal(place_column(STR("\xC3\xA4: b"), 4, &first), 3);
	assert_false(first);
}

static void assert_end(const char *text, size_t end)
{
	struct fixture fixture;

	fixture_init(&fixture, text);
	assert_int_equal(fixture.file.problems.len, 0);
	assert_int_equal(place_node_end(fixture.file.stream->source.text, fixture.file.root), end);
	fixture_release(&fixture);
}

static void test_node_ends(void **state)
{
	(void)state;
	assert_end("a: {b: {}}\n\n", 10);
	assert_end("a:\n b:\n  value: |\n   x\n\n\n", 22);
	assert_end("a:\n b:\n  value: |+\n   x\n\n\n", 25);
	assert_end("a:\n b:\n  value: |1+\n   x\n\n# c\n\n", 25);
}

static void test_comments_above(void **state)
{
	(void)state;
	assert_int_equal(place_above_comments(STR("a:\n  # x\n  # y\n  b: 1\n"), 15), 3);
	assert_int_equal(place_above_comments(STR("a:\n  # x\n\n  b: 1\n"), 10), 10);
	assert_int_equal(place_above_comments(STR("# of the file\nb: 1\n"), 14), 14);
	assert_int_equal(place_above_comments(STR("---\n# of the file\nb: 1\n"), 18), 18);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_node_ends),
		cmocka_unit_test(test_comments_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
