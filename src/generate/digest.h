/* Keyed digests: they tell whether a value is the same as before, and nothing else of it to whoever lacks the key. */
#ifndef ASPIS_GENERATE_DIGEST_H
#define ASPIS_GENERATE_DIGEST_H

#include <stdbool.h>

#include "base/error.h"
#include "base/secret.h"

/* Bytes of a digest, and of a key. */
#define DIGEST_SIZE 32

/* A new random key, which the caller frees; false with an error where there is no randomness. */
bool digest_key(struct secret **out, struct error *error);

/* HMAC-SHA-256 (RFC 2104) of value under a key of any size. */
bool digest_value(unsigned char out[DIGEST_SIZE], struct secret *key, struct secret *value, struct error *error);

#endif
