/* An allocator for libraries that are handed secret values: whatever it gives back to the system is wiped before, and large blocks
 * are left out of core dumps. Each library takes it in its own way
 * (curl_global_init_mem, CRYPTO_set_mem_functions); memory of it and of malloc() must not be mixed. */
#ifndef ASPIS_BASE_WIPING_H
#define ASPIS_BASE_WIPING_H

#include <stddef.h>

/* As malloc, calloc, realloc, strdup and free, NULL on failure included; realloc always moves, and wipes the place that it leaves. */
void *wiping_malloc(size_t size);
void *wiping_calloc(size_t count, size_t size);
void *wiping_realloc(void *old, size_t size);
char *wiping_strdup(const char *text);
void wiping_free(void *bytes);

#endif
