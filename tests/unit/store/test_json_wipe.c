/* Nothing of a value is left in memory when what was read and written has been freed. */
#include "../memory_search.h"
#include "entry_fixture.h"
#include "store/store.h"
#include "store/vault_message.h"

#define CANARY_SIZE  40
#define PADDING_SIZE 3000

static char *plant(void)
{
	char *page = memory_page();

	assert_non_null(page);
	for (size_t i = 0; i < CANARY_SIZE; i++)
		page[i] = (char)('a' + (i * i + 5 * i) % 23);
	return page;
}

/* Read, kept, written, looked through for a message. */
static void use(const char *before, const char *canary, const char *behind)
{
	struct error error = ERROR_INIT;
	struct vec strings = VEC_INIT(struct str);
	struct store_entry entry;
	struct secret *written;
	struct arena arena;
	struct str text;

	arena_init_sensitive(&arena);
	/* What is freed loses its first bytes at once. */
	text = arena_printf(&arena, "%s%0*d%.*s%s", before, PADDING_SIZE, 0, CANARY_SIZE, canary, behind);
	store_entry_init(&entry, STR("argocd"));
	assert_true(json_values_parse(&entry, &arena, text, &error));
	for (size_t i = 0; i < entry.values.len; i++) {
		struct store_value *value = vec_at(&entry.values, i);

		secret_free(value->json);
		value->json = NULL;
	}
	written = json_values_write(&entry.values, 2, &error);
	assert_non_null(written);
	vault_message_conceal(&strings, &arena, text);
	assert_true(memory_holds(canary, CANARY_SIZE / 2));
	vec_release(&strings);
	secret_free(written);
	store_entry_release(&entry);
	arena_release(&arena);
}

static void test_nothing_is_left(void **state)
{
	static const char *const forms[][2] = {
		{"{\"a\":\"", "\"}"},
		{"{\"a\":\"\\n\\\"", "\\u00fc\"}"},
		{"{\"b\":1,\"a\":\"\\ud83d\\ude00", "\\\\\",\"c\":[{}]}"},
	};

	char *canary;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	canary = plant();
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		use(forms[i][0], canary, forms[i][1]);
		if (memory_holds(canary, CANARY_SIZE / 2))
			fail_msg("%s leaves something", forms[i][0]);
	}
	munmap(canary, MEMORY_PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_is_left)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
