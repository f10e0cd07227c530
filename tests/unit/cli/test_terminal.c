/* The order in which colour is decided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cli/terminal.h"

#define SET_OR_NOT(bit, value) ((i & (bit)) ? (value) : NULL)

/* All combinations of what may be set, with the order of the header written out once more, as a reader would. */
static void test_every_combination(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 32; i++) {
		struct color_setting setting = {
			.force_color = SET_OR_NOT(1, "0"),
			.no_color = SET_OR_NOT(2, "0"),
			.clicolor_force = SET_OR_NOT(4, "1"),
			.term = (i & 8) ? "dumb" : "xterm",
			.terminal = (i & 16) != 0,
		};
		bool expected = (i & 1) || (!(i & 2) && ((i & 4) || (!(i & 8) && (i & 16))));
		assert_int_equal(color_wanted(COLOR_AUTO, &setting), expected);
		assert_true(color_wanted(COLOR_ALWAYS, &setting));
		assert_false(color_wanted(COLOR_NEVER, &setting));
	}
}

static void test_empty_is_not_set(void **state)
{
	(void)state;
	struct color_setting terminal = {.force_color = "", .no_color = "", .clicolor_force = "", .terminal = true};
	struct color_setting pipe = {.force_color = "", .no_color = "", .clicolor_force = "", .term = "xterm"};
	assert_true(color_wanted(COLOR_AUTO, &terminal));
	assert_false(color_wanted(COLOR_AUTO, &pipe));
}

static void test_clicolor_force_zero(void **state)
{
	(void)state;
	struct color_setting setting = {.clicolor_force = "0", .terminal = false};
	assert_false(color_wanted(COLOR_AUTO, &setting));
	setting.terminal = true;
	assert_true(color_wanted(COLOR_AUTO, &setting));
}

static void test_no_terminal(void **state)
{
	(void)state;
	assert_int_equal(terminal_width(-1), 0);
	assert_false(color_setting_read(-1).terminal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_combination),
		cmocka_unit_test(test_empty_is_not_set),
		cmocka_unit_test(test_clicolor_force_zero),
		cmocka_unit_test(test_no_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
