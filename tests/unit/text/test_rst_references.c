#include <time.h>

#include "rst_fixture.h"

/* flat */
static void test_phrases(void **state)
{
	static const struct rst_case cases[] = {
		{"`a b`_ A__\n\n.. _a b: x\n__ y", "ok",
			"<paragraph><reference name=\"a b\" refuri=\"x\">a b</reference> <reference anonymous=\"1\" "
			"name=\"A\" refuri=\"y\">A</reference></paragraph><target ids=\"a-b\" names=\"a\\ b\" "
			"refuri=\"x\"/><target anonymous=\"1\" ids=\"target-1\" refuri=\"y\"/>"},
		{"`a <http://b>`_ a_", "ok",
			"<paragraph><reference name=\"a\" refuri=\"http://b\">a</reference><target ids=\"a\" "
			"names=\"a\" refuri=\"http://b\"/> <reference name=\"a\" "
			"refuri=\"http://b\">a</reference></paragraph>"},
		{"`a <http://b>`__", "ok",
			"<paragraph><reference name=\"a\" refuri=\"http://b\">a</reference></paragraph>"},
		{"`<http://b>`_", "ok",
			"<paragraph><reference name=\"http://b\" refuri=\"http://b\">http://b</reference><target "
			"ids=\"http-b\" names=\"http://b\" refuri=\"http://b\"/></paragraph>"},
		{"`a <b@c.d>`_", "ok",
			"<paragraph><reference name=\"a\" refuri=\"mailto:b@c.d\">a</reference><target ids=\"a\" "
			"names=\"a\" refuri=\"mailto:b@c.d\"/></paragraph>"},
		{"`a <b_>`_\n\n.. _b: x", "info",
			"<paragraph><reference name=\"a\" refuri=\"x\">a</reference><target ids=\"a\" names=\"a\" "
			"refuri=\"x\"/></paragraph><target ids=\"b\" names=\"b\" refuri=\"x\"/>"},
		{"`a <b\\_>`_", "ok",
			"<paragraph><reference name=\"a\" refuri=\"b_\">a</reference><target ids=\"a\" names=\"a\" "
			"refuri=\"b_\"/></paragraph>"},
		{"`a <b\\ c>`_", "ok",
			"<paragraph><reference name=\"a\" refuri=\"b c\">a</reference><target ids=\"a\" names=\"a\" "
			"refuri=\"b c\"/></paragraph>"},
		{"`a < b>`_", "error", NULL},
		{"`a<b>`_", "error", NULL},
		{"`a <b <c>`_", "ok",
			"<paragraph><reference name=\"a &lt;b\" refuri=\"c\">a &lt;b</reference><target ids=\"a-b\" "
			"names=\"a\\ &lt;b\" refuri=\"c\"/></paragraph>"},
		{"`a <b>`_ `a <c>`_", "info",
			"<paragraph><reference name=\"a\" refuri=\"b\">a</reference><target ids=\"a\" refuri=\"b\"/> "
			"<reference name=\"a\" refuri=\"c\">a</reference><target ids=\"a-1\" "
			"refuri=\"c\"/></paragraph>"},
		{"`a <b>`_ `a <b>`_", "info",
			"<paragraph><reference name=\"a\" refuri=\"b\">a</reference><target ids=\"a\" names=\"a\" "
			"refuri=\"b\"/> <reference name=\"a\" refuri=\"b\">a</reference><target ids=\"a-1\" "
			"refuri=\"b\"/></paragraph>"},
		{"a.b_ c_d_e_\n\n.. _a.b: x", "error", NULL},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* flat */
static void test_targets(void **state)
{
	static const struct rst_case cases[] = {
		{"_`a` a_", "ok",
			"<paragraph><target ids=\"a\" names=\"a\">a</target> <reference name=\"a\" "
			"refid=\"a\">a</reference></paragraph>"},
		{"_`a` _`a`", "warning",
			"<paragraph><target ids=\"a\">a</target> <target ids=\"a-1\">a</target></paragraph>"},
		{"_`a`", "info", "<paragraph><target ids=\"a\" names=\"a\">a</target></paragraph>"},
		{".. _a: x", "info", "<target ids=\"a\" names=\"a\" refuri=\"x\"/>"},
		{"a_\n\n.. _a: x", "ok",
			"<paragraph><reference name=\"a\" refuri=\"x\">a</reference></paragraph><target ids=\"a\" "
			"names=\"a\" refuri=\"x\"/>"},
		{"a_", "error", NULL},
		{"a__", "error", NULL},
		{"__ x", "error", NULL},
		{"a_\n\n.. _a: b_\n.. _b: x", "ok",
			"<paragraph><reference name=\"a\" refuri=\"x\">a</reference></paragraph><target ids=\"a\" "
			"names=\"a\" refuri=\"x\"/><target ids=\"b\" names=\"b\" refuri=\"x\"/>"},
		{"a_\n\n.. _a: b_\n.. _b: a_", "error", NULL},
		{".. _a: b_", "error", NULL},
		{"a_ b_\n\n.. _a:\n.. _b:\n\nc", "ok",
			"<paragraph><reference name=\"a\" refid=\"a\">a</reference> <reference name=\"b\" "
			"refid=\"b\">b</reference></paragraph><target ids=\"a\" names=\"a\" refid=\"a\"/><target "
			"names=\"b\" refid=\"b\"/><paragraph ids=\"b\">c</paragraph>"},
		{"a_\n\n.. _a:", "ok",
			"<paragraph><reference name=\"a\" refid=\"a\">a</reference></paragraph><target ids=\"a\" "
			"names=\"a\"/>"},
		{"a_\n\n.. _a:\n.. _b: x", "ok",
			"<paragraph><reference name=\"a\" refuri=\"x\">a</reference></paragraph><target ids=\"a\" "
			"names=\"a\" refid=\"a\"/><target ids=\"b\" names=\"b\" refuri=\"x\"/>"},
		{".. _a: x\n.. _a: y", "warning", "<target ids=\"a\" refuri=\"x\"/><target ids=\"a-1\" refuri=\"y\"/>"},
		{".. _a: x\n.. _a: x", "info",
			"<target ids=\"a\" names=\"a\" refuri=\"x\"/><target ids=\"a-1\" refuri=\"x\"/>"},
		{"A\n=\n\na_", "ok",
			"<section ids=\"a\" names=\"a\"><title>A</title><paragraph><reference name=\"a\" "
			"refid=\"a\">a</reference></paragraph></section>"},
		{"A\n=\n\nA\n=\n\na_", "error", NULL},
		{"A\n=\n\n.. _a: x\n\na_", "info",
			"<section ids=\"a\"><title>A</title><target ids=\"a-1\" names=\"a\" "
			"refuri=\"x\"/><paragraph><reference name=\"a\" "
			"refuri=\"x\">a</reference></paragraph></section>"},
		{"a__ b__\n\n__ x\n__ c_\n\n.. _c: y", "ok",
			"<paragraph><reference anonymous=\"1\" name=\"a\" refuri=\"x\">a</reference> <reference "
			"anonymous=\"1\" name=\"b\" refuri=\"y\">b</reference></paragraph><target anonymous=\"1\" "
			"ids=\"target-1\" refuri=\"x\"/><target anonymous=\"1\" ids=\"target-2\" refuri=\"y\"/><target "
			"ids=\"c\" names=\"c\" refuri=\"y\"/>"},
		{".. _a: x@y.z\n.. _b: p\n   q\\ r\n\na_ b_", "ok",
			"<target ids=\"a\" names=\"a\" refuri=\"mailto:x@y.z\"/><target ids=\"b\" names=\"b\" "
			"refuri=\"pq r\"/><paragraph><reference name=\"a\" refuri=\"mailto:x@y.z\">a</reference> "
			"<reference name=\"b\" refuri=\"pq r\">b</reference></paragraph>"},
		{"|a|", "error", NULL},
		{"|a|_", "error", NULL},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* flat */
static void test_footnotes(void **state)
{
	static const struct rst_case cases[] = {
		{"[1]_\n\n.. [1] a", "ok",
			"<paragraph><footnote_reference ids=\"footnote-reference-1\" "
			"refid=\"footnote-1\">1</footnote_reference></paragraph><footnote ids=\"footnote-1\" "
			"names=\"1\"><label>1</label><paragraph>a</paragraph></footnote>"},
		{"[1]_", "error", NULL},
		{"[#]_ [#a]_ a_\n\n.. [#a] x\n.. [#] y", "ok",
			"<paragraph><footnote_reference ids=\"footnote-reference-1\" "
			"refid=\"footnote-1\">2</footnote_reference> <footnote_reference ids=\"footnote-reference-2\" "
			"refid=\"a\">1</footnote_reference> <reference name=\"a\" "
			"refid=\"a\">a</reference></paragraph><footnote ids=\"a\" "
			"names=\"a\"><label>1</label><paragraph>x</paragraph></footnote><footnote "
			"ids=\"footnote-1\"><label>2</label><paragraph>y</paragraph></footnote>"},
		{"[#]_", "error", NULL},
		{"[#a]_", "error", NULL},
		{"[*]_ [*]_\n\n.. [*] x\n.. [*] y", "ok",
			"<paragraph><footnote_reference ids=\"footnote-reference-1\" "
			"refid=\"footnote-1\">*</footnote_reference> <footnote_reference ids=\"footnote-reference-2\" "
			"refid=\"footnote-2\">\342\200\240</footnote_reference></paragraph><footnote "
			"ids=\"footnote-1\"><label>*</label><paragraph>x</paragraph></footnote><footnote "
			"ids=\"footnote-2\"><label>\342\200\240</label><paragraph>y</paragraph></footnote>"},
		{"[*]_", "error", NULL},
		{"[#]_\n\n.. [1] x\n.. [#] y", "ok",
			"<paragraph><footnote_reference ids=\"footnote-reference-1\" "
			"refid=\"footnote-2\">2</footnote_reference></paragraph><footnote ids=\"footnote-1\" "
			"names=\"1\"><label>1</label><paragraph>x</paragraph></footnote><footnote "
			"ids=\"footnote-2\"><label>2</label><paragraph>y</paragraph></footnote>"},
		{"[A]_ a_\n\n.. [a] x", "ok",
			"<paragraph><citation_reference ids=\"citation-reference-1\" "
			"refid=\"a\">A</citation_reference> <reference name=\"a\" "
			"refid=\"a\">a</reference></paragraph><citation ids=\"a\" "
			"names=\"a\"><label>a</label><paragraph>x</paragraph></citation>"},
		{"[A]_", "error", NULL},
		{".. [1] x\n.. [1] y", "warning",
			"<footnote ids=\"footnote-1\"><label>1</label><paragraph>x</paragraph></footnote><footnote "
			"ids=\"footnote-2\"><label>1</label><paragraph>y</paragraph></footnote>"},
		{"a[1]_", "ok", "<paragraph>a[1]_</paragraph>"},
		{"[1]_\n\n.. _1: x", "ok",
			"<paragraph><footnote_reference "
			"ids=\"footnote-reference-1\">1</footnote_reference></paragraph><target ids=\"target-1\" "
			"names=\"1\" refuri=\"x\"/>"},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* What is missing may stand in what is unsupported: then it is no error. */
static void test_beside_unsupported(void **state)
{
	static const struct rst_case cases[] = {
		{"a_ |b| [1]_ c__\n\n.. container:: x\n\n   .. _a: x\n   .. [1] y\n\n   __ z\n\n.. |b| replace:: b",
			"unsupported", NULL},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* Names are compared in lower case, by the rules of Unicode, and ids are made of them as docutils does. */
static void test_names(void **state)
{
	static const struct rst_case cases[] = {
		{"\316\237\316\224\316\237\316\243_\n\n.. _\316\277\316\264\316\277\317\202: x", "ok", NULL},
		{"`\304\260`_\n\n.. _i\314\207: x", "ok", NULL},
		{"`A \302\240\nb`_\n\n.. _a b: x", "ok", NULL},
		{"1. \303\205 & \303\237\303\246 \345\257\206!\n===============\n\nx", "ok",
			"<section ids=\"a-szae\" names=\"1.\\ \303\245\\ &amp;\\ \303\237\303\246\\ \345\257\206!\">"
			"<title>1. \303\205 &amp; \303\237\303\246 "
			"\345\257\206!</title><paragraph>x</paragraph></section>"},
		{"123\n===\n\nx\n\n456\n===\n\ny", "ok",
			"<section ids=\"section-1\" names=\"123\"><title>123</title><paragraph>x</paragraph></section>"
			"<section ids=\"section-2\" "
			"names=\"456\"><title>456</title><paragraph>y</paragraph></section>"},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* Many targets ".. _aN:", with the number of the next one between `before` and `behind`. */
static void expect_many(size_t count, const char *before, const char *behind, const char *level)
{
	struct strbuf text = STRBUF_INIT;
	clock_t start = clock();

	for (size_t i = 0; i < count; i++)
		strbuf_printf(&text, ".. _a%zu:%s%zu%s\n", i, before, i + 1, behind);
	struct document *document = rst_read(strbuf_str(&text), NULL);
	assert_string_equal(verdict_of(document), level);
	document_free(document);
	strbuf_release(&text);
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

static void test_many(void **state)
{
	(void)state;
	expect_many(30000, " a", "_", "error");
	expect_many(30000, " b", "", "info");
	expect_many(30000, "\n\n.. ", "", "info");
	expect_many(30000, "\n.. _b", ":", "info");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_footnotes),
		cmocka_unit_test(test_beside_unsupported),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
