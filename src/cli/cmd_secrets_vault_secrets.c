/* `secrets vault-secrets` and `vault export-secrets`: the same, but for the tokens that they may use. */
#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/remote.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

static int export(
	const struct arguments *arguments, const struct aspis_environment *environment, enum aspis_remote_caller caller)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *folder = arguments->operands[1];
	size_t count;

	if (!aspis_remote_export(arguments->remote, environment, caller, folder, &count, &error))
		return cmd_fail(&error);
	if (!arguments_has(arguments, OPTION_QUIET))
		message_print("%s: %zu file%s", folder, count, count == 1 ? "" : "s");
	return STATUS_CLEAN;
}

static int export_for_secrets(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	(void)output;
	return export(arguments, environment, ASPIS_REMOTE_SECRETS);
}

static int export_for_vault(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	(void)output;
	return export(arguments, environment, ASPIS_REMOTE_VAULT);
}

int cmd_secrets_vault_secrets(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, export_for_secrets);
}

int cmd_vault_export_secrets(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, export_for_vault);
}
