/* Data over YAML: types, keys, layers, texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "helm/data.h"
#include "yaml/stream.h"

struct files {
	struct arena arena;
	struct yaml_stream *streams[4];
	size_t count;
};

static const struct data *load(struct files *files, const char *text)
{
	struct yaml_stream *stream;

	if (files->count == 0)
		arena_init(&files->arena);
	stream = yaml_load(&files->arena, STR("values.yaml"), str_of(text), false);
	files->streams[files->count++] = stream;
	return data_of_node(&files->arena, yaml_root(stream), &stream->source);
}

static void release(struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		yaml_stream_release(files->streams[i]);
	arena_release(&files->arena);
}

/* A value as a word: its kind and its text. */
static void check(struct files *files, const struct data *map, const char *path, enum data_kind kind, const char *text)
{
	const struct data *data = data_get_path(&files->arena, map, str_of(path));
	struct str actual = data_text(&files->arena, data);

	if (data->kind == kind && (str_is_absent(actual) ? text == NULL : text && str_is(actual, text)))
		return;
	print_error("%s is of kind %d: \"%.*s\"\n", path, (int)data->kind,
		STR_ARG(str_is_absent(actual) ? STR("") : actual));
	fail();
}

static void test_scalars(void **state)
{
	static const struct {
		const char *yaml;
		enum data_kind kind;
		const char *text;
	} rows[] = {
		{"x", DATA_STRING, "x"},
		{"'5'", DATA_STRING, "5"},
		{"5", DATA_FLOAT, "5"},
		{"-0", DATA_FLOAT, "0"},
		{"-0.0", DATA_FLOAT, "-0"},
		{"100000", DATA_FLOAT, "100000"},
		{"1000000", DATA_FLOAT, "1e+06"},
		{"1234567", DATA_FLOAT, "1.234567e+06"},
		{"0.0001", DATA_FLOAT, "0.0001"},
		{"0.00001", DATA_FLOAT, "1e-05"},
		{"1.10", DATA_FLOAT, "1.1"},
		{"0.1", DATA_FLOAT, "0.1"},
		{"18446744073709551615", DATA_FLOAT, "1.8446744073709552e+19"},
		{"99999999999999999999", DATA_FLOAT, "1e+20"},
		{"1e400", DATA_STRING, "1e400"},
		{"0x1F", DATA_FLOAT, "31"},
		{"0o17", DATA_FLOAT, "15"},
		{"017", DATA_FLOAT, "15"},
		{"08", DATA_FLOAT, "8"},
		{"0b101", DATA_FLOAT, "5"},
		{"1_000", DATA_FLOAT, "1000"},
		{"+12", DATA_FLOAT, "12"},
		{".5", DATA_FLOAT, "0.5"},
		{"5.", DATA_FLOAT, "5"},
		{"1e3", DATA_FLOAT, "1000"},
		{"1:30", DATA_STRING, "1:30"},
		{"2020-01-02", DATA_STRING, "2020-01-02"},
		{"12-13", DATA_STRING, "12-13"},
		{"+", DATA_STRING, "+"},
		{"0x", DATA_STRING, "0x"},
		{"yes", DATA_BOOL, "true"},
		{"Off", DATA_BOOL, "false"},
		{"y", DATA_BOOL, "true"},
		{"N", DATA_BOOL, "false"},
		{"\"yes\"", DATA_STRING, "yes"},
		{"yEs", DATA_STRING, "yEs"},
		{"~", DATA_NIL, ""},
		{"", DATA_NIL, ""},
		{"NULL", DATA_NIL, ""},
		{"'~'", DATA_STRING, "~"},
		{".inf", DATA_UNKNOWN, NULL},
		{"!!str 5", DATA_STRING, "5"},
		{"!!float 5", DATA_FLOAT, "5"},
		{"!!int 'x'", DATA_UNKNOWN, NULL},
		{"!!binary aGk=", DATA_UNKNOWN, NULL},
		{"!custom x", DATA_UNKNOWN, NULL},
		{"|-\n  a\n  b", DATA_STRING, "a\nb"},
		{"[1]", DATA_LIST, NULL},
		{"{a: 1}", DATA_MAP, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct strbuf yaml = STRBUF_INIT;
		struct files files = {0};

		strbuf_printf(&yaml, "k: %s\n", rows[i].yaml);
		check(&files, load(&files, yaml.ptr), "k", rows[i].kind, rows[i].text);
		release(&files);
		strbuf_release(&yaml);
	}
}

static void test_keys(void **state)
{
	struct files files = {0};
	const struct data *map =
		load(&files, "1: int\n010: octal\n1.50: float\nyes: bool\n\"no\": text\n'1': clash\n"
			     "base: &b {one: 1, two: 2}\nown: {<<: *b, two: mine}\nlate: {two: mine, <<: *b}\n"
			     "twice: 1\ntwice: 2\nalias: *b\n");

	(void)state;
	check(&files, map, "1", DATA_UNKNOWN, NULL);
	check(&files, map, "8", DATA_STRING, "octal");
	assert_true(str_is(data_get(&files.arena, map, STR("1.5"))->string, "float"));
	check(&files, map, "true", DATA_STRING, "bool");
	check(&files, map, "no", DATA_STRING, "text");
	check(&files, map, "own.one", DATA_FLOAT, "1");
	check(&files, map, "own.two", DATA_STRING, "mine");
	check(&files, map, "late.two", DATA_FLOAT, "2");
	check(&files, map, "twice", DATA_FLOAT, "2");
	check(&files, map, "alias.one", DATA_FLOAT, "1");
	check(&files, map, "nowhere.deeper", DATA_NIL, "");
	assert_ptr_equal(data_get(&files.arena, map, STR("own")), data_get(&files.arena, map, STR("own")));
	release(&files);
}

static void test_merge(void **state)
{
	struct files files = {0};
	const struct data *layers[] = {
		load(&files, "a: {x: 1, gone: null}\nnil: null\ns: {m: 1}\nt: top\nl: [1]\n"),
		load(&files, "a: {x: 2, b: 2, gone: 3}\nnil: 5\ns: text\nt: {m: 1}\nl: [2, 3]\nlow: 1\n"),
	};
	const struct data *map = data_merge(&files.arena, layers, 2), *inner;
	struct data_entries entries;

	(void)state;
	check(&files, map, "a.x", DATA_FLOAT, "1");
	check(&files, map, "a.b", DATA_FLOAT, "2");
	check(&files, map, "a.gone", DATA_NIL, "");
	check(&files, map, "nil", DATA_NIL, "");
	check(&files, map, "s.m", DATA_FLOAT, "1");
	check(&files, map, "t", DATA_STRING, "top");
	check(&files, map, "low", DATA_FLOAT, "1");
	assert_int_equal(data_items(&files.arena, data_get(&files.arena, map, STR("l"))).count, 1);
	assert_true(data_get(&files.arena, map, STR("nil"))->maybe);
	entries = data_entries(&files.arena, map);
	assert_int_equal(entries.count, 6);
	assert_true(str_is(entries.items[0].key, "a"));
	assert_true(str_is(entries.items[5].key, "low"));
	inner = data_get(&files.arena, map, STR("a"));
	assert_ptr_equal(inner, data_get(&files.arena, map, STR("a")));
	assert_int_equal(data_entries(&files.arena, inner).count, 3);
	assert_true(str_is(span_text(data_get_path(&files.arena, map, STR("a.b"))->span), "2"));
	release(&files);
}

static void test_merge_unknown(void **state)
{
	struct files files = {0};
	const struct data *layers[] = {
		load(&files, "a: {x: 1}\nt: 1\n"), &DATA_IS_UNKNOWN, load(&files, "a: {b: 2}\nz: 3\n")};
	const struct data *map = data_merge(&files.arena, layers, 3);
	const struct data *broken[] = {load(&files, "a: {x: 1}"), load(&files, "a: 5"), NULL};

	(void)state;
	assert_true(map->open);
	check(&files, map, "t", DATA_FLOAT, "1");
	check(&files, map, "a.x", DATA_FLOAT, "1");
	check(&files, map, "a.b", DATA_UNKNOWN, NULL);
	check(&files, map, "z", DATA_UNKNOWN, NULL);
	check(&files, map, "other", DATA_UNKNOWN, NULL);
	/* a map above what is no map above a map: merged in some cases only */
	broken[2] = data_get(&files.arena, data_merge(&files.arena, layers, 1), STR("t"));
	assert_int_equal(broken[2]->kind, DATA_FLOAT);
	map = data_merge(&files.arena, broken, 2);
	check(&files, map, "a.x", DATA_FLOAT, "1");
	check(&files, map, "a.b", DATA_NIL, "");
	map = data_merge(&files.arena, (const struct data *[]){broken[0], broken[1], layers[2]}, 3);
	check(&files, map, "a.x", DATA_FLOAT, "1");
	check(&files, map, "a.b", DATA_UNKNOWN, NULL);
	release(&files);
}

static void test_truth(void **state)
{
	struct files files = {0};
	const struct data *map =
		load(&files, "f: [0, '', null, [], {}, false, 0.0]\nt: [1, x, [0], {a: null}, true, -1]\n");
	struct data_items items = data_items(&files.arena, data_get(&files.arena, map, STR("f")));
	struct data *open = data_map_new(&files.arena, (struct span){0});

	(void)state;
	assert_int_equal(items.count, 7);
	for (size_t i = 0; i < items.count; i++)
		assert_int_equal(data_truth(&files.arena, items.items[i]), TRUTH_NO);
	items = data_items(&files.arena, data_get(&files.arena, map, STR("t")));
	for (size_t i = 0; i < items.count; i++) {
		assert_int_equal(data_truth(&files.arena, items.items[i]), TRUTH_YES);
		assert_int_equal(data_truth(&files.arena, data_maybe(&files.arena, items.items[i])), TRUTH_UNKNOWN);
	}
	open->open = true;
	assert_int_equal(data_truth(&files.arena, open), TRUTH_UNKNOWN);
	assert_int_equal(data_truth(&files.arena, &DATA_IS_UNKNOWN), TRUTH_UNKNOWN);
	assert_int_equal(data_truth(&files.arena, data_unknown(&files.arena, STR("-x"), (struct span){0})), TRUTH_YES);
	release(&files);
}

static void test_filled_maps(void **state)
{
	const struct span nowhere = {0};
	struct arena arena;
	struct data *map;

	(void)state;
	arena_init(&arena);
	map = data_map_new(&arena, nowhere);
	for (int i = 0; i < 100; i++)
		data_map_add(&arena, map, arena_printf(&arena, "k%d", i), nowhere, data_int(&arena, i));
	data_map_add(&arena, map, STR("k7"), nowhere, data_int(&arena, 700));
	assert_int_equal(data_get(&arena, map, STR("k7"))->integer, 700);
	assert_int_equal(data_get(&arena, map, STR("k99"))->integer, 99);
	assert_int_equal(data_entries(&arena, map).count, 101);
	data_set(&arena, map, STR("k5"), data_bool(true));
	assert_int_equal(data_get(&arena, map, STR("k5"))->kind, DATA_BOOL);
	data_set(&arena, map, STR("k7"), NULL);
	assert_int_equal(data_get(&arena, map, STR("k7"))->kind, DATA_NIL);
	assert_int_equal(data_get(&arena, map, STR("k8"))->integer, 8);
	assert_int_equal(data_entries(&arena, map).count, 99);
	arena_release(&arena);
}

/* 100,000 keys in two layers: looked up one by one, and all alive at once. */
static void test_large(void **state)
{
	struct strbuf yaml = STRBUF_INIT;
	struct files files = {0};
	const struct data *layers[2], *map;

	(void)state;
	for (int i = 0; i < 100000; i++)
		strbuf_printf(&yaml, "key%d: {a: %d}\n", i, i);
	layers[0] = load(&files, yaml.ptr);
	layers[1] = load(&files, yaml.ptr);
	map = data_merge(&files.arena, layers, 2);
	check(&files, map, "key99999.a", DATA_FLOAT, "99999");
	assert_int_equal(data_entries(&files.arena, map).count, 100000);
	release(&files);
	strbuf_release(&yaml);
}

static void test_names(void **state)
{
	struct files files = {0};
	const struct data *map = load(&files, "s: x\nb: true\nfive: 5\nz: null\nl: []\n");
	struct arena *arena = &files.arena;

	(void)state;
	assert_true(str_is(data_name(arena, data_get(arena, map, STR("s"))), "x"));
	assert_true(str_is(data_name(arena, data_get(arena, map, STR("five"))), "5"));
	assert_true(str_is_absent(data_name(arena, data_get(arena, map, STR("z")))));
	assert_true(str_is_absent(data_name(arena, data_get(arena, map, STR("l")))));
	assert_true(str_is_absent(data_name(arena, &DATA_IS_UNKNOWN)));
	release(&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_merge_unknown),
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_filled_maps),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
