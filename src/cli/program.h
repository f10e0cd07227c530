/* The program: from a command line to an exit status. */
#ifndef ASPIS_CLI_PROGRAM_H
#define ASPIS_CLI_PROGRAM_H

#include "cli/command.h"

struct aspis_remote;

/* What a command that talks to servers does, in the program that runs it. */
struct remote_command {
	const char *name; /* as in the table of commands; NULL behind the last one */
	command_run *run;
};

struct program {
	const struct command_table *table;
	const struct remote_command *
		remote_commands; /* of the helper; NULL in `aspis`, which hands such commands over and runs all others */
	struct aspis_remote *remote; /* likewise */
};

/* A file opened later must not take the place of a standard stream that the caller closed: what is printed would end up in it. For the start of main(). */
void program_occupy_streams(void);

/* Runs what the command line asks for by the table and returns the exit status. Standard output is closed at the end. */
int program_run(const struct program *program, int argc, const char *const *argv);

#endif
