/* The option parser, by a table of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cli/arguments.h"

static const char *choose(size_t index)
{
	static const char *const names[] = {"red", "green", "blue"};
	return index < 3 ? names[index] : NULL;
}

static int run_nothing(const struct arguments *arguments, struct output *output)
{
	(void)arguments;
	(void)output;
	return 0;
}

static const struct option options[OPTION_COUNT] = {
	[OPTION_ROOT] = {.name = "config", .alias = "root", .letter = 'c', .kind = OPTION_TEXT, .placeholder = "DIR"},
	[OPTION_QUIET] = {.name = "quiet", .letter = 'q', .kind = OPTION_FLAG},
	[OPTION_HELP] = {.name = "help", .letter = 'h', .kind = OPTION_FLAG},
	[OPTION_VERSION] = {.name = "version", .letter = 'V', .kind = OPTION_FLAG},
	[OPTION_ENV] = {.name = "env", .kind = OPTION_WORDS, .repeatable = true, .placeholder = "ENV"},
	[OPTION_COLOR] = {.name = "color", .kind = OPTION_CHOICE, .placeholder = "WHEN", .choices = choose},
	[OPTION_REPORT_FORMAT] = {.name = "format", .kind = OPTION_CHOICE_FILE, .placeholder = "F", .choices = choose},
	[OPTION_JOBS] = {.name = "jobs", .letter = 'j', .kind = OPTION_NUMBER, .placeholder = "N"},
};

static const enum option_id global_options[] = {OPTION_ROOT, OPTION_QUIET, OPTION_HELP, OPTION_VERSION, OPTION_NONE};

static const struct command commands[] = {
	{.name = ""},
	{.name = "run",
		.operands = "[FILE]...",
		.operands_max = OPERANDS_UNLIMITED,
		.options = {OPTION_ENV, OPTION_COLOR, OPTION_JOBS, OPTION_REPORT_FORMAT},
		.run = run_nothing},
	{.name = "group"},
	{.name = "group one", .operands = "NAME", .operands_min = 1, .operands_max = 1, .run = run_nothing},
	{.name = "group hidden", .operands = "", .hidden = true, .run = run_nothing},
};

static const struct command_table table = {
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
	.options = options,
	.global_options = global_options,
};

#define WORDS_MAX 16

/* Parses words separated by blanks; "~" stands for an empty word. */
static struct arguments parse(const char *line)
{
	static char text[256];
	const char *words[WORDS_MAX] = {"aspis"};
	int count = 1;
	struct arguments arguments;

	assert_true(strlen(line) < sizeof(text));
	memcpy(text, line, strlen(line) + 1);
	for (char *word = text; *word; count++) {
		char *end = word + strcspn(word, " ");
		bool last = *end == '\0';
		*end = '\0';
		words[count] = strcmp(word, "~") == 0 ? "" : word;
		word = last ? end : end + 1;
	}
	arguments_parse(&arguments, &table, count, words);
	return arguments;
}

/* Values and operands point into the line, so each check ends before the next parse. */
static void fails_with(const char *line, const char *message)
{
	struct arguments arguments = parse(line);
	assert_non_null(arguments.error);
	assert_string_equal(arguments.error, message);
	arguments_release(&arguments);
}

static void parses_to(const char *line, enum option_id option, const char *value)
{
	struct arguments arguments = parse(line);
	assert_null(arguments.error);
	if (value)
		assert_string_equal(arguments_value(&arguments, option), value);
	else
		assert_null(arguments_value(&arguments, option));
	arguments_release(&arguments);
}

static void leaves_operands(const char *line, const char *operands)
{
	struct arguments arguments = parse(line);
	char joined[256] = "";
	size_t length = 0;
	assert_null(arguments.error);
	for (size_t i = 0; i < arguments.operand_count; i++)
		length += (size_t)snprintf(joined + length, sizeof(joined) - length, "[%s]", arguments.operands[i]);
	assert_string_equal(joined, operands);
	arguments_release(&arguments);
}

static void test_values(void **state)
{
	(void)state;
	parses_to("run --config a", OPTION_ROOT, "a");
	parses_to("run --config=a", OPTION_ROOT, "a");
	parses_to("run --config=a=b", OPTION_ROOT, "a=b");
	parses_to("run --root a", OPTION_ROOT, "a");
	parses_to("run -c a", OPTION_ROOT, "a");
	parses_to("run -ca", OPTION_ROOT, "a");
	parses_to("run -c -q", OPTION_ROOT, "-q");
	parses_to("run --config --", OPTION_ROOT, "--");
	parses_to("run -qca", OPTION_ROOT, "a");
	parses_to("run -qc a x", OPTION_ROOT, "a");
	parses_to("-c a run", OPTION_ROOT, "a");
	parses_to("run -c a x -c b", OPTION_ROOT, "b");
	parses_to("run x", OPTION_ROOT, NULL);
}

static void test_operands(void **state)
{
	(void)state;
	leaves_operands("run", "");
	leaves_operands("run a -q b", "[a][b]");
	leaves_operands("run -- -q --config", "[-q][--config]");
	leaves_operands("run a -- -- b", "[a][--][b]");
	leaves_operands("run -", "[-]");
	leaves_operands("group one x", "[x]");
	leaves_operands("group -q one x", "[x]");
	leaves_operands("-- group one -q", "[-q]");
	leaves_operands("run run", "[run]");
	fails_with("run ~", "an argument of run is empty");
}

