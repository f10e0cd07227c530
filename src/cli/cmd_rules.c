#include <unistd.h>

#include <aspis/error.h>
#include <aspis/report.h>

#include "cli/cmd.h"

int cmd_rules(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;
	const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);

	return cmd_write(
		output, aspis_rules_render(format, cmd_color(arguments, STDOUT_FILENO), &size, &error), size, &error);
}
