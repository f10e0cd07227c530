/* The bytes of a secret value: locked in memory where the system allows, left out of core dumps, wiped when freed. Nothing here or elsewhere prints one. */
#ifndef ASPIS_SECRET_H
#define ASPIS_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/error.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aspis_secret;

/* A copy of bytes (NULL: none, room for size bytes, all zero). The caller frees. */
ASPIS_API struct aspis_secret *aspis_secret_new(const void *bytes, size_t size);
ASPIS_API void aspis_secret_free(struct aspis_secret *secret); /* wipes; accepts NULL */

/* The content of a file, at most 1 MiB. NULL and an error where it cannot be read. The caller frees. */
ASPIS_API struct aspis_secret *aspis_secret_read(const char *path, struct aspis_error *error);

ASPIS_API char *aspis_secret_bytes(struct aspis_secret *secret);
ASPIS_API size_t aspis_secret_size(const struct aspis_secret *secret);

/* Whether the system keeps the bytes in memory. Where it refused to, they may come to be on a disk as swap. */
ASPIS_API bool aspis_secret_is_locked(const struct aspis_secret *secret);

#ifdef __cplusplus
}
#endif

#endif
