#include "cli/arguments.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <aspis/support.h>

#define NUMBER_MAX       9999
#define OPTION_NAMES_MAX (2 * OPTION_COUNT)

struct parser {
	struct arguments *arguments;
	const char *const *next; /* what is left of argv */
	const char *const *end;
	char *text; /* free room for values cut at commas */
	bool operands_only;
};

/* Keeps the first mistake. Always false. */
static bool fail(struct parser *parser, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct parser *parser, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!parser->arguments->error && vasprintf(&parser->arguments->error, format, args) < 0)
		parser->arguments->error = NULL;
	va_end(args);
	return false;
}

static const struct option *option_of(const struct arguments *arguments, enum option_id id)
{
	return &arguments->table->options[id];
}

/* Calls for the options of the command and the global ones alike: the id at a place of the joined list, OPTION_NONE behind its end. */
static enum option_id option_at(const struct arguments *arguments, size_t place)
{
	size_t own = 0;
	while (arguments->command->options[own] != OPTION_NONE)
		own++;
	if (place < own)
		return arguments->command->options[place];

	const enum option_id *global = arguments->table->global_options;
	for (place -= own; place > 0 && *global != OPTION_NONE; place--)
		global++;
	return *global;
}

static bool is_name(const char *candidate, const char *name, size_t length)
{
	return candidate && strncmp(candidate, name, length) == 0 && candidate[length] == '\0';
}

static enum option_id find_long(const struct arguments *arguments, const char *name, size_t length)
{
	enum option_id id;
	for (size_t i = 0; (id = option_at(arguments, i)) != OPTION_NONE; i++) {
		const struct option *option = option_of(arguments, id);
		if (is_name(option->name, name, length) || is_name(option->alias, name, length))
			return id;
	}
	return OPTION_NONE;
}

static enum option_id find_letter(const struct arguments *arguments, char letter)
{
	enum option_id id;
	for (size_t i = 0; (id = option_at(arguments, i)) != OPTION_NONE; i++) {
		if (option_of(arguments, id)->letter == letter)
			return id;
	}
	return OPTION_NONE;
}

/* The name of an option that the command has and that is most like this one. */
static const char *suggest_option(const struct arguments *arguments, const char *name)
{
	const char *names[OPTION_NAMES_MAX];
	size_t count = 0;
	enum option_id id;

	for (size_t i = 0; (id = option_at(arguments, i)) != OPTION_NONE; i++) {
		names[count++] = option_of(arguments, id)->name;
		if (option_of(arguments, id)->alias)
			names[count++] = option_of(arguments, id)->alias;
	}
	return aspis_support_suggest(name, names, count);
}

static bool has_long(const struct command_table *table, const struct command *command, const char *name, size_t length)
{
	for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
		const struct option *option = &table->options[*id];
		if (is_name(option->name, name, length) || is_name(option->alias, name, length))
			return true;
	}
	return false;
}

/* The first command below the one at hand that has an option, or NULL: its name must come first. */
static const struct command *find_owner(const struct arguments *arguments, const char *name, size_t length)
{
	const struct command_table *table = arguments->table;

	for (size_t i = 0; i < table->command_count; i++) {
		const struct command *command = &table->commands[i];
		if (command_is_below(command, arguments->command) && has_long(table, command, name, length))
			return command;
	}
	return NULL;
}

static bool fail_unknown_long(struct parser *parser, const char *name, size_t length)
{
	const struct command *command = parser->arguments->command;
	const struct command *owner = find_owner(parser->arguments, name, length);
	const char *of = *command->name ? " of " : "";
	char *copy = strndup(name, length);
	const char *near = copy ? suggest_option(parser->arguments, copy) : NULL;

	if (owner)
		fail(parser, "--%.*s stands before the command that it is for; write 'aspis %s --%.*s'", (int)length,
			name, owner->name, (int)length, name);
	else if (near)
		fail(parser, "unknown option --%s%s%s; did you mean --%s?", copy, of, command->name, near);
	else
		fail(parser, "unknown option --%.*s%s%s", (int)length, name, of, command->name);
	free(copy);
	return false;
}

/* "text, concise, json". */
static char *list_choices(const struct option *option)
{
	char *list = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&list, &size);
	if (!stream)
		return NULL;
	for (size_t i = 0; option->choices(i); i++)
		fprintf(stream, "%s%s", i == 0 ? "" : ", ", option->choices(i));
	fclose(stream);
	return list;
}

