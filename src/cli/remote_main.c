/* The helper: what `aspis` becomes for commands that talk to servers. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <aspis/remote.h>
#include <aspis/version.h>

#include "cli/cmd.h"
#include "cli/heap.h"
#include "cli/program.h"
#include "cli/remote.h"
#include "cli/remote_commands.h"
#include "cli/status.h"

/* Both are made of one table of commands and share no promise beyond it. Called by a person, there is no version to compare. */
static bool check_version(void)
{
	const char *caller = getenv(REMOTE_VERSION_VARIABLE);
	bool same = !caller || strcmp(caller, aspis_version()) == 0;

	if (!same)
		message_print("this " REMOTE_PROGRAM
			      " is version %s, but the aspis that called it is version %s; install both "
			      "of one version",
			aspis_version(), caller);
	unsetenv(REMOTE_VERSION_VARIABLE);
	return same;
}

static int run(int argc, const char *const *argv)
{
	struct aspis_error error = ASPIS_ERROR_INIT;
	struct program program = {.table = &program_table, .remote_commands = remote_commands};

	program.remote = aspis_remote_start(&error);
	if (!program.remote)
		return cmd_fail(&error);
	int status = program_run(&program, argc, argv);
	aspis_remote_free(program.remote);
	return status;
}

int main(int argc, char **argv)
{
	aspis_remote_harden();
	heap_conceal();
	program_occupy_streams();
	return check_version() ? run(argc, (const char *const *)argv) : STATUS_UNFINISHED;
}
