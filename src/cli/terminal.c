#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct color_setting color_setting_read(int fd)
{
	return (struct color_setting){
		.force_color = getenv("FORCE_COLOR"),
		.no_color = getenv("NO_COLOR"),
		.clicolor_force = getenv("CLICOLOR_FORCE"),
		.term = getenv("TERM"),
		.terminal = isatty(fd) == 1,
	};
}

static bool is_set(const char *value)
{
	return value && *value;
}

bool color_wanted(enum color_when when, const struct color_setting *setting)
{
	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (is_set(setting->force_color))
		return true;
	if (is_set(setting->no_color))
		return false;
	if (is_set(setting->clicolor_force) && strcmp(setting->clicolor_force, "0") != 0)
		return true;
	if (setting->term && strcmp(setting->term, "dumb") == 0)
		return false;
	return setting->terminal;
}

unsigned terminal_width(int fd)
{
	struct winsize size = {.ws_col = 0};
	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
