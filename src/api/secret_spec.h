/* A secret of an environment for the public interface. For this room alone. */
#ifndef ASPIS_API_SECRET_SPEC_H
#define ASPIS_API_SECRET_SPEC_H

#include <aspis/secret_spec.h>

#include "model/resolve.h"

/* Texts are NUL-terminated; NULL for what does not apply. */
struct aspis_secret_spec {
	const struct resolved_secret *resolved;
	const char *application;
	const char *key;
	const char *description;
	const char *path;
	const char *condition;
	const char *copy_application;
	const char *copy_key;
	const char *generate_type;
	const char *generate_source;
};

/* Texts are copied into arena; the resolution is borrowed. */
void secret_spec_init(struct aspis_secret_spec *secret, struct arena *arena, const struct resolution *resolution,
	const struct resolved_secret *resolved);

#endif
