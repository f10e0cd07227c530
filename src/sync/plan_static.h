/* The values that a static source gives, as a saved plan remembers them: by name and keyed digest. Private to plan_file*.c. */
#ifndef ASPIS_SYNC_PLAN_STATIC_H
#define ASPIS_SYNC_PLAN_STATIC_H

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "generate/digest.h"
#include "sync/given.h"

struct plan_static {
	/* "gafaelfawr/database-password", "pull-secret ghcr.io username", "oidc-clients Portal secret" */
	struct str name;
	struct str state;  /* "value", "keep", "missing", "malformed" */
	struct str digest; /* hexadecimal; absent: it has no value */
};

/* The keyed digest of a value that goes by a name, in hexadecimal, in arena: two names with the same value do not show that they have. */
bool plan_digest_named(struct str *out, struct arena *arena, struct str name, struct secret *value, struct secret *key,
	struct error *error);

/* Appends struct plan_static, in the order of the source; the texts lie in arena. */
bool plan_static_digest(struct vec *out, struct arena *arena, const struct given_values *given, struct secret *key,
	struct error *error);

#endif
