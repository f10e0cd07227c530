#include <string.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/onepassword.h>
#include <aspis/support.h>

#include "cli/cmd.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

static int write_text(const struct arguments *arguments, const struct aspis_onepassword_secrets *secrets,
	struct output *output, struct aspis_error *error)
{
	const char *path = arguments_value(arguments, OPTION_OUTPUT);
	size_t size;
	const char *text = aspis_onepassword_secrets_text(secrets, &size);
	bool good = true;

	if (!path || strcmp(path, "-") == 0)
		output_write(output, text, size);
	else if (output_is_stream(path))
		good = aspis_support_write_file(path, text, size, error);
	else
		good = aspis_onepassword_secrets_write(secrets, path, error);
	return good ? STATUS_CLEAN : cmd_fail(error);
}

/* Says what the file has no value for, in Phalanx's words. */
static int tell_missing(const struct aspis_onepassword_secrets *secrets)
{
	size_t count = aspis_onepassword_secrets_missing_count(secrets);

	if (count == 0)
		return STATUS_CLEAN;
	message_print("Missing static secrets from 1Password:");
	for (size_t i = 0; i < count; i++)
		message_print("• %s", aspis_onepassword_secrets_missing(secrets, i));
	return STATUS_FINDINGS;
}

static enum aspis_onepassword_scheme scheme_of(const struct arguments *arguments)
{
	const char *name = arguments_value(arguments, OPTION_ONEPASSWORD_SCHEME);

	return name && strcmp(name, "legacy") == 0 ? ASPIS_ONEPASSWORD_LEGACY : ASPIS_ONEPASSWORD_CURRENT;
}

static int write_secrets(
	const struct arguments *arguments, const struct aspis_environment *environment, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct aspis_onepassword_secrets *secrets =
		aspis_onepassword_secrets_read(arguments->remote, environment, scheme_of(arguments), &error);
	int status;

	if (!secrets)
		return cmd_fail(&error);
	status = write_text(arguments, secrets, output, &error);
	if (status == STATUS_CLEAN)
		status = tell_missing(secrets);
	aspis_onepassword_secrets_free(secrets);
	return status;
}

int cmd_secrets_onepassword_secrets(const struct arguments *arguments, struct output *output)
{
	return cmd_with_environment(arguments, output, write_secrets);
}
