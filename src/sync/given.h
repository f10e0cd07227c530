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
	GIVEN_KEEP, /* null, empty, or a field without a value: what Vault has is kept; without any, the secret is missing */
	GIVEN_MISSING,   /* no item or field in 1Password: blocked, Vault's value kept */
	GIVEN_MALFORMED, /* not what it should be: blocked, and exit 2 */
};

struct given_secret {
	struct str application;
	struct str key;
	enum given_state state;
	struct secret *value; /* decoded; NULL without GIVEN_VALUE */
	/* of GIVEN_MALFORMED: a clause about the value ("is not base64 …") that shows nothing of it */
	struct str problem;
	bool no_item; /* of GIVEN_MISSING: not the field alone, the whole item of the application is missing */
};

struct given_registry {
	struct str host;
	struct secret *username; /* NULL: none */
	struct secret *password;
};

struct given_client {
	struct str name;   /* for people: clients are sorted by it */
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
	struct vec clients;               /* struct given_client, by name */
	struct secret *vault_write_token; /* NULL: none */
	struct vec problems;              /* struct str: what is wrong with the source beside single secrets; exit 2 */
	/* Those among them that are about the pull secret: the first, and how many follow one another. */
	size_t pull_secret_problem;
	size_t pull_secret_problem_count;
};

void given_values_init(struct given_values *given);
void given_values_release(struct given_values *given); /* wipes */

/* Takes the value over (NULL: none). The texts are copied. Of two with one name, the later counts. */
struct given_secret *given_values_add(struct given_values *given, struct str application, struct str key,
	enum given_state state, struct secret *value);

/* Records that something is wrong with the source: one sentence that shows no value, or it is a mistake. Texts from outside are passed as given_visible() makes them. */
void given_values_problem(struct given_values *given, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A name as a message shows it: cut where it is long, control characters made visible. In the arena. */
struct str given_visible(struct given_values *given, struct str name);

/* NULL: the source has nothing to say of it: GIVEN_KEEP. */
const struct given_secret *given_values_find(const struct given_values *given, struct str application, struct str key);

/* Forgets the pull secret, and what is wrong with it: its entry is left out. */
void given_values_forget_pull_secret(struct given_values *given);

/* Sorts; to be called when all were added. */
void given_values_seal(struct given_values *given);

/* given_onepassword.c: the titles (struct str) of the items that the static secrets of an environment and the special ones lie in, … */
void given_onepassword_titles(struct vec *out, const struct resolution *resolution);

/* … and what they mean, added to out (initialised) and sealed: one item an application, fields by label in any section; `encoded` is undone. Two fields of one label make a
 * secret malformed. pull-secret has a section for each registry, oidc-clients one for each client; what stands outside of sections, is there twice or not at all is
 * a problem. */
void given_from_onepassword(
	struct given_values *out, const struct resolution *resolution, const struct onepassword_items *items);

/* given_legacy.c: the same for the earlier scheme (seed 001), of all items of a vault: an item a secret, which `generate_secrets_key` names ("app key"); one with a field
 * `environment` (there may be several) that holds this fqdn wins over one without any; two of equal rank make the secret malformed. The value is the password of a
 * Login, the notes of a Secure Note, as it stands there: `encoded` is of the new scheme. The key .dockerconfigjson of pull-secret gives the registries. */
void given_from_onepassword_legacy(struct given_values *out, const struct resolution *resolution,
	const struct onepassword_items *items, struct str fqdn);

#endif
