/* Nothing of a value is left in memory when a file has been released: it is looked for in all that can be written to. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "statics/fill.h"
#include "statics_fixture.h"

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

#define PAGE_SIZE   4096
#define CANARY_SIZE 40

/* A page that is not looked into, with the canary. */
static char *plant(void)
{
	char *page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	assert_ptr_not_equal(page, MAP_FAILED);
	for (size_t i = 0; i < CANARY_SIZE; i++)
		page[i] = (char)('a' + (i * i + 7 * i) % 23);
	return page;
}

static bool holds(const char *start, const char *end, const char *canary)
{
	const char *own = canary - (uintptr_t)canary % PAGE_SIZE;

	for (const char *at = start; end - at >= CANARY_SIZE; at++) {
		at = memchr(at, canary[0], (size_t)(end - at));
		if (!at || end - at < CANARY_SIZE)
			return false;
		if (at >= own && at < own + PAGE_SIZE)
			continue;
		if (memcmp(at, canary, CANARY_SIZE / 2) == 0)
			return true;
	}
	return false;
}

/* Whether the canary is anywhere in memory but on its page. */
static bool is_somewhere(const char *canary)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[512], mode[8], name[256];
	unsigned long start, end;
	bool found = false;

	assert_non_null(maps);
	while (fgets(line, sizeof(line), maps)) {
		name[0] = '\0';
		if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %255s", &start, &end, mode, name) >= 3 && mode[0] == 'r' &&
			mode[1] == 'w' && (name[0] == '\0' || strcmp(name, "[heap]") == 0))
			found = found || holds((const char *)start, (const char *)end, canary);
	}
	fclose(maps);
	return found;
}

/* A file around the canary, with a place to be filled. */
struct form {
	const char *before;
	const char *behind;
};

static void use(const struct form *form, const char *canary)
{
	struct vec given = VEC_INIT(struct given_value);
	struct arena arena;
	struct static_secrets file;
	struct secret *secret;
	struct str text;

	arena_init_sensitive(&arena);
	text = arena_printf(&arena, "%s%s%s", form->before, canary, form->behind);
	static_secrets_read(&file, &arena, STR("file.yaml"), text, STATIC_NESTED);
	assert_int_equal(file.problems.len, 0);
	secret = secret_new(canary, CANARY_SIZE);
	*(struct given_value *)vec_push(&given) =
		(struct given_value){.place = vec_at(&file.values, 1), .value = secret};
	assert_true(static_fill(&text, &file, &given));
	assert_true(is_somewhere(canary));
	secret_free(secret);
	static_secrets_release(&file);
	arena_release(&arena);
	vec_release(&given);
}

static void test_nothing_is_left(void **state)
{
	static const struct form forms[] = {
		{"a:\n  b: {value: ", "}\n  c: {value: null}\n"},
		{"a:\n  b: {value: !!str ", "}\n  c: {value: null}\n"},
		{"a:\n  b: {value: \"\\x41", "\"}\n  c: {value: null}\n"},
		{"a:\n  b:\n    value: |\n      ", "\n      x\n  c: {value: null}\n"},
		{"a:\n  b:\n    value: >-\n      x\n      ", "\n  c: {value: null}\n"},
	};
	char *canary;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	canary = plant();
	assert_false(is_somewhere(canary));
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		use(&forms[i], canary);
		if (is_somewhere(canary))
			fail_msg("%s leaves something", forms[i].before);
	}
	munmap(canary, PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_is_left)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
