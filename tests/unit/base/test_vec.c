#include "base/vec.h"

#include "assert_str.h"

struct item {
	int key;
	unsigned place;
};

static void test_push_and_pop(void **state)
{
	struct vec vec = VEC_INIT(struct item);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct item *item = vec_push(&vec);

		assert_int_equal(item->key, 0);
		item->key = i + 1;
	}
	assert_int_equal(vec.len, 1000);
	assert_int_equal(((struct item *)vec_at(&vec, 500))->key, 501);
	assert_int_equal(((struct item *)vec_last(&vec))->key, 1000);
	vec_pop(&vec);
	assert_int_equal(((struct item *)vec_last(&vec))->key, 999);
	/* The item that was there before is not seen through. */
	assert_int_equal(((struct item *)vec_push(&vec))->key, 0);
	vec_clear(&vec);
	assert_int_equal(vec.len, 0);
	vec_release(&vec);
	vec_release(&vec);
	assert_int_equal(((struct item *)vec_push(&vec))->key, 0);
	vec_release(&vec);
}

static void test_append(void **state)
{
	struct vec vec;
	const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

	(void)state;
	vec_init(&vec, sizeof(int));
	vec_append(&vec, NULL, 0);
	assert_int_equal(vec.len, 0);
	vec_append(&vec, numbers, 11);
	vec_append(&vec, numbers, 2);
	assert_int_equal(vec.len, 13);
	assert_int_equal(*(int *)vec_at(&vec, 10), 11);
	assert_int_equal(*(int *)vec_last(&vec), 2);
	vec_release(&vec);
}

static int compare_keys(const void *left, const void *right)
{
	const struct item *a = left;
	const struct item *b = right;

	return (a->key > b->key) - (a->key < b->key);
}

/* For every length up to some powers of two: sorted, stable, and the same items. */
static void test_sort(void **state)
{
	(void)state;
	for (unsigned len = 0; len < 200; len++) {
		struct vec vec = VEC_INIT(struct item);
		unsigned random = len * 2654435761u + 1;
		unsigned long sum = 0;

		for (unsigned i = 0; i < len; i++) {
			struct item *item = vec_push(&vec);

			random = random * 1103515245u + 12345;
			item->key = (int)(random >> 16 & 15);
			item->place = i;
			sum += i;
		}
		vec_sort(&vec, compare_keys);
		assert_int_equal(vec.len, len);
		for (unsigned i = 0; i < len; i++) {
			const struct item *item = vec_at(&vec, i);

			sum -= item->place;
			if (i == 0)
				continue;
			assert_true(item[-1].key <= item->key);
			if (item[-1].key == item->key)
				assert_true(item[-1].place < item->place);
		}
		assert_int_equal(sum, 0);
		vec_push(&vec);
		vec_release(&vec);
	}
}

static void test_pointers(void **state)
{
	struct vec vec = VEC_INIT(const char *);
	static const char first[] = "first";
	static const char second[] = "second";

	(void)state;
	vec_push_pointer(&vec, first);
	vec_push_pointer(&vec, second);
	vec_push_pointer(&vec, NULL);
	assert_int_equal(vec.len, 3);
	assert_ptr_equal(vec_pointer(&vec, 0), first);
	assert_ptr_equal(vec_pointer(&vec, 1), second);
	assert_null(vec_last_pointer(&vec));
	vec_release(&vec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_push_and_pop),
		cmocka_unit_test(test_append),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_pointers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
