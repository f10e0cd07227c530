#include <aspis/debug.h>

#include "cli/cmd.h"

int cmd_debug_rst(const struct arguments *arguments, struct output *output)
{
	return cmd_debug_batch(arguments, output, aspis_debug_rst, aspis_debug_rst_line);
}
