/* The command line, taken apart by the table of commands. */
#ifndef ASPIS_CLI_ARGUMENTS_H
#define ASPIS_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/command.h"

/* One occurrence of an option. */
struct argument {
	enum option_id option;
	const char *value; /* NULL for a flag */
};

struct aspis_remote;

struct arguments {
	const struct command_table *table;
	const char *const *argv; /* as main() was given it */
	/* what commands that talk to servers are run with; NULL in the program that hands them over */
	struct aspis_remote *remote;
	const struct command *command; /* the program itself or a group when no command is named */
	struct argument *options;      /* in the order of the command line */
	size_t option_count;
	const char **operands;
	size_t operand_count;
	char *error; /* what is wrong with the command line, or NULL; one line or two */
	char *text;  /* private: values that were cut at commas */
};

/* Takes argv apart. Options may stand before and behind operands; values follow as "--name=value", "--name value", "-nvalue" or "-n value"; short flags
 * can be bundled; behind "--" there are operands alone; long names are never abbreviated. The first mistake ends it and is in error, unless
 * --help or --version came before it. Values and operands are borrowed from argv. */
void arguments_parse(struct arguments *arguments, const struct command_table *table, int argc, const char *const *argv);
void arguments_release(struct arguments *arguments);

/* Whether an option was given, and its value: the last one, or NULL. */
bool arguments_has(const struct arguments *arguments, enum option_id option);
const char *arguments_value(const struct arguments *arguments, enum option_id option);

/* The values of a repeatable option, one a call from *position = 0 on; NULL at the end. */
const char *arguments_next(const struct arguments *arguments, enum option_id option, size_t *position);

/* The place of the value among the choices of the option, or fallback where it was not given. */
size_t arguments_choice(const struct arguments *arguments, enum option_id option, size_t fallback);

/* The value of a number, or fallback where it was not given. */
unsigned arguments_number(const struct arguments *arguments, enum option_id option, unsigned fallback);

#endif
