#include "base/path.h"

#include "assert_str.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void test_join(void **state)
{
	struct str joined = path_join(&arena, STR("a/b"), STR("c"));

	(void)state;
	assert_str(joined, "a/b/c");
	assert_int_equal(joined.ptr[joined.len], '\0');
	assert_str(path_join(&arena, STR("a/"), STR("c")), "a/c");
	assert_str(path_join(&arena, STR("/"), STR("c")), "/c");
	assert_str(path_join(&arena, STR("a"), STR("/c")), "/c");
	assert_str(path_join(&arena, STR(""), STR("c")), "c");
	assert_str(path_join(&arena, STR("."), STR("c")), "c");
	assert_str(path_join(&arena, STR("a"), STR("")), "a");
	assert_str(path_join(&arena, STR(".."), STR("c")), "../c");
}

static void test_base_and_directory(void **state)
{
	(void)state;
	assert_str(path_base(STR("a/b/c.yaml")), "c.yaml");
	assert_str(path_base(STR("c.yaml")), "c.yaml");
	assert_str(path_base(STR("a/")), "");
	assert_str(path_base(STR("")), "");
	assert_str(path_directory(STR("a/b/c.yaml")), "a/b");
	assert_str(path_directory(STR("c.yaml")), "");
	assert_str(path_directory(STR("/c.yaml")), "/");
	assert_str(path_directory(STR("")), "");
}

static void test_stem_and_extension(void **state)
{
	(void)state;
	assert_str(path_stem(STR("a.b/c.yaml")), "c");
	assert_str(path_extension(STR("a.b/c.yaml")), ".yaml");
	assert_str(path_stem(STR("a.b/c")), "c");
	assert_str(path_extension(STR("a.b/c")), "");
	assert_str(path_stem(STR("x.tar.gz")), "x.tar");
	assert_str(path_extension(STR("x.tar.gz")), ".gz");
	assert_str(path_stem(STR("a/.hidden")), ".hidden");
	assert_str(path_extension(STR(".hidden")), "");
	assert_str(path_extension(STR(".hidden.yaml")), ".yaml");
	assert_str(path_stem(STR("c.")), "c");
	assert_str(path_extension(STR("c.")), ".");
	assert_str(path_stem(STR("")), "");
}

static void test_normalize(void **state)
{
	static const struct {
		const char *path, *normal;
	} cases[] = {
		{"", "."},
		{".", "."},
		{"./", "."},
		{"/", "/"},
		{"//", "/"},
		{"/..", "/"},
		{"/../a", "/a"},
		{"a", "a"},
		{"a/", "a"},
		{"./a//b/./c/", "a/b/c"},
		{"a/..", "."},
		{"a/../..", ".."},
		{"../../a", "../../a"},
		{"a/../../b/../../c", "../../c"},
		{"a/b/../c", "a/c"},
		{"/a/b/../../c", "/c"},
		{"..a/.b/...", "..a/.b/..."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str normal = path_normalize(&arena, str_of(cases[i].path));

		assert_string_equal(normal.ptr, cases[i].normal);
		assert_int_equal(normal.len, strlen(cases[i].normal));
		assert_true(str_equal(path_normalize(&arena, normal), normal));
	}
}

static void test_is_within(void **state)
{
	(void)state;
	assert_true(path_is_within(STR("a/b"), STR("a")));
	assert_true(path_is_within(STR("a"), STR("a")));
	assert_false(path_is_within(STR("ab"), STR("a")));
	assert_false(path_is_within(STR("a"), STR("a/b")));
	assert_true(path_is_within(STR("/a"), STR("/")));
	assert_true(path_is_within(STR("/"), STR("/")));
	assert_false(path_is_within(STR("a"), STR("/")));
	assert_true(path_is_within(STR("a"), STR(".")));
	assert_true(path_is_within(STR("..a"), STR(".")));
	assert_false(path_is_within(STR(".."), STR(".")));
	assert_false(path_is_within(STR("../a"), STR(".")));
	assert_false(path_is_within(STR("/a"), STR(".")));
}

static void test_relative(void **state)
{
	(void)state;
	assert_str(path_relative(&arena, STR("/a/b/c"), STR("/a")), "b/c");
	assert_str(path_relative(&arena, STR("/a"), STR("/a")), ".");
	assert_str(path_relative(&arena, STR("/a"), STR("/a/b/c")), "../..");
	assert_str(path_relative(&arena, STR("/a/x/y"), STR("/a/b/c")), "../../x/y");
	assert_str(path_relative(&arena, STR("/ab"), STR("/a")), "../ab");
	assert_str(path_relative(&arena, STR("/a/b"), STR("/")), "a/b");
	assert_str(path_relative(&arena, STR("/"), STR("/a/b")), "../..");
	assert_str(path_relative(&arena, STR("/"), STR("/")), ".");
}

static void test_component(void **state)
{
	struct str rest = STR("/a//b/");

	(void)state;
	assert_str(path_component(&rest), "a");
	assert_str(path_component(&rest), "b");
	assert_true(str_is_absent(rest));
	rest = STR("a");
	assert_str(path_component(&rest), "a");
	assert_true(str_is_absent(rest));
	rest = STR("//");
	assert_str(path_component(&rest), "");
	assert_true(str_is_absent(rest));
	rest = STR("");
	assert_str(path_component(&rest), "");
	assert_true(str_is_absent(rest));
}

static void test_without_slashes(void **state)
{
	(void)state;
	assert_str(path_without_slashes(STR("a/b//")), "a/b");
	assert_str(path_without_slashes(STR("/a")), "/a");
	assert_str(path_without_slashes(STR("//")), "");
	assert_true(str_is_absent(path_without_slashes(STR_ABSENT)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_base_and_directory),
		cmocka_unit_test(test_stem_and_extension),
		cmocka_unit_test(test_normalize),
		cmocka_unit_test(test_is_within),
		cmocka_unit_test(test_relative),
		cmocka_unit_test(test_component),
		cmocka_unit_test(test_without_slashes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
