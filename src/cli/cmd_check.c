#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/check.h>
#include <aspis/error.h>
#include <aspis/report.h>
#include <aspis/support.h>

#include "cli/cmd.h"
#include "cli/status.h"
#include "cli/terminal.h"

/* One of aspis_check_select() and its like. */
typedef bool check_setter(struct aspis_check *check, const char *value, struct aspis_error *error);

static bool apply(struct aspis_check *check, const struct arguments *arguments, enum option_id option,
	check_setter *set, struct aspis_error *error)
{
	const char *value;
	for (size_t position = 0; (value = arguments_next(arguments, option, &position));) {
		if (!set(check, value, error))
			return false;
	}
	return true;
}

static bool set_up(struct aspis_check *check, const struct arguments *arguments, struct aspis_error *error)
{
	for (size_t i = 0; i < arguments->operand_count; i++) {
		if (!aspis_check_add_path(check, arguments->operands[i], error))
			return false;
	}
	return apply(check, arguments, OPTION_ENV, aspis_check_add_environment, error) &&
	       apply(check, arguments, OPTION_SELECT, aspis_check_select, error) &&
	       apply(check, arguments, OPTION_IGNORE, aspis_check_ignore, error);
}

static enum aspis_severity chosen_severity(
	const struct arguments *arguments, enum option_id option, enum aspis_severity setting)
{
	size_t choice = arguments_choice(arguments, option, (size_t)(ASPIS_SEVERITY_ERROR - setting));
	return (enum aspis_severity)(ASPIS_SEVERITY_ERROR - choice);
}

/* Adds the findings to the file that a step of a GitHub workflow shows as its summary. */
static bool append_step_summary(
	const struct aspis_diag_list *findings, const struct aspis_report_options *options, struct aspis_error *error)
{
	const char *file = getenv("GITHUB_STEP_SUMMARY");
	size_t size = 0;
	if (!file || !*file)
		return true;
	char *text = aspis_report_render_step_summary(findings, options, &size);
	bool written = aspis_support_append_file(file, text, size, error);
	free(text);
	return written;
}

/* Where a format ("NAME=FILE") is written to; NULL: standard output, also for "-". */
static const char *format_file(const char *format)
{
	const char *equals = strchr(format, '=');
	return equals && strcmp(equals + 1, "-") != 0 ? equals + 1 : NULL;
}

static bool is_same_place(const char *one, const char *other)
{
	return one && other ? strcmp(one, other) == 0 : one == other;
}

/* Says that two formats would be written to one place: one would be lost, or both together be neither. */
static bool formats_clash(const struct arguments *arguments)
{
	const char *one;
	const char *other;

	for (size_t i = 0; (one = arguments_next(arguments, OPTION_REPORT_FORMAT, &i));) {
		for (size_t j = i; (other = arguments_next(arguments, OPTION_REPORT_FORMAT, &j));) {
			if (!is_same_place(format_file(one), format_file(other)))
				continue;
			message_print("--format %s and --format %s go to the same place; name another file for one of "
				      "them, as in --format sarif=FILE",
				one, other);
			return true;
		}
	}
	return false;
}

/* What a run has to show for itself. */
struct outcome {
	const struct arguments *arguments;
	struct aspis_repository *repository;
	const struct aspis_diag_list *findings;
	enum aspis_severity fail_on;
	struct output *output;
};

/* Unless --show says otherwise, what makes the run fail is shown. */
static enum aspis_severity shown_severity(const struct outcome *outcome)
{
	enum aspis_severity setting = aspis_repository_show(outcome->repository);

	return chosen_severity(
		outcome->arguments, OPTION_SHOW, outcome->fail_on < setting ? outcome->fail_on : setting);
}

/* Renders one format, NAME or NAME=FILE. */
static bool report(const struct outcome *outcome, const char *format, struct aspis_error *error)
{
	const struct arguments *arguments = outcome->arguments;
	const char *file = format_file(format);
	char *name = strndup(format, strcspn(format, "="));
	struct aspis_report_options options = {
		.format = name,
		.show = shown_severity(outcome),
		.color = !file && cmd_color(arguments, STDOUT_FILENO),
		.quiet = arguments_has(arguments, OPTION_QUIET),
		.width = file ? 0 : terminal_width(STDOUT_FILENO),
	};
	size_t size = 0;
	char *text = aspis_report_render(outcome->findings, &options, &size, error);
	bool done = text && (!file || aspis_support_write_file(file, text, size, error));

	if (done && !file)
		output_write(outcome->output, text, size);
	if (done && strcmp(name, "github") == 0)
		done = append_step_summary(outcome->findings, &options, error);
	free(text);
	free(name);
	return done;
}

/* Without --format: what aspis.yaml says, else what suits the place. */
static const char *default_format(const struct aspis_repository *repository)
{
	const char *setting = aspis_repository_report_format(repository);
	const char *actions = getenv("GITHUB_ACTIONS");
	if (setting)
		return setting;
	return actions && *actions ? "github" : "text";
}

static bool report_all(const struct outcome *outcome, struct aspis_error *error)
{
	const char *format;

	if (!arguments_has(outcome->arguments, OPTION_REPORT_FORMAT))
		return report(outcome, default_format(outcome->repository), error);
	for (size_t position = 0; (format = arguments_next(outcome->arguments, OPTION_REPORT_FORMAT, &position));) {
		if (!report(outcome, format, error))
			return false;
	}
	return true;
}

/* No findings in the wrong folder would look like success. */
static void warn_of_no_environment(const struct outcome *outcome)
{
	if (arguments_has(outcome->arguments, OPTION_QUIET) ||
		aspis_repository_environment_count(outcome->repository) > 0)
		return;
	message_print("%s has no environments (environments/values-*.yaml): only single files were checked",
		aspis_repository_root(outcome->repository));
}

static int run(struct aspis_check *check, struct outcome *outcome, struct aspis_error *error)
{
	struct aspis_diag_list *findings = aspis_check_run(check);

	outcome->fail_on =
		chosen_severity(outcome->arguments, OPTION_FAIL_ON, aspis_repository_fail_on(outcome->repository));
	outcome->findings = findings;
	int status = aspis_diag_list_exit_status(findings, outcome->fail_on);
	warn_of_no_environment(outcome);
	if (!report_all(outcome, error))
		status = cmd_fail(error);
	aspis_diag_list_free(findings);
	return status;
}

int cmd_check(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	int status;

	if (formats_clash(arguments))
		return STATUS_USAGE;
	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	if (!repository)
		return cmd_fail(&error);
	struct aspis_check *check = aspis_check_new(repository);
	if (set_up(check, arguments, &error)) {
		struct outcome outcome = {.arguments = arguments, .repository = repository, .output = output};
		status = run(check, &outcome, &error);
	} else {
		status = cmd_fail(&error);
	}
	aspis_check_free(check);
	aspis_repository_free(repository);
	return status;
}
