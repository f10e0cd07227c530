#include <stdlib.h>
#include <unistd.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/report.h>
#include <aspis/repository.h>

#include "cli/cmd.h"
#include "cli/status.h"
#include "cli/terminal.h"

/* Shows why the environment cannot be listed: a message for a person, so on standard error. */
static void show_broken(const struct arguments *arguments, const struct aspis_diag_list *broken)
{
	struct aspis_report_options options = {
		.show = ASPIS_SEVERITY_ERROR,
		.color = cmd_color(arguments, STDERR_FILENO),
		.quiet = true,
		.width = terminal_width(STDERR_FILENO),
	};
	size_t size = 0;
	char *text = aspis_report_render(broken, &options, &size, NULL);
	if (text)
		fwrite(text, 1, size, stderr);
	free(text);
}

int cmd_secrets_list(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_environment *environment = NULL;
	struct aspis_diag_list *broken = NULL;
	size_t size = 0;
	int status;

	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	if (repository)
		environment = aspis_environment_open(repository, arguments->operands[0], &broken, &error);
	if (broken)
		show_broken(arguments, broken);
	if (environment) {
		const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);
		char *text = aspis_environment_render(environment, format, &size, &error);
		status = cmd_write(output, text, size, &error);
	} else {
		status = cmd_fail(&error);
	}
	aspis_diag_list_free(broken);
	aspis_environment_free(environment);
	aspis_repository_free(repository);
	return status;
}
