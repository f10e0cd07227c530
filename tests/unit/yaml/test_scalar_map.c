#include "fixture.h"

/* The source of the piece of the value of a document that is a scalar. */
static void check_piece(const char *text, const char *piece, const char *expected)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, str_of(text));
	struct scalar_map *map = scalar_map_new(root);
	const char *found;
	size_t start;

	assert_non_null(map);
	assert_true(str_equal(scalar_map_text(map), root->scalar));
	found = memmem(root->scalar.ptr, root->scalar.len, piece, strlen(piece));
	assert_non_null(found);
	start = (size_t)(found - root->scalar.ptr);
	assert_text(span_text(scalar_map_span(map, start, start + strlen(piece))), expected);
	scalar_map_free(map);
	fixture_release(&fixture);
}

static void flow_scalars(void **state)
{
	(void)state;
	check_piece("one two", "two", "two");
	check_piece("one\n  two", "two", "two");
	check_piece("one\n  two", "e t", "e\n  t");
	check_piece("one\n\n  two", "\n", "\n");
	check_piece("one\n\n\n  two", "\n\n", "\n\n");
	check_piece("'it''s'", "'", "''");
	check_piece("'a \n  b'", " b", "\n  b");
	check_piece("\"a\\tb\\u00e9c\"", "\xC3\xA9", "\\u00e9");
	check_piece("\"a\\tb\\u00e9c\"", "bé", "b\\u00e9");
	check_piece("\"a\\\n   b\"", "ab", "a\\\n   b");
	check_piece("\"a\r\n b\"", " ", "\r\n");
	check_piece("&x !!str # c\n text", "text", "text");
}

static void block_scalars(void **state)
{
	(void)state;
	check_piece("|\n  one\n   two\n", " two", " two");
	check_piece("|2\n    one\n  two\n", "two", "two");
	check_piece(">\n  one\n  two\n", "e t", "e\n  t");
	check_piece(">\n\n  one\n\n  two\n\n   three\n", "two", "two");
	check_piece("|+ # c\n  one\n\n\n", "\n\n\n", "\n\n\n");
	check_piece("|\r\n  one\r\n  two\r\n", "\n", "\r\n");
	check_piece("|1\n  \n  x\n", " x", " x");
	check_piece("|1-\n  x\n   \n", "  ", "  ");
}

static void empty_and_whole(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load(&fixture, STR("['', \"ab\", [], ~, >\n]"));
	struct scalar_map *map;

	(void)state;
	fixture_release(&fixture);
	root = fixture_load(&fixture, STR("['', \"ab\", [], ]"));
	map = scalar_map_new(root->sequence.items[0]);
	assert_int_equal(scalar_map_span(map, 0, 0).start, 2);
	scalar_map_free(map);
	map = scalar_map_new(root->sequence.items[1]);
	assert_text(span_text(scalar_map_span(map, 0, 99)), "ab");
	assert_int_equal(scalar_map_span(map, 1, 1).start, 7);
	assert_int_equal(scalar_map_span(map, 2, 2).start, 8);
	scalar_map_free(map);
	assert_null(scalar_map_new(root->sequence.items[2]));
	assert_null(scalar_map_new(NULL));
	scalar_map_free(NULL);
	fixture_release(&fixture);
}

static void json_strings(void **state)
{
	struct fixture fixture;
	const struct node *root = fixture_load_json(&fixture, STR("\"a\\ud83d\\ude00b\\ud800\""));
	struct scalar_map *map = scalar_map_new(root);

	(void)state;
	assert_text(scalar_map_text(map), "a😀b\xEF\xBF\xBD");
	assert_text(span_text(scalar_map_span(map, 1, 5)), "\\ud83d\\ude00");
	assert_text(span_text(scalar_map_span(map, 6, 9)), "\\ud800");
	scalar_map_free(map);
	fixture_release(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flow_scalars),
		cmocka_unit_test(block_scalars),
		cmocka_unit_test(empty_and_whole),
		cmocka_unit_test(json_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
