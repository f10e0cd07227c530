#include "base/map.h"

#include "assert_str.h"
#include "base/arena.h"

static void test_empty(void **state)
{
	struct map map;

	(void)state;
	map_init(&map);
	assert_null(map_get(&map, STR("a")));
	assert_false(map_has(&map, STR("a")));
	assert_false(map_has(&map, STR_ABSENT));
	map_release(&map);
	map_release(&map);
}

static void test_set(void **state)
{
	struct map map;
	int one, two;

	(void)state;
	map_init(&map);
	assert_null(map_set(&map, STR("a"), &one));
	assert_null(map_set(&map, STR("b"), NULL));
	assert_ptr_equal(map_set(&map, STR("a"), &two), &one);
	assert_ptr_equal(map_get(&map, STR("a")), &two);
	assert_null(map_get(&map, STR("b")));
	assert_true(map_has(&map, STR("b")));
	assert_false(map_has(&map, STR("c")));
	assert_false(map_has(&map, STR("")));
	assert_null(map_set(&map, STR(""), &one));
	assert_ptr_equal(map_get(&map, STR("")), &one);
	assert_null(map_set(&map, STR("a\0b"), &one));
	assert_ptr_equal(map_get(&map, STR("a")), &two);
	assert_int_equal(map.len, 4);
	map_release(&map);
}

static void test_slot(void **state)
{
	struct map map;
	int one;
	void **slot;

	(void)state;
	map_init(&map);
	slot = map_slot(&map, STR("a"));
	assert_null(*slot);
	assert_true(map_has(&map, STR("a")));
	*slot = &one;
	assert_ptr_equal(map_slot(&map, STR("a")), slot);
	assert_ptr_equal(map_get(&map, STR("a")), &one);
	map_release(&map);
}

/* Many keys, each found, in the order of insertion. */
static void test_many(void **state)
{
	struct arena arena;
	struct map map;

	(void)state;
	arena_init(&arena);
	map_init(&map);
	for (uintptr_t i = 1; i <= 100000; i++)
		assert_null(map_set(&map, arena_printf(&arena, "key-%zu", (size_t)i), (void *)i));
	assert_int_equal(map.len, 100000);
	for (size_t i = 0; i < map.len; i++) {
		struct str key = arena_printf(&arena, "key-%zu", i + 1);

		assert_true(str_equal(map.entries[i].key, key));
		assert_ptr_equal(map_get(&map, key), (void *)(uintptr_t)(i + 1));
	}
	assert_false(map_has(&map, STR("key-0")));
	assert_false(map_has(&map, STR("key-100001")));
	map_release(&map);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_slot),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
