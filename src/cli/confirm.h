/* Asking before something is done that cannot be taken back with a keystroke. */
#ifndef ASPIS_CLI_CONFIRM_H
#define ASPIS_CLI_CONFIRM_H

#include <stdbool.h>

struct arguments;

/* Whether somebody can be asked: standard input is a terminal, and --no-input was not given. */
bool confirm_possible(const struct arguments *arguments);

/* Asks on standard error, and takes y or yes, in any case, for a yes; anything else and the end of input for a no. */
bool confirm_ask(const char *question);

#endif
