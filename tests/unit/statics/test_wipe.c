/* Nothing of a value is left in memory when a file has been released: it is looked for in all that can be written to. */
#include "../memory_search.h"
#include "statics/fill.h"
#include "statics_fixture.h"

#define CANARY_SIZE 40

static char *plant(void)
{
	char *page = memory_page();

	assert_non_null(page);
	for (size_t i = 0; i < CANARY_SIZE; i++)
		page[i] = (char)('a' + (i * i + 7 * i) % 23);
	return page;
}

static bool is_somewhere(const char *canary)
{
	return memory_holds(canary, CANARY_SIZE / 2);
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
	munmap(canary, MEMORY_PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_is_left)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
