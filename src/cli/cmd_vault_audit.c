#include <aspis/access.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

static int audit(const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);
	bool clean = false;
	size_t size = 0;
	char *text = aspis_access_audit(arguments->remote, environment, format, &clean, &size, &error);
	int status = cmd_write(output, text, size, &error);

	return status == STATUS_CLEAN && !clean ? STATUS_FINDINGS : status;
}

int cmd_vault_audit(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, audit);
}
