/* The helper of the tests can be looked into: its memory is searched for what must not be left there. */
#include <aspis/remote.h>

#include <signal.h>
#include <stdlib.h>

static void stop(void)
{
	raise(SIGSTOP);
}

void aspis_remote_harden(void)
{
	/* After its last request, and all that it has to give back. */
	if (getenv("ASPIS_TEST_STOPS"))
		atexit(stop);
}
