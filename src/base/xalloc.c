#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>

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
	void *bytes = count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1);

	if (!bytes)
		xalloc_fail(xalloc_product(count, size));
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
