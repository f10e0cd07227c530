#include "base/arena.h"

#include <stdalign.h>

#include "assert_str.h"

static void test_blocks_are_aligned_and_apart(void **state)
{
	struct arena arena;
	unsigned char *blocks[2000];

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < 2000; i++) {
		size_t size = i * 7 % 300 + 1;

		blocks[i] = arena_alloc(&arena, size);
		assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
		memset(blocks[i], (int)(i & 0xFF), size);
		arena_bytes(&arena, 1)[0] = 'x';
	}
	for (size_t i = 0; i < 2000; i++) {
		for (size_t j = 0; j < i * 7 % 300 + 1; j++)
			assert_int_equal(blocks[i][j], i & 0xFF);
	}
	arena_release(&arena);
}

static void test_large_blocks(void **state)
{
	struct arena arena;
	char *small;
	char *large;
	char *next;

	(void)state;
	arena_init(&arena);
	large = arena_alloc(&arena, 5 << 20);
	memset(large, 'l', 5 << 20);
	small = arena_bytes(&arena, 10);
	memset(small, 's', 10);
	large = arena_alloc(&arena, 3 << 20);
	memset(large, 'L', 3 << 20);
	/* A large block does not cost the room that is left. */
	next = arena_bytes(&arena, 1);
	assert_ptr_equal(next, small + 10);
	arena_release(&arena);
	assert_non_null(arena_alloc(&arena, 0));
	assert_non_null(arena_bytes(&arena, 0));
	arena_release(&arena);
}

static void test_bytes_pack(void **state)
{
	struct arena arena;
	char *a;

	(void)state;
	arena_init(&arena);
	a = arena_bytes(&arena, 3);
	assert_ptr_equal(arena_bytes(&arena, 1), a + 3);
	arena_release(&arena);
}

static void test_zeroed(void **state)
{
	struct arena arena;
	unsigned char *bytes;

	(void)state;
	arena_init(&arena);
	memset(arena_alloc(&arena, 100), 0xFF, 100);
	arena_release(&arena);
	bytes = arena_calloc(&arena, 25, 4);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(bytes[i], 0);
	arena_release(&arena);
}

static void test_grow(void **state)
{
	struct arena arena;
	char *block;
	char *moved;

	(void)state;
	arena_init(&arena);
	block = arena_grow(&arena, NULL, 0, 4);
	memset(block, 'a', 4);
	assert_ptr_equal(arena_grow(&arena, block, 4, 8), block);
	assert_ptr_equal(arena_grow(&arena, block, 8, 8), block);
	assert_ptr_equal(arena_grow(&arena, block, 8, 7), block);
	arena_bytes(&arena, 1)[0] = 'x';
	moved = arena_grow(&arena, block, 8, 16);
	assert_ptr_not_equal(moved, block);
	assert_memory_equal(moved, "aaaa", 4);
	moved = arena_grow(&arena, moved, 16, 1 << 20);
	assert_memory_equal(moved, "aaaa", 4);
	memset(moved, 'y', 1 << 20);
	arena_release(&arena);
}

static void test_shrink(void **state)
{
	struct arena arena;
	char *a, *b;

	(void)state;
	arena_init(&arena);
	a = arena_bytes(&arena, 100);
	arena_shrink(&arena, a, 100, 40);
	b = arena_bytes(&arena, 10);
	assert_ptr_equal(b, a + 40);
	arena_shrink(&arena, a, 40, 0);
	assert_ptr_equal(arena_bytes(&arena, 1), b + 10);
	arena_release(&arena);
}

static void test_text(void **state)
{
	struct arena arena;
	struct str copy;
	struct str printed;

	(void)state;
	arena_init(&arena);
	copy = arena_str(&arena, STR("a\0b"));
	assert_str(copy, "a\0b");
	assert_int_equal(copy.ptr[3], '\0');
	assert_true(str_is_absent(arena_str(&arena, STR_ABSENT)));
	assert_str(arena_str(&arena, STR("")), "");
	printed = arena_printf(&arena, "%s-%05d", "value", 42);
	assert_str(printed, "value-00042");
	assert_int_equal(printed.ptr[printed.len], '\0');
	printed = arena_printf(&arena, "%10000d", 7);
	assert_int_equal(printed.len, 10000);
	arena_release(&arena);
}

/* Adopting into an arena that has a current chunk, into an empty one, and from an empty one. */
static void test_adopt(void **state)
{
	struct arena to;
	struct arena from;
	struct str texts[300];

	(void)state;
	arena_init(&to);
	for (int round = 0; round < 3; round++) {
		arena_init(&from);
		for (int i = 0; i < 100; i++)
			texts[round * 100 + i] = arena_printf(&from, "%d-%d %200d", round, i, i);
		arena_adopt(&to, &from);
		assert_null(from.chunks);
		assert_str(arena_str(&from, STR("still usable")), "still usable");
		assert_str(arena_str(&to, STR("goes on")), "goes on");
		arena_release(&from);
		arena_adopt(&to, &from);
	}
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++)
			assert_true(str_equal(texts[round * 100 + i], arena_printf(&to, "%d-%d %200d", round, i, i)));
	}
	arena_release(&to);
}

static void test_adopt_keeps_sensitive(void **state)
{
	struct arena to;
	struct arena from;

	(void)state;
	arena_init(&to);
	arena_init_sensitive(&from);
	arena_adopt(&to, &from);
	assert_true(to.sensitive);
	assert_true(from.sensitive);
	arena_release(&to);
	assert_true(to.sensitive);
	arena_release(&from);
}

/* Rounds of the same size take no more memory than the first one or two; what is made between is whole. */
static void test_clear(void **state)
{
	struct arena arena;
	size_t size = 0;

	(void)state;
	arena_init(&arena);
	arena_clear(&arena);
	for (int round = 0; round < 50; round++) {
		char *large = arena_alloc(&arena, 300000);
		memset(large, round, 300000);
		for (int i = 0; i < 2000; i++)
			assert_int_equal(
				arena_printf(&arena, "%d %999d", round, i).len, strlen("0 ") + 999 + (round > 9));
		assert_int_equal(large[0], round);
		assert_int_equal(large[299999], round);
		if (round == 1)
			size = arena.size;
		if (round > 1)
			assert_true(arena.size <= size + (1 << 20));
		arena_clear(&arena);
		assert_int_equal(arena.size, 0);
	}
	assert_non_null(arena.spare);
	arena_release(&arena);
	assert_null(arena.spare);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks_are_aligned_and_apart),
		cmocka_unit_test(test_large_blocks),
		cmocka_unit_test(test_bytes_pack),
		cmocka_unit_test(test_zeroed),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_shrink),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_adopt),
		cmocka_unit_test(test_adopt_keeps_sensitive),
		cmocka_unit_test(test_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
