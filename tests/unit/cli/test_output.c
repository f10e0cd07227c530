/* Writes that fail are noticed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/output.h"
#include "cli/status.h"

static int write_to(FILE *stream, const char *text, int status)
{
	struct output output;
	assert_non_null(stream);
	output_init(&output, stream);
	output_text(&output, text);
	output_printf(&output, "%d", 7);
	return output_finish(&output, status);
}

static void test_success(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size = 0;
	assert_int_equal(write_to(open_memstream(&text, &size), "a", STATUS_FINDINGS), STATUS_FINDINGS);
	assert_string_equal(text, "a7");
	free(text);
}

/* The text may fit into the buffer of the stream, so that only closing it fails, or not. */
static void test_full(void **state)
{
	(void)state;
	size_t size = 1 << 20;
	char *large = malloc(size);
	assert_non_null(large);
	memset(large, 'a', size - 1);
	large[size - 1] = '\0';
	assert_int_equal(write_to(fopen("/dev/full", "w"), "a", STATUS_CLEAN), STATUS_UNFINISHED);
	assert_int_equal(write_to(fopen("/dev/full", "w"), large, STATUS_FINDINGS), STATUS_UNFINISHED);
	free(large);
}

static void test_wrong_direction(void **state)
{
	(void)state;
	assert_int_equal(write_to(fopen("/dev/null", "r"), "a", STATUS_CLEAN), STATUS_UNFINISHED);
}

/* Of a reader that has gone nothing is said, and a shell sees what the signal would have made of it. */
static void test_closed_pipe(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(close(ends[0]), 0);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(write_to(fdopen(ends[1], "w"), "a", STATUS_CLEAN), STATUS_SIGNAL + SIGPIPE);
	signal(SIGPIPE, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_success),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_wrong_direction),
		cmocka_unit_test(test_closed_pipe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
