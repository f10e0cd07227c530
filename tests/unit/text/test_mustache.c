#include "text/mustache.h"

#include <string.h>
#include <time.h>

#include "../base/assert_str.h"
#include "yaml/stream.h"

/* Templates by name, for partials: each is parsed for the time of one rendering. */
struct library {
	struct mustache_template *items[4];
	const char *names[4];
};

static const struct mustache_template *find_partial(void *context, struct str name)
{
	const struct library *library = context;

	for (size_t i = 0; i < 4 && library->names[i]; i++) {
		if (str_is(name, library->names[i]))
			return library->items[i];
	}
	return NULL;
}

static struct mustache_template *parse(const char *name, const char *text)
{
	struct error error = ERROR_INIT;
	struct mustache_template *mustache = mustache_parse(str_of(name), str_of(text), &error);

	if (!mustache)
		fail_msg("%s", error.message);
	return mustache;
}

/* Renders a template with JSON and, as "p" and "q", partials; the result is the text or the error's. */
struct rendering {
	const char *template;
	const char *json;
	const char *p;
	const char *q;
	bool lenient;
	escape_function *escape;
};

static void expect(const struct rendering *rendering, const char *expected, bool succeeds, int line)
{
	struct mustache_template *whole = parse("page.mustache", rendering->template);
	struct library library = {{parse("p.mustache", rendering->p ? rendering->p : ""),
					  parse("q.mustache", rendering->q ? rendering->q : "")},
		{"p", "q"}};
	const struct mustache_options options = {.escape = rendering->escape,
		.partial = find_partial,
		.partial_context = &library,
		.lenient = rendering->lenient};
	struct strbuf out = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct arena arena;

	arena_init(&arena);
	struct yaml_stream *stream = json_load(&arena, STR("data"), str_of(rendering->json ? rendering->json : "{}"));
	assert_false(stream->broken);
	strbuf_append_c(&out, ">");
	bool done = mustache_render(&out, whole, mustache_of_node(&arena, yaml_root(stream)), &options, &error);
	if (done != succeeds)
		_fail(__FILE__, line);
	check_str(done ? str_slice(strbuf_str(&out), 1, out.len) : str_of(error.message), str_of(expected), __FILE__,
		line);
	if (!done)
		assert_str(strbuf_str(&out), ">");
	error_release(&error);
	strbuf_release(&out);
	yaml_stream_release(stream);
	arena_release(&arena);
	mustache_template_free(whole);
	mustache_template_free(library.items[0]);
	mustache_template_free(library.items[1]);
}

/* Further members may follow by name. */
#define expect_text(expected, ...)  expect(&(struct rendering){.template = __VA_ARGS__}, expected, true, __LINE__)
#define expect_error(expected, ...) expect(&(struct rendering){.template = __VA_ARGS__}, expected, false, __LINE__)

static void shout(struct strbuf *out, struct str text)
{
	strbuf_append_repeat(out, '!', text.len);
}

static void test_values(void **state)
{
	(void)state;
	expect_text("1.50 -3 1e2 true false  x", "{{a}} {{b}} {{c}} {{d}} {{e}} {{f}} {{g}}",
		.json = "{\"a\":1.50,\"b\":-3,\"c\":1e2,\"d\":true,\"e\":false,\"f\":null,\"g\":\"x\"}");
	expect_text("00000001",
		"{{^a}}0{{/a}}{{^b}}0{{/b}}{{^c}}0{{/c}}{{^d}}0{{/d}}{{^e}}0{{/e}}{{^f}}0{{/f}}{{^g}}0{{/g}}{{#h}}1{{/"
		"h}}",
		.json = "{\"a\":0,\"b\":0.0,\"c\":\"\",\"d\":false,\"e\":[],\"f\":null,\"g\":-0,\"h\":{}}");
	expect_text("&amp;&lt;&quot; &<\"", "{{a}} {{{a}}}", .json = "{\"a\":\"&<\\\"\"}");
	expect_text("!!!", "{{a}}{{{b}}}", .json = "{\"a\":\"&<\\\"\",\"b\":\"\"}", .escape = shout);
}

static void test_context(void **state)
{
	(void)state;
	/* null in a list and a member that is null are known; the name of an outer map is seen through them. */
	expect_text("[x][x]", "{{#list}}[{{.}}{{x}}]{{/list}}", .json = "{\"x\":\"x\",\"list\":[null,\"\"]}");
	expect_text("", "{{#a.b.c}}{{d}}{{/a.b.c}}{{a.b.c}}", .json = "{\"a\":{\"b\":null}}");
	/* A name that is false in an inner map hides an outer one. */
	expect_text("-", "{{#in}}{{a}}-{{/in}}", .json = "{\"a\":\"out\",\"in\":{\"a\":null}}");
	/* true leaves the context as it is. */
	expect_text("y", "{{#text}}{{#yes}}{{.}}{{/yes}}{{/text}}", .json = "{\"yes\":true,\"text\":\"y\"}");
}

