/* The two tables of commands that talk to servers: the rows that `aspis` hands over are those that the helper runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/remote.h"
#include "cli/remote_commands.h"

static const struct remote_command *find_remote(const char *name)
{
	for (const struct remote_command *row = remote_commands; row->name; row++) {
		if (strcmp(row->name, name) == 0)
			return row;
	}
	return NULL;
}

static void test_table(void **state)
{
	size_t handed_over = 0, run = 0;

	(void)state;
	for (size_t i = 0; i < program_table.command_count; i++) {
		const struct command *command = &program_table.commands[i];
		const struct remote_command *row = find_remote(command->name);

		assert_int_equal(command->place == COMMAND_REMOTE, command->run == cmd_remote);
		if (command->place == COMMAND_REMOTE && !row)
			fail_msg("the helper does not run '%s'", command->name);
		if (command->place != COMMAND_REMOTE && row)
			fail_msg("'%s' is not handed over", command->name);
		handed_over += command->place == COMMAND_REMOTE;
	}
	for (const struct remote_command *row = remote_commands; row->name; row++) {
		assert_non_null(row->run);
		run++;
	}
	assert_int_equal(handed_over, run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
