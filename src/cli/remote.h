/* The hand-over: `aspis` becomes `aspis-remote` for the commands that talk to servers, so that nothing else of it can reach one. */
#ifndef ASPIS_CLI_REMOTE_H
#define ASPIS_CLI_REMOTE_H

#include "cli/command.h"

#define REMOTE_PROGRAM "aspis-remote"

/* Tells the helper which version of `aspis` has called it. */
#define REMOTE_VERSION_VARIABLE "ASPIS_CALLER_VERSION"

/* Replaces this program by the helper, with the same command line. It is looked for in $ASPIS_LIBEXEC and nowhere else where that is set; else beside this program (the file that runs,
 * whatever it was called by), in ../libexec/aspis from there, and in the folder that was chosen when it was built. Returns where there is none: STATUS_UNFINISHED, having said
 * what to install. */
command_run cmd_remote;

#endif
