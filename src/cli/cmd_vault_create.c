/* `vault create-read-approle` and `vault create-write-token`: a new credential is out before the old ones end. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <aspis/access.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

/* Has the text reach its reader, as far as the system tells. */
static int hand_over(
	const struct arguments *arguments, struct aspis_access_credential *credential, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *path = arguments_value(arguments, OPTION_OUTPUT);
	size_t size;
	const char *text = aspis_access_credential_text(credential, &size);

	if (path && strcmp(path, "-") != 0)
		return aspis_access_credential_write(credential, path, &error) ? STATUS_CLEAN : cmd_fail(&error);
	output_write(output, text, size);
	if (!output->error && fflush(output->stream) != 0)
		output->error = errno;
	return output->error ? STATUS_UNFINISHED : STATUS_CLEAN;
}

static int retire(struct aspis_access_credential *credential, const struct arguments *arguments, const char *name,
	const char *end)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	size_t count = 0;
	bool all = aspis_access_credential_retire_old(credential, &count, &error);

	if (count > 0 && !arguments_has(arguments, OPTION_QUIET))
		message_print("%zu old %s%s %s", count, name, count == 1 ? " was" : "s were", end);
	return all ? STATUS_CLEAN : cmd_fail(&error);
}

/* Prints the credential, and only then ends those that it takes the place of. */
static int replace(const struct arguments *arguments, struct aspis_access_credential *credential, const char *name,
	const char *end, struct output *output)
{
	int status = hand_over(arguments, credential, output);

	if (status == STATUS_CLEAN)
		status = retire(credential, arguments, name, end);
	else
		message_print(
			"the old %ss stay valid, and so does the new one, which could not be handed over (accessor %s)",
			name, aspis_access_credential_accessor(credential));
	aspis_access_credential_free(credential);
	return status;
}

static int create_read_approle(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_access_credential *credential = aspis_access_credential_new_read_approle(arguments->remote,
		environment, arguments_value(arguments, OPTION_AS_SECRET),
		arguments_number(arguments, OPTION_TOKEN_LIFETIME, 0), &error);

	return credential ? replace(arguments, credential, "SecretID", "destroyed", output) : cmd_fail(&error);
}

static int create_write_token(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_access_credential *credential = aspis_access_credential_new_write_token(
		arguments->remote, environment, arguments_value(arguments, OPTION_LIFETIME), &error);

	return credential ? replace(arguments, credential, "write token", "revoked", output) : cmd_fail(&error);
}

int cmd_vault_create_read_approle(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, create_read_approle);
}

int cmd_vault_create_write_token(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, create_write_token);
}
