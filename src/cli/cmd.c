#include "cli/cmd.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/report.h>
#include <aspis/repository.h>

#include "cli/heap.h"
#include "cli/status.h"
#include "cli/terminal.h"

int cmd_fail(struct aspis_error *error)
{
	int status = error->kind == ASPIS_ERROR_SYSTEM ? STATUS_UNFINISHED : STATUS_USAGE;
	for (const char *line = error->message; line;) {
		int length = (int)strcspn(line, "\n");
		message_print("%.*s", length, line);
		line = line[length] ? line + length + 1 : NULL;
	}
	aspis_error_release(error);
	return status;
}

struct aspis_repository *cmd_open_repository(const struct arguments *arguments, struct aspis_error *error)
{
	struct aspis_repository_options options = {
		.root = arguments_value(arguments, OPTION_ROOT),
		.config_file = arguments_value(arguments, OPTION_CONFIG_FILE),
		.jobs = arguments_number(arguments, OPTION_JOBS, 0),
	};

	heap_expect_much();
	return aspis_repository_open(&options, error);
}

void cmd_show_broken(const struct arguments *arguments, const struct aspis_diag_list *broken)
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

struct aspis_environment *cmd_open_environment(const struct arguments *arguments, struct aspis_repository *repository,
	const char *name, struct aspis_error *error)
{
	struct aspis_diag_list *broken = NULL;
	struct aspis_environment *environment = aspis_environment_open(repository, name, &broken, error);

	if (broken)
		cmd_show_broken(arguments, broken);
	aspis_diag_list_free(broken);
	return environment;
}

int cmd_write(struct output *output, char *text, size_t size, struct aspis_error *error)
{
	if (!text)
		return cmd_fail(error);
	output_write(output, text, size);
	free(text);
	return STATUS_CLEAN;
}

bool cmd_color(const struct arguments *arguments, int fd)
{
	struct color_setting setting = color_setting_read(fd);
	return color_wanted((enum color_when)arguments_choice(arguments, OPTION_COLOR, COLOR_AUTO), &setting);
}
