#include "cli/command.h"

#include <string.h>

#include <aspis/support.h>

/* More commands than this would need another kind of help. */
#define CANDIDATES_MAX 128

bool command_is_below(const struct command *command, const struct command *parent)
{
	size_t length = strlen(parent->name);
	if (length == 0)
		return *command->name != '\0';
	return strncmp(command->name, parent->name, length) == 0 && command->name[length] == ' ';
}

/* "secrets list" → "list". */
static const char *last_word(const struct command *command)
{
	const char *space = strrchr(command->name, ' ');
	return space ? space + 1 : command->name;
}

const struct command *command_child(const struct command_table *table, const struct command *parent, const char *word)
{
	size_t prefix = *parent->name ? strlen(parent->name) + 1 : 0;

	for (size_t i = 0; i < table->command_count; i++) {
		const struct command *command = &table->commands[i];
		if (command_is_below(command, parent) && *word && strcmp(command->name + prefix, word) == 0 &&
			!strchr(word, ' '))
			return command;
	}
	return NULL;
}

const char *command_suggest(const struct command_table *table, const struct command *parent, const char *word)
{
	const char *candidates[CANDIDATES_MAX] = {NULL};
	const struct command *commands[CANDIDATES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < table->command_count && count < CANDIDATES_MAX; i++) {
		const struct command *command = &table->commands[i];
		if (!command->hidden && command_is_below(command, parent)) {
			commands[count] = command;
			candidates[count++] = last_word(command);
		}
	}
	const char *best = aspis_support_suggest(word, candidates, count);
	for (size_t i = 0; best && i < count; i++) {
		if (candidates[i] == best)
			return commands[i]->name;
	}
	return NULL;
}
