#include "helm/template.h"

#include "../base/assert_str.h"
#include "template_dump.h"

/* Lists lie in what they belong to, and their nodes follow one another without gaps. */
static void check_list(struct str text, const struct template_list *list, uint32_t start, uint32_t end)
{
	uint32_t at = list->start;

	assert_true(list->start >= start && list->end <= end && list->end <= text.len);
	for (size_t i = 0; i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		assert_int_equal(node->start, at);
		assert_true(node->end > node->start);
		if (node->kind == TEMPLATE_TEXT)
			assert_true(node->text_start >= node->start && node->text_end <= node->end &&
				    node->text_start <= node->text_end);
		if (node->body)
			check_list(text, node->body, node->start, node->end);
		if (node->otherwise)
			check_list(text, node->otherwise, node->body->end, node->end);
		at = node->end;
	}
	assert_int_equal(list->end, at);
}

static void expect_dump(struct str text, const struct template_delimiters *delimiters, const char *expected)
{
	const struct template *parsed;
	struct strbuf out = STRBUF_INIT;
	struct arena arena;

	arena_init(&arena);
	parsed = template_parse(&arena, text, delimiters);
	if (parsed->problem)
		fail_msg("%.*s: %s", STR_ARG(text), parsed->problem);
	check_list(text, parsed->root, 0, (uint32_t)text.len);
	assert_int_equal(parsed->root->end, text.len);
	template_dump(&out, parsed);
	check_str(strbuf_str(&out), str_of(expected), __FILE__, __LINE__);
	strbuf_release(&out);
	arena_release(&arena);
}

static void expect(const char *text, const char *expected)
{
	expect_dump(str_of(text), &TEMPLATE_HELM, expected);
}

static void expect_problem(const char *text, const char *problem, uint32_t at)
{
	const struct template *parsed;
	struct arena arena;

	arena_init(&arena);
	parsed = template_parse(&arena, str_of(text), &TEMPLATE_HELM);
	if (!parsed->problem)
		fail_msg("%s: no problem", text);
	assert_string_equal(parsed->problem, problem);
	assert_int_equal(parsed->problem_at, at);
	check_list(parsed->text, parsed->root, 0, (uint32_t)parsed->text.len);
	arena_release(&arena);
}

static void test_text(void **state)
{
	(void)state;
	expect("", "[]");
	expect("a: {b} }}", "[{text\"a: {b} }}\"}]");
	expect("a {{ . }}b", "[{text\"a \"}{print .}{text\"b\"}]");
	expect("a \n{{- . -}}\t b ", "[{text\"a\"}{print .}{text\"b \"}]");
	expect("{{ . -}} \n {{- . }}", "[{print .}{print .}]");
	expect("a{{/* x }} */}}b {{- /* - */ -}} c",
		"[{text\"a\"}{comment\"/* x }} */\"}{text\"b\"}{comment\"/* - */\"}"
		"{text\"c\"}]");
	expect("{{-3}}", "[{print #\"-3\"}]");
	expect_dump(STR("a {%- .Secrets.k -%} {{ b"), &TEMPLATE_VAULT_SECRET,
		"[{text\"a\"}{print .Secrets.k}{text\"{{ b\"}]");
}

static void test_operands(void **state)
{
	(void)state;
	expect("{{.a.b .c $ $.d}}", "[{print .a.b .c $ $.d}]");
	expect("{{(f .x).a.b}}", "[{print (@f .x).a.b}]");
	expect("{{f \"a\\n\\x41\\u00e9\\101\" `\\n` true nil}}",
		"[{print @f \"a\\x0aA\\xc3\\xa9A\" \"\\x5cn\" true nil}]");
	expect("{{f 1 -2 +0x1F 0b1_0 0o17 1_000 1.5e3 .5 2i 1+2i 'a' '\\''}}",
		"[{print @f #\"1\" #\"-2\" #\"+0x1F\" #\"0b1_0\" #\"0o17\" #\"1_000\" #\"1.5e3\" #\".5\" #\"2i\" "
		"#\"1+2i\" #\"'a'\" #\"'\\x5c''\"}]");
	expect("{{.end.if}}", "[{print .end.if}]");
	expect("{{ \"}}\" | f\n| g 1 }}", "[{print \"}}\" | @f | @g #\"1\"}]");
	expect("{{ f | }}", "[{print @f}]");
}

