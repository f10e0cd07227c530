#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <aspis/copy.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/confirm.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

/* Options that need one another. False, having said so. */
static bool check_options(const struct arguments *arguments)
{
	bool apply = arguments_has(arguments, OPTION_APPLY);

	if (arguments_has(arguments, OPTION_YES) && !apply)
		message_print("--yes answers the question that --apply asks; give --apply, too");
	else if (apply && !arguments_has(arguments, OPTION_YES) && !confirm_possible(arguments))
		message_print("--apply asks before it writes, and there is nobody to ask: give --yes");
	else
		return true;
	return false;
}

/* The values of a repeatable option into words, from *used on. NULL: it was not given. */
static const char *const *take_words(
	const struct arguments *arguments, enum option_id option, const char **words, size_t *used, size_t *count)
{
	const char **start = words + *used;
	size_t position = 0;
	const char *word;

	*count = 0;
	while ((word = arguments_next(arguments, option, &position)) != NULL)
		start[(*count)++] = word;
	*used += *count;
	return *count > 0 ? start : NULL;
}

static bool is_json(const struct arguments *arguments)
{
	const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);

	return format && strcmp(format, "json") == 0;
}

static int print(const struct arguments *arguments, const struct aspis_copy *copy, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;
	char *text = aspis_copy_render(copy, arguments_value(arguments, OPTION_LIST_FORMAT),
		arguments_has(arguments, OPTION_QUIET), &size, &error);

	return cmd_write(output, text, size, &error);
}

static bool ask(const struct arguments *arguments, const struct aspis_copy *copy)
{
	char *question = NULL;
	bool yes;

	if (arguments_has(arguments, OPTION_YES))
		return true;
	if (asprintf(&question, "Copy %zu entries to %s?", aspis_copy_work(copy), aspis_copy_target(copy)) < 0)
		return false;
	yes = confirm_ask(question);
	free(question);
	return yes;
}

/* The plan is shown before and, as JSON, with what became of it, once: after. */
static int apply(const struct arguments *arguments, struct aspis_copy *copy, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;

	if (!is_json(arguments) && print(arguments, copy, output) != STATUS_CLEAN)
		return STATUS_UNFINISHED;
	fflush(output->stream);
	if (!ask(arguments, copy)) {
		message_print("nothing was written");
		return STATUS_FINDINGS;
	}
	bool done = aspis_copy_apply(copy);
	if (is_json(arguments)) {
		print(arguments, copy, output);
	} else {
		char *text = aspis_copy_summary(copy, &size);
		cmd_write(output, text, size, &error);
	}
	return done ? STATUS_CLEAN : STATUS_UNFINISHED;
}

static void tell_next(struct output *output)
{
	static const char text[] = "Nothing was written yet: the same command with --apply carries this out.\n";

	output_write(output, text, sizeof(text) - 1);
}

static int carry_out(const struct arguments *arguments, struct aspis_copy *copy, struct output *output)
{
	bool refused = aspis_copy_refused(copy) > 0;
	bool has_work = aspis_copy_work(copy) > 0;

	if (arguments_has(arguments, OPTION_APPLY) && has_work && !refused)
		return apply(arguments, copy, output);
	int status = print(arguments, copy, output);
	if (status != STATUS_CLEAN)
		return status;
	if (refused && arguments_has(arguments, OPTION_APPLY))
		message_print("nothing was written");
	else if (has_work && !refused && !is_json(arguments) && !arguments_has(arguments, OPTION_QUIET))
		tell_next(output);
	return refused || (has_work && arguments_has(arguments, OPTION_EXIT_CODE)) ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int copy_secrets(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	const char **words = calloc(arguments->option_count + 1, sizeof(*words));
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_copy_options options = {.prefix = arguments->operands[1]};
	size_t used = 0;

	if (!words)
		abort();
	options.only = take_words(arguments, OPTION_ONLY, words, &used, &options.only_count);
	options.exclude = take_words(arguments, OPTION_EXCLUDE, words, &used, &options.exclude_count);
	options.overwrite = arguments_has(arguments, OPTION_OVERWRITE);
	options.apply = arguments_has(arguments, OPTION_APPLY);
	struct aspis_copy *copy = aspis_copy_open(arguments->remote, environment, &options, &error);
	int status = copy ? carry_out(arguments, copy, output) : cmd_fail(&error);
	aspis_copy_free(copy);
	free(words);
	return status;
}

int cmd_vault_copy_secrets(const struct arguments *arguments, struct output *output)
{
	return check_options(arguments) ? cmd_with_environment(arguments, output, copy_secrets) : STATUS_USAGE;
}
