#include "docs/names.h"

#include "../base/assert_str.h"
#include "base/strbuf.h"

static const char *add(struct page_names *names, const char *original)
{
	return page_names_add(names, STR(""), str_of(original)).ptr;
}

static void test_plain(void **state)
{
	static const char *const plain[] = {"tap", "a-b", "0", "x1", "vault-secrets-operator"};
	static const char *const others[] = {"", "A", "a--b", "-a", "a-", "a_b", "a.b", "a b", "\xC3\xA9", "index",
		"con", "aux", "com1", "lpt9", "..", "a/b"};

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_true(page_names_is_plain(str_of(plain[i])));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(page_names_is_plain(str_of(others[i])));
	assert_true(page_names_is_plain(STR("com10")));
}

static void test_kept(void **state)
{
	struct arena arena;
	struct page_names names;

	(void)state;
	arena_init(&arena);
	page_names_init(&names, &arena);
	assert_string_equal(add(&names, "tap"), "tap");
	assert_string_equal(add(&names, "google_creds.json"), "google-creds-json");
	assert_string_equal(add(&names, "..ADMIN__Password!!"), "admin-password");
	assert_string_equal(page_names_add(&names, STR("aspis-app-"), STR("tap")).ptr, "aspis-app-tap");
	page_names_release(&names);
	arena_release(&arena);
}

/* What would be the same, or nothing, or reserved, gets a hash of what it was, and nothing else decides on it. */
static void test_distinct(void **state)
{
	struct arena arena;
	struct page_names names, again;

	(void)state;
	arena_init(&arena);
	page_names_init(&names, &arena);
	page_names_init(&again, &arena);
	assert_string_equal(add(&names, "a-b"), "a-b");
	const char *one = add(&names, "A_B"), *other = add(&names, "a.b");
	assert_int_equal(strlen(one), strlen("a-b-") + 8);
	assert_memory_equal(one, "a-b-", 4);
	assert_string_not_equal(one, other);
	assert_string_equal(add(&again, "a-b"), "a-b");
	assert_string_equal(add(&again, "a.b"), other);
	const char *index = add(&names, "index"), *nothing = add(&names, "\xE6\x97\xA5"), *empty = add(&names, "");
	assert_memory_equal(index, "index-", 6);
	assert_int_equal(nothing[0], 'x');
	assert_int_equal(strlen(nothing), 9);
	assert_string_not_equal(nothing, empty);
	page_names_release(&names);
	page_names_release(&again);
	arena_release(&arena);
}

static void test_long(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct arena arena;
	struct page_names names;

	(void)state;
	arena_init(&arena);
	page_names_init(&names, &arena);
	strbuf_append_repeat(&text, 'x', 100000);
	struct str one = page_names_add(&names, STR(""), strbuf_str(&text));
	strbuf_append_char(&text, 'y');
	struct str other = page_names_add(&names, STR(""), strbuf_str(&text));
	assert_true(one.len < 150 && other.len < 150);
	assert_false(str_equal(one, other));
	strbuf_release(&text);
	page_names_release(&names);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_distinct),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