static void test_blocks(void **state)
{
	(void)state;
	expect("{{if .a}}1{{else if .b}}2{{else}}3{{end}}4",
		"[{if .a[{text\"1\"}][{if .b[{text\"2\"}][{text\"3\"}]}]}{text\"4\"}]");
	expect("{{with .a}}1{{else with .b}}2{{end}}", "[{with .a[{text\"1\"}][{with .b[{text\"2\"}]}]}]");
	expect("{{range $i, $x := .a}}{{break}}{{continue}}{{else}}0{{end}}",
		"[{range $i $x := .a[{break}{continue}][{text\"0\"}]}]");
	expect("{{define \"a\"}}x{{end}}{{template \"a\"}}{{template `a` .}}",
		"[{call\"a\"}{call\"a\" .}] \"a\"[{text\"x\"}]");
	expect("{{block \"b\" .c}}{{.}}{{end}}", "[{call\"b\" .c}] \"b\"[{print .}]");
	expect("{{$x := 1}}{{if $y := $x}}{{$y = 2}}{{end}}",
		"[{print $x := #\"1\"}{if $y := $x[{print $y = #\"2\"}]}]");
	expect("{{define \"a\"}} {{end}}{{define \"a\"}}x{{end}}", "[] \"a\"[{text\"x\"}]");
}

static void test_problems(void **state)
{
	(void)state;
	expect_problem("a {{ b", "an action is not closed", 2);
	expect_problem("{{ (f }}", "a parenthesis is not closed in its action", 6);
	expect_problem("{{ f) }}", "a parenthesis is closed that is not open", 4);
	expect_problem("{{ \"a }}\n\" }}", "a string is not closed on its line", 3);
	expect_problem("{{/* a }}", "a comment is not closed by `*/`", 0);
	expect_problem("{{/* a */ }}", "a comment must end where its action ends", 7);
	expect_problem("ab{{if .a}}{{range .b}}{{end}}", "this block has no `end`", 2);
	expect_problem("{{end}}", "`end` closes nothing", 2);
	expect_problem("{{if .a}}{{else}}{{else}}{{end}}", "`else` has no block that it could belong to", 19);
	expect_problem("{{range .a}}{{else if .b}}{{end}}", "the action must end here", 19);
	expect_problem("{{break}}", "`break` stands outside of a `range`", 2);
	expect_problem("{{range .}}{{end}}{{break}}", "`break` stands outside of a `range`", 20);
	expect_problem("{{range .}}{{else}}{{break}}{{end}}", "`break` stands outside of a `range`", 21);
	expect_problem(
		"{{range .}}{{block \"a\" .}}{{continue}}{{end}}{{end}}", "`continue` stands outside of a `range`", 28);
	expect_problem("{{if .}}{{define \"a\"}}{{end}}{{end}}", "`define` cannot stand within a block", 10);
	expect_problem("{{ $x }}", "the variable `$x` is not defined", 3);
	expect_problem("{{if $x := .}}{{end}}{{ $x }}", "the variable `$x` is not defined", 24);
	expect_problem("{{$x := 1}}{{define \"a\"}}{{$x}}{{end}}", "the variable `$x` is not defined", 27);
	expect_problem("{{}}", "a value is missing", 2);
	expect_problem("{{ f () }}", "a value is missing", 6);
	expect_problem("{{ . | 1 }}", "a mere value cannot take the result of the command before it", 7);
	expect_problem("{{ \"a\".b }}", "what stands before this field has no fields", 6);
	expect_problem("{{ f(1) }}", "white space is missing before this", 4);
	expect_problem("{{ f % }}", "this cannot follow a value", 5);
	expect_problem("{{ % }}", "a value or function is expected here", 3);
	expect_problem("{{ \"\\q\" }}", "a string holds an escape that Go does not know", 3);
	expect_problem("{{ 'ab' }}", "a character constant must be one character", 3);
	expect_problem("{{ 089 }}", "a number is not written as Go wants it, or too large", 3);
	expect_problem("{{ 1x }}", "a number is not written as Go wants it", 3);
	expect_problem("{{$a, $b := .}}", "more variables are set here than there are values", 2);
	expect_problem("{{range $a, .}}{{end}}", "a variable is expected here", 12);
	expect_problem("{{template a}}", "the name of a template, a string, is expected here", 11);
	expect_problem(
		"{{define \"a\"}}x{{end}}{{define \"a\"}}y{{end}}", "this file has another template of this name", 31);
}

/* Lists begin and end where their actions do, of an `else if` where the whole block does. */
static void test_places(void **state)
{
	struct str text = STR("x{{- if .a }} y {{ else if .b -}} z {{ end }}{{ template \"t\" . }}");
	const struct template_node *node;
	const struct template *parsed;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	parsed = template_parse(&arena, text, &TEMPLATE_HELM);
	assert_null(parsed->problem);
	node = parsed->root->nodes[1];
	assert_int_equal(node->start, 1);
	assert_int_equal(node->end, 45);
	assert_int_equal(node->body->start, 13);
	assert_int_equal(node->body->end, 16);
	assert_int_equal(node->otherwise->start, 16);
	assert_int_equal(node->otherwise->end, 45);
	node = node->otherwise->nodes[0];
	assert_int_equal(node->pipeline->start, 27);
	assert_int_equal(node->pipeline->end, 29);
	assert_int_equal(node->body->start, 33);
	assert_int_equal(node->body->nodes[0]->text_start, 34);
	assert_int_equal(node->body->nodes[0]->text_end, 36);
	assert_int_equal(node->body->end, 36);
	node = parsed->root->nodes[2];
	assert_int_equal(node->name_start, 57);
	assert_int_equal(node->name_end, 60);
	assert_int_equal(node->pipeline->commands[0].operands[0].start, 61);
	arena_release(&arena);
}

