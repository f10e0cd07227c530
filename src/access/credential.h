/* A new credential, and the old ones that it takes the place of. */
#ifndef ASPIS_ACCESS_CREDENTIAL_H
#define ASPIS_ACCESS_CREDENTIAL_H

#include <stdint.h>

#include "access/session.h"

enum credential_kind {
	CREDENTIAL_READ_APPROLE,
	CREDENTIAL_WRITE_TOKEN,
};

struct credential {
	enum credential_kind kind;
	struct arena arena;
	struct vec policies; /* struct str */
	struct str accessor;
	struct secret *value; /* the SecretID or the token */
	struct str role_id;   /* of an AppRole */
	uint64_t token_ttl;   /* seconds; 0: as the server has it */
	uint64_t token_max_ttl;
	struct str display_name; /* of a token */
	struct str expires;      /* as the server says it; absent: never, or it does not say */
	struct vec old;          /* struct str: accessors of what it takes the place of */
};

void credential_init(struct credential *credential, enum credential_kind kind);
void credential_release(struct credential *credential); /* wipes */

/* Makes the AppRole with its policy and a new SecretID; everything that can be refused is asked for before. token_lifetime: seconds; 0: as it is, or as the server has it. */
bool credential_make_approle(
	struct credential *credential, struct access_session *session, uint64_t token_lifetime, struct error *error);

/* Makes a write token with its policy, for lifetime seconds. Tells where the server grants less. */
bool credential_make_token(
	struct credential *credential, struct access_session *session, uint64_t lifetime, struct error *error);

/* Destroys the old ones: once the new one is where it is needed. *count is how many are gone. False and an error, which names those that stay. */
bool credential_retire(
	const struct credential *credential, struct access_session *session, size_t *count, struct error *error);

/* As YAML, with the keys of Phalanx's own command. The caller frees. */
struct secret *credential_yaml(const struct credential *credential);

/* As a Kubernetes Secret for the Vault Secrets Operator: an AppRole alone. The name is one that Kubernetes takes. The caller frees. */
struct secret *credential_secret(const struct credential *credential, struct str name);

/* Whether a Secret can have that name (RFC 1123 subdomain). */
bool credential_is_secret_name(struct str name);

/* "3650d", "1h30m", "600" (seconds) in seconds. False for what is none, nothing or beyond a century. */
bool credential_duration(uint64_t *seconds, struct str text);

#endif
