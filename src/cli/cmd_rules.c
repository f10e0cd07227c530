#include <unistd.h>

#include <aspis/error.h>
#include <aspis/report.h>

#include "cli/cmd.h"

int cmd_rules(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;
	bool color = cmd_color(arguments, STDOUT_FILENO);
	char *text = aspis_rules_render(arguments_value(arguments, OPTION_LIST_FORMAT), color, &size, &error);

	return cmd_write(output, text, size, &error);
}
