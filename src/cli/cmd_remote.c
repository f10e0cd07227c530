#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/remote.h>
#include <aspis/repository.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"

static void warn(void *context, const char *message)
{
	const struct arguments *arguments = context;

	if (!arguments_has(arguments, OPTION_QUIET))
		message_print("%s", message);
}

static bool configure(const struct arguments *arguments, struct aspis_error *error)
{
	struct aspis_remote_options options = {
		.store = arguments_value(arguments, OPTION_STORE),
		.token_file = arguments_value(arguments, OPTION_TOKEN_FILE),
		.use_vault_token_file = arguments_has(arguments, OPTION_USE_VAULT_TOKEN_FILE),
		.ca_file = arguments_value(arguments, OPTION_CA_CERT),
		.insecure_http = arguments_has(arguments, OPTION_INSECURE_HTTP),
		.concurrency = arguments_number(arguments, OPTION_CONCURRENCY, 0),
		.warn = warn,
		.warn_context = (void *)arguments,
	};

	return aspis_remote_configure(arguments->remote, &options, error);
}

int cmd_with_environment(const struct arguments *arguments, struct output *output, cmd_remote_work *work)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = NULL;
	struct aspis_environment *environment = NULL;

	if (configure(arguments, &error))
		repository = cmd_open_repository(arguments, &error);
	if (repository)
		environment = cmd_open_environment(arguments, repository, arguments->operands[0], &error);
	int status = environment ? work(arguments, environment, output) : cmd_fail(&error);
	aspis_environment_free(environment);
	aspis_repository_free(repository);
	return status;
}
