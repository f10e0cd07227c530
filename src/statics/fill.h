/* Writing values into a file of static secrets, each in its place. */
#ifndef ASPIS_STATICS_FILL_H
#define ASPIS_STATICS_FILL_H

#include "base/secret.h"
#include "statics/static_secrets.h"

/* A value for a place of a file. */
struct given_value {
	const struct static_value *place;
	struct secret *value; /* UTF-8, not empty; borrowed */
};

/* Appends (const struct static_value *) the places without a value: of the secrets that are wanted, and of those that are special. One that stands for several by an
 * alias is there once. */
void static_missing(struct vec *out, const struct static_secrets *file, const struct wanted_secrets *wanted);

/* The text of the file with these values (struct given_value), in its arena; the file has no problems. False where a value cannot be put in its place
 * without touching others. */
bool static_fill(struct str *out, struct static_secrets *file, const struct vec *given)
	__attribute__((warn_unused_result));

#endif