static size_t find_choice(const struct option *option, const char *value)
{
	size_t length = option->kind == OPTION_CHOICE_FILE ? strcspn(value, "=") : strlen(value);
	size_t i = 0;
	while (option->choices(i) && !is_name(option->choices(i), value, length))
		i++;
	return i;
}

static bool check_choice(struct parser *parser, const struct option *option, const char *value)
{
	if (option->choices(find_choice(option, value))) {
		const char *file = option->kind == OPTION_CHOICE_FILE ? strchr(value, '=') : NULL;
		return file && !file[1] ? fail(parser, "--%s=%s names no file", option->name, value) : true;
	}
	char *choices = list_choices(option);
	fail(parser, "invalid value '%s' for --%s: expected one of %s", value, option->name, choices ? choices : "");
	free(choices);
	return false;
}

static unsigned number_max(const struct option *option)
{
	return option->maximum ? option->maximum : NUMBER_MAX;
}

/* Digits alone: strtoul would take a sign and blanks. */
static bool parse_number(unsigned *out, const struct option *option, const char *value)
{
	uint64_t number = 0;
	const char *digit = value;

	for (; *digit >= '0' && *digit <= '9' && number <= number_max(option); digit++)
		number = 10 * number + (unsigned)(*digit - '0');
	*out = (unsigned)number;
	return digit > value && *digit == '\0' && number <= number_max(option) && (number > 0 || option->zero);
}

static void add(struct parser *parser, enum option_id id, const char *value)
{
	struct arguments *arguments = parser->arguments;
	arguments->options[arguments->option_count++] = (struct argument){.option = id, .value = value};
}

/* Cuts a copy of the value, which fits: the room is as large as argv. */
static bool add_words(struct parser *parser, enum option_id id, const char *value)
{
	const struct option *option = option_of(parser->arguments, id);

	for (size_t length; (length = strcspn(value, ",")), true; value += length + 1) {
		if (length == 0)
			return fail(parser, "--%s has an empty value", option->name);
		memcpy(parser->text, value, length);
		parser->text[length] = '\0';
		if (option->choices && !check_choice(parser, option, parser->text))
			return false;
		add(parser, id, parser->text);
		parser->text += length + 1;
		if (!value[length])
			return true;
	}
}

static bool add_value(struct parser *parser, enum option_id id, const char *value)
{
	const struct option *option = option_of(parser->arguments, id);
	unsigned number;

	switch (option->kind) {
	case OPTION_WORDS:
	case OPTION_CHOICES:
		return add_words(parser, id, value);
	case OPTION_CHOICE:
	case OPTION_CHOICE_FILE:
		if (!check_choice(parser, option, value))
			return false;
		break;
	case OPTION_NUMBER:
		if (!parse_number(&number, option, value))
			return fail(parser, "invalid value '%s' for --%s: expected a number from %d to %u", value,
				option->name, option->zero ? 0 : 1, number_max(option));
		break;
	case OPTION_TEXT:
		if (!*value)
			return fail(parser, "--%s has an empty value", option->name);
		break;
	case OPTION_FLAG:
		break;
	}
	add(parser, id, value);
	return true;
}

static bool parse_long(struct parser *parser, const char *name)
{
	size_t length = strcspn(name, "=");
	enum option_id id = find_long(parser->arguments, name, length);
	if (id == OPTION_NONE)
		return fail_unknown_long(parser, name, length);

	const struct option *option = option_of(parser->arguments, id);
	const char *value = name[length] ? name + length + 1 : NULL;
	if (option->kind == OPTION_FLAG) {
		if (value)
			return fail(parser, "--%.*s takes no value", (int)length, name);
		add(parser, id, NULL);
		return true;
	}
	if (!value && parser->next == parser->end)
		return fail(parser, "--%.*s needs a value: %s", (int)length, name, option->placeholder);
	return add_value(parser, id, value ? value : *parser->next++);
}

static bool parse_letters(struct parser *parser, const char *letters)
{
	for (; *letters; letters++) {
		enum option_id id = find_letter(parser->arguments, *letters);
		const char *command = parser->arguments->command->name;
		if (id == OPTION_NONE)
			return fail(parser, "unknown option -%c%s%s", *letters, *command ? " of " : "", command);
		const struct option *option = option_of(parser->arguments, id);
		if (option->kind != OPTION_FLAG) {
			if (!letters[1] && parser->next == parser->end)
				return fail(parser, "-%c needs a value: %s", *letters, option->placeholder);
			return add_value(parser, id, letters[1] ? letters + 1 : *parser->next++);
		}
		add(parser, id, NULL);
	}
	return true;
}

