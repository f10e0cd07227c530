#include "schema/schema_uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(struct str actual, const char *expected)
{
	if (!str_is(actual, expected))
		fail_msg("\"%.*s\" instead of \"%s\"", STR_ARG(actual), expected);
}

/* The examples of RFC 3986, section 5.4, without fragments. */
static void test_resolve(void **state)
{
	static const char *const rows[][2] = {
		{"g:h", "g:h"},
		{"g", "http://a/b/c/g"},
		{"./g", "http://a/b/c/g"},
		{"g/", "http://a/b/c/g/"},
		{"/g", "http://a/g"},
		{"//g", "http://g"},
		{"?y", "http://a/b/c/d;p?y"},
		{"g?y", "http://a/b/c/g?y"},
		{";x", "http://a/b/c/;x"},
		{"g;x?y", "http://a/b/c/g;x?y"},
		{"", "http://a/b/c/d;p?q"},
		{".", "http://a/b/c/"},
		{"./", "http://a/b/c/"},
		{"..", "http://a/b/"},
		{"../", "http://a/b/"},
		{"../g", "http://a/b/g"},
		{"../..", "http://a/"},
		{"../../g", "http://a/g"},
		{"../../../g", "http://a/g"},
		{"/./g", "http://a/g"},
		{"/../g", "http://a/g"},
		{"g.", "http://a/b/c/g."},
		{"..g", "http://a/b/c/..g"},
		{"./../g", "http://a/b/g"},
		{"./g/.", "http://a/b/c/g/"},
		{"g/../h", "http://a/b/c/h"},
		{"g;x=1/../y", "http://a/b/c/y"},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(uri_resolve(&arena, STR("http://a/b/c/d;p?q"), str_of(rows[i][0])), rows[i][1]);
	check(uri_resolve(&arena, STR(""), STR("a/../b")), "a/../b");
	check(uri_resolve(&arena, STR("http://a"), STR("b")), "http://a/b");
	check(uri_resolve(&arena, STR("dir/schema.json"), STR("other.json")), "dir/other.json");
	check(uri_resolve(&arena, STR("urn:uuid:1"), STR("")), "urn:uuid:1");
	arena_release(&arena);
}

static void test_fragment(void **state)
{
	struct str uri = STR("http://a/b#c#d");

	(void)state;
	check(uri_cut_fragment(&uri), "c#d");
	check(uri, "http://a/b");
	assert_true(str_is_absent(uri_cut_fragment(&uri)));
	uri = STR("#");
	check(uri_cut_fragment(&uri), "");
	check(uri, "");
}

static void test_pointer(void **state)
{
	struct str pointer = STR("/a~1b/~01/");
	struct strbuf text = STRBUF_INIT;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	check(pointer_next(&arena, &pointer), "a/b");
	check(pointer_next(&arena, &pointer), "~1");
	check(pointer_next(&arena, &pointer), "");
	assert_int_equal(pointer.len, 0);
	pointer_append(&text, STR("x"));
	pointer_append(&text, STR("a/b~c"));
	check(strbuf_str(&text), "/x/a~1b~0c");
	strbuf_release(&text);
	check(uri_decode(&arena, STR("a%20%zz%C3%A9%4")), "a %zzé%4");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resolve),
		cmocka_unit_test(test_fragment),
		cmocka_unit_test(test_pointer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
