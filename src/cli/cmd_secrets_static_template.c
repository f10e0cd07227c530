#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/repository.h>
#include <aspis/static_secrets.h>
#include <aspis/support.h>

#include "cli/cmd.h"
#include "cli/prompt.h"
#include "cli/status.h"

static enum aspis_static_form wanted_form(const struct arguments *arguments)
{
	return arguments_has(arguments, OPTION_FLAT) ? ASPIS_STATIC_FORM_FLAT : ASPIS_STATIC_FORM_AUTO;
}

static int print_template(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_static_secrets *secrets = aspis_static_secrets_new(environment, wanted_form(arguments));
	const char *path = arguments_value(arguments, OPTION_OUTPUT);
	size_t size;
	const char *text = aspis_static_secrets_text(secrets, &size, &error);
	int status = STATUS_CLEAN;

	if (!path || strcmp(path, "-") == 0)
		output_write(output, text, size);
	else if (output_is_stream(path) ? !aspis_support_write_file(path, text, size, &error)
					: !aspis_static_secrets_write(secrets, path, NULL, &error))
		status = cmd_fail(&error);
	aspis_static_secrets_free(secrets);
	return status;
}

/* What has become of an entry. */
static const char *change_phrase(enum aspis_static_change_kind kind)
{
	static const char *const phrases[] = {
		[ASPIS_STATIC_ADDED] = "added",
		[ASPIS_STATIC_DESCRIBED] = "described anew",
		[ASPIS_STATIC_KEPT] = "no longer needed, but kept, as it has a value",
		[ASPIS_STATIC_LEFT] = "no longer needed, but left, as there is more to it than the template has",
		[ASPIS_STATIC_REMOVED] = "removed, as it is no longer needed and has no value",
	};

	return phrases[kind];
}

static void tell_changes(
	const struct arguments *arguments, const struct aspis_static_secrets *secrets, const char *path)
{
	if (arguments_has(arguments, OPTION_QUIET))
		return;
	for (size_t i = 0; i < aspis_static_secrets_change_count(secrets); i++) {
		const struct aspis_static_change *change = aspis_static_secrets_change(secrets, i);
		const char *space = change->application ? " " : "";
		const char *application = change->application ? change->application : "";

		if (change->line > 0)
			message_print("%s:%u: %s%s%s: %s", path, change->line, application, space, change->key,
				change_phrase(change->kind));
		else
			message_print(
				"%s: %s%s%s: %s", path, application, space, change->key, change_phrase(change->kind));
	}
}

static int write_updated(const struct arguments *arguments, struct aspis_static_secrets *secrets, const char *path,
	struct aspis_error *error)
{
	if (!aspis_static_secrets_write(secrets, path, NULL, error))
		return cmd_fail(error);
	tell_changes(arguments, secrets, path);
	return STATUS_CLEAN;
}

static int update_file(const struct arguments *arguments, const struct aspis_environment *environment, const char *path)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_static_secrets *secrets =
		aspis_static_secrets_open(environment, path, wanted_form(arguments), &error);
	bool is_absent = !secrets && access(path, F_OK) != 0 && errno == ENOENT;
	int status = secrets ? write_updated(arguments, secrets, path, &error) : cmd_fail(&error);

	if (is_absent)
		message_print(
			"--update only changes a file that is there; 'aspis secrets static-template %s -o %s' makes "
			"it",
			arguments->operands[0], path);
	aspis_static_secrets_free(secrets);
	return status;
}

static void print_question(struct prompt *prompt, const struct aspis_static_place *place, size_t number, size_t count)
{
	char counter[64];

	snprintf(counter, sizeof(counter), "\n[%zu/%zu] ", number, count);
	prompt_print(prompt, counter);
	prompt_print(prompt, place->name);
	prompt_print(prompt, "\n");
	if (place->description) {
		prompt_print(prompt, place->description);
		prompt_print(prompt, "\n");
	}
}

/* Asks for one value, again where it cannot be taken. */
static enum prompt_end ask_one(struct prompt *prompt, struct aspis_static_secrets *secrets, size_t index)
{
	for (;;) {
		struct aspis_error error = ASPIS_ERROR_INIT;
		struct aspis_secret *value = NULL;
		enum prompt_end end = prompt_ask(prompt, &value);
		bool taken = end != PROMPT_VALUE || aspis_static_secrets_fill(secrets, index, value, &error);

		aspis_secret_free(value);
		if (taken)
			return end;
		prompt_print(prompt, error.message);
		prompt_print(prompt, "\n");
		aspis_error_release(&error);
	}
}

