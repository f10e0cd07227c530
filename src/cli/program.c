#include "cli/program.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/arguments.h"
#include "cli/cmd.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/status.h"

/* The stand-in is open in the wrong direction, so that using it is an error as it would have been. */
void program_occupy_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
	}
}

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

static int fail_elsewhere(const struct command *command)
{
	message_print(
		"'%s' is a command of the program aspis; this one runs those that talk to servers", command->name);
	return STATUS_USAGE;
}

/* Runs a command in the helper. */
static int run_remote(const struct program *program, const struct arguments *arguments, struct output *output)
{
	const struct command *command = arguments->command;

	if (command->place != COMMAND_REMOTE)
		return fail_elsewhere(command);
	for (const struct remote_command *row = program->remote_commands; row->name; row++) {
		if (strcmp(row->name, command->name) == 0)
			return row->run(arguments, output);
	}
	message_print("this aspis-remote does not have '%s'", command->name);
	return STATUS_UNFINISHED;
}

static int dispatch(const struct program *program, const struct arguments *arguments, struct output *output)
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
	if (program->remote_commands)
		return run_remote(program, arguments, output);
	return arguments->command->run(arguments, output);
}

int program_run(const struct program *program, int argc, const char *const *argv)
{
	struct arguments arguments;
	struct output output;

	output_init(&output, stdout);
	arguments_parse(&arguments, program->table, argc, argv);
	arguments.remote = program->remote;
	int status = dispatch(program, &arguments, &output);
	arguments_release(&arguments);
	return output_finish(&output, status);
}
