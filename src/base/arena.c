#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/xalloc.h"

#define CHUNK_SIZE_MIN ((size_t)4 << 10)
#define CHUNK_SIZE_MAX ((size_t)256 << 10)

/* Smaller chunks often come from memory that was in use before. */
#define PREFAULT_SIZE_MIN ((size_t)64 << 10)

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* of bytes */
	alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena)
{
	*arena = (struct arena){.chunks = NULL};
}

void arena_init_sensitive(struct arena *arena)
{
	*arena = (struct arena){.sensitive = true};
}

static void free_chunks(struct arena_chunk *chunk, bool sensitive)
{
	while (chunk) {
		struct arena_chunk *older = chunk->older;

		if (sensitive)
			secret_wipe(chunk->bytes, chunk->size);
		free(chunk);
		chunk = older;
	}
}

void arena_release(struct arena *arena)
{
	free_chunks(arena->chunks, arena->sensitive);
	free_chunks(arena->spare, arena->sensitive);
	*arena = (struct arena){.sensitive = arena->sensitive};
}

void arena_clear(struct arena *arena)
{
	struct arena_chunk **end = &arena->chunks;

	while (*end) {
		if (arena->sensitive)
			secret_wipe((*end)->bytes, (*end)->size);
		end = &(*end)->older;
	}
	*end = arena->spare;
	*arena = (struct arena){.sensitive = arena->sensitive, .spare = arena->chunks};
}

void arena_adopt(struct arena *arena, struct arena *from)
{
	arena->sensitive = arena->sensitive || from->sensitive;
	arena->size += from->size;
	if (!arena->chunks) {
		arena->chunks = from->chunks;
		arena->next = from->next;
		arena->left = from->left;
	} else if (from->chunks) {
		struct arena_chunk *oldest = from->chunks;

		while (oldest->older)
			oldest = oldest->older;
		oldest->older = arena->chunks->older;
		arena->chunks->older = from->chunks;
	}
	free_chunks(from->spare, from->sensitive);
	*from = (struct arena){.sensitive = from->sensitive};
}

/* The first that is large enough; NULL: none is. */
static struct arena_chunk *take_spare(struct arena *arena, size_t size)
{
	for (struct arena_chunk **link = &arena->spare; *link; link = &(*link)->older) {
		struct arena_chunk *chunk = *link;

		if (chunk->size < size)
			continue;
		*link = chunk->older;
		return chunk;
	}
	return NULL;
}

/* Has all pages of a chunk made at once, which takes little more than half the time of a fault for each. They are about to be filled anyway; a kernel that
 * does not know how makes them then. */
static void prefault(char *bytes, size_t size)
{
#ifdef MADV_POPULATE_WRITE
	uintptr_t mask = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
	uintptr_t start = ((uintptr_t)bytes + mask) & ~mask;
	uintptr_t end = ((uintptr_t)bytes + size) & ~mask;
	int cause = errno;

	madvise((void *)start, end - start, MADV_POPULATE_WRITE);
	errno = cause;
#else
	(void)bytes;
	(void)size;
#endif
}

static struct arena_chunk *chunk_new(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = take_spare(arena, size);

	if (!chunk) {
		chunk = xmalloc(xalloc_sum(sizeof(*chunk), size));
		chunk->size = size;
		if (size >= PREFAULT_SIZE_MIN)
			prefault(chunk->bytes, size);
	}
	arena->size += chunk->size;
	chunk->older = NULL;
	return chunk;
}

/* Room for size bytes that the newest chunk does not have. A large block gets a chunk of its own behind the newest, which goes on being filled.
 * Kept out of the way of the allocations that need none. */
__attribute__((noinline)) static char *allocate_chunk(struct arena *arena, size_t size)
{
	size_t next_size = arena->chunks ? arena->chunks->size * 2 : CHUNK_SIZE_MIN;
	struct arena_chunk *chunk;

	if (next_size > CHUNK_SIZE_MAX)
		next_size = CHUNK_SIZE_MAX;
	if (size > next_size / 4) {
		chunk = chunk_new(arena, size);
		if (!arena->chunks) {
			arena->chunks = chunk;
			arena->next = chunk->bytes + size;
			arena->left = chunk->size - size;
		} else {
			chunk->older = arena->chunks->older;
			arena->chunks->older = chunk;
		}
		return chunk->bytes;
	}
	chunk = chunk_new(arena, next_size);
	chunk->older = arena->chunks;
	arena->chunks = chunk;
	arena->next = chunk->bytes + size;
	arena->left = chunk->size - size;
	return chunk->bytes;
}

char *arena_bytes(struct arena *arena, size_t size)
{
	char *bytes = arena->next;

	if (!bytes || size > arena->left)
		return allocate_chunk(arena, size);
	arena->next += size;
	arena->left -= size;
	return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t padding = (size_t)(-(uintptr_t)arena->next & (alignof(max_align_t) - 1));
	char *bytes;

	if (!arena->next || padding > arena->left || size > arena->left - padding)
		return allocate_chunk(arena, size);
	bytes = arena->next + padding;
	arena->next = bytes + size;
	arena->left -= padding + size;
	return bytes;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
	size_t product = xalloc_product(count, size);

	return memset(arena_alloc(arena, product), 0, product);
}

void *arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	void *bytes;

	if (!old)
		return arena_alloc(arena, new_size);
	if (new_size <= old_size)
		return old;
	if ((char *)old + old_size == arena->next && new_size - old_size <= arena->left) {
		arena->next += new_size - old_size;
		arena->left -= new_size - old_size;
		return old;
	}
	bytes = arena_alloc(arena, new_size);
	memcpy(bytes, old, old_size);
	return bytes;
}

void arena_shrink(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	if ((char *)old + old_size != arena->next)
		return;
	arena->next -= old_size - new_size;
	arena->left += old_size - new_size;
}

struct str arena_str(struct arena *arena, struct str s)
{
	char *bytes;

	if (str_is_absent(s))
		return s;
	bytes = arena_bytes(arena, xalloc_sum(s.len, 1));
	memcpy(bytes, s.ptr, s.len);
	bytes[s.len] = '\0';
	return (struct str){.ptr = bytes, .len = s.len};
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	struct str text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

struct str arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	size_t room = arena->left;
	va_list again;
	int len;
	char *bytes;

	/* Where it belongs at once, if there is room for it. */
	va_copy(again, args);
	len = vsnprintf(arena->next, room, format, again);
	va_end(again);
	if (len < 0)
		xalloc_fail(SIZE_MAX);
	bytes = arena_bytes(arena, (size_t)len + 1);
	if ((size_t)len >= room)
		vsnprintf(bytes, (size_t)len + 1, format, args);
	return (struct str){.ptr = bytes, .len = (size_t)len};
}
