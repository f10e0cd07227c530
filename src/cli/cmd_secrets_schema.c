#include <string.h>

#include <aspis/error.h>
#include <aspis/schema.h>
#include <aspis/support.h>

#include "cli/cmd.h"
#include "cli/status.h"

int cmd_secrets_schema(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *file = arguments_value(arguments, OPTION_OUTPUT);
	size_t size = 0;
	const char *schema = aspis_schema("secrets.json", &size);

	if (!file || strcmp(file, "-") == 0)
		output_write(output, schema, size);
	else if (!aspis_support_write_file(file, schema, size, &error))
		return cmd_fail(&error);
	return STATUS_CLEAN;
}
