/* The table of commands and what --help makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/help.h"

static char *help_text(const struct command *command)
{
	char *text = NULL;
	size_t size = 0;
	struct output output;
	output_init(&output, open_memstream(&text, &size));
	help_print(&output, &program_table, command);
	assert_int_equal(output_finish(&output, 0), 0);
	return text;
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < program_table.command_count; i++) {
		char *text = help_text(&program_table.commands[i]);
		for (char *line = text; *line;) {
			size_t length = strcspn(line, "\n");
			assert_true(length <= 80);
			assert_true(length == 0 || line[length - 1] != ' ');
			assert_int_equal(line[length], '\n');
			line += length + 1;
		}
		free(text);
	}
}

static bool is_option_of(const struct command *command, enum option_id id)
{
	for (const enum option_id *own = command->options; *own != OPTION_NONE; own++) {
		if (*own == id)
			return true;
	}
	for (const enum option_id *global = program_table.global_options; *global != OPTION_NONE; global++) {
		if (*global == id)
			return true;
	}
	return false;
}

/* What a command understands is what its help shows: names, letters and values. */
static void test_options(void **state)
{
	(void)state;
	for (size_t i = 0; i < program_table.command_count; i++) {
		const struct command *command = &program_table.commands[i];
		char *text = help_text(command);
		for (enum option_id id = OPTION_NONE + 1; id < OPTION_COUNT; id++) {
			const struct option *option = &program_table.options[id];
			char term[64];
			if (!is_option_of(command, id))
				continue;
			snprintf(term, sizeof(term), "--%s%s%s", option->alias ? option->alias : option->name,
				option->placeholder ? " " : "", option->placeholder ? option->placeholder : "");
			assert_non_null(strstr(text, term));
		}
		free(text);
	}
}

/* Every option has a row and belongs to a command; no command has two of one name or letter. */
static void test_table(void **state)
{
	(void)state;
	for (enum option_id id = OPTION_NONE + 1; id < OPTION_COUNT; id++) {
		const struct option *option = &program_table.options[id];
		bool used = false;
		assert_non_null(option->name);
		assert_non_null(option->help);
		assert_int_equal(option->kind == OPTION_FLAG, option->placeholder == NULL);
		assert_int_equal(option->kind == OPTION_CHOICE || option->kind == OPTION_CHOICES ||
					 option->kind == OPTION_CHOICE_FILE,
			option->choices != NULL);
		for (size_t i = 0; i < program_table.command_count; i++) {
			const struct command *command = &program_table.commands[i];
			if (!is_option_of(command, id))
				continue;
			used = true;
			for (enum option_id other = id + 1; other < OPTION_COUNT; other++) {
				const struct option *second = &program_table.options[other];
				if (!is_option_of(command, other))
					continue;
				assert_string_not_equal(option->name, second->name);
				assert_true(!option->letter || option->letter != second->letter);
			}
		}
		assert_true(used);
	}
}

static void test_commands(void **state)
{
	(void)state;
	for (size_t i = 1; i < program_table.command_count; i++) {
		const struct command *command = &program_table.commands[i];
		assert_non_null(command->summary);
		if (!command->run)
			continue;
		assert_non_null(command->operands);
		assert_non_null(command->status[0]);
		assert_true(command->operands_min <= command->operands_max);
		assert_int_equal(command->operands_max > 0, *command->operands != '\0');
		for (const struct command_example *example = command->examples; example->line; example++) {
			assert_int_equal(strncmp(example->line, "aspis ", 6), 0);
			assert_int_equal(strncmp(example->line + 6, command->name, strlen(command->name)), 0);
		}
	}
}

/* The list of commands shows what is not hidden, and a hidden group shows its own. */
static void test_hidden(void **state)
{
	(void)state;
	char *text = help_text(&program_table.commands[0]);
	assert_non_null(strstr(text, "  check "));
	assert_non_null(strstr(text, "  secrets list "));
	assert_null(strstr(text, "debug"));
	free(text);
	text = help_text(command_child(&program_table, &program_table.commands[0], "debug"));
	assert_non_null(strstr(text, "  debug yaml "));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_hidden),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