static void test_unknown(void **state)
{
	(void)state;
	expect_error("page.mustache:2:4: nothing is called 'nane' here; did you mean 'name'?", "é\né: {{ nane }}",
		.json = "{\"name\":\"x\"}");
	expect_error("page.mustache:1:1: nothing is called 'zzz' here", "{{#zzz}}{{/zzz}}", .json = "{\"name\":\"x\"}");
	expect_error("page.mustache:1:1: nothing is called 'zzz' here", "{{^zzz}}{{/zzz}}");
	expect_error("page.mustache:1:2: 'a' is a map and has no member 'nam'; did you mean 'name'?", " {{a.nam}}",
		.json = "{\"a\":{\"name\":\"x\"}}");
	expect_error("page.mustache:1:1: 'a.b' is a text and has no member 'c'", "{{a.b.c}}",
		.json = "{\"a\":{\"b\":\"x\"}}");
	expect_error("page.mustache:1:1: 'a' is a list and cannot be shown as such; write a section {{#a}}...{{/a}}",
		"{{a}}", .json = "{\"a\":[1]}");
	expect_error("page.mustache:2:3: there is no partial 'r'", "x\r\n  {{> r}}", .json = "{}");
	/* In a partial, its own file and line count. */
	expect_error("p.mustache:2:2: nothing is called 'abd' here; did you mean 'abc'?", "{{>p}}",
		.json = "{\"abc\":1}", .p = "\n {{abd}}");
}

static void test_lenient(void **state)
{
	(void)state;
	expect_text("[]", "[{{a}}{{#b}}x{{/b}}{{c.d}}{{>r}}{{e.f}}{{e}}]", .json = "{\"e\":{}}", .lenient = true);
}

static void test_indentation(void **state)
{
	(void)state;
	expect_text("a\n  b\n\n    c\n  d\n", "a\n  {{>p}}\n", .json = "{}", .p = "b\n\n  {{> q}}\nd\n", .q = "c\n");
	/* What begins a line of a partial stands behind the indentation, be it shown or not. */
	expect_text("  x1\n  y\n  2\n  \n", "  {{>p}}\n", .json = "{\"t\":true}",
		.p = "{{#t}}x{{/t}}1\n{{#t}}\ny\n{{/t}}\n{{^t}}{{/t}}2\n{{! c }}{{^t}}z{{/t}}\n");
	/* The data's own lines are left alone. */
	expect_text("  a\nb\n", "  {{>p}}\n", .json = "{\"x\":\"a\\nb\"}", .p = "{{{x}}}\n");
	expect_text("  a\r\n\r\n  b", "  {{>p}}\r\n", .json = "{}", .p = "a\r\n\r\nb");
}

static void test_partial_depth(void **state)
{
	(void)state;
	expect_text("1234", "{{#n}}{{>p}}{{/n}}",
		.json = "{\"n\":{\"v\":1,\"n\":{\"v\":2,\"n\":{\"v\":3,\"n\":{\"v\":4,\"n\":null}}}}}",
		.p = "{{v}}{{#n}}{{>p}}{{/n}}");
	expect_error("p.mustache:1:2: partials nest deeper than 100 levels here: does 'p' include itself without end?",
		"{{>p}}", .json = "{}", .p = "x{{>p}}");
	expect_error("q.mustache:1:1: partials nest deeper than 100 levels here: does 'p' include itself without end?",
		"{{>p}}", .json = "{}", .p = "{{>q}}{{>q}}", .q = "{{>p}}{{>p}}");
}

