/* The credentials that the secrets of an environment are read and written with: an AppRole and a token of its Vault, with their policies. Managing them takes a token of
 * its own, which may do so. */
#ifndef ASPIS_ACCESS_H
#define ASPIS_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/remote.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether both credentials are there, have the policies and grants that they should have, and the token has more than 7 days left; nothing is changed. Returns what is wrong as
 * "text" (empty where nothing is; NULL is the same) or "json", *size bytes; *clean tells whether nothing is. The caller frees. NULL and an error where not all could be looked at. */
ASPIS_API char *aspis_access_audit(struct aspis_remote *remote, const struct aspis_environment *environment,
	const char *format, bool *clean, size_t *size, struct aspis_error *error);

/* A new credential. The ones that it takes the place of are still valid. */
struct aspis_access_credential;

/* Makes the AppRole, named after the last component of vaultPathPrefix, its policy and a new SecretID. secret_name: the credential is printed as a Kubernetes Secret of that name for
 * the Vault Secrets Operator; NULL: as YAML. token_lifetime: of the tokens that the AppRole gives, in seconds; 0: as the server has it. NULL and an error where that fails. The caller frees. */
ASPIS_API struct aspis_access_credential *aspis_access_credential_new_read_approle(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *secret_name, unsigned token_lifetime,
	struct aspis_error *error);

/* Makes the policy and a token with it, for a time such as "3650d", "12h" or "600" (seconds); NULL: ten years. That the server grants less is told as a warning. */
ASPIS_API struct aspis_access_credential *aspis_access_credential_new_write_token(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *lifetime, struct aspis_error *error);
ASPIS_API void aspis_access_credential_free(struct aspis_access_credential *credential); /* wipes; accepts NULL */

/* What is to be printed: *size bytes that hold the credential. Borrowed. */
ASPIS_API const char *aspis_access_credential_text(struct aspis_access_credential *credential, size_t *size);

/* What may be shown of it, to tell it from others. Borrowed. */
ASPIS_API const char *aspis_access_credential_accessor(const struct aspis_access_credential *credential);

/* Writes the text to a file that its owner alone can read, in the place of what it held. */
ASPIS_API bool aspis_access_credential_write(
	struct aspis_access_credential *credential, const char *path, struct aspis_error *error);

/* Ends the credentials that this one takes the place of: to be called once its text is where it is needed. *count is how many have ended. False and an error, which
 * names those that have not. */
ASPIS_API bool aspis_access_credential_retire_old(
	struct aspis_access_credential *credential, size_t *count, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
