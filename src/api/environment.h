/* The inside of an environment, for the other files of this room. */
#ifndef ASPIS_API_ENVIRONMENT_H
#define ASPIS_API_ENVIRONMENT_H

#include <aspis/environment.h>

#include "model/resolve.h"

const struct resolution *api_environment_resolution(const struct aspis_environment *environment);
struct aspis_repository *api_environment_repository(const struct aspis_environment *environment);

#endif
