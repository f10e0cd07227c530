/* Which release of aspis this is. */
#ifndef ASPIS_VERSION_H
#define ASPIS_VERSION_H

#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is running, such as "1.2.3" (semantic versioning). */
ASPIS_API const char *aspis_version(void);

#ifdef __cplusplus
}
#endif

#endif
