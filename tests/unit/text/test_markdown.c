/* Markdown as a tree, and what of it is told as unsupported. */
#include "../base/assert_str.h"
#include "text/document_write.h"
#include "text/markdown.h"

static void expect_text(struct str actual, const char *expected)
{
	if (!str_is(actual, expected))
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual), expected);
}

static void expect_tree(const char *text, const char *tree)
{
	struct document *document = markdown_read(str_of(text));
	struct strbuf expected = STRBUF_INIT, written = STRBUF_INIT;

	strbuf_printf(&expected, *tree ? "<document>%s</document>" : "<document/>%s", tree);
	document_write(&written, document->root, DOCUMENT_FORMAT_XML, NULL);
	assert_string_equal(written.ptr, expected.ptr);
	assert_int_equal(document->messages.len, 0);
	strbuf_release(&expected);
	strbuf_release(&written);
	document_free(document);
}

static void blocks(void **state)
{
	expect_tree("", "");
	expect_tree("a\nb\n\nc", "<paragraph>a\nb</paragraph><paragraph>c</paragraph>");
	expect_tree("- a\n- b\n  - c\n",
		"<bullet_list "
		"bullet=\"-\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</"
		"paragraph><bullet_list bullet=\"-\">"
		"<list_item><paragraph>c</paragraph></list_item></bullet_list></list_item></bullet_list>");
	expect_tree("3) a", "<enumerated_list enumtype=\"arabic\" prefix=\"\" start=\"3\" "
			    "suffix=\")\"><list_item><paragraph>a</paragraph></list_item></enumerated_list>");
	expect_tree("> a", "<block_quote><paragraph>a</paragraph></block_quote>");
	expect_tree("```yaml x\na:\n  b\n```",
		"<literal_block classes=\"code yaml\" xml:space=\"preserve\">a:\n  b</literal_block>");
	expect_tree("    a", "<literal_block xml:space=\"preserve\">a</literal_block>");
	expect_tree("a\n\n---\n\nb", "<paragraph>a</paragraph><transition/><paragraph>b</paragraph>");
	(void)state;
}

static void headings_begin_sections(void **state)
{
	expect_tree("# a\n\nb\n\n### c\n\nd\n\n## e\n\n# f\n",
		"<section><title>a</title><paragraph>b</paragraph><section><title>c</title><paragraph>d</paragraph></"
		"section>"
		"<section><title>e</title></section></section><section><title>f</title></section>");
	expect_tree("> # a\n", "<block_quote><rubric>a</rubric></block_quote>");
	(void)state;
}

static void inlines(void **state)
{
	expect_tree("*a* **b** `c` ***d***",
		"<paragraph><emphasis>a</emphasis> <strong>b</strong> <literal>c</literal> "
		"<emphasis><strong>d</strong></emphasis></paragraph>");
	expect_tree("[a *b*](http://c.d)",
		"<paragraph><reference refuri=\"http://c.d\">a <emphasis>b</emphasis></reference></paragraph>");
	expect_tree("<http://a.b> <a@b.c>", "<paragraph><reference refuri=\"http://a.b\">http://a.b</reference> "
					    "<reference refuri=\"mailto:a@b.c\">a@b.c</reference></paragraph>");
	expect_tree("a\\\nb", "<paragraph>a<line_break/>b</paragraph>");
	expect_tree("[a](<b c>)", "<paragraph><reference refuri=\"b%20c\">a</reference></paragraph>");
	expect_tree("&amp; \\*", "<paragraph>&amp; *</paragraph>");
	(void)state;
}

struct unsupported_case {
	const char *text;
	const char *tree;
	const char *what;
	const char *where;
};

/* What is neither passed on nor lost. */
static void unsupported(void **state)
{
	static const struct unsupported_case cases[] = {
		{"a <b>c", "<paragraph>a &lt;b&gt;c</paragraph>", "raw HTML", "<b>"},
		{"<script>\nx\n</script>",
			"<literal_block xml:space=\"preserve\">&lt;script&gt;\nx\n&lt;/script&gt;</literal_block>",
			"raw HTML", "<script>\nx\n</script>"},
		{"[a](javascript:b)", "<paragraph>a (javascript:b)</paragraph>", "link with the scheme \"javascript\"",
			"[a](javascript:b)"},
		{"[a](//b.c)", "<paragraph>a (//b.c)</paragraph>", "link that leads to no page", "[a](//b.c)"},
		{"![a](http://b.c)", "<paragraph><reference refuri=\"http://b.c\">a</reference></paragraph>", "image",
			"![a](http://b.c)"},
		{"![](http://b.c)", "<paragraph><reference refuri=\"http://b.c\">http://b.c</reference></paragraph>",
			"image", "![](http://b.c)"},
		{"![a](data:b)", "<paragraph>a</paragraph>", "image", "![a](data:b)"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct document *document = markdown_read(str_of(cases[i].text));
		const struct document_unsupported *first;

		expect_tree(cases[i].text, cases[i].tree);
		assert_int_equal(document->unsupported.len, 1);
		first = vec_at(&document->unsupported, 0);
		expect_text(first->what, cases[i].what);
		assert_int_equal(first->line, 1);
		expect_text(str_slice(str_of(cases[i].text), first->start, first->end - first->start), cases[i].where);
		document_free(document);
	}
	(void)state;
}

static void comments(void **state)
{
	struct document *document = markdown_read(STR("a\n\n<!-- b -->\n\nc"));

	expect_tree("a\n\n<!-- b -->\n\nc",
		"<paragraph>a</paragraph><comment xml:space=\"preserve\">b</comment><paragraph>c</paragraph>");
	assert_int_equal(document->unsupported.len, 0);
	document_free(document);
	(void)state;
}

/* The text that the n-th element of a kind stands in. */
static void expect_span(struct str text, enum document_kind kind, const char *expected)
{
	struct document *document = markdown_read(text);
	const struct document_node *node = document_next(document->root, NULL);

	while (node && node->kind != kind)
		node = document_next(document->root, node);
	assert_non_null(node);
	expect_text(str_slice(text, node->start, node->end - node->start), expected);
	document_free(document);
}

static void places(void **state)
{
	expect_span(STR("\xEF\xBB\xBF# a\n"), DOCUMENT_TITLE, "# a");
	expect_span(STR("a\r\n\r\n> b *c*\r\n"), DOCUMENT_BLOCK_QUOTE, "> b *c*");
	expect_span(STR("a\n\n- b *c* d"), DOCUMENT_EMPHASIS, "*c*");
	expect_span(STR("a\n\n```\nb\n```\nc"), DOCUMENT_LITERAL_BLOCK, "```\nb\n```");
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks),
		cmocka_unit_test(headings_begin_sections),
		cmocka_unit_test(inlines),
		cmocka_unit_test(unsupported),
		cmocka_unit_test(comments),
		cmocka_unit_test(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
