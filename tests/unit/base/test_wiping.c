#include "base/wiping.h"

#include <string.h>

#include "../memory_search.h"
#include "assert_str.h"

static void test_as_the_originals(void **state)
{
	unsigned char *bytes = wiping_calloc(3, 5);
	char *copy = wiping_strdup("text");

	(void)state;
	for (size_t i = 0; i < 15; i++)
		assert_int_equal(bytes[i], 0);
	assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
	assert_string_equal(copy, "text");
	memset(bytes, 'x', 15);
	bytes = wiping_realloc(bytes, 4000);
	for (size_t i = 0; i < 15; i++)
		assert_int_equal(bytes[i], 'x');
	bytes = wiping_realloc(bytes, 4);
	assert_memory_equal(bytes, "xxxx", 4);
	assert_null(wiping_realloc(bytes, 0));
	bytes = wiping_realloc(NULL, 1);
	assert_non_null(bytes);
	wiping_free(bytes);
	wiping_free(copy);
	wiping_free(NULL);
	wiping_free(wiping_malloc(0));
}

static void test_what_cannot_be_had(void **state)
{
	void *bytes = wiping_malloc(1);

	(void)state;
	assert_null(wiping_malloc(SIZE_MAX));
	assert_null(wiping_malloc(SIZE_MAX - 8));
	assert_null(wiping_calloc(SIZE_MAX / 2, 3));
	assert_null(wiping_realloc(bytes, SIZE_MAX));
	wiping_free(bytes);
}

static void test_nothing_is_left(void **state)
{
	static const size_t sizes[] = {40, 4000, 100000};
	char *canary;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	canary = memory_page();
	assert_non_null(canary);
	for (size_t i = 0; i < 40; i++)
		canary[i] = (char)('a' + (i * i + 5 * i) % 23);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char *bytes = wiping_malloc(sizes[i]);

		memcpy(bytes + sizes[i] - 40, canary, 40);
		assert_true(memory_holds(canary, 20));
		bytes = wiping_realloc(bytes, 2 * sizes[i]);
		bytes = wiping_realloc(bytes, sizes[i]);
		memset(bytes, 'x', sizes[i]);
		assert_false(memory_holds(canary, 20));
		memcpy(bytes, canary, 40);
		wiping_free(bytes);
		assert_false(memory_holds(canary, 20));
	}
	munmap(canary, MEMORY_PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_the_originals),
		cmocka_unit_test(test_what_cannot_be_had),
		cmocka_unit_test(test_nothing_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
