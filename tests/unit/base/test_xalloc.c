#include "base/xalloc.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "assert_str.h"
#include "base/strbuf.h"

#define STATUS_OF_HANDLER 42

/* Kept from the compiler, which would refuse them where they stand. */
static volatile size_t huge = SIZE_MAX / 2 + 1;
static volatile size_t two = 2;

static void leave(size_t size)
{
	(void)size;
	_exit(STATUS_OF_HANDLER);
}

static void come_back(size_t size)
{
	(void)size;
}

/* The status of a child that does what must fail. */
static int status_of(void (*function)(void), xalloc_handler *handler)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		xalloc_set_handler(handler);
		signal(SIGABRT, SIG_DFL);
		function();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void assert_fails(void (*function)(void))
{
	int status = status_of(function, leave);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), STATUS_OF_HANDLER);
	status = status_of(function, come_back);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	status = status_of(function, NULL);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void overflow_product(void)
{
	free(xreallocarray(NULL, huge, two));
}

static void overflow_sum(void)
{
	xalloc_sum(huge, huge);
}

static void overfill_buffer(void)
{
	struct strbuf buf = STRBUF_INIT;

	strbuf_append_char(&buf, 'x');
	strbuf_reserve(&buf, STRBUF_SIZE_MAX);
}

static void overflow_buffer(void)
{
	struct strbuf buf = STRBUF_INIT;

	strbuf_append_char(&buf, 'x');
	strbuf_reserve(&buf, SIZE_MAX);
}

static void test_overflow_fails(void **state)
{
	(void)state;
	assert_fails(overflow_product);
	assert_fails(overflow_sum);
	assert_fails(overfill_buffer);
	assert_fails(overflow_buffer);
}

#ifndef __SANITIZE_ADDRESS__
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#endif

#ifndef __SANITIZE_ADDRESS__
static void allocate_too_much(void)
{
	free(xmalloc(huge));
}

static void clear_too_much(void)
{
	free(xcalloc(huge, 1));
}

static void clear_overflow(void)
{
	free(xcalloc(huge, two));
}

static void reallocate_too_much(void)
{
	free(xrealloc(xmalloc(1), huge));
}

static void grow_too_much(void)
{
	free(xgrow(xmalloc(1), 1, huge));
}
#endif

static void test_allocation_fails(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	print_message("AddressSanitizer ends the process itself\n");
	skip();
#else
	assert_fails(allocate_too_much);
	assert_fails(clear_too_much);
	assert_fails(clear_overflow);
	assert_fails(reallocate_too_much);
#endif
}

static void test_grow(void **state)
{
	static const size_t sizes[] = {1, 8, 1024, 1025, 5000};
	char *bytes = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t old_size = i > 0 ? sizes[i - 1] : 0;

		bytes = xgrow(bytes, old_size, sizes[i]);
		for (size_t j = 0; j < old_size; j++)
			assert_int_equal(bytes[j], 'x');
		memset(bytes, 'x', sizes[i]);
	}
	free(bytes);
#ifndef __SANITIZE_ADDRESS__
	assert_fails(grow_too_much);
#endif
}

static void test_zeroed(void **state)
{
	static const size_t sizes[] = {16, 1024, 1040, 5000};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char *bytes = xmalloc(sizes[i]);

		/* What is freed comes back next. */
		memset(bytes, 'x', sizes[i]);
		free(bytes);
		bytes = xcalloc(sizes[i] / 8, 8);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(bytes[j], 0);
		free(bytes);
	}
}

static void test_size_zero(void **state)
{
	void *a = xmalloc(0);
	void *b = xmalloc(0);
	void *c = xcalloc(0, 8);

	(void)state;
	assert_ptr_not_equal(a, b);
	a = xrealloc(a, 0);
	assert_non_null(a);
	free(a);
	free(b);
	free(c);
}

static void test_zeroes_and_sizes(void **state)
{
	unsigned char *zeroed = xcalloc(3, 5);

	(void)state;
	for (size_t i = 0; i < 15; i++)
		assert_int_equal(zeroed[i], 0);
	assert_int_equal(xalloc_product(6, 7), 42);
	assert_int_equal(xalloc_sum(40, 2), 42);
	assert_int_equal(xalloc_product(0, SIZE_MAX), 0);
	free(zeroed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_overflow_fails),
		cmocka_unit_test(test_allocation_fails),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_zeroed),
		cmocka_unit_test(test_size_zero),
		cmocka_unit_test(test_zeroes_and_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
