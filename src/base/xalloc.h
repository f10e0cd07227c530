/* Memory that is always there: an allocation that fails calls the handler and aborts, so that whatever builds or renders can return void. */
#ifndef ASPIS_BASE_XALLOC_H
#define ASPIS_BASE_XALLOC_H

#include <stddef.h>
#include <stdint.h>

/* Called with the size that could not be had, before the process aborts; it may end the process in its own way, but a return leads to abort(). */
typedef void xalloc_handler(size_t size);

/* Sets the handler of the whole process (NULL: none but abort). Not thread-safe: a host sets it once, before anything else. */
void xalloc_set_handler(xalloc_handler *handler);

/* As malloc, calloc (zeroed, overflow-checked), realloc; never NULL, a size of 0 gives a unique pointer. The caller frees with free(). */
void *xmalloc(size_t size) __attribute__((returns_nonnull, warn_unused_result));
void *xcalloc(size_t count, size_t size) __attribute__((returns_nonnull, warn_unused_result));
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull, warn_unused_result));
void *xreallocarray(void *old, size_t count, size_t size) __attribute__((returns_nonnull, warn_unused_result));

/* As xrealloc of a block of old_size bytes to more (old may be NULL, then of none): quicker for what threads grow from small beginnings. */
void *xgrow(void *old, size_t old_size, size_t size) __attribute__((returns_nonnull, warn_unused_result));

/* What a failed allocation comes to: the handler, then abort(). For a size that is out of bounds before any allocation is tried. */
void xalloc_fail(size_t size) __attribute__((noreturn));

/* count × size and a + b for a size in bytes; one that overflows is an allocation that fails. */
static inline size_t xalloc_product(size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size)
		xalloc_fail(SIZE_MAX);
	return count * size;
}

static inline size_t xalloc_sum(size_t a, size_t b)
{
	if (a > SIZE_MAX - b)
		xalloc_fail(SIZE_MAX);
	return a + b;
}

#endif
