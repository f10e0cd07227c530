/* What the writers make of small texts, and how their options change it. */
#include "../base/assert_str.h"
#include "text/document_write.h"
#include "text/markdown.h"
#include "text/rst.h"

struct write_case {
	const char *text;
	const char *expected;
};

static const struct str roles[] = {{"ref", 3}, {"px-app", 6}};
static const struct rst_options known = {.roles = roles, .role_count = 2};

static void expect(struct document *document, enum document_format format, const struct document_write_options *options,
	const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	document_write(&out, document->root, format, options);
	assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
	document_free(document);
}

static void expect_rst(const char *text, enum document_format format, const struct document_write_options *options,
	const char *expected)
{
	expect(rst_read(str_of(text), &known), format, options, expected);
}

static void expect_markdown(const char *text, enum document_format format, const char *expected)
{
	expect(markdown_read(str_of(text)), format, NULL, expected);
}

static void html(void **state)
{
	static const struct write_case cases[] = {
		{"a *b* **c** ``d`` `e`", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <cite>e</cite></p>"},
		{"`a <http://b.c/?d&e>`__", "<p><a href=\"http://b.c/?d&amp;e\" rel=\"noopener noreferrer\">a</a></p>"},
		{"`a <javascript:b>`__ c", "<p>a c</p>"},
		{"- a\n- b\n\n  c", "<ul>\n<li>a</li>\n<li><p>b</p>\n<p>c</p></li>\n</ul>"},
		{"iv. a\nv. b", "<ol type=\"i\" start=\"4\">\n<li>a</li>\n<li>b</li>\n</ol>"},
		{"a : b\n  c", "<dl>\n<dt>a <span class=\"classifier\">b</span></dt>\n<dd>c</dd>\n</dl>"},
		{"x\n\n:a: b", "<p>x</p>\n<dl class=\"fields\">\n<dt>a</dt>\n<dd>b</dd>\n</dl>"},
		{"-a B  c", "<dl class=\"options\">\n<dt><kbd>-a <var>B</var></kbd></dt>\n<dd>c</dd>\n</dl>"},
		{"::\n\n  a <b>", "<pre tabindex=\"0\"><code>a &lt;b&gt;</code></pre>"},
		{".. warning:: a", "<aside role=\"note\" class=\"admonition warning\">\n<p "
				   "class=\"title\">Warning</p>\n<p>a</p>\n</aside>"},
		{".. admonition:: a\n\n   b",
			"<aside role=\"note\" class=\"admonition\">\n<p class=\"title\">a</p>\n<p>b</p>\n</aside>"},
		{"| a\n|   b", "<div class=\"lines\">\n<div class=\"line\">a</div>\n<div class=\"lines\">\n<div "
			       "class=\"line\">b</div>\n</div>\n</div>"},
		{"=  =\na  b\n=  =\nc  d\n=  =", "<div class=\"table\" role=\"group\" aria-label=\"Table\" "
						 "tabindex=\"0\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th><th "
						 "scope=\"col\">b</th></tr>\n</thead>\n"
						 "<tbody>\n<tr><td>c</td><td>d</td></tr>\n</tbody>\n</table>\n</div>"},
		{":ref:`a <b>`", "<p><span class=\"role\">a</span></p>"},
		{".. a comment", ""},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_rst(cases[i].text, DOCUMENT_FORMAT_HTML, NULL, cases[i].expected);
	(void)state;
}

static void rst(void **state)
{
	static const struct write_case cases[] = {
		{"# a\n\nb\n\n## c\n\nd", "a\n=\n\nb\n\nc\n-\n\nd"},
		{"> # a", "    .. rubric:: a"},
		{"like this:\n\n    a", "like this::\n\n    a"},
		{"a::\n\nb", "a:\\:\n\nb"},
		{"***a** b*", "**a** *b*"},
		{"a**b**c", "a\\ **b**\\ c"},
		{"`` ` ``", ":literal:`\\``"},
		{"a\\\nb", "| a\n| b"},
		{"- a\n\n* b", "- a\n\n* b"},
		{"1. a\n\n2) b", "1. a\n\n2) b"},
		{"- a\n\n> b", "- a\n\n b"},
		{"***\n\na\n\n***", "a"},
		{"[a](b.html)", "`a <b.html>`__"},
		{"a\n\\=\\=\\=", "a\n\\==="},
		{"-\n\n> a", "-\n\n..\n\n    a"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_markdown(cases[i].text, DOCUMENT_FORMAT_RST, cases[i].expected);
	(void)state;
}

static void myst(void **state)
{
	static const struct write_case cases[] = {
		{"a *b* **c** ``d`` `e <http://f.g/_h>`__", "a *b* **c** `d` [e](http://f.g/\\_h)"},
		{"*a*\\ b", "*a*b"},
		{"``a``\\ ``b``", "`a`&#8288;`b`"},
		{"**a!**\\ b", "**a!**&#98;"},
		{".. note::\n\n   ::\n\n     ```", "`````{note}\n````\n```\n````\n`````"},
		{".. admonition:: ``a``\n\n   b", "~~~{admonition} `a`\nb\n~~~"},
		{"a : b\n  c", "- **a** *b*\n\n  c"},
		{"x\n\n:a: b", "x\n\n- **a**: b"},
		{"-a B  c", "- `-a B`\n\n  c"},
		{"=  =\na  b\n=  =\nc  d\n=  =", "| a | b |\n| --- | --- |\n| c | d |"},
		{"=====  =\n``|``  b\n=====  =", "| | |\n| --- | --- |\n| `\\|` | b |"},
		{"| a\n|   b", "a\\\n&nbsp;&nbsp;&nbsp;&nbsp;b"},
		{":ref:`a <b>`", "a"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_rst(cases[i].text, DOCUMENT_FORMAT_MYST, NULL, cases[i].expected);
	(void)state;
}

static void terminal(void **state)
{
	expect_markdown("# a\n\nb *c* `d`\n[e](http://f.g)\n\n- h\n- i\n\n      j", DOCUMENT_FORMAT_TERMINAL,
		"a\n\nb *c* `d` e (http://f.g)\n\n- h\n\n- i\n\n      j");
	expect_rst("one two three four five six", DOCUMENT_FORMAT_TERMINAL,
		&(struct document_write_options){.width = 20}, "one two three four\nfive six");
	expect_rst("- one two three four five six", DOCUMENT_FORMAT_TERMINAL,
		&(struct document_write_options){.width = 24, .indent = 2}, "- one two three four\n    five six");
	expect_rst("*a* ``b`` `c <http://d.e>`__", DOCUMENT_FORMAT_TERMINAL,
		&(struct document_write_options){.color = true, .hyperlinks = true},
		"\033[3ma\033[0m \033[36mb\033[0m \033]8;;http://d.e\033\\\033[4mc\033[0m\033]8;;\033\\");
	expect_rst("\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86"
		   "\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98",
		DOCUMENT_FORMAT_TERMINAL, &(struct document_write_options){.width = 20},
		"\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86\xE7\xA7\x98\xE5\xAF\x86\xE7"
		"\xA7\x98\xE5\xAF\x86\n\xE7\xA7\x98");
	expect_rst("=  ===\na  b\n=  ===\nc  d e\n=  ===", DOCUMENT_FORMAT_TERMINAL, NULL, "a  b\n-  ---\nc  d e");
	(void)state;
}

static void options(void **state)
{
	struct document_write_options prefixed = {.id_prefix = STR("p-"), .heading_base = 2, .roles = true};

	expect_rst("a\n=\n\n.. _b:\n\nc b_", DOCUMENT_FORMAT_HTML, &prefixed,
		"<section id=\"p-a\">\n<h3>a</h3>\n<p id=\"p-b\">c <a href=\"#p-b\">b</a></p>\n</section>");
	expect_rst("a\n=\n\n.. _b:\n\nc b_", DOCUMENT_FORMAT_RST, &prefixed, "a\n^\n\n.. _`p-b`:\n\nc `b <p-b_>`__");
	expect_rst("`a <http://b.c>`_ :ref:`d <e>`", DOCUMENT_FORMAT_RST, &prefixed, "`a <http://b.c>`__ :ref:`d <e>`");
	expect_rst("`a <http://b.c>`_ :ref:`d <e>`", DOCUMENT_FORMAT_RST, NULL, "`a <http://b.c>`_ d");
	expect_rst(":ref:`d <e>` :px-app:`f`", DOCUMENT_FORMAT_MYST, &prefixed, "{ref}`d <e>` {px-app}`f`");
	expect_rst("[1]_\n\n.. [1] a", DOCUMENT_FORMAT_RST, &prefixed, "[#p-1]_\n\n.. [#p-1] a");
	expect_rst("a\n\n- b", DOCUMENT_FORMAT_RST, &(struct document_write_options){.indent = 4}, "a\n\n    - b");
	expect_rst(".. code-block:: yaml\n\n   a: b", DOCUMENT_FORMAT_RST, &prefixed,
		".. code-block:: yaml\n    :force:\n\n    a: b");
	expect_markdown("```nothing\na: b\n```", DOCUMENT_FORMAT_RST, "::\n\n    a: b");
	(void)state;
}

static void expect_inline(const char *text, enum document_format format, const char *expected)
{
	struct document *document = rst_read(str_of(text), &known);
	struct strbuf out = STRBUF_INIT;

	document_write_inline(&out, document->root, format, NULL);
	assert_string_equal(out.ptr, expected);
	strbuf_release(&out);
	document_free(document);
}

static void inline_content(void **state)
{
	static const char text[] = "a *b*\nc [1]_\n\nd\n\n.. [1] e";

	expect_inline(text, DOCUMENT_FORMAT_RST, "a *b* c [1]");
	expect_inline(text, DOCUMENT_FORMAT_HTML, "a <em>b</em> c <sup>[1]</sup>");
	expect_inline(text, DOCUMENT_FORMAT_MYST, "a *b* c \\[1\\]");
	expect_inline(text, DOCUMENT_FORMAT_TERMINAL, "a *b* c [1]");
	expect_inline("::\n\n  a\n  b", DOCUMENT_FORMAT_RST, "a b");
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html),
		cmocka_unit_test(rst),
		cmocka_unit_test(myst),
		cmocka_unit_test(terminal),
		cmocka_unit_test(options),
		cmocka_unit_test(inline_content),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
