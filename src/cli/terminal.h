/* What the terminal takes: colour, and how wide it is. */
#ifndef ASPIS_CLI_TERMINAL_H
#define ASPIS_CLI_TERMINAL_H

#include <stdbool.h>

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What the decision depends on besides the option; NULL for a variable that is not set. */
struct color_setting {
	const char *force_color;
	const char *no_color;
	const char *clicolor_force;
	const char *term;
	bool terminal; /* the output goes to one */
};

/* Reads the environment variables and asks whether the file descriptor is a terminal. */
struct color_setting color_setting_read(int fd);

/* The first that applies decides:
 *   1. --color=always, --color=never
 *   2. FORCE_COLOR, not empty: colour, whatever its value (force-color.org)
 *   3. NO_COLOR, not empty: no colour (no-color.org)
 *   4. CLICOLOR_FORCE, neither empty nor "0": colour (bixense.com/clicolors)
 *   5. TERM=dumb: no colour
 *   6. colour on a terminal, and only there */
bool color_wanted(enum color_when when, const struct color_setting *setting);

/* The columns of the terminal that a file descriptor leads to; 0 where it leads to none. */
unsigned terminal_width(int fd);

#endif
