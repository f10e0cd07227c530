#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/status.h"

static int print_file(cmd_view_file *view, const char *file, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;
	bool valid = false;
	char *text = view(file, &size, &valid, &error);

	if (!text)
		return cmd_fail(&error);
	output_write(output, text, size);
	free(text);
	return valid ? STATUS_CLEAN : STATUS_FINDINGS;
}

/* Says which line of standard input it was. */
static int fail_line(size_t number, struct aspis_error *error)
{
	int status = (int)error->kind;

	message_print("standard input:%zu: %s", number, error->message);
	aspis_error_release(error);
	return status;
}

static int print_lines(cmd_view_line *view, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	int status = STATUS_CLEAN;
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t length;

	while (status == STATUS_CLEAN && (length = getline(&line, &room, stdin)) >= 0) {
		size_t size = 0;
		char *text = view(line, (size_t)length, &size, &error);

		number++;
		if (text)
			output_write(output, text, size);
		else
			status = fail_line(number, &error);
		free(text);
	}
	free(line);
	if (status == STATUS_CLEAN && ferror(stdin)) {
		message_print("cannot read standard input: %s", strerror(errno));
		status = STATUS_UNFINISHED;
	}
	return status;
}

int cmd_debug_batch(
	const struct arguments *arguments, struct output *output, cmd_view_file *view_file, cmd_view_line *view_line)
{
	bool is_batch = arguments_has(arguments, OPTION_BATCH);

	if (is_batch == (arguments->operand_count > 0)) {
		message_print(is_batch ? "%s --batch reads standard input, not '%s'"
				       : "%s needs a FILE, or --batch for standard input%s",
			arguments->command->name, is_batch ? arguments->operands[0] : "");
		return STATUS_USAGE;
	}
	return is_batch ? print_lines(view_line, output) : print_file(view_file, arguments->operands[0], output);
}
