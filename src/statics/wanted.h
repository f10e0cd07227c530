/* What a file of static secrets holds for an environment: the entries that a person has to fill in (SPEC section 8). */
#ifndef ASPIS_STATICS_WANTED_H
#define ASPIS_STATICS_WANTED_H

#include <stdbool.h>

#include "base/vec.h"
#include "model/resolve.h"

/* The two forms of such a file. */
enum static_form {
	STATIC_NESTED, /* applications.{app}.{key}, and the special secrets beside `applications` */
	STATIC_FLAT,   /* {app}.{key} alone, as the technical note SQR-079 has it */
};

struct wanted_secret {
	struct str application;
	struct str key;
	struct str description; /* absent: it has none */
	bool encoded;           /* base64 in 1Password, of which a warning tells */
};

/* All texts are borrowed from the resolution. */
struct wanted_secrets {
	struct vec secrets; /* struct wanted_secret, by application and key */
};

void wanted_secrets_init(struct wanted_secrets *wanted, const struct resolution *resolution);
void wanted_secrets_release(struct wanted_secrets *wanted);

/* The secrets of one application are next to each other: where those end that begin at first. */
size_t wanted_application_end(const struct wanted_secrets *wanted, size_t first);

/* NULL: it is not wanted. */
const struct wanted_secret *wanted_secrets_find(
	const struct wanted_secrets *wanted, struct str application, struct str key);

#endif