/* A word that is no option: the next word of the command's name while there are commands below it, else an operand. */
static bool parse_word(struct parser *parser, const char *word)
{
	struct arguments *arguments = parser->arguments;
	const struct command *command = arguments->command;

	if (command->run) {
		if (arguments->operand_count == command->operands_max)
			return fail(parser, "unexpected argument '%s' for %s", word, command->name);
		if (word[0] == '\0')
			return fail(parser, "an argument of %s is empty", command->name);
		arguments->operands[arguments->operand_count++] = word;
		return true;
	}
	const struct command *child = command_child(arguments->table, command, word);
	if (!child) {
		const char *near = command_suggest(arguments->table, command, word);
		const char *space = *command->name ? " " : "";
		return near ? fail(parser, "unknown command '%s%s%s'; did you mean '%s'?", command->name, space, word,
				      near)
			    : fail(parser, "unknown command '%s%s%s'", command->name, space, word);
	}
	arguments->command = child;
	return true;
}

static bool parse_next(struct parser *parser)
{
	const char *word = *parser->next++;

	if (parser->operands_only || word[0] != '-' || word[1] == '\0')
		return parse_word(parser, word);
	if (word[1] != '-')
		return parse_letters(parser, word + 1);
	if (word[2] != '\0')
		return parse_long(parser, word + 2);
	parser->operands_only = true;
	return true;
}

static bool wants_information(const struct arguments *arguments)
{
	return arguments_has(arguments, OPTION_HELP) || arguments_has(arguments, OPTION_VERSION);
}

/* The names of the operands that are missing: "DIR" of "ENV DIR", where one was given. */
static const char *missing_operands(const char *operands, size_t given)
{
	for (; given > 0 && strchr(operands, ' '); given--)
		operands = strchr(operands, ' ') + 1;
	return operands;
}

static void check_operands(struct parser *parser)
{
	const struct command *command = parser->arguments->command;
	if (command->run && parser->arguments->operand_count < command->operands_min)
		fail(parser, "%s needs an argument: %s", command->name,
			missing_operands(command->operands, parser->arguments->operand_count));
}

void arguments_parse(struct arguments *arguments, const struct command_table *table, int argc, const char *const *argv)
{
	struct parser parser = {.arguments = arguments, .next = argv + (argc > 0), .end = argv + argc};
	size_t room = (size_t)argc + 1;
	bool valid = true;

	for (int i = 0; i < argc; i++)
		room += strlen(argv[i]);
	*arguments = (struct arguments){.table = table, .command = &table->commands[0], .argv = argv};
	arguments->options = calloc(room, sizeof(*arguments->options));
	arguments->operands = calloc(room, sizeof(*arguments->operands));
	arguments->text = parser.text = calloc(room, 1);
	if (!arguments->options || !arguments->operands || !arguments->text)
		abort();

	while (valid && parser.next < parser.end)
		valid = parse_next(&parser);
	if (valid)
		check_operands(&parser);
	if (wants_information(arguments)) {
		free(arguments->error);
		arguments->error = NULL;
	}
}

void arguments_release(struct arguments *arguments)
{
	free(arguments->options);
	free(arguments->operands);
	free(arguments->text);
	free(arguments->error);
}

const char *arguments_next(const struct arguments *arguments, enum option_id option, size_t *position)
{
	while (*position < arguments->option_count) {
		const struct argument *argument = &arguments->options[(*position)++];
		if (argument->option == option)
			return argument->value;
	}
	return NULL;
}

static const struct argument *last(const struct arguments *arguments, enum option_id option)
{
	for (size_t i = arguments->option_count; i > 0; i--) {
		if (arguments->options[i - 1].option == option)
			return &arguments->options[i - 1];
	}
	return NULL;
}

bool arguments_has(const struct arguments *arguments, enum option_id option)
{
	return last(arguments, option) != NULL;
}

const char *arguments_value(const struct arguments *arguments, enum option_id option)
{
	const struct argument *argument = last(arguments, option);
	return argument ? argument->value : NULL;
}

size_t arguments_choice(const struct arguments *arguments, enum option_id option, size_t fallback)
{
	const char *value = arguments_value(arguments, option);
	return value ? find_choice(option_of(arguments, option), value) : fallback;
}

unsigned arguments_number(const struct arguments *arguments, enum option_id option, unsigned fallback)
{
	const char *value = arguments_value(arguments, option);
	unsigned number = fallback;

	if (value)
		parse_number(&number, option_of(arguments, option), value);
	return number;
}
