/* Looks for bytes in all memory that can be written to, to show that nothing of a value is left there. */
#ifndef ASPIS_TESTS_UNIT_MEMORY_SEARCH_H
#define ASPIS_TESTS_UNIT_MEMORY_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/* AddressSanitizer keeps what was freed for a while, and has terabytes of its own. */
#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEMORY_IS_SANITIZED 1
#endif
#endif
#ifndef MEMORY_IS_SANITIZED
#define MEMORY_IS_SANITIZED 0
#endif

#define MEMORY_PAGE_SIZE 4096

/* A page that is not looked into, for what is looked for; to be unmapped. NULL: there is none. */
static inline char *memory_page(void)
{
	char *page = mmap(
		NULL, MEMORY_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return page != MAP_FAILED ? page : NULL;
}

static inline bool memory_range_holds(const char *start, const char *end, const char *bytes, size_t size)
{
	const char *own = bytes - (uintptr_t)bytes % MEMORY_PAGE_SIZE;

	for (const char *at = start; (size_t)(end - at) >= size; at++) {
		at = memchr(at, bytes[0], (size_t)(end - at));
		if (!at || (size_t)(end - at) < size)
			return false;
		if (at >= own && at < own + MEMORY_PAGE_SIZE)
			continue;
		if (memcmp(at, bytes, size) == 0)
			return true;
	}
	return false;
}

/* Whether the bytes, which lie on such a page, are anywhere else. False where the system does not tell what memory there is. */
static inline bool memory_holds(const char *bytes, size_t size)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512], mode[8], name[256];
	unsigned long start, end;
	bool found = false;

	while (maps && fgets(line, sizeof(line), maps)) {
		name[0] = '\0';
		if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %255s", &start, &end, mode, name) >= 3 && mode[0] == 'r' &&
			mode[1] == 'w' && (name[0] == '\0' || strcmp(name, "[heap]") == 0))
			found = found || memory_range_holds((const char *)start, (const char *)end, bytes, size);
	}
	if (maps)
		fclose(maps);
	return found;
}

#endif