static void test_flags(void **state)
{
	(void)state;
	struct arguments arguments = parse("run -qV");
	assert_null(arguments.error);
	assert_true(arguments_has(&arguments, OPTION_QUIET));
	assert_true(arguments_has(&arguments, OPTION_VERSION));
	assert_false(arguments_has(&arguments, OPTION_HELP));
	arguments_release(&arguments);
}

static void test_words(void **state)
{
	(void)state;
	const char *expected[] = {"a", "b", "c", "d", NULL};
	struct arguments arguments = parse("run --env a,b --env=c -q --env d");
	size_t position = 0;

	assert_null(arguments.error);
	for (size_t i = 0; expected[i]; i++)
		assert_string_equal(arguments_next(&arguments, OPTION_ENV, &position), expected[i]);
	assert_null(arguments_next(&arguments, OPTION_ENV, &position));
	arguments_release(&arguments);
	fails_with("run --env a,,b", "--env has an empty value");
	fails_with("run --env a,", "--env has an empty value");
	fails_with("run --env ~", "--env has an empty value");
	fails_with("run --env=", "--env has an empty value");
}

static void test_numbers(void **state)
{
	(void)state;
	const char *bad[] = {"0", "-1", "+1", "1x", "10000", "99999999999999999999", "0x1", "1.5"};
	struct arguments arguments = parse("run -j 12");

	assert_int_equal(arguments_number(&arguments, OPTION_JOBS, 7), 12);
	arguments_release(&arguments);
	arguments = parse("run");
	assert_int_equal(arguments_number(&arguments, OPTION_JOBS, 7), 7);
	arguments_release(&arguments);
	parses_to("run --jobs=9999", OPTION_JOBS, "9999");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char line[64];
		char message[128];
		snprintf(line, sizeof(line), "run --jobs=%s", bad[i]);
		snprintf(message, sizeof(message), "invalid value '%s' for --jobs: expected a number from 1 to 9999",
			bad[i]);
		fails_with(line, message);
	}
}

static void test_choices(void **state)
{
	(void)state;
	struct arguments arguments = parse("run --color red --color blue");
	assert_int_equal(arguments_choice(&arguments, OPTION_COLOR, 1), 2);
	arguments_release(&arguments);
	arguments = parse("run");
	assert_int_equal(arguments_choice(&arguments, OPTION_COLOR, 1), 1);
	arguments_release(&arguments);
	fails_with("run --color re", "invalid value 're' for --color: expected one of red, green, blue");
	fails_with("run --color red=x", "invalid value 'red=x' for --color: expected one of red, green, blue");
	parses_to("run --format red=a=b", OPTION_REPORT_FORMAT, "red=a=b");
	parses_to("run --format red", OPTION_REPORT_FORMAT, "red");
	fails_with("run --format red=", "--format=red= names no file");
	fails_with("run --format pink=x", "invalid value 'pink=x' for --format: expected one of red, green, blue");
}

static void test_mistakes(void **state)
{
	(void)state;
	fails_with("run --confi a", "unknown option --confi of run; did you mean --config?");
	fails_with("run --conf=a", "unknown option --conf of run");
	fails_with("run -x", "unknown option -x of run");
	fails_with("run -qx", "unknown option -x of run");
	fails_with("-x run", "unknown option -x");
	fails_with("--jobs 2 run", "--jobs stands before the command that it is for; write 'aspis run --jobs'");
	fails_with("group --env=e one", "unknown option --env of group");
	fails_with("--jbs 2 run", "unknown option --jbs");
	fails_with("run --config", "--config needs a value: DIR");
	fails_with("run --root", "--root needs a value: DIR");
	fails_with("run -c", "-c needs a value: DIR");
	fails_with("run -c ~", "--config has an empty value");
	fails_with("run --quiet=yes", "--quiet takes no value");
	fails_with("rum", "unknown command 'rum'; did you mean 'run'?");
	fails_with("zzzzzz", "unknown command 'zzzzzz'");
	fails_with("~", "unknown command ''");
	fails_with("group onne x", "unknown command 'group onne'; did you mean 'group one'?");
	fails_with("one", "unknown command 'one'; did you mean 'group one'?");
	fails_with("hiden", "unknown command 'hiden'");
	fails_with("group one", "group one needs an argument: NAME");
	fails_with("group one a b", "unexpected argument 'b' for group one");
	fails_with("group hidden a", "unexpected argument 'a' for group hidden");
}

static void test_commands(void **state)
{
	(void)state;
	const char *lines[][2] = {{"", ""}, {"run", "run"}, {"group", "group"}, {"group one x", "group one"},
		{"group hidden", "group hidden"}};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct arguments arguments = parse(lines[i][0]);
		assert_null(arguments.error);
		assert_string_equal(arguments.command->name, lines[i][1]);
		arguments_release(&arguments);
	}
}

/* --help and --version are answered when a mistake follows, not when one came first. */
static void test_information_first(void **state)
{
	(void)state;
	const char *lines[] = {"run --help --bogus", "group one -h", "group one --version", "--help rum"};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct arguments arguments = parse(lines[i]);
		assert_null(arguments.error);
		arguments_release(&arguments);
	}
	fails_with("run --bogus --help", "unknown option --bogus of run");
}

/* A caller may pass no arguments at all, not even a name. */
static void test_no_name(void **state)
{
	(void)state;
	const char *none[] = {NULL};
	struct arguments arguments;
	arguments_parse(&arguments, &table, 0, none);
	assert_null(arguments.error);
	assert_string_equal(arguments.command->name, "");
	arguments_release(&arguments);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_information_first),
		cmocka_unit_test(test_no_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
