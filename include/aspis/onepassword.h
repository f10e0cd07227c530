/* What 1Password Connect holds for an environment, as a file of static secrets. */
#ifndef ASPIS_ONEPASSWORD_H
#define ASPIS_ONEPASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/remote.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a vault of 1Password is laid out. */
enum aspis_onepassword_scheme {
	/* a vault for each environment, with an item for each application */
	ASPIS_ONEPASSWORD_CURRENT,
	/* one vault for all environments, `onepasswordUuid`, with an item for each secret that names it in the field generate_secrets_key */
	ASPIS_ONEPASSWORD_LEGACY,
};

struct aspis_onepassword_secrets;

/* Reads the static secrets of an environment, and the special ones, from the 1Password Connect that it configures. NULL and an error where it configures none, there is no token, the server
 * does not answer or refuses, or something there is not what it ought to be: the error names each place, and shows no value. The caller frees. */
ASPIS_API struct aspis_onepassword_secrets *aspis_onepassword_secrets_read(struct aspis_remote *remote,
	const struct aspis_environment *environment, enum aspis_onepassword_scheme scheme, struct aspis_error *error);
ASPIS_API void aspis_onepassword_secrets_free(struct aspis_onepassword_secrets *secrets); /* wipes; accepts NULL */

/* What the environment requires and 1Password does not have, sorted: "tap" where there is no item for the application at all, "tap google_creds.json" where it has no such field. Fields
 * without a value are not among them. */
ASPIS_API size_t aspis_onepassword_secrets_missing_count(const struct aspis_onepassword_secrets *secrets);
ASPIS_API const char *aspis_onepassword_secrets_missing(const struct aspis_onepassword_secrets *secrets, size_t index);

/* The text of a file of static secrets in the nested form, without descriptions; values are plain in it, those decoded that are base64 in 1Password, and null where there is none. *size bytes of
 * UTF-8, borrowed. */
ASPIS_API const char *aspis_onepassword_secrets_text(const struct aspis_onepassword_secrets *secrets, size_t *size);

/* Writes that text to a file that its owner alone can read, whole or not at all. A file that is there is replaced only where it is a file of static secrets none of whose values would be
 * lost. False and an error where that fails. */
ASPIS_API bool aspis_onepassword_secrets_write(
	const struct aspis_onepassword_secrets *secrets, const char *path, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
