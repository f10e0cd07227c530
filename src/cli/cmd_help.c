#include "cli/cmd.h"
#include "cli/help.h"
#include "cli/status.h"

int cmd_help(const struct arguments *arguments, struct output *output)
{
	const struct command_table *table = arguments->table;
	const struct command *command = &table->commands[0];

	for (size_t i = 0; i < arguments->operand_count; i++) {
		const char *word = arguments->operands[i];
		const struct command *child = command_child(table, command, word);
		if (!child) {
			const char *near = command_suggest(table, command, word);
			message_print("there is no help on '%s%s%s'%s%s%s", command->name, *command->name ? " " : "",
				word, near ? "; did you mean 'aspis help " : "", near ? near : "", near ? "'?" : "");
			return STATUS_USAGE;
		}
		command = child;
	}
	help_print(output, table, command);
	return STATUS_CLEAN;
}
