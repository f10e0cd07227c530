#include "rst_fixture.h"

static const struct rst_case explicit_cases[] = {
	{".. a\n   b\n..\n\n   c\n\n..\n  d", "ok",
		"<comment xml:space=\"preserve\">a\nb</comment><comment "
		"xml:space=\"preserve\"/><block_quote><paragraph>c</paragraph></block_quote><comment "
		"xml:space=\"preserve\">d</comment>"},
	{".. [1] a\n.. [#b] c\n.. [C] d\n\n[1]_ [#b]_ [C]_", "ok",
		"<footnote ids=\"footnote-1\" names=\"1\"><label>1</label><paragraph>a</paragraph></footnote><footnote "
		"ids=\"b\" names=\"b\"><label>2</label><paragraph>c</paragraph></footnote><citation ids=\"c\" "
		"names=\"c\"><label>C</label><paragraph>d</paragraph></citation><paragraph><footnote_reference "
		"ids=\"footnote-reference-1\" refid=\"footnote-1\">1</footnote_reference> <footnote_reference "
		"ids=\"footnote-reference-2\" refid=\"b\">2</footnote_reference> <citation_reference "
		"ids=\"citation-reference-1\" refid=\"c\">C</citation_reference></paragraph>"},
	{".. [1]", "warning", "<footnote ids=\"footnote-1\" names=\"1\"><label>1</label></footnote>"},
	{".. _a: http://b\n.. _`c d`: e_\n.. _e: f\n__ g\n\na_ `c d`_ e_ __", "error", NULL},
	{".. _a\n   b: c\n\nd", "info", "<target ids=\"a-b\" names=\"a\\ b\" refuri=\"c\"/><paragraph>d</paragraph>"},
	{".. _a", "warning", "<comment xml:space=\"preserve\">_a</comment>"},
	{".. foo:: a", "error", NULL},
	{".. note:: a\n\n   b\n.. tip::\n   c", "ok",
		"<note><paragraph>a</paragraph><paragraph>b</paragraph></note><tip><paragraph>c</paragraph></tip>"},
	{".. note::", "error", NULL},
	{".. NOTE ::  a", "ok", "<note><paragraph>a</paragraph></note>"},
	{".. note:: a\n   :class: b\n\n   c", "ok", "<note><paragraph>a</paragraph><paragraph>c</paragraph></note>"},
	{".. note:: a\n   :class: 1\n", "error", NULL},
	{".. note:: a\n   :color: b", "error", NULL},
	{".. admonition:: A *b*\n   c\n\n   d", "ok",
		"<admonition><title>A <emphasis>b</emphasis>\nc</title><paragraph>d</paragraph></admonition>"},
	{".. admonition::\n", "error", NULL},
	{".. rubric:: a\n\n   b", "error", NULL},
	{".. code:: python\n\n   a\n    b\n", "ok",
		"<literal_block classes=\"code python\" xml:space=\"preserve\">a\n b</literal_block>"},
	{".. code-block:: a b\n\n   c", "error", NULL},
	{".. epigraph::\n\n   a\n\n   -- b", "ok",
		"<block_quote><paragraph>a</paragraph><attribution>b</attribution></block_quote>"},
	{".. class:: a\n\nb", "ok", "<paragraph>b</paragraph>"},
	{".. class:: a", "error", NULL},
	{".. class:: a\n\n   b\n", "ok", "<paragraph>b</paragraph>"},
	{".. image:: a.png\n   :align: top", "error", NULL},
	{".. image:: a.png\n   :width: 3 em", "unsupported", NULL},
	{".. image::", "error", NULL},
	{".. replace:: a", "error", NULL},
	{".. |a| replace:: b", "unsupported", NULL},
	{".. |a|", "warning", ""},
	{".. |a\n", "warning", "<comment xml:space=\"preserve\">|a</comment>"},
	{".. |a", "warning", "<comment xml:space=\"preserve\">|a</comment>"},
	{".. |a| replace:: *b", "error", NULL},
	{".. |a|\n\n   b", "unsupported", NULL},
	{".. |a| replace:: `b`__\n\n__ c", "error", NULL},
	{".. topic:: a\n\n   b", "unsupported", NULL},
	{"- .. topic:: a\n\n     b", "error", NULL},
	{".. default-role:: nope", "error", NULL},
	{".. table::", "warning", ""},
	{".. csv-table::", "warning", ""},
	{".. raw:: html", "error", NULL},
	{".. parsed-literal::\n\n   *a", "unsupported", NULL},
	{".. container:: 1\n\n   a", "error", NULL},
	{".. restructuredtext-test-directive::", "info", ""},
	{".. role:: a(emphasis)\n   :class: b\n\n:a:`c`", "unsupported", NULL},
	{".. role:: a(b)", "error", NULL},
	{".. list-table::\n\n   - - a\n     - b\n   - - c", "error", NULL},
	{".. note:: a\nb", "warning", "<note><paragraph>a</paragraph></note><paragraph>b</paragraph>"},
};

static void test_explicit(void **state)
{
	(void)state;
	EXPECT_CASES(explicit_cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_explicit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