static void note_operand(void *context, const struct template_command *command, const struct template_operand *operand,
	const struct template_dot *dot)
{
	struct strbuf *out = context;

	(void)command;
	dump_operand(out, operand);
	for (; dot; dot = dot->outer) {
		strbuf_append_c(out, dot->item ? " of each " : " of ");
		if (dot->operand)
			dump_operand(out, dot->operand);
		else
			strbuf_append_c(out, "?");
	}
	strbuf_append_c(out, "; ");
}

static void expect_operands(const char *text, const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct arena arena;

	arena_init(&arena);
	template_each_operand(template_parse(&arena, str_of(text), &TEMPLATE_HELM), note_operand, &out);
	check_str(strbuf_str(&out), str_of(expected), __FILE__, __LINE__);
	strbuf_release(&out);
	arena_release(&arena);
}

static void test_each_operand(void **state)
{
	(void)state;
	expect_operands("{{f .a (g .b | h).c | i}}", "@f; .a; (@g .b | @h).c; @g; .b; @h; @i; ");
	expect_operands("{{with .a}}{{range $x := .b}}{{.c}}{{else}}{{.d}}{{end}}{{else}}{{.e}}{{end}}",
		".a; .b of .a; .c of each .b of .a; .d of .a; .e; ");
	expect_operands("{{with .a}}{{if .b}}{{.c}}{{else if .d}}{{.e}}{{end}}{{end}}",
		".a; .b of .a; .c of .a; .d of .a; .e of .a; ");
	expect_operands("{{with f .a}}{{.b}}{{else with .c | g}}{{.d}}{{end}}", "@f; .a; .b of ?; .c; @g; .d of ?; ");
	expect_operands(
		"{{define \"t\"}}{{.a}}{{end}}{{with .b}}{{template \"t\" .}}{{block \"u\" .c}}{{.d}}{{end}}{{end}}",
		".a; .b; . of .b; .c of .b; .d of .c of .b; ");
}

static void test_blank(void **state)
{
	const struct template *parsed;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	parsed = template_parse(&arena,
		STR("{{define `a`}} x{{end}}{{block `b` .}} {{/* c */}}{{end}}{{define `a`}}\n{{end}}"),
		&TEMPLATE_HELM);
	assert_int_equal(parsed->define_count, 3);
	assert_false(parsed->defines[0].blank);
	assert_true(parsed->defines[1].blank);
	assert_str(parsed->defines[1].name, "b");
	assert_true(parsed->defines[2].blank);
	arena_release(&arena);
}

static void repeat(struct strbuf *out, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		strbuf_append_c(out, text);
}

static void expect_too_deep(const char *opening, const char *closing, size_t count, const char *problem)
{
	struct strbuf text = STRBUF_INIT;
	const struct template *parsed;
	struct arena arena;

	arena_init(&arena);
	strbuf_append_c(&text, problem[0] == 'p' ? "{{" : "");
	repeat(&text, opening, count);
	strbuf_append_c(&text, "1");
	repeat(&text, closing, count);
	strbuf_append_c(&text, problem[0] == 'p' ? "}}" : "");
	parsed = template_parse(&arena, strbuf_str(&text), &TEMPLATE_HELM);
	assert_string_equal(parsed->problem ? parsed->problem : "none", problem);
	check_list(parsed->text, parsed->root, 0, (uint32_t)text.len);
	arena_release(&arena);
	strbuf_release(&text);
}

static void test_depth(void **state)
{
	(void)state;
	expect_too_deep("(", ")", 1000000, "parentheses are nested too deeply");
	expect_too_deep("{{if .}}", "{{end}}", 1000000, "blocks are nested too deeply");
	expect_too_deep("{{block \"b\" .}}", "{{end}}", 100000, "blocks are nested too deeply");
	expect_too_deep("{{if .}}{{else if .}}", "", 1000000, "blocks are nested too deeply");
}

/* As long as a hostile file may be: what is quadratic takes minutes here. */
static void test_size(void **state)
{
	struct strbuf text = STRBUF_INIT;
	const struct template *parsed;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < 200000; i++)
		strbuf_printf(&text, "{{$x%zu := 1 -}} {{- $x%zu }}", i, i / 2);
	parsed = template_parse(&arena, strbuf_str(&text), &TEMPLATE_HELM);
	assert_null(parsed->problem);
	assert_int_equal(parsed->root->count, 600000);
	arena_release(&arena);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_each_operand),
		cmocka_unit_test(test_blank),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
