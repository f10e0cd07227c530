#include "docs/list.h"

#include "../base/assert_str.h"

#define FINGERPRINT "0123456789abcdef0123456789abcdef"

static bool reads(const char *text)
{
	struct error error = ERROR_INIT;
	struct file_list list;
	struct arena arena;

	arena_init(&arena);
	file_list_init(&list);
	bool done = file_list_read(&list, &arena, STR("out/list"), str_of(text), &error);
	assert_int_equal(done, error.kind == ERROR_NONE);
	error_release(&error);
	file_list_release(&list);
	arena_release(&arena);
	return done;
}

static bool reads_path(const char *json_path)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_printf(&text,
		"{\"version\":1,\"files\":[{\"path\":%s,\"format\":\"rst\",\"fingerprint\":\"" FINGERPRINT "\"}]}",
		json_path);
	bool done = reads(text.ptr);
	strbuf_release(&text);
	return done;
}

static void test_round_trip(void **state)
{
	struct strbuf text = STRBUF_INIT, again = STRBUF_INIT;
	struct file_list list, read;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	file_list_init(&list);
	file_list_init(&read);
	file_list_add(&list, STR("b/\"x\".rst"), STR("rst"), fingerprint_of(&arena, STR("b")));
	file_list_add(&list, STR("a.html"), STR("html"), fingerprint_of(&arena, STR("a")));
	file_list_write(&text, &list);
	assert_true(file_list_read(&read, &arena, STR("list"), strbuf_str(&text), NULL));
	assert_int_equal(read.files.len, 2);
	const struct listed_file *file = map_get(&read.by_path, STR("b/\"x\".rst"));
	assert_non_null(file);
	assert_str(file->format, "rst");
	assert_true(str_equal(file->fingerprint, fingerprint_of(&arena, STR("b"))));
	file_list_write(&again, &read);
	assert_string_equal(text.ptr, again.ptr);
	file_list_release(&list);
	file_list_release(&read);
	strbuf_release(&text);
	strbuf_release(&again);
	arena_release(&arena);
}

static void test_refused(void **state)
{
	static const char *const paths[] = {"\"\"", "\"/etc/passwd\"", "\"../x\"", "\"a/../x\"", "\"./x\"", "\"a//x\"",
		"\"a/\"", "\"..\"", "\"a\\u0000b\"", "1", "null"};
	static const char *const texts[] = {"", "{", "[]", "null", "{}", "{\"version\":1}",
		"{\"version\":2,\"files\":[]}", "{\"version\":1,\"files\":{}}", "{\"version\":1,\"files\":[1]}",
		"{\"version\":1,\"files\":[{\"path\":\"a\",\"format\":\"rst\",\"fingerprint\":\"x\"}]}",
		"{\"version\":1,\"files\":[{\"path\":\"a\",\"fingerprint\":\"" FINGERPRINT "\"}]}"};

	(void)state;
	assert_true(reads("{\"version\":1,\"files\":[]}"));
	assert_true(reads_path("\"a\""));
	assert_true(reads_path("\"a/b.c/..d\""));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_false(reads_path(paths[i]));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(reads(texts[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
