#include "base/wiping.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/secret.h"

/* From this size on, a block has pages of its own. */
#define PAGES_SIZE_MIN ((size_t)4 << 10)

/* Stands before the bytes that are handed out, which are aligned for any type as it is. */
struct block {
	alignas(max_align_t) size_t size;
	bool has_pages;
};

static struct block *block_of(void *bytes)
{
	return (struct block *)bytes - 1;
}

static void *map_pages(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		return NULL;
	madvise(pages, size, MADV_DONTDUMP);
	return pages;
}

void *wiping_malloc(size_t size)
{
	bool has_pages = size >= PAGES_SIZE_MIN;
	struct block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = has_pages ? map_pages(sizeof(*block) + size) : malloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->size = size;
	block->has_pages = has_pages;
	return block + 1;
}

void *wiping_calloc(size_t count, size_t size)
{
	void *bytes = size == 0 || count <= SIZE_MAX / size ? wiping_malloc(count * size) : NULL;

	return bytes ? memset(bytes, 0, count * size) : NULL;
}

void *wiping_realloc(void *old, size_t size)
{
	void *bytes;

	if (old && size == 0) {
		wiping_free(old);
		return NULL;
	}
	/* Never moved by realloc(), which would leave the bytes behind. */
	bytes = wiping_malloc(size);
	if (bytes && old) {
		size_t old_size = block_of(old)->size;

		memcpy(bytes, old, old_size < size ? old_size : size);
		wiping_free(old);
	}
	return bytes;
}

char *wiping_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = wiping_malloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

void wiping_free(void *bytes)
{
	struct block *block;

	if (!bytes)
		return;
	block = block_of(bytes);
	secret_wipe(bytes, block->size);
	if (block->has_pages)
		munmap(block, sizeof(*block) + block->size);
	else
		free(block);
}
