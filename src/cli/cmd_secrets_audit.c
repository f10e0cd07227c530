#include <aspis/error.h>
#include <aspis/sync.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"
#include "cli/status.h"
#include "cli/sync_options.h"

/* A source that is broken beside single values: what the audit says of the rest does not rest on all of it. */
static bool tell_source_errors(const struct aspis_sync *sync)
{
	const char *text;
	size_t count = 0;

	for (; (text = aspis_sync_source_error(sync, count)) != NULL; count++)
		message_print("%s", text);
	return count > 0;
}

static int print_audit(const struct arguments *arguments, const struct aspis_sync *sync, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	bool clean = false;
	size_t size = 0;
	char *text = aspis_sync_audit(sync, arguments_value(arguments, OPTION_LIST_FORMAT), &clean, &size, &error);
	int status = cmd_write(output, text, size, &error);

	if (status == STATUS_CLEAN && tell_source_errors(sync))
		return STATUS_USAGE;
	return status == STATUS_CLEAN && !clean ? STATUS_FINDINGS : status;
}

static int audit(const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct sync_options options;
	struct aspis_sync *sync;
	int status;

	sync_options_init(&options, arguments, ASPIS_SYNC_AUDIT);
	sync = aspis_sync_open(arguments->remote, environment, &options.options, &error);
	progress_clear(&options.progress);
	status = sync ? print_audit(arguments, sync, output) : cmd_fail(&error);
	aspis_sync_free(sync);
	sync_options_release(&options);
	return status;
}

int cmd_secrets_audit(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, audit);
}
