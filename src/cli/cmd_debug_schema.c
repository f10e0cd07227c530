#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <aspis/debug.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/status.h"

/* Adds what --resource URI=FILE names. A URI may hold a '=', so the last one separates. */
static bool add_resources(
	struct aspis_debug_schema *schema, const struct arguments *arguments, struct aspis_error *error)
{
	const char *value;
	for (size_t position = 0; (value = arguments_next(arguments, OPTION_RESOURCE, &position));) {
		const char *equals = strrchr(value, '=');
		char *uri = equals ? strndup(value, (size_t)(equals - value)) : NULL;
		bool added = uri && aspis_debug_schema_add(schema, uri, equals + 1, error);
		free(uri);
		if (!added)
			return false;
	}
	return true;
}

/* A malformed --resource, found before anything is read. */
static const char *malformed_resource(const struct arguments *arguments)
{
	const char *value;
	for (size_t position = 0; (value = arguments_next(arguments, OPTION_RESOURCE, &position));) {
		if (!strchr(value, '='))
			return value;
	}
	return NULL;
}

static bool check_lines(struct aspis_debug_schema *schema, struct output *output, struct aspis_error *error)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	bool done = true;

	while (done && (length = getline(&line, &room, stdin)) >= 0) {
		bool valid = false;
		done = aspis_debug_schema_check(schema, line, (size_t)length, &valid, error);
		if (done)
			output_text(output, valid ? "valid\n" : "invalid\n");
	}
	free(line);
	return done;
}

int cmd_debug_schema(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	const char *malformed = malformed_resource(arguments);
	int status = STATUS_CLEAN;

	if (malformed) {
		message_print("invalid value '%s' for --resource: expected URI=FILE", malformed);
		return STATUS_USAGE;
	}
	struct aspis_debug_schema *schema = aspis_debug_schema_new();
	if (!add_resources(schema, arguments, &error) ||
		!aspis_debug_schema_compile(schema, arguments->operands[0], &error) ||
		!check_lines(schema, output, &error)) {
		status = cmd_fail(&error);
	} else if (ferror(stdin)) {
		message_print("cannot read standard input: %s", strerror(errno));
		status = STATUS_UNFINISHED;
	}
	aspis_debug_schema_free(schema);
	return status;
}
