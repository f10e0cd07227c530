#include "docs/tree.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/assert_str.h"

struct place {
	struct arena arena;
	char root[64];
	struct tree tree;
};

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	arena_init(&place->arena);
	memcpy(place->root, "/tmp/aspis-tree-XXXXXX", sizeof("/tmp/aspis-tree-XXXXXX"));
	assert_non_null(mkdtemp(place->root));
	assert_true(tree_open(&place->tree, place->root, NULL));
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;

	assert_int_equal(rmdir(place->root), 0);
	tree_release(&place->tree);
	arena_release(&place->arena);
	free(place);
	return 0;
}

static bool reads(struct place *place, const char *path, struct str *text)
{
	return tree_read(text, &place->arena, &place->tree, str_of(path), NULL);
}

/* What is written is read; removing it removes the folders that it leaves empty, the root excepted. */
static void test_round_trip(void **state)
{
	struct place *place = *state;
	struct str text;

	assert_true(reads(place, "a/b/c.rst", &text));
	assert_true(str_is_absent(text));
	assert_true(tree_write(&place->tree, STR("a/b/c.rst"), STR("one"), NULL));
	assert_true(tree_write(&place->tree, STR("a/d.rst"), STR(""), NULL));
	assert_true(reads(place, "a/b/c.rst", &text));
	assert_str(text, "one");
	assert_true(reads(place, "a/d.rst", &text));
	assert_str(text, "");
	assert_true(tree_remove(&place->tree, STR("a/b/c.rst"), NULL));
	assert_true(reads(place, "a/d.rst", &text));
	assert_false(str_is_absent(text));
	assert_true(tree_remove(&place->tree, STR("a/d.rst"), NULL));
	assert_true(tree_remove(&place->tree, STR("a/d.rst"), NULL));
}

static void assert_refused(struct place *place, const char *path, const char *words)
{
	struct error error = ERROR_INIT;
	struct str text;

	assert_false(tree_read(&text, &place->arena, &place->tree, str_of(path), &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_non_null(strstr(error.message, words));
	error_release(&error);
}

static void test_links(void **state)
{
	struct place *place = *state;
	struct error error = ERROR_INIT;
	struct str root = str_of(place->root);
	const char *link = arena_printf(&place->arena, "%.*s/link", STR_ARG(root)).ptr;
	const char *folder = arena_printf(&place->arena, "%.*s/folder", STR_ARG(root)).ptr;

	assert_int_equal(symlink("/etc", link), 0);
	assert_refused(place, "link", "link is a symbolic link");
	assert_refused(place, "link/hostname", "link is a symbolic link");
	assert_false(tree_write(&place->tree, STR("link/x"), STR(""), &error));
	assert_non_null(strstr(error.message, "symbolic link"));
	error_release(&error);
	assert_false(tree_remove(&place->tree, STR("link/hostname"), NULL));
	assert_int_equal(unlink(link), 0);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_refused(place, "folder", "folder is not a file");
	assert_int_equal(rmdir(folder), 0);
}

static void test_holds(void **state)
{
	(void)state;
	assert_true(tree_holds(STR("a")));
	assert_true(tree_holds(STR("a/b...c/.d")));
	assert_false(tree_holds(STR("")));
	assert_false(tree_holds(STR("/a")));
	assert_false(tree_holds(STR("a/")));
	assert_false(tree_holds(STR("a/../b")));
	assert_false(tree_holds(STR("a\0b")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_links, set_up, tear_down),
		cmocka_unit_test(test_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
