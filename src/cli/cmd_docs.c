#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <aspis/docs.h>
#include <aspis/error.h>
#include <aspis/repository.h>

#include "cli/cmd.h"
#include "cli/status.h"
#include "cli/terminal.h"

/* Progress on a terminal, of what takes longer than one waits for. */
struct watch {
	struct timespec start;
	bool shown;
};

#define PATIENCE_MILLISECONDS 500

static long milliseconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

static void show_progress(void *context, const char *format, size_t done, size_t total)
{
	struct watch *watch = context;

	if (milliseconds_since(&watch->start) < PATIENCE_MILLISECONDS)
		return;
	watch->shown = true;
	fprintf(stderr, "\r%s: page %zu of %zu\033[K", format, done + 1, total);
}

static void end_progress(const struct watch *watch)
{
	if (watch->shown)
		fputs("\r\033[K", stderr);
}

static bool set_up(struct aspis_docs *docs, const struct arguments *arguments, struct aspis_error *error)
{
	const char *style = arguments_value(arguments, OPTION_ROLE_STYLE);
	const char *templates = arguments_value(arguments, OPTION_TEMPLATES);
	const char *value;

	for (size_t position = 0; (value = arguments_next(arguments, OPTION_DOCS_FORMAT, &position));) {
		if (!aspis_docs_add_format(docs, value, error))
			return false;
	}
	for (size_t position = 0; (value = arguments_next(arguments, OPTION_DOCS_ENV, &position));) {
		if (!aspis_docs_add_environment(docs, value, error))
			return false;
	}
	if (templates)
		aspis_docs_set_templates(docs, templates);
	return !style || aspis_docs_set_role_style(docs, style, error);
}

static void say_kept(const char *folder, const struct aspis_docs_result *result)
{
	for (size_t i = 0; i < result->kept; i++)
		message_print(
			"%s/%s belongs to no page any more, but was changed since it was written: it is not removed",
			folder, result->kept_paths[i]);
}

static void say_written(const char *folder, const struct aspis_docs_result *result)
{
	message_print("%s: %zu written, %zu unchanged, %zu removed", folder, result->missing + result->stale,
		result->unchanged, result->orphaned);
}

static void say_stale(const char *folder, const struct aspis_docs_result *result)
{
	message_print("%s: %zu missing, %zu stale, %zu orphaned, %zu unchanged", folder, result->missing, result->stale,
		result->orphaned + result->kept, result->unchanged);
	if (result->foreign > 0)
		message_print(
			"%s: %zu somebody else's, which 'aspis docs' does not overwrite; choose another folder, or "
			"move %s away",
			folder, result->foreign, result->foreign == 1 ? "it" : "them");
}

/* Writes, or with --check only looks. */
static bool make(struct aspis_docs *docs, const struct arguments *arguments, struct output *output,
	struct aspis_docs_result *result, struct aspis_diag_list **broken, struct aspis_error *error)
{
	const char *folder = arguments->operands[0];
	size_t size = 0;

	if (!arguments_has(arguments, OPTION_DOCS_CHECK))
		return aspis_docs_write(docs, folder, result, broken, error);
	char *text = aspis_docs_check(docs, folder, &size, result, broken, error);
	if (text)
		output_write(output, text, size);
	free(text);
	return text != NULL;
}

static int tell(const struct arguments *arguments, const struct aspis_docs_result *result)
{
	const char *folder = arguments->operands[0];
	bool quiet = arguments_has(arguments, OPTION_QUIET);

	if (arguments_has(arguments, OPTION_DOCS_CHECK)) {
		if (!quiet)
			say_stale(folder, result);
		return result->differs ? STATUS_FINDINGS : STATUS_CLEAN;
	}
	say_kept(folder, result);
	if (!quiet)
		say_written(folder, result);
	return result->kept > 0 ? STATUS_FINDINGS : STATUS_CLEAN;
}

static int run(struct aspis_repository *repository, const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_docs_result result = {.unchanged = 0};
	struct aspis_diag_list *broken = NULL;
	struct aspis_docs *docs = aspis_docs_new(repository);
	struct watch watch = {.shown = false};

	clock_gettime(CLOCK_MONOTONIC, &watch.start);
	if (isatty(STDERR_FILENO) && !arguments_has(arguments, OPTION_QUIET))
		aspis_docs_set_progress(docs, show_progress, &watch);
	bool done = set_up(docs, arguments, &error) && make(docs, arguments, output, &result, &broken, &error);
	end_progress(&watch);
	if (broken)
		cmd_show_broken(arguments, broken);
	int status = done ? tell(arguments, &result) : cmd_fail(&error);
	aspis_diag_list_free(broken);
	aspis_docs_free(docs);
	return status;
}

static int dump_templates(const struct arguments *arguments, const char *folder)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t written = 0;

	if (!aspis_docs_dump_templates(folder, &written, &error))
		return cmd_fail(&error);
	if (!arguments_has(arguments, OPTION_QUIET))
		message_print("%s: %zu written", folder, written);
	return STATUS_CLEAN;
}

static int refuse(const char *message)
{
	message_print("%s", message);
	return STATUS_USAGE;
}

int cmd_docs(const struct arguments *arguments, struct output *output)
{
	const char *dump = arguments_value(arguments, OPTION_DUMP_TEMPLATES);
	bool list = arguments_has(arguments, OPTION_LIST_TEMPLATES);
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t size = 0;

	if ((dump || list) && arguments->operand_count > 0)
		return refuse("--list-templates and --dump-templates make no pages; leave OUT out");
	if (dump)
		return dump_templates(arguments, dump);
	if (list) {
		char *text = aspis_docs_list_templates(&size);
		return cmd_write(output, text, size, &error);
	}
	if (arguments->operand_count == 0)
		return refuse("into which folder? 'aspis docs OUT' writes pages into OUT");
	struct aspis_repository *repository = cmd_open_repository(arguments, &error);
	if (!repository)
		return cmd_fail(&error);
	int status = run(repository, arguments, output);
	aspis_repository_free(repository);
	return status;
}
