/* The program: from a command line to an exit status. */
#ifndef ASPIS_CLI_PROGRAM_H
#define ASPIS_CLI_PROGRAM_H

#include "cli/command.h"

/* Runs what the command line asks for by the table and returns the exit status. Standard output is closed at the end. */
int program_run(const struct command_table *table, int argc, const char *const *argv);

#endif
