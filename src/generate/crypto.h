/* What the files of this room share of OpenSSL. Private to the room. */
#ifndef ASPIS_GENERATE_CRYPTO_H
#define ASPIS_GENERATE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/secret.h"

/* Fills size bytes at random, as for private keys; false with an ERROR_SYSTEM where there is no randomness. */
bool crypto_random(void *bytes, size_t size, struct error *error);

/* Returns false with an ERROR_SYSTEM: what cannot be done, and why in OpenSSL's words, which are of algorithms and never of values. Its queue of errors is empty then. */
bool crypto_fail(struct error *error, const char *what);

#endif
