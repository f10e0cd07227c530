#include "cli/heap.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

/* Addresses alone: they become memory where something is written to. */
#define EXPECTED_SIZE ((size_t)64 << 20)

/* More than the heap has free before. */
#define FIRST_SIZE ((size_t)1 << 20)

/* The largest threshold that the library takes. */
#define BLOCK_SIZE_MAX ((int)sizeof(long) << 22)

#define HUGE_PAGE_SIZE ((uintptr_t)2 << 20)

/* Nothing goes back to the kernel, and large blocks come from the heap, too. All threads share it: each of its own would grow by small pages. */
static void set_up_allocator(int padding)
{
	mallopt(M_MMAP_THRESHOLD, BLOCK_SIZE_MAX);
	mallopt(M_TRIM_THRESHOLD, INT32_MAX);
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TOP_PAD, padding);
}

/* A huge page takes a small part of the time of the 512 that it replaces, and spares lookups of addresses later. */
static void ask_for_huge_pages(uintptr_t start, uintptr_t end)
{
#ifdef MADV_HUGEPAGE
	start = (start + HUGE_PAGE_SIZE - 1) & ~(HUGE_PAGE_SIZE - 1);
	end &= ~(HUGE_PAGE_SIZE - 1);
	if (start < end)
		madvise((void *)start, end - start, MADV_HUGEPAGE);
#else
	(void)start;
	(void)end;
#endif
}

void heap_expect_much(void)
{
	int cause = errno;
	uintptr_t before = (uintptr_t)sbrk(0);
	volatile char *first;

	set_up_allocator((int)EXPECTED_SIZE);
	first = malloc(FIRST_SIZE);
	ask_for_huge_pages(before, (uintptr_t)sbrk(0));
	/* Without a use, compilers leave out both calls. */
	if (first)
		*first = 0;
	free((void *)first);
	errno = cause;
}

/* From a page of the heap down to its first: what lies before the heap is not mapped, or the program's own variables. */
static void conceal_downwards(uintptr_t page, uintptr_t size)
{
	while (madvise((void *)page, size, MADV_DONTDUMP) == 0)
		page -= size;
}

void heap_conceal(void)
{
	uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
	int cause = errno;
	void *block;

	heap_expect_much();
	mallopt(M_MMAP_MAX, 0);
	block = malloc(1);
	if (block) {
		uintptr_t start = (uintptr_t)block & ~(page_size - 1);
		uintptr_t end = (uintptr_t)sbrk(0) & ~(page_size - 1);

		/* Another allocator than that of the C library has its blocks elsewhere. */
		if (start < end && madvise((void *)start, end - start, MADV_DONTDUMP) == 0)
			conceal_downwards(start - page_size, page_size);
	}
	free(block);
	errno = cause;
}
#else
void heap_expect_much(void)
{
}

void heap_conceal(void)
{
}
#endif