/* Asks for all that is missing, up to what ends it. */
static enum prompt_end ask_all(struct prompt *prompt, struct aspis_static_secrets *secrets, size_t *given)
{
	size_t count = aspis_static_secrets_missing_count(secrets);
	enum prompt_end end = PROMPT_SKIP;

	prompt_print(prompt,
		"What is typed is not shown. Enter alone skips a value. Ctrl-E begins one of several lines, "
		"Ctrl-F takes a file.\nCtrl-D ends the questions and writes what was given, Ctrl-C writes "
		"nothing.\n");
	for (size_t i = 0; i < count && (end == PROMPT_SKIP || end == PROMPT_VALUE); i++) {
		print_question(prompt, aspis_static_secrets_missing(secrets, i), i + 1, count);
		end = ask_one(prompt, secrets, i);
		*given += end == PROMPT_VALUE;
	}
	return end;
}

static int fill(const struct arguments *arguments, struct aspis_static_secrets *secrets, const char *path,
	struct aspis_error *error)
{
	size_t given = 0, count = aspis_static_secrets_missing_count(secrets);
	enum prompt_end end = PROMPT_SKIP;
	struct prompt prompt;
	int status;

	if (count > 0) {
		if (!prompt_open(&prompt))
			return STATUS_USAGE;
		if (!aspis_secret_is_locked(prompt.buffer) && !arguments_has(arguments, OPTION_QUIET))
			message_print(
				"the system does not let values be locked in memory: they may be swapped to a disk");
		end = ask_all(&prompt, secrets, &given);
		prompt_close(&prompt);
	}
	if (end == PROMPT_INTERRUPT || end == PROMPT_SIGNAL) {
		message_print("%s: nothing was written", path);
		return STATUS_SIGNAL + (end == PROMPT_SIGNAL ? prompt.signal : SIGINT);
	}
	status = write_updated(arguments, secrets, path, error);
	if (status == STATUS_CLEAN && !arguments_has(arguments, OPTION_QUIET))
		message_print(
			"%s: %zu value%s written, %zu missing", path, given, given == 1 ? "" : "s", count - given);
	return status;
}

/* Whether a file can be made in the folder of a path: better known before the questions than behind them. */
static bool check_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
	if (access(folder, W_OK | X_OK) == 0)
		return true;
	message_print("%s cannot be written: %s: %s", path, folder, strerror(errno));
	return false;
}

static int fill_file(const struct arguments *arguments, const struct aspis_environment *environment, const char *path)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	enum aspis_static_form form = wanted_form(arguments);
	struct aspis_static_secrets *secrets = access(path, F_OK) == 0
						       ? aspis_static_secrets_open(environment, path, form, &error)
						       : aspis_static_secrets_new(environment, form);
	int status = STATUS_UNFINISHED;

	if (!secrets)
		status = cmd_fail(&error);
	else if (check_folder(path))
		status = fill(arguments, secrets, path, &error);
	aspis_static_secrets_free(secrets);
	return status;
}

/* The options that name the file: one of them at most. */
static const enum option_id file_options[] = {OPTION_OUTPUT, OPTION_UPDATE, OPTION_FILL};

static bool check_options(const struct arguments *arguments)
{
	const char *first = NULL;

	for (size_t i = 0; i < sizeof(file_options) / sizeof(file_options[0]); i++) {
		const char *name = arguments->table->options[file_options[i]].name;

		if (!arguments_has(arguments, file_options[i]))
			continue;
		if (first) {
			message_print("--%s and --%s each name the file to write; give one of them", first, name);
			return false;
		}
		first = name;
	}
	return true;
}

static int run(const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	if (arguments_has(arguments, OPTION_UPDATE))
		return update_file(arguments, environment, arguments_value(arguments, OPTION_UPDATE));
	if (arguments_has(arguments, OPTION_FILL))
		return fill_file(arguments, environment, arguments_value(arguments, OPTION_FILL));
	return print_template(arguments, environment, output);
}

int cmd_secrets_static_template(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_repository *repository = NULL;
	struct aspis_environment *environment = NULL;
	int status;

	if (!check_options(arguments))
		return STATUS_USAGE;
	repository = cmd_open_repository(arguments, &error);
	if (repository)
		environment = cmd_open_environment(arguments, repository, arguments->operands[0], &error);
	status = environment ? run(arguments, environment, output) : cmd_fail(&error);
	aspis_environment_free(environment);
	aspis_repository_free(repository);
	return status;
}
