#include "rst_fixture.h"

static const struct rst_case paragraphs_cases[] = {
	{"One\nparagraph.\n\nAnother.", "ok", "<paragraph>One\nparagraph.</paragraph><paragraph>Another.</paragraph>"},
	{"A::\n\n  x\n   y\n\nB ::\n\n> q\n> r\n\n::\n\n  z", "ok",
		"<paragraph>A:</paragraph><literal_block xml:space=\"preserve\">x\n "
		"y</literal_block><paragraph>B</paragraph><literal_block xml:space=\"preserve\">&gt; q\n&gt; "
		"r</literal_block><literal_block xml:space=\"preserve\">z</literal_block>"},
	{"A\\::\n\nB\\\\::\n\n  x", "ok",
		"<paragraph>A::</paragraph><paragraph>B\\:</paragraph><literal_block "
		"xml:space=\"preserve\">x</literal_block>"},
	{"a\nb\n  c\n", "error", NULL},
	{"a::\n\nb", "warning", "<paragraph>a:</paragraph><paragraph>b</paragraph>"},
	{"a::\n\n> x\ny", "error", NULL},
	{"a::\n  b", "info",
		"<definition_list><definition_list_item><term>a::</term><definition><paragraph>b</paragraph></"
		"definition></definition_list_item></definition_list>"},
	{"  Quote\n\n  -- Who\n     else\n\n  More\n\nEnd", "ok",
		"<block_quote><paragraph>Quote</paragraph><attribution>Who\nelse</attribution></"
		"block_quote><block_quote><paragraph>More</paragraph></block_quote><paragraph>End</paragraph>"},
	{"  a\nb", "warning", "<block_quote><paragraph>a</paragraph></block_quote><paragraph>b</paragraph>"},
	{"a\n\n  -- b", "ok", "<paragraph>a</paragraph><block_quote><paragraph>-- b</paragraph></block_quote>"},
	{">>> x\n1\n\n| a\n|   b\n| c\n|\n| d\n  e", "ok",
		"<doctest_block xml:space=\"preserve\">&gt;&gt;&gt; "
		"x\n1</doctest_block><line_block><line>a</line><line_block><line>b</line></line_block><line>c</"
		"line><line/><line>d\ne</line></line_block>"},
	{"| a\nb", "warning", "<line_block><line>a</line></line_block><paragraph>b</paragraph>"},
	{"a\tb\n\n\tc\n\nd\013e", "ok",
		"<paragraph>a       b</paragraph><block_quote><paragraph>c</paragraph></block_quote><paragraph>d "
		"e</paragraph>"},
	{"a\015\nb\015c\n\nd\302\205e", "ok", "<paragraph>a\nb\nc</paragraph><paragraph>d\ne</paragraph>"},
};

static void test_paragraphs(void **state)
{
	(void)state;
	EXPECT_CASES(paragraphs_cases);
}

static const struct rst_case titles_cases[] = {
	{"A\n=\n\na\n\nB\n-\n\nb\n\nC\n=\n\nc", "ok",
		"<section ids=\"a\" names=\"a\"><title>A</title><paragraph>a</paragraph><section ids=\"b\" "
		"names=\"b\"><title>B</title><paragraph>b</paragraph></section></section><section ids=\"c\" "
		"names=\"c\"><title>C</title><paragraph>c</paragraph></section>"},
	{"===\nA b\n===\n\nx\n\n\346\227\245\346\234\254\n====", "ok",
		"<section ids=\"a-b\" names=\"a\\ b\"><title>A b</title><paragraph>x</paragraph><section "
		"ids=\"section-1\" "
		"names=\"\346\227\245\346\234\254\"><title>\346\227\245\346\234\254</title></section></section>"},
	{"Abcde\n====", "warning", "<section ids=\"abcde\" names=\"abcde\"><title>Abcde</title></section>"},
	{"Abcde\n===", "info", "<paragraph>Abcde\n===</paragraph>"},
	{"=====\n  A\n=====", "ok", "<section ids=\"a\" names=\"a\"><title>A</title></section>"},
	{"A\n=\n\nB\n-\n\nC\n=\n\nD\n~", "error", NULL},
	{"====\nA\n----", "error", NULL},
	{"====\nA\nb", "error", NULL},
	{"====\nA", "error", NULL},
	{"====\n----", "error", NULL},
	{"==\nA\nb", "info", "<paragraph>==\nA\nb</paragraph>"},
	{"- A\n  =", "error", NULL},
	{"- Ab\n  ====\n", "error", NULL},
	{"- ----", "error", NULL},
	{"- --", "info", "<bullet_list bullet=\"-\"><list_item><paragraph>--</paragraph></list_item></bullet_list>"},
	{"a\n\n----\n\nb", "ok", "<paragraph>a</paragraph><transition/><paragraph>b</paragraph>"},
	{"----\n\na\n\n----\n\n----\n\nb\n\n----", "warning",
		"<transition/><paragraph>a</paragraph><transition/><transition/><paragraph>b</paragraph><transition/>"},
	{"A\n=\n\na\n\n----\n\nB\n=\n\nb", "ok",
		"<section ids=\"a\" "
		"names=\"a\"><title>A</title><paragraph>a</paragraph></section><transition/><section ids=\"b\" "
		"names=\"b\"><title>B</title><paragraph>b</paragraph></section>"},
	{"A\n=\n\nA\n=\n", "info",
		"<section ids=\"a\"><title>A</title></section><section ids=\"a-1\"><title>A</title></section>"},
};

static void test_titles(void **state)
{
	(void)state;
	EXPECT_CASES(titles_cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