static void expect_refusal(const char *text, const char *message)
{
	struct error error = ERROR_INIT;

	assert_null(mustache_parse(STR("t"), str_of(text), &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	check_str(str_of(error.message), str_of(message), __FILE__, __LINE__);
	error_release(&error);
}

static void test_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
		{"a\n {{b", "t:2:2: this tag is never closed: after it there is no '}}'"},
		{"{{{b}}", "t:1:1: this tag is never closed: after it there is no '}}}'"},
		{"{{=<% %>}}", "t:1:1: this tag is never closed: after it there is no '=}}'"},
		{"{{}}", "t:1:1: this tag has no name"},
		{"{{#  }}", "t:1:1: this tag has no name"},
		{"{{>}}", "t:1:1: this tag has no name"},
		{"{{a b}}", "t:1:1: a name has no white space in it; this one is 'a b'"},
		{"{{a..b}}", "t:1:1: a name begins and ends with no dot, and has no two in a row; this one is 'a..b'"},
		{"{{.a}}", "t:1:1: a name begins and ends with no dot, and has no two in a row; this one is '.a'"},
		{"{{#a}}\n{{#b}}{{/a}}{{/b}}",
			"t:2:7: 'a' is closed here, but 'b' of line 2 is open: sections close in the opposite order"},
		{"{{/a}}", "t:1:1: no section is open here that would be 'a'"},
		{"\n{{#a}}", "t:2:1: this section is never closed: after it there is no '/a'"},
		{"{{=a=}}", "t:1:1: new delimiters are written {{=<% %>=}}: two words without '=', of less than 32 "
			    "bytes each, not 'a'"},
		{"{{=a b c=}}", "t:1:1: new delimiters are written {{=<% %>=}}: two words without '=', of less than 32 "
				"bytes each, not 'a b c'"},
		{"{{<a}}{{/a}}",
			"t:1:1: blocks and parents are not supported; write sections and partials instead of '<a'"},
		{"{{$a}}{{/a}}",
			"t:1:1: blocks and parents are not supported; write sections and partials instead of '$a'"},
		{"{{>*a}}", "t:1:1: names of partials from data are not supported; this one is '*a'"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect_refusal(cases[i].text, cases[i].message);
}

/* Sections nest to a bound. */
static void test_section_depth(void **state)
{
	(void)state;
	for (size_t depth = MUSTACHE_SECTION_DEPTH_MAX; depth <= MUSTACHE_SECTION_DEPTH_MAX + 1; depth++) {
		struct strbuf text = STRBUF_INIT;
		struct error error = ERROR_INIT;

		for (size_t i = 0; i < depth; i++)
			strbuf_append_c(&text, "{{#a}}");
		for (size_t i = 0; i < depth; i++)
			strbuf_append_c(&text, "{{/a}}");
		struct mustache_template *mustache = mustache_parse(STR("t"), strbuf_str(&text), &error);
		assert_int_equal(mustache != NULL, depth == MUSTACHE_SECTION_DEPTH_MAX);
		if (!mustache)
			assert_str(str_of(error.message),
				"t:1:601: sections nest deeper than 100 levels; put inner ones into a partial");
		mustache_template_free(mustache);
		error_release(&error);
		strbuf_release(&text);
	}
}

/* Partials that double with each level end at the bound and not at the end of days. */
static void test_doubling(void **state)
{
	(void)state;
	struct strbuf json = STRBUF_INIT;

	for (size_t i = 0; i < 40; i++)
		strbuf_append_c(&json, "{\"n\":");
	strbuf_append_c(&json, "null");
	strbuf_append_repeat(&json, '}', 40);
	expect_error("p.mustache:1:1: this grows beyond 67108864 steps or 268435456 bytes: do partials include others "
		     "more than once?",
		"{{>p}}", .json = json.ptr, .p = "{{#n}}{{>p}}{{>p}}{{/n}}");
	strbuf_release(&json);
}

static double seconds_of(size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct strbuf out = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct arena arena;

	arena_init(&arena);
	struct mustache_value *map = mustache_map(&arena);
	struct mustache_value *list = mustache_list(&arena);
	for (size_t i = 0; i < count; i++) {
		struct str name = arena_printf(&arena, "name-%zu", i);

		mustache_set_str(map, name, mustache_text(&arena, name));
		mustache_push(list, mustache_text(&arena, name));
		strbuf_printf(&text, "   {{^name-%zu}}   {{/name-%zu}}\n{{name-%zu}}   {{! }}  ", i, i, i);
	}
	mustache_set(map, "list", list);
	strbuf_append_c(&text, "{{#list}}{{.}}{{/list}}");
	clock_t start = clock();
	struct mustache_template *mustache = mustache_parse(STR("t"), strbuf_str(&text), &error);
	assert_non_null(mustache);
	assert_true(mustache_render(&out, mustache, map, NULL, &error));
	assert_true(out.len > count * 20);
	double taken = (double)(clock() - start) / CLOCKS_PER_SEC;
	mustache_template_free(mustache);
	strbuf_release(&text);
	strbuf_release(&out);
	arena_release(&arena);
	return taken;
}

/* Sixteen times as much takes about sixteen times as long, not 256 times. */
static void test_linear(void **state)
{
	(void)state;
	double few = seconds_of(10000);
	double many = seconds_of(160000);

	if (many > 60 * few + 0.5)
		fail_msg("10,000 names take %.3f s, 160,000 take %.3f s", few, many);
}

static void test_building(void **state)
{
	(void)state;
	struct strbuf out = STRBUF_INIT;
	struct error error = ERROR_INIT;
	struct mustache_template *mustache =
		parse("t", "{{text}}|{{markup}}|{{number}}|{{zero}}|{{absent}}|{{none}}|{{yes}}");
	struct arena arena;

	arena_init(&arena);
	struct mustache_value *map = mustache_map(&arena);
	mustache_set_text(map, "text", STR("first"));
	mustache_set_text(map, "text", STR("<>"));
	mustache_set(map, "markup", mustache_markup(&arena, STR("<b>")));
	mustache_set_number(map, "number", -12);
	mustache_set_number(map, "zero", 0);
	mustache_set_text(map, "absent", STR_ABSENT);
	mustache_set(map, "none", NULL);
	mustache_set_bool(map, "yes", true);
	assert_true(mustache_render(&out, mustache, map, NULL, &error));
	assert_str(strbuf_str(&out), "&lt;&gt;|<b>|-12|0|||true");
	mustache_template_free(mustache);
	strbuf_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_context),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_lenient),
		cmocka_unit_test(test_indentation),
		cmocka_unit_test(test_partial_depth),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_section_depth),
		cmocka_unit_test(test_doubling),
		cmocka_unit_test(test_linear),
		cmocka_unit_test(test_building),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
