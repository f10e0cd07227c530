#include "cli/program.h"

#include "cli/arguments.h"
#include "cli/cmd.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/status.h"

/* "aspis check --help" for a command; "aspis --help" for the program. */
static int fail_usage(const struct arguments *arguments)
{
	const struct command *command = arguments->command;
	message_print("%s\nRun 'aspis%s%s --help' for how to use it.", arguments->error, *command->name ? " " : "",
		command->name);
	return STATUS_USAGE;
}

/* A group without a command below it: what there is, as a message. */
static int fail_incomplete(const struct arguments *arguments)
{
	struct output messages;
	output_init(&messages, stderr);
	help_print(&messages, arguments->table, arguments->command);
	return STATUS_USAGE;
}

static int dispatch(const struct arguments *arguments, struct output *output)
{
	if (arguments->error)
		return fail_usage(arguments);
	if (arguments_has(arguments, OPTION_HELP)) {
		help_print(output, arguments->table, arguments->command);
		return STATUS_CLEAN;
	}
	if (arguments_has(arguments, OPTION_VERSION))
		return cmd_version(arguments, output);
	if (!arguments->command->run)
		return fail_incomplete(arguments);
	return arguments->command->run(arguments, output);
}

int program_run(const struct command_table *table, int argc, const char *const *argv)
{
	struct arguments arguments;
	struct output output;

	output_init(&output, stdout);
	arguments_parse(&arguments, table, argc, argv);
	int status = dispatch(&arguments, &output);
	arguments_release(&arguments);
	return output_finish(&output, status);
}
