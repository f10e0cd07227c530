/* What --help and `aspis help` print, made from the table of commands. */
#ifndef ASPIS_CLI_HELP_H
#define ASPIS_CLI_HELP_H

#include "cli/command.h"
#include "cli/output.h"

/* The help of a command, of a group, or of the program: lines of at most 80 columns. */
void help_print(struct output *output, const struct command_table *table, const struct command *command);

#endif
