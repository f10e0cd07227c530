#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/sync.h>

#include "cli/cmd.h"
#include "cli/confirm.h"
#include "cli/remote_commands.h"
#include "cli/status.h"
#include "cli/sync_options.h"

/* A sync and how it is to be shown. */
struct run {
	const struct arguments *arguments;
	const struct aspis_environment *environment;
	struct output *output;
	struct aspis_sync *sync;
	struct sync_options options;
	bool apply;
	bool json;
};

/* Options that need or exclude one another. False, having said so. */
static bool check_options(const struct arguments *arguments)
{
	bool apply = arguments_has(arguments, OPTION_APPLY);

	if (arguments_has(arguments, OPTION_PLAN) && !apply)
		message_print("--plan names a plan to be carried out; give --apply, too");
	else if (arguments_has(arguments, OPTION_PLAN_OUT) && apply)
		message_print("--plan-out saves a plan to be carried out later; leave --apply out");
	else if (arguments_has(arguments, OPTION_YES) && !apply)
		message_print("--yes answers the question that --apply asks; give --apply, too");
	else if (apply && !arguments_has(arguments, OPTION_YES) && !arguments_has(arguments, OPTION_PLAN) &&
		 !confirm_possible(arguments))
		message_print("--apply asks before it writes, and there is nobody to ask: give --yes, or --plan with a "
			      "plan that --plan-out has saved");
	else
		return true;
	return false;
}

/* Writes the plan to standard output, or for who is asked about a plan that is printed as JSON in the end, to standard error. */
static int print_plan(const struct run *run, const char *format, bool to_messages)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	bool color = cmd_color(run->arguments, to_messages ? STDERR_FILENO : STDOUT_FILENO);
	bool goes_on = run->apply && aspis_sync_obstruction(run->sync) == 0 && aspis_sync_has_work(run->sync);
	bool quiet = arguments_has(run->arguments, OPTION_QUIET) || goes_on;
	size_t size = 0;
	char *text = aspis_sync_render(run->sync, format, color, quiet, &size, &error);

	if (!text || !to_messages)
		return cmd_write(run->output, text, size, &error);
	fwrite(text, 1, size, stderr);
	free(text);
	return STATUS_CLEAN;
}

/* A saved plan that is not true any more. */
static int refuse_stale(const struct run *run)
{
	const char *change;

	message_print("%s is out of date, and nothing was written; plan again:",
		arguments_value(run->arguments, OPTION_PLAN));
	for (size_t i = 0; (change = aspis_sync_change(run->sync, i)) != NULL; i++)
		message_print("- %s", change);
	return STATUS_USAGE;
}

/* What is wrong with the static source or an option: the plan tells, too, but may be long, or for a program. */
static int tell_errors(const struct run *run)
{
	const char *text;

	for (size_t i = 0; (text = aspis_sync_error(run->sync, i)) != NULL; i++)
		message_print("%s", text);
	return STATUS_USAGE;
}

static int save_plan(const struct run *run)
{
	const char *path = arguments_value(run->arguments, OPTION_PLAN_OUT);
	struct aspis_error error = ASPIS_ERROR_INIT;

	if (!path)
		return STATUS_CLEAN;
	if (!aspis_sync_save(run->sync, path, &error))
		return cmd_fail(&error);
	if (!arguments_has(run->arguments, OPTION_QUIET))
		message_print("the plan is saved in %s; --apply --plan %s carries it out", path, path);
	return STATUS_CLEAN;
}

static bool ask(const struct run *run)
{
	char *question = NULL;
	bool yes;

	if (arguments_has(run->arguments, OPTION_YES) || arguments_has(run->arguments, OPTION_PLAN))
		return true;
	if (asprintf(&question, "Write this to %s?", aspis_sync_store(run->sync)) < 0)
		return false;
	yes = confirm_ask(question);
	free(question);
	return yes;
}

