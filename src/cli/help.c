#include "cli/help.h"

#include <string.h>

#include "cli/status.h"

#define WIDTH       79
#define INDENT      2
#define COLUMN_MAX  32 /* where the explanations of options and commands begin, at most */
#define EXAMPLE_GAP 6

/* The length of the word at text with the blanks behind it left out. */
static size_t word_length(const char *text)
{
	return strcspn(text, " \n");
}

/* Prints text from column on, broken between words so that no line is longer than WIDTH; lines after the first are indented. A blank line in it stays. */
static void print_wrapped(struct output *output, const char *text, size_t column, size_t indent)
{
	bool first = true;

	while (*text) {
		size_t length = word_length(text);
		if (*text == '\n') {
			output_text(output, "\n");
			output_pad(output, text[1] == '\n' ? 0 : indent);
			column = indent;
			first = true;
			text++;
			continue;
		}
		if (!first && column + 1 + length > WIDTH) {
			output_text(output, "\n");
			output_pad(output, indent);
			column = indent;
			first = true;
		}
		if (!first) {
			output_text(output, " ");
			column++;
		}
		output_write(output, text, length);
		column += length;
		first = false;
		text += length + (text[length] == ' ');
	}
	output_text(output, "\n");
}

/* A row of a list: a term, and from column on what it means. */
static void print_row(struct output *output, const char *term, size_t column, const char *meaning)
{
	size_t length = INDENT + strlen(term);
	output_pad(output, INDENT);
	output_text(output, term);
	if (length + 2 > column) {
		output_text(output, "\n");
		length = 0;
	}
	output_pad(output, column - length);
	print_wrapped(output, meaning, column, column);
}

#define TERM_SIZE 96

/* "-c, --config, --root DIR". */
static void option_term(char *term, const struct option *option)
{
	char letter[] = "    ";
	bool has_value = option->kind != OPTION_FLAG;

	if (option->letter)
		memcpy(letter, (char[]){'-', option->letter, ',', ' '}, 4);
	snprintf(term, TERM_SIZE, "%s--%s%s%s%s%s", letter, option->name, option->alias ? ", --" : "",
		option->alias ? option->alias : "", has_value ? " " : "", has_value ? option->placeholder : "");
}

/* The explanation of an option with its choices and whether it can be repeated. */
static void print_option(struct output *output, const struct option *option, size_t column)
{
	char term[TERM_SIZE];
	char meaning[512];

	option_term(term, option);
	size_t length = (size_t)snprintf(meaning, sizeof(meaning), "%s", option->help);
	for (size_t i = 0; option->choices && option->choices(i) && length < sizeof(meaning); i++)
		length += (size_t)snprintf(
			meaning + length, sizeof(meaning) - length, "%s%s", i == 0 ? ": " : ", ", option->choices(i));
	if (option->repeatable && length < sizeof(meaning))
		snprintf(meaning + length, sizeof(meaning) - length, " (repeatable%s)",
			option->kind == OPTION_WORDS || option->kind == OPTION_CHOICES ? ", or separated by commas"
										       : "");
	print_row(output, term, column, meaning);
}

static size_t options_column(const struct command_table *table, const enum option_id *ids)
{
	size_t column = 0;
	for (; *ids != OPTION_NONE; ids++) {
		char term[TERM_SIZE];
		option_term(term, &table->options[*ids]);
		size_t wanted = INDENT + strlen(term) + 2;
		if (wanted > column && wanted <= COLUMN_MAX)
			column = wanted;
	}
	return column;
}

static void print_options(
	struct output *output, const struct command_table *table, const char *heading, const enum option_id *ids)
{
	size_t column = options_column(table, ids);
	if (*ids == OPTION_NONE)
		return;
	output_printf(output, "\n%s:\n", heading);
	for (; *ids != OPTION_NONE; ids++)
		print_option(output, &table->options[*ids], column);
}

static void print_commands(struct output *output, const struct command_table *table, const struct command *group)
{
	size_t column = 0;
	for (size_t i = 0; i < table->command_count; i++) {
		const struct command *command = &table->commands[i];
		size_t wanted = INDENT + strlen(command->name) + 2;
		if (command->run && command_is_below(command, group) && wanted > column)
			column = wanted;
	}
	output_text(output, "\nCommands:\n");
	for (size_t i = 0; i < table->command_count; i++) {
		const struct command *command = &table->commands[i];
		if (command->run && command_is_below(command, group) && (!command->hidden || group->hidden))
			print_row(output, command->name, column, command->summary);
	}
}

static void print_status(struct output *output, const struct command *command)
{
	output_text(output, "\nExit status:\n");
	for (size_t i = 0; i < COMMAND_STATUS_MAX; i++) {
		char number[] = {(char)('0' + i), '\0'};
		if (command->status[i])
			print_row(output, number, INDENT + 3, command->status[i]);
	}
}

static void print_examples(struct output *output, const struct command *command)
{
	if (!command->examples[0].line)
		return;
	output_text(output, "\nExamples:\n");
	for (const struct command_example *example = command->examples; example->line; example++) {
		output_printf(output, "  %s\n", example->line);
		output_pad(output, EXAMPLE_GAP);
		print_wrapped(output, example->meaning, EXAMPLE_GAP, EXAMPLE_GAP);
	}
}

/* The line "Usage: …". */
static void print_usage(struct output *output, const struct command *command)
{
	const char *space = *command->name ? " " : "";
	if (command->run)
		output_printf(output, "Usage: aspis %s [OPTION]...%s%s\n", command->name, *command->operands ? " " : "",
			command->operands);
	else
		output_printf(output, "Usage: aspis%s%s COMMAND [OPTION]... [ARGUMENT]...\n", space, command->name);
}

void help_print(struct output *output, const struct command_table *table, const struct command *command)
{
	const char *space = *command->name ? " " : "";

	print_usage(output, command);
	output_text(output, "\n");
	print_wrapped(output, command->description ? command->description : command->summary, 0, 0);
	if (!command->run)
		print_commands(output, table, command);
	print_options(output, table, "Options", command->options);
	print_options(output, table, "Global options", table->global_options);
	if (command->run)
		print_status(output, command);
	print_examples(output, command);
	if (!command->run)
		output_printf(output, "\n'aspis help%s%s COMMAND' tells more about a command.\n", space, command->name);
}
