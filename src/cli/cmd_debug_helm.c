#include <aspis/debug.h>

#include "cli/cmd.h"

int cmd_debug_helm(const struct arguments *arguments, struct output *output)
{
	return cmd_debug_batch(arguments, output, aspis_debug_helm, aspis_debug_helm_line);
}
