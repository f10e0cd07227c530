/* What `secrets audit` and `secrets sync` take from the command line alike. */
#ifndef ASPIS_CLI_SYNC_OPTIONS_H
#define ASPIS_CLI_SYNC_OPTIONS_H

#include <aspis/sync.h>

#include "cli/arguments.h"
#include "cli/progress.h"

struct sync_options {
	struct aspis_sync_options options;
	const struct arguments *arguments;
	struct progress progress;
	const char **words; /* all of --only, --exclude and --rotate */
};

/* Takes what the command line says; options it does not name stay as they are by default. */
void sync_options_init(
	struct sync_options *options, const struct arguments *arguments, enum aspis_sync_purpose purpose);
void sync_options_release(struct sync_options *options);

#endif
