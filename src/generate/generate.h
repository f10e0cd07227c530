/* Values that are made rather than given: the types of `generate` (SPEC section 2). Randomness, keys and digests are OpenSSL's, bcrypt is libxcrypt's. */
#ifndef ASPIS_GENERATE_GENERATE_H
#define ASPIS_GENERATE_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

/* The cost of bcrypt: 15, in generate_cost.c alone, which the helper program of the tests replaces by another file. */
extern const unsigned generate_bcrypt_cost;

/* The longest source that bcrypt looks at as a whole, in bytes. */
#define GENERATE_BCRYPT_SOURCE_MAX 72

/* Has OpenSSL use the allocator that wipes; before anything else of it, once. False: too late. */
bool generate_global_init(void);

/* Each sets *out to a new secret that the caller frees, or returns false with an error (no randomness: ERROR_SYSTEM). */
bool generate_password(struct secret **out, struct error *error);         /* 32 hexadecimal digits */
bool generate_gafaelfawr_token(struct secret **out, struct error *error); /* gt-, 22 characters, '.', 22 characters */
bool generate_fernet_key(struct secret **out, struct error *error);       /* 32 bytes, url-safe base64, padded */
bool generate_rsa_private_key(struct secret **out, struct error *error);  /* 2048 bits, 65537, PKCS#8 PEM */

/* $2b$ of source. One that is longer than GENERATE_BCRYPT_SOURCE_MAX or has a NUL in it is an ERROR_USAGE that says why, and shows nothing of it. */
bool generate_bcrypt_password_hash(struct secret **out, struct secret *source, struct error *error);

/* A moment as YYYY-MM-DDTHH:MM:SSZ; seconds since the epoch. */
bool generate_mtime(struct secret **out, int64_t now, struct error *error);

#endif
