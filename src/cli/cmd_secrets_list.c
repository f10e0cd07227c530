#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/repository.h>

#include "cli/cmd.h"

int cmd_secrets_list(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_environment *environment = NULL;
	size_t size = 0;
	int status;

	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	if (repository)
		environment = cmd_open_environment(arguments, repository, arguments->operands[0], &error);
	if (environment) {
		const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);
		char *text = aspis_environment_render(environment, format, &size, &error);
		status = cmd_write(output, text, size, &error);
	} else {
		status = cmd_fail(&error);
	}
	aspis_environment_free(environment);
	aspis_repository_free(repository);
	return status;
}
