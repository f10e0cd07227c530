#include <stdlib.h>

#include <aspis/debug.h>
#include <aspis/error.h>

#include "cli/cmd.h"
#include "cli/status.h"

int cmd_debug_yaml(const struct arguments *arguments, struct output *output)
{
	int status = STATUS_CLEAN;

	for (size_t i = 0; i < arguments->operand_count; i++) {
		struct aspis_error error = ASPIS_ERROR_INIT;
		size_t size = 0;
		bool valid = false;
		char *text = aspis_debug_yaml(arguments->operands[i], &size, &valid, &error);
		if (!text)
			return cmd_fail(&error);
		output_write(output, text, size);
		free(text);
		status = valid ? status : STATUS_FINDINGS;
	}
	return status;
}
