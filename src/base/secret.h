/* The bytes of a secret value: locked in memory where the system allows, left out of core dumps, wiped when freed. Nothing that formats text
 * takes one (ARCHITECTURE decision 7): whoever needs the bytes asks for them by name, which is easy to search for. */
#ifndef ASPIS_BASE_SECRET_H
#define ASPIS_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct secret;

/* A secret with a copy of the bytes (NULL for none); room for size bytes, to be filled through secret_bytes(). The caller frees it. */
struct secret *secret_new(const void *bytes, size_t size) __attribute__((returns_nonnull, warn_unused_result));
void secret_free(struct secret *secret); /* wipes; accepts NULL */

/* A secret that is a part of the bytes of another (within it: asserted), which stay until it and all its parts have been freed, in any order and by any thread. For many
 * small ones: pages of its own for each would soon be more than a process may have. The caller frees it; its bytes are wiped then. */
struct secret *secret_part(struct secret *whole, size_t offset, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));

/* The bytes, borrowed. Never pass them to a diagnostic, a log, a plan or argv. */
void *secret_bytes(struct secret *secret);
size_t secret_size(const struct secret *secret);

static inline struct str secret_str(struct secret *secret)
{
	return (struct str){.ptr = secret_bytes(secret), .len = secret_size(secret)};
}

/* In time that depends on the sizes alone. */
bool secret_equal(const struct secret *a, const struct secret *b);

/* Whether the system refused to lock the pages (told to the user once, as a note). */
bool secret_is_unlocked(const struct secret *secret);

/* Overwrites memory in a way that the compiler may not drop. */
void secret_wipe(void *bytes, size_t size);

/* Overwrites what functions that have returned have left on the stack, 64 KiB below the caller, and in vector registers: libraries copy what they read and write through both. */
void secret_wipe_stack(void);

#endif
