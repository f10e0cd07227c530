#include <aspis/debug.h>
#include <aspis/error.h>
#include <aspis/repository.h>

#include "cli/cmd.h"

int cmd_debug_delivery(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	size_t size = 0;

	if (!repository)
		return cmd_fail(&error);
	char *text = aspis_debug_delivery(repository, arguments->operands, arguments->operand_count, &size, &error);
	int status = cmd_write(output, text, size, &error);
	aspis_repository_free(repository);
	return status;
}
