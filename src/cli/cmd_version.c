#include <aspis/version.h>

#include "cli/cmd.h"
#include "cli/status.h"

int cmd_version(const struct arguments *arguments, struct output *output)
{
	(void)arguments;
	output_printf(output, "aspis %s\n", aspis_version());
	return STATUS_CLEAN;
}
