/* An environment of a repository with the secrets that it requires. */
#ifndef ASPIS_ENVIRONMENT_H
#define ASPIS_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/diag.h>
#include <aspis/error.h>
#include <aspis/export.h>
#include <aspis/repository.h>
#include <aspis/secret_spec.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aspis_environment;

/* Reads and resolves an environment. NULL and an error where there is none of that name (the message suggests the likely one), or where a file
 * that it depends on is broken, so that no list of its secrets could be trusted; what is broken is then in *broken, which is otherwise
 * set to NULL. The caller frees both. */
ASPIS_API struct aspis_environment *aspis_environment_open(struct aspis_repository *repository, const char *name,
	struct aspis_diag_list **broken, struct aspis_error *error);
ASPIS_API void aspis_environment_free(struct aspis_environment *environment);

ASPIS_API const char *aspis_environment_name(const struct aspis_environment *environment);

/* The string at a dotted path of its merged settings, such as "vaultPathPrefix" or "onepassword.connectUrl". NULL where it is not set or is no string. The
 * caller frees. */
ASPIS_API char *aspis_environment_setting(const struct aspis_environment *environment, const char *path);

/* The applications that it enables, sorted. */
ASPIS_API size_t aspis_environment_application_count(const struct aspis_environment *environment);
ASPIS_API const char *aspis_environment_application_name(const struct aspis_environment *environment, size_t index);

/* The secrets that it requires, sorted by application and key. */
ASPIS_API size_t aspis_environment_secret_count(const struct aspis_environment *environment);
ASPIS_API const struct aspis_secret_spec *aspis_environment_secret(
	const struct aspis_environment *environment, size_t index);

/* The list of these secrets as text: "text" gives a line "application key" each, "json" an object with all that is known of them.
 * *size (may be NULL) is its length without the NUL behind it. NULL and an error for another format. The caller frees. */
ASPIS_API char *aspis_environment_render(
	const struct aspis_environment *environment, const char *format, size_t *size, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
