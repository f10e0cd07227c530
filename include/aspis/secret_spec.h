/* A secret as an environment requires it: the specification of secrets.yaml after overlays and conditions. It says where a value comes from,
 * never what it is. */
#ifndef ASPIS_SECRET_SPEC_H
#define ASPIS_SECRET_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/diag.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Belongs to its environment (aspis/environment.h). Accessors return NULL for what does not apply. */
struct aspis_secret_spec;

enum aspis_origin {
	ASPIS_ORIGIN_STATIC,   /* a person provides it */
	ASPIS_ORIGIN_VALUE,    /* stands in the specification: not really secret */
	ASPIS_ORIGIN_COPY,     /* copied from another secret */
	ASPIS_ORIGIN_GENERATE, /* made by the machine */
};

/* "static", "value", "copy", "generate". */
ASPIS_API const char *aspis_origin_name(enum aspis_origin origin);

ASPIS_API const char *aspis_secret_spec_application(const struct aspis_secret_spec *secret);
ASPIS_API const char *aspis_secret_spec_key(const struct aspis_secret_spec *secret);

/* reStructuredText; of a copy without one of its own: its source's. */
ASPIS_API const char *aspis_secret_spec_description(const struct aspis_secret_spec *secret);

/* Where the specification stands: the secret's key. */
ASPIS_API struct aspis_span aspis_secret_spec_span(const struct aspis_secret_spec *secret);

ASPIS_API enum aspis_origin aspis_secret_spec_origin(const struct aspis_secret_spec *secret);

/* Of a copy: what it is copied from. It may dangle (`aspis check` says so). */
ASPIS_API const char *aspis_secret_spec_copy_application(const struct aspis_secret_spec *secret);
ASPIS_API const char *aspis_secret_spec_copy_key(const struct aspis_secret_spec *secret);

/* Of a generated secret: its type, such as "password", and for derived types the key of the secret that it is made from. */
ASPIS_API const char *aspis_secret_spec_generate_type(const struct aspis_secret_spec *secret);
ASPIS_API const char *aspis_secret_spec_generate_source(const struct aspis_secret_spec *secret);

/* The path of Helm values that the secret is required by (`if`), which is true in this environment. */
ASPIS_API const char *aspis_secret_spec_condition(const struct aspis_secret_spec *secret);

#ifdef __cplusplus
}
#endif

#endif
