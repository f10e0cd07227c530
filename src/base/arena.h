/* Memory that is freed whole: a document, a model or a run allocates from one arena and drops it at its end. */
#ifndef ASPIS_BASE_ARENA_H
#define ASPIS_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks; /* newest first */
	char *next;                 /* free bytes of the newest chunk */
	size_t left;
	size_t size;               /* of all chunks: what it takes, for who wants to bound it */
	bool sensitive;            /* wiped before it is given back */
	struct arena_chunk *spare; /* emptied by arena_clear() */
};

/* An arena to be embedded. The sensitive kind holds secret values: each chunk is wiped (in a way that the compiler cannot drop) before it is freed. */
void arena_init(struct arena *arena);
void arena_init_sensitive(struct arena *arena);

/* Frees all that was allocated; the arena is empty and usable afterwards. */
void arena_release(struct arena *arena);

/* The same, but the memory stays with the arena for what comes next: for passes that each need much for a short time. */
void arena_clear(struct arena *arena);

/* Moves all that was allocated in from (left empty and usable) into arena: pointers into it stay valid and live as long as arena. If either is
 * sensitive, arena is from then on. */
void arena_adopt(struct arena *arena, struct arena *from);

/* Aligned for any type, never NULL; size 0 gives a valid pointer. The second form is zeroed, and its product checked. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull, warn_unused_result));
void *arena_calloc(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull, warn_unused_result));

/* Bytes without alignment, for text: packs tightly. */
char *arena_bytes(struct arena *arena, size_t size) __attribute__((returns_nonnull, warn_unused_result));

/* Grows the block that was allocated last in place where possible, else copies; old may be NULL. */
void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
	__attribute__((returns_nonnull, warn_unused_result));

/* Gives back the end of the block that was allocated last; of any other, nothing. */
void arena_shrink(struct arena *arena, void *old, size_t old_size, size_t new_size);

/* A copy of s, NUL-terminated behind its length. An absent string stays absent. */
struct str arena_str(struct arena *arena, struct str s);

/* Formatted text as a NUL-terminated string of the arena. */
struct str arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
