/* The helper of the tests can be looked into: its memory is searched for what must not be left there. */
#include <aspis/remote.h>

void aspis_remote_harden(void)
{
}
