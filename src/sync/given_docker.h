/* The registries of a pull secret that is kept as a whole, as the file ~/.docker/config.json. For the files given*.c alone. */
#ifndef ASPIS_SYNC_GIVEN_DOCKER_H
#define ASPIS_SYNC_GIVEN_DOCKER_H

#include <stdbool.h>

#include "sync/given.h"

/* Adds the registries of the text to those that are given, in its order. NULL, or a clause about the text, a literal that shows nothing of it. */
const char *given_docker_registries(struct given_values *out, struct str text);

#endif
