/* What this program gives back to the heap is wiped, whoever gives it back: not every library takes an allocator of ours. nghttp2, with which libcurl speaks HTTP/2,
 * copies headers and frames, tokens and values among them. For the helper alone, whose heap is small; a library leaves the free() of its host alone. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* glibc's own, which is there for those that take its place. */
extern void __libc_free(void *block); /* NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* Seen by the libraries, which is what it is for. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
__attribute__((visibility("default"))) void free(void *block)
{
	int cause = errno;

	if (!block)
		return;
	explicit_bzero(block, malloc_usable_size(block));
	__libc_free(block);
	errno = cause;
}

/* Never moved by glibc, which would leave the bytes behind. */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
__attribute__((visibility("default"))) void *realloc(void *old, size_t size)
{
	size_t old_size = old ? malloc_usable_size(old) : 0;
	void *block;

	if (old && size == 0) {
		free(old);
		return NULL;
	}
	if (old && size <= old_size && size >= old_size / 2)
		return old;
	block = malloc(size);
	if (block && old) {
		memcpy(block, old, old_size < size ? old_size : size);
		free(old);
	}
	return block;
}
