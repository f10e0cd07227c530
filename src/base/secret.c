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

/* What was copied last is still in the vector registers, which the dynamic linker saves on the stack, and the kernel in a core. */
#ifdef __x86_64__
__attribute__((target("avx"))) static void wipe_low_registers(void)
{
	__asm__ volatile("vzeroall" ::
				 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
			 "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

__attribute__((target("avx512f"))) static void wipe_high_registers(void)
{
	__asm__ volatile("vpxord %%zmm16, %%zmm16, %%zmm16\n\tvpxord %%zmm17, %%zmm17, %%zmm17\n\t"
			 "vpxord %%zmm18, %%zmm18, %%zmm18\n\tvpxord %%zmm19, %%zmm19, %%zmm19\n\t"
			 "vpxord %%zmm20, %%zmm20, %%zmm20\n\tvpxord %%zmm21, %%zmm21, %%zmm21\n\t"
			 "vpxord %%zmm22, %%zmm22, %%zmm22\n\tvpxord %%zmm23, %%zmm23, %%zmm23\n\t"
			 "vpxord %%zmm24, %%zmm24, %%zmm24\n\tvpxord %%zmm25, %%zmm25, %%zmm25\n\t"
			 "vpxord %%zmm26, %%zmm26, %%zmm26\n\tvpxord %%zmm27, %%zmm27, %%zmm27\n\t"
			 "vpxord %%zmm28, %%zmm28, %%zmm28\n\tvpxord %%zmm29, %%zmm29, %%zmm29\n\t"
			 "vpxord %%zmm30, %%zmm30, %%zmm30\n\tvpxord %%zmm31, %%zmm31, %%zmm31" ::
				 : "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24",
			 "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31");
}

static void wipe_registers(void)
{
	if (__builtin_cpu_supports("avx"))
		wipe_low_registers();
	if (__builtin_cpu_supports("avx512f"))
		wipe_high_registers();
}
#else
static void wipe_registers(void)
{
}
#endif

static __attribute__((noinline)) void wipe_below(void)
{
	unsigned char below[STACK_SIZE];

	secret_wipe(below, sizeof(below));
}

void secret_wipe_stack(void)
{
	wipe_below();
	wipe_registers();
}

void secret_wipe(void *bytes, size_t size)
{
	if (size > 0)
		explicit_bzero(bytes, size);
}
