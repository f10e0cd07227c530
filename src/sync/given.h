/* The static values that a source gives for an environment: a file of static secrets, 1Password Connect, or none (Vault itself). SPEC section 9, "Where static
 * values come from". */
#ifndef ASPIS_SYNC_GIVEN_H
#define ASPIS_SYNC_GIVEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/secret.h"
#include "base/vec.h"
#include "model/resolve.h"
#include "store/onepassword.h"

enum given_source {
	GIVEN_NONE, /* Vault itself: what it holds is right */
	GIVEN_FILE,
	GIVEN_ONEPASSWORD,
};

enum given_state {
	GIVEN_VALUE,
	GIVEN_KEEP,      /* null, empty, or a field without a value: what Vault has is kept; without any, the secret is missing */
	GIVEN_MISSING,   /* no item or field in 1Password: blocked, Vault's value kept */
	GIVEN_MALFORMED, /* not what it should be: blocked, and exit 2 */
};

struct given_secret {
	struct str application;
	struct str key;
	enum given_state state;
	struct secret *value; /* decoded; NULL without GIVEN_VALUE */
	struct str problem;   /* of GIVEN_MALFORMED: a clause that shows nothing of the value */
};

struct given_registry {
	struct str host;
	struct secret *username; /* NULL: none */
	struct secret *password;
};

struct given_client {
	struct str name; /* for people: clients are sorted by it */
	struct secret *id; /* not secret by nature, but it comes from where secrets lie */
	struct secret *secret;
	struct secret *return_uri;
};

struct given_values {
	struct arena arena; /* sensitive */
	enum given_source source;
	struct str name;    /* for messages: the path of the file, or the 1Password vault */
	struct vec secrets; /* struct given_secret *, sorted by application and key */
	struct map by_name; /* struct given_secret *, by application, '\0' and key */
	/* The special secrets. Named: the source has a place for them, be it empty (a list of no host: the pull secret is empty). */
	bool names_pull_secret;
	struct vec registries; /* struct given_registry, in the order of the source */
	bool names_oidc_clients;
	struct vec clients; /* struct given_client, by name */
	struct secret *vault_write_token; /* NULL: none */
	struct vec problems; /* struct str: what is wrong with the source beside single secrets; exit 2 */
};

void given_values_init(struct given_values *given);
void given_values_release(struct given_values *given); /* wipes */

/* Takes the value over (NULL: none). The texts are copied. Of two with one name, the later counts. */
struct given_secret *given_values_add(struct given_values *given, struct str application, struct str key, enum given_state state, struct secret *value);

/* NULL: the source has nothing to say of it: GIVEN_KEEP. */
const struct given_secret *given_values_find(const struct given_values *given, struct str application, struct str key);

/* Sorts; to be called when all were added. */
void given_values_seal(struct given_values *given);

/* given_onepassword.c: the titles (struct str) of the items that the static secrets of an environment and the special ones lie in, … */
void given_onepassword_titles(struct vec *out, const struct resolution *resolution);

/* … and what they mean: one item an application, fields by label; `encoded` is undone; pull-secret, oidc-clients and vault-write-token. Two items or fields of one name
 * are problems. */
void given_from_onepassword(struct given_values *out, const struct resolution *resolution, const struct onepassword_items *items);

/* given_legacy.c: the same for the earlier scheme (seed 001): generate_secrets_key, environment (an fqdn). */
void given_from_onepassword_legacy(struct given_values *out, const struct resolution *resolution, const struct onepassword_items *items, struct str fqdn);

#endif
