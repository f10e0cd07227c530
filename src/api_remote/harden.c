#include <aspis/remote.h>

#include <sys/prctl.h>
#include <sys/resource.h>

void aspis_remote_harden(void)
{
	const struct rlimit none = {.rlim_cur = 0, .rlim_max = 0};
	struct rlimit locked;

	/* None of them fails on a system that is as it should be; where one did, the others still help. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	setrlimit(RLIMIT_CORE, &none);
	if (getrlimit(RLIMIT_MEMLOCK, &locked) == 0 && locked.rlim_cur != locked.rlim_max) {
		locked.rlim_cur = locked.rlim_max;
		setrlimit(RLIMIT_MEMLOCK, &locked);
	}
}
