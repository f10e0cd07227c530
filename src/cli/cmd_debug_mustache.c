#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <aspis/debug.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/status.h"

/* The partials of --partial NAME=FILE; a name holds no '='. */
struct partials {
	struct aspis_debug_partial *items;
	size_t count;
};

/* False, with a message, where a value is malformed. */
static bool read_partials(struct partials *partials, const struct arguments *arguments)
{
	const char *value;

	partials->items = calloc(arguments->option_count + 1, sizeof(*partials->items));
	for (size_t position = 0; (value = arguments_next(arguments, OPTION_PARTIAL, &position));) {
		const char *equals = strchr(value, '=');

		if (!partials->items || !equals || equals == value) {
			message_print("invalid value '%s' for --partial: expected NAME=FILE", value);
			return false;
		}
		partials->items[partials->count++] = (struct aspis_debug_partial){
			.name = strndup(value, (size_t)(equals - value)), .file = equals + 1};
	}
	return true;
}

static void free_partials(struct partials *partials)
{
	for (size_t i = 0; i < partials->count; i++)
		free((char *)partials->items[i].name);
	free(partials->items);
}

/* All of standard input; NULL, with a message, where it cannot be read. The caller frees. */
static char *read_input(size_t *size)
{
	char *text = NULL;
	size_t room = 0;
	FILE *copy = open_memstream(&text, size);
	char part[4096];

	while (copy && (room = fread(part, 1, sizeof(part), stdin)) > 0)
		fwrite(part, 1, room, copy);
	if (!copy || fclose(copy) != 0 || ferror(stdin)) {
		message_print("cannot read standard input: %s", strerror(errno));
		free(text);
		return NULL;
	}
	return text;
}

int cmd_debug_mustache(const struct arguments *arguments, struct output *output)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct partials partials = {.items = NULL};
	int status = STATUS_USAGE;
	size_t json_size = 0;
	size_t size = 0;

	if (read_partials(&partials, arguments)) {
		char *json = read_input(&json_size);
		char *text = json ? aspis_debug_mustache(arguments->operands[0], partials.items, partials.count,
					    arguments_has(arguments, OPTION_LENIENT), json, json_size, &size, &error)
				  : NULL;

		status = json ? cmd_write(output, text, size, &error) : STATUS_UNFINISHED;
		free(json);
	}
	free_partials(&partials);
	return status;
}
