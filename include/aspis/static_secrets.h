/* The file of static secrets: what a person has to provide for an environment, with a place for each value. */
#ifndef ASPIS_STATIC_SECRETS_H
#define ASPIS_STATIC_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The text of such a file, and what is known of it. Values in it are wiped when it is freed. */
struct aspis_static_secrets;

/* The two forms. */
enum aspis_static_form {
	ASPIS_STATIC_FORM_AUTO, /* nested, or flat in the layout of SQR-079; of a file that is there: its own */
	ASPIS_STATIC_FORM_NESTED, /* applications.{app}.{key}.{description,value,warning}, and the special secrets beside `applications` */
	ASPIS_STATIC_FORM_FLAT, /* {app}.{key}.{description,value} */
};

/* A file that nobody has filled in yet, byte for byte as Phalanx's own command prints it. The environment is not needed afterwards; the caller frees. */
ASPIS_API struct aspis_static_secrets *aspis_static_secrets_new(
	const struct aspis_environment *environment, enum aspis_static_form form);
ASPIS_API void aspis_static_secrets_free(struct aspis_static_secrets *secrets);

/* The text as it is now, *size bytes of UTF-8 with a NUL behind them. It may hold values. Borrowed, until the next change. */
ASPIS_API const char *aspis_static_secrets_text(const struct aspis_static_secrets *secrets, size_t *size);

/* Writes the text to a file that its owner alone can read, whole or not at all; one with the same bytes and such a mode is left alone (*changed, which may be
 * NULL, tells). False and an error where that fails. */
ASPIS_API bool aspis_static_secrets_write(
	const struct aspis_static_secrets *secrets, const char *path, bool *changed, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
