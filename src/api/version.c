#include <aspis/version.h>

const char *aspis_version(void)
{
	return ASPIS_VERSION;
}
