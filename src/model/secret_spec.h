/* Secret specifications as secrets.yaml and secrets-{env}.yaml declare them (SPEC section 2). Read tolerantly: whatever is valid is there, null and wrong types are
 * absent, and `faulty` tells that something was. The rules of family 1xx say what. Every text is borrowed from the tree. */
#ifndef ASPIS_MODEL_SECRET_SPEC_H
#define ASPIS_MODEL_SECRET_SPEC_H

#include <stdbool.h>

#include "base/map.h"
#include "base/vec.h"
#include "repo/repository.h"
#include "yaml/node.h"

struct application;

/* enumerator, name in the files, whether it is derived from a `source`. */
#define GENERATE_TYPES(ROW)                                                                                            \
	ROW(GENERATE_PASSWORD, "password", false)                                                                      \
	ROW(GENERATE_GAFAELFAWR_TOKEN, "gafaelfawr-token", false)                                                      \
	ROW(GENERATE_FERNET_KEY, "fernet-key", false)                                                                  \
	ROW(GENERATE_RSA_PRIVATE_KEY, "rsa-private-key", false)                                                        \
	ROW(GENERATE_BCRYPT_PASSWORD_HASH, "bcrypt-password-hash", true)                                               \
	ROW(GENERATE_MTIME, "mtime", true)                                                                             \
	ROW(GENERATE_OIDC_CLIENTS, "oidc-clients", false)

enum generate_type {
#define GENERATE_ENUMERATOR(enumerator, name, derived) enumerator,
	GENERATE_TYPES(GENERATE_ENUMERATOR)
#undef GENERATE_ENUMERATOR
		GENERATE_TYPE_COUNT, /* also: none of them */
};

/* By its number; name is absent and derived false for GENERATE_TYPE_COUNT. */
struct str generate_type_name(enum generate_type type);
bool generate_type_is_derived(enum generate_type type);
enum generate_type generate_type_of(struct str name);

/* A string and where it stands; absent with node NULL where it is missing, null or no string. */
struct spec_text {
	struct str text;
	const struct node *node;
};

/* `if`, at any of its three places; absent also when it is "" (ASP104; where resolution must go on it counts as absent). */
typedef struct spec_text spec_condition;

/* node of the stanzas: the mapping, NULL where the stanza is absent, null or no mapping. */
struct spec_copy {
	const struct node *node;
	struct spec_text application;
	struct spec_text key;
	spec_condition condition;
};

struct spec_generate {
	const struct node *node;
	enum generate_type type; /* GENERATE_TYPE_COUNT: missing or unknown */
	struct spec_text type_text;
	struct spec_text source; /* "" counts as absent */
	spec_condition condition;
};

struct secret_spec {
	const struct application *application;
	const struct repo_file *file;
	struct str key; /* the text of the key, whatever its type */
	const struct node *key_node;
	const struct node *node;      /* the entry's value, through no alias; NULL where it has none */
	struct spec_text description; /* also when "" */
	spec_condition condition;
	struct spec_copy copy;
	struct spec_generate generate;
	struct spec_text value; /* "" counts as absent (ASP104) */
	bool encoded;           /* onepassword.encoded */
	bool faulty; /* something was of a wrong type, missing or unknown (keys apart), so that less may be said */
	const struct secret_spec *replaces; /* of secrets-{env}.yaml: the entry of secrets.yaml; NULL: none */
};

/* One secrets file. */
struct secret_file {
	const struct repo_file *file;
	struct str environment; /* of secrets-{env}.yaml; absent for secrets.yaml */
	struct vec specs;       /* struct secret_spec *, sorted by key; of duplicates the last */
	struct map by_key;      /* struct secret_spec * */
};

static inline bool spec_has(const struct spec_text *text)
{
	return text->node != NULL;
}

/* Whether there is a copy without `if`: the description may then be the source's. */
bool spec_copies_always(const struct secret_spec *spec);

#endif