/* Signals that ask to stop are held back while something is written, and asked for between two writes. */
static void hold_signals(sigset_t *held, sigset_t *before)
{
	sigemptyset(held);
	sigaddset(held, SIGINT);
	sigaddset(held, SIGTERM);
	sigaddset(held, SIGHUP);
	sigprocmask(SIG_BLOCK, held, before);
}

static int take_signal(void *context)
{
	static const struct timespec at_once = {.tv_sec = 0};
	int number = sigtimedwait(context, NULL, &at_once);

	return number > 0 ? number : 0;
}

/* What was printed has to be there before anything is written, and in the end. */
static bool flush(struct output *output)
{
	if (fflush(output->stream) != 0 && !output->error)
		output->error = errno;
	return !output->error;
}

static int carry_out(struct run *run)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	sigset_t held, before;
	size_t size = 0;
	char *text;
	int status;

	hold_signals(&held, &before);
	status = aspis_sync_apply(run->sync, take_signal, &held);
	progress_clear(&run->options.progress);
	text = run->json ? aspis_sync_render(run->sync, "json", false, true, &size, &error)
			 : aspis_sync_outcome(run->sync, cmd_color(run->arguments, STDOUT_FILENO),
				   arguments_has(run->arguments, OPTION_QUIET), &size);
	cmd_write(run->output, text, size, &error);
	flush(run->output);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

static int apply(struct run *run)
{
	int obstruction = aspis_sync_obstruction(run->sync);
	bool goes_on = obstruction == 0 && aspis_sync_has_work(run->sync);
	bool asks =
		goes_on && !arguments_has(run->arguments, OPTION_YES) && !arguments_has(run->arguments, OPTION_PLAN);
	int status = STATUS_CLEAN;

	if (!run->json || !goes_on)
		status = print_plan(run, run->json ? "json" : "text", false);
	else if (asks)
		status = print_plan(run, "text", true);
	if (status != STATUS_CLEAN)
		return status;
	if (obstruction != 0)
		return obstruction == STATUS_USAGE ? tell_errors(run) : obstruction;
	if (!goes_on)
		return aspis_sync_is_blocked(run->sync) ? STATUS_FINDINGS : STATUS_CLEAN;
	if (!flush(run->output))
		return STATUS_UNFINISHED;
	if (ask(run))
		return carry_out(run);
	message_print("nothing was written");
	return STATUS_FINDINGS;
}

static int show(const struct run *run)
{
	int obstruction = aspis_sync_obstruction(run->sync);
	bool is_open = aspis_sync_has_work(run->sync) || aspis_sync_is_blocked(run->sync);
	int status = print_plan(run, run->json ? "json" : "text", false);

	if (status == STATUS_CLEAN && obstruction == STATUS_USAGE)
		return tell_errors(run);
	if (status == STATUS_CLEAN)
		status = save_plan(run);
	if (status == STATUS_CLEAN && arguments_has(run->arguments, OPTION_EXIT_CODE) && is_open)
		status = STATUS_FINDINGS;
	return status;
}

static int sync_environment(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *format = arguments_value(arguments, OPTION_LIST_FORMAT);
	struct run run = {
		.arguments = arguments,
		.environment = environment,
		.output = output,
		.apply = arguments_has(arguments, OPTION_APPLY),
		.json = format && strcmp(format, "json") == 0,
	};
	int status;

	sync_options_init(&run.options, arguments, run.apply ? ASPIS_SYNC_APPLY : ASPIS_SYNC_PLAN);
	run.sync = aspis_sync_open(arguments->remote, environment, &run.options.options, &error);
	progress_clear(&run.options.progress);
	if (!run.sync)
		status = cmd_fail(&error);
	else if (aspis_sync_change(run.sync, 0))
		status = refuse_stale(&run);
	else
		status = run.apply ? apply(&run) : show(&run);
	aspis_sync_free(run.sync);
	sync_options_release(&run.options);
	return status;
}

int cmd_secrets_sync(const struct arguments *arguments, struct output *output)
{
	return check_options(arguments) ? cmd_with_environment(arguments, output, sync_environment) : STATUS_USAGE;
}
