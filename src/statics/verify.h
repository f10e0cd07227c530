/* Whether a changed text has kept what it must keep: the last word before anything is written. For this room alone. */
#ifndef ASPIS_STATICS_VERIFY_H
#define ASPIS_STATICS_VERIFY_H

#include "statics/fill.h"
#include "statics/static_secrets.h"

/* Whether the text, read anew, has all values that the file has, the same ones, and no others. */
bool verify_update(struct static_secrets *file, struct str text, const struct wanted_secrets *wanted);

/* The same, with those that were given (struct given_value), which must be there byte for byte. Places that share a mapping with one of these have its value, too. */
bool verify_filled(struct static_secrets *file, struct str text, const struct vec *given);

#endif
