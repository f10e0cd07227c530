/* Whether a value that is there has the form that it ought to have. Nothing here shows anything of a value. */
#ifndef ASPIS_GENERATE_VERIFY_H
#define ASPIS_GENERATE_VERIFY_H

#include <stdbool.h>

#include "base/secret.h"

/* Each returns NULL where the form is right, else a clause for a person such as "does not end in a PEM footer": a literal, which shows nothing of the value. */
const char *verify_gafaelfawr_token(struct secret *value);
const char *verify_fernet_key(struct secret *value); /* url-safe base64 of 32 bytes */
const char *verify_rsa_private_key(struct secret *value);
const char *verify_bcrypt_form(struct secret *value); /* $2a$, $2b$ or $2y$, cost (at most 18), salt and digest */
const char *verify_mtime(struct secret *value);
const char *verify_json(struct secret *value);
const char *verify_oidc_clients(struct secret *value); /* a JSON list of objects with id, secret and return_uri */

/* The value of .dockerconfigjson: logins by host in auths, each with auth, which fits username and password, or with these. */
const char *verify_docker_config(struct secret *value);

/* What often goes wrong with any value that a person has pasted: a line break at its end where it has one line, a byte order mark; and, of a value that is encoded in
 * 1Password, base64 a second time. */
const char *verify_paste(struct secret *value, bool encoded);

/* Whether a hash is bcrypt's of source: as long as hashing takes (2 s at cost 15); for the pool. Never, where the hash has not its form, or the source is none that
 * generate_bcrypt_password_hash() takes. Thread-safe. */
bool verify_bcrypt(struct secret *hash, struct secret *source);

/* Whether two texts are the same JSON value: order of members aside, numbers by value; texts that are no JSON are compared as they are. */
bool verify_json_equal(struct secret *a, struct secret *b);

#endif
