#include <stdio.h>
#include <string.h>

#include <aspis/error.h>
#include <aspis/schema.h>
#include <aspis/support.h>

#include "cli/cmd.h"
#include "cli/status.h"

static const char *const names[] = {"secrets", "static-secrets"};
#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

/* The schema of that name; NULL, having said so, where there is none. */
static const char *find_schema(const char *name, size_t *size)
{
	const char *suggestion = aspis_support_suggest(name, names, NAME_COUNT);
	char file[32];

	for (size_t i = 0; i < NAME_COUNT; i++) {
		if (strcmp(name, names[i]) == 0) {
			snprintf(file, sizeof(file), "%s.json", name);
			return aspis_schema(file, size);
		}
	}
	if (suggestion)
		message_print("there is no schema '%s'; did you mean '%s'?", name, suggestion);
	else
		message_print("there is no schema '%s'; there are '%s' and '%s'", name, names[0], names[1]);
	return NULL;
}

int cmd_secrets_schema(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *file = arguments_value(arguments, OPTION_OUTPUT);
	size_t size = 0;
	const char *schema = find_schema(arguments->operand_count > 0 ? arguments->operands[0] : names[0], &size);

	if (!schema)
		return STATUS_USAGE;
	if (!file || strcmp(file, "-") == 0)
		output_write(output, schema, size);
	else if (!aspis_support_write_file(file, schema, size, &error))
		return cmd_fail(&error);
	return STATUS_CLEAN;
}
