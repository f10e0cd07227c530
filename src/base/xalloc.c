#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Blocks up to this size are kept at hand for each thread by the C library. */
#define SMALL_SIZE_MAX 1024

static xalloc_handler *process_handler;

void xalloc_set_handler(xalloc_handler *handler)
{
	process_handler = handler;
}

void xalloc_fail(size_t size)
{
	if (process_handler)
		process_handler(size);
	abort();
}

void *xmalloc(size_t size)
{
	void *bytes = malloc(size > 0 ? size : 1);

	if (!bytes)
		xalloc_fail(size);
	return bytes;
}

void *xcalloc(size_t count, size_t size)
{
	size_t product = xalloc_product(count, size);
	void *bytes;

	/* As realloc(), calloc() takes the lock. */
	if (product <= SMALL_SIZE_MAX)
		return memset(xmalloc(product), 0, product);
	bytes = calloc(count, size);
	if (!bytes)
		xalloc_fail(product);
	return bytes;
}

void *xrealloc(void *old, size_t size)
{
	void *bytes = realloc(old, size > 0 ? size : 1);

	if (!bytes)
		xalloc_fail(size);
	return bytes;
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	return xrealloc(old, xalloc_product(count, size));
}

/* realloc() takes the lock of the heap for small blocks, too, on which threads wait for each other. */
void *xgrow(void *old, size_t old_size, size_t size)
{
	void *bytes;

	if (!old || size > SMALL_SIZE_MAX)
		return xrealloc(old, size);
	bytes = xmalloc(size);
	memcpy(bytes, old, old_size);
	free(old);
	return bytes;
}
