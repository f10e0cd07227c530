#include "base/secret.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/xalloc.h"

/* Of what is wiped of the stack. */
#define STACK_SIZE ((size_t)64 << 10)

struct secret {
	unsigned char *bytes; /* pages of their own, or a part of those of another */
	size_t size;
	size_t mapped_size;
	bool unlocked;
	struct secret *whole; /* of which it is a part; NULL: of none */
	atomic_size_t users;  /* itself and its parts, as long as they are not freed */
};

static size_t round_up_to_pages(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return xalloc_sum(size > 0 ? size : 1, page - 1) / page * page;
}

struct secret *secret_new(const void *bytes, size_t size)
{
	struct secret *secret = xcalloc(1, sizeof(*secret));
	size_t mapped_size = round_up_to_pages(size);
	void *pages = mmap(NULL, mapped_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		xalloc_fail(mapped_size);
	/* Both are best effort: a container may forbid the one, an old kernel not know the other. */
	secret->unlocked = mlock(pages, mapped_size) != 0;
	madvise(pages, mapped_size, MADV_DONTDUMP);
	secret->bytes = pages;
	secret->size = size;
	secret->mapped_size = mapped_size;
	atomic_init(&secret->users, 1);
	if (bytes && size > 0)
		memcpy(pages, bytes, size);
	return secret;
}

struct secret *secret_part(struct secret *whole, size_t offset, size_t size)
{
	struct secret *part = xcalloc(1, sizeof(*part));

	assert(!whole->whole && offset <= whole->size && size <= whole->size - offset);
	atomic_fetch_add(&whole->users, 1);
	part->bytes = whole->bytes + offset;
	part->size = size;
	part->unlocked = whole->unlocked;
	part->whole = whole;
	return part;
}

static void drop(struct secret *secret)
{
	if (atomic_fetch_sub(&secret->users, 1) > 1)
		return;
	secret_wipe(secret->bytes, secret->mapped_size);
	munmap(secret->bytes, secret->mapped_size);
	free(secret);
}

void secret_free(struct secret *secret)
{
	if (!secret)
		return;
	if (!secret->whole) {
		drop(secret);
		return;
	}
	secret_wipe(secret->bytes, secret->size);
	drop(secret->whole);
	free(secret);
}

void *secret_bytes(struct secret *secret)
{
	return secret->bytes;
}

size_t secret_size(const struct secret *secret)
{
	return secret->size;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	volatile unsigned char difference = 0;

	if (a->size != b->size)
		return false;
	for (size_t i = 0; i < a->size; i++)
		difference = (unsigned char)(difference | (a->bytes[i] ^ b->bytes[i]));
	return difference == 0;
}

bool secret_is_unlocked(const struct secret *secret)
{
	return secret->unlocked;
}

__attribute__((noinline)) void secret_wipe_stack(void)
{
	unsigned char below[STACK_SIZE];

	secret_wipe(below, sizeof(below));
}

void secret_wipe(void *bytes, size_t size)
{
	if (size > 0)
		explicit_bzero(bytes, size);
}
