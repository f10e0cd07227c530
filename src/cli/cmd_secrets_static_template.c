#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/repository.h>
#include <aspis/static_secrets.h>

#include "cli/cmd.h"
#include "cli/status.h"

static int print_template(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	enum aspis_static_form form =
		arguments_has(arguments, OPTION_FLAT) ? ASPIS_STATIC_FORM_FLAT : ASPIS_STATIC_FORM_AUTO;
	struct aspis_static_secrets *secrets = aspis_static_secrets_new(environment, form);
	size_t size;
	const char *text = aspis_static_secrets_text(secrets, &size);

	output_write(output, text, size);
	aspis_static_secrets_free(secrets);
	return STATUS_CLEAN;
}

int cmd_secrets_static_template(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	struct aspis_environment *environment = NULL;
	int status;

	if (repository)
		environment = cmd_open_environment(arguments, repository, arguments->operands[0], &error);
	status = environment ? print_template(arguments, environment, output) : cmd_fail(&error);
	aspis_environment_free(environment);
	aspis_repository_free(repository);
	return status;
}
