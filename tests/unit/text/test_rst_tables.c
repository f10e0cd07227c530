#include "rst_fixture.h"

static const struct rst_case tables_cases[] = {
	{"+---+-----+\n| a | b   |\n+===+=====+\n| c | d   |\n|   +--+--+\n|   |e |  |\n+---+--+--+", "ok",
		"<table><tgroup cols=\"3\"><colspec colwidth=\"3\"/><colspec colwidth=\"2\"/><colspec "
		"colwidth=\"2\"/><thead><row><entry><paragraph>a</paragraph></entry><entry "
		"morecols=\"1\"><paragraph>b</paragraph></entry></row></thead><tbody><row><entry "
		"morerows=\"1\"><paragraph>c</paragraph></entry><entry "
		"morecols=\"1\"><paragraph>d</paragraph></entry></row><row><entry><paragraph>e</paragraph></"
		"entry><entry/></row></tbody></tgroup></table>"},
	{"+----+\n|- a |\n|    |\n+----+\n\n+----+\n|\346\227\245\346\234\254|\n+----+", "ok",
		"<table><tgroup cols=\"1\"><colspec colwidth=\"4\"/><tbody><row><entry><bullet_list "
		"bullet=\"-\"><list_item><paragraph>a</paragraph></list_item></bullet_list></entry></row></tbody></"
		"tgroup></table><table><tgroup cols=\"1\"><colspec "
		"colwidth=\"4\"/><tbody><row><entry><paragraph>\346\227\245\346\234\254</paragraph></entry></row></"
		"tbody></tgroup></table>"},
	{"+----+\n|a\314\201b  |\n+----+", "ok",
		"<table><tgroup cols=\"1\"><colspec "
		"colwidth=\"4\"/><tbody><row><entry><paragraph>a\314\201b</paragraph></entry></row></tbody></tgroup></"
		"table>"},
	{"+---+\n|a  |\n+---+\nb", "warning",
		"<table><tgroup cols=\"1\"><colspec "
		"colwidth=\"3\"/><tbody><row><entry><paragraph>a</paragraph></entry></row></tbody></tgroup></"
		"table><paragraph>b</paragraph>"},
	{"+---+\n|a  |\n+---+\n  b", "error", NULL},
	{"+---+\n|a\n+---+", "error", NULL},
	{"+---+\n|a  |", "error", NULL},
	{"+--+--+\n|a |b |\n+--+--+\n|c    |\n+-----+", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"2\"/><colspec "
		"colwidth=\"2\"/><tbody><row><entry><paragraph>a</paragraph></entry><entry><paragraph>b</paragraph></"
		"entry></row><row><entry "
		"morecols=\"1\"><paragraph>c</paragraph></entry></row></tbody></tgroup></table>"},
	{"+--+--+\n|a |b |\n|  +--+\n|  |c |\n+--+--+", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"2\"/><colspec colwidth=\"2\"/><tbody><row><entry "
		"morerows=\"1\"><paragraph>a</paragraph></entry><entry><paragraph>b</paragraph></entry></"
		"row><row><entry><paragraph>c</paragraph></entry></row></tbody></tgroup></table>"},
	{"+---+\n|a  |\n+===+\n|b  |\n+===+\n|c  |\n+---+", "error", NULL},
	{"+---+\n|a  |\n+===+", "error", NULL},
	{"+--+--+\n|a |b |\n+--+  |\n|c    |\n+--+--+", "error", NULL},
	{"+--+--+\n|a    |\n+  +  +\n|     |\n+--+--+", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"2\"/><colspec colwidth=\"2\"/><tbody><row><entry "
		"morecols=\"1\" "
		"morerows=\"1\"><definition_list><definition_list_item><term>a</term><definition><bullet_list "
		"bullet=\"+\"><list_item/></bullet_list></definition></definition_list_item></definition_list></"
		"entry></row><row/></tbody></tgroup></table>"},
	{"== ===\na  b\n== ===\nc  d\n   e\nf\n------\ng  h i\n== ===", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"2\"/><colspec "
		"colwidth=\"3\"/><thead><row><entry><paragraph>a</paragraph></entry><entry><paragraph>b</paragraph></"
		"entry></row></thead><tbody><row><entry><paragraph>c</paragraph></entry><entry><paragraph>d\ne</"
		"paragraph></entry></row><row><entry "
		"morecols=\"1\"><paragraph>f</paragraph></entry></row><row><entry><paragraph>g</paragraph></"
		"entry><entry><paragraph>h i</paragraph></entry></row></tbody></tgroup></table>"},
	{"== ==\n\na  b\n\n   c\n\nd\n== ==", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"2\"/><colspec "
		"colwidth=\"2\"/><tbody><row><entry><paragraph>a</paragraph></entry><entry><paragraph>b</"
		"paragraph><paragraph>c</paragraph></entry></row><row><entry><paragraph>d</paragraph></entry><entry/></"
		"row></tbody></tgroup></table>"},
	{"== ==\na  b", "error", NULL},
	{"== ==\na  b\n== ===", "error", NULL},
	{"== ==\nabcd\n== ==", "error", NULL},
	{"== ==\na  b\n== ==\nc", "error", NULL},
	{"== ==\na  b\n- -\n== ==", "error", NULL},
	{"=====  =====\n\346\227\245\346\234\254   x\n=====  =====", "ok",
		"<table><tgroup cols=\"2\"><colspec colwidth=\"5\"/><colspec "
		"colwidth=\"5\"/><tbody><row><entry><paragraph>\346\227\245\346\234\254</paragraph></"
		"entry><entry><paragraph>x</paragraph></entry></row></tbody></tgroup></table>"},
};

static void test_tables(void **state)
{
	(void)state;
	EXPECT_CASES(tables_cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
