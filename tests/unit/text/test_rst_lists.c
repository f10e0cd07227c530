#include "rst_fixture.h"

static const struct rst_case lists_cases[] = {
	{"- a\n\n  b\n- c\n\n* d", "ok",
		"<bullet_list "
		"bullet=\"-\"><list_item><paragraph>a</paragraph><paragraph>b</paragraph></"
		"list_item><list_item><paragraph>c</paragraph></list_item></bullet_list><bullet_list "
		"bullet=\"*\"><list_item><paragraph>d</paragraph></list_item></bullet_list>"},
	{"\342\200\242 a\n\342\200\242 b\n\n  c", "ok",
		"<bullet_list "
		"bullet=\"\342\200\242\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</"
		"paragraph><paragraph>c</paragraph></list_item></bullet_list>"},
	{"-\n\n  a\n- b", "ok",
		"<bullet_list "
		"bullet=\"-\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</paragraph></"
		"list_item></bullet_list>"},
	{"- a\nb", "warning",
		"<bullet_list "
		"bullet=\"-\"><list_item><paragraph>a</paragraph></list_item></bullet_list><paragraph>b</paragraph>"},
	{"1. a\n2. b\n#. c\n\n   d", "ok",
		"<enumerated_list enumtype=\"arabic\" prefix=\"\" "
		"suffix=\".\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</paragraph></"
		"list_item><list_item><paragraph>c</paragraph><paragraph>d</paragraph></list_item></enumerated_list>"},
	{"3. a\n4. b", "info",
		"<enumerated_list enumtype=\"arabic\" prefix=\"\" start=\"3\" "
		"suffix=\".\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</paragraph></"
		"list_item></enumerated_list>"},
	{"(a) x\n(b) y\n\ni) x\nii) y\n\nC. x\nD. y", "info",
		"<enumerated_list enumtype=\"loweralpha\" prefix=\"(\" "
		"suffix=\")\"><list_item><paragraph>x</paragraph></list_item><list_item><paragraph>y</paragraph></"
		"list_item></enumerated_list><enumerated_list enumtype=\"lowerroman\" prefix=\"\" "
		"suffix=\")\"><list_item><paragraph>x</paragraph></list_item><list_item><paragraph>y</paragraph></"
		"list_item></enumerated_list><enumerated_list enumtype=\"upperalpha\" prefix=\"\" start=\"3\" "
		"suffix=\".\"><list_item><paragraph>x</paragraph></list_item><list_item><paragraph>y</paragraph></"
		"list_item></enumerated_list>"},
	{"1. a\n3. b", "ok", "<paragraph>1. a\n3. b</paragraph>"},
	{"A. Einstein\nwas", "ok", "<paragraph>A. Einstein\nwas</paragraph>"},
	{"iiii. a", "ok", "<paragraph>iiii. a</paragraph>"},
	{"mmmmcmxcix. a\n", "info",
		"<enumerated_list enumtype=\"lowerroman\" prefix=\"\" start=\"4999\" "
		"suffix=\".\"><list_item><paragraph>a</paragraph></list_item></enumerated_list>"},
	{"#. a\n#. b\n\n1. c\n#. d\n2. e", "warning",
		"<enumerated_list enumtype=\"arabic\" prefix=\"\" "
		"suffix=\".\"><list_item><paragraph>a</paragraph></list_item><list_item><paragraph>b</paragraph></"
		"list_item></enumerated_list><enumerated_list enumtype=\"arabic\" prefix=\"\" "
		"suffix=\".\"><list_item><paragraph>c</paragraph></list_item></enumerated_list><paragraph>#. d\n2. "
		"e</paragraph>"},
	{"1000000000000000000. a", "unsupported", NULL},
	{"a\n  b\nc : d : e\n  f\n\n*g* : *h*\n  i", "ok",
		"<definition_list><definition_list_item><term>a</term><definition><paragraph>b</paragraph></"
		"definition></definition_list_item><definition_list_item><term>c</term><classifier>d</"
		"classifier><classifier>e</classifier><definition><paragraph>f</paragraph></definition></"
		"definition_list_item><definition_list_item><term><emphasis>g</emphasis></"
		"term><classifier><emphasis>h</emphasis></classifier><definition><paragraph>i</paragraph></"
		"definition></definition_list_item></definition_list>"},
	{"a \\: b\n  c", "ok",
		"<definition_list><definition_list_item><term>a : "
		"b</term><definition><paragraph>c</paragraph></definition></definition_list_item></definition_list>"},
	{"a\n  b\nc", "warning",
		"<definition_list><definition_list_item><term>a</term><definition><paragraph>b</paragraph></"
		"definition></definition_list_item></definition_list><paragraph>c</paragraph>"},
	{":a: b\n  c\n\n  d\n:*e* f: g\n:h:\n", "ok",
		"<field_list><field><field_name>a</field_name><field_body><paragraph>b\nc</paragraph><paragraph>d</"
		"paragraph></field_body></field><field><field_name><emphasis>e</emphasis> "
		"f</field_name><field_body><paragraph>g</paragraph></field_body></field><field><field_name>h</"
		"field_name><field_body/></field></field_list>"},
	{":a\\:b: c\n:d:e\n", "warning",
		"<field_list><field><field_name>a:b</field_name><field_body><paragraph>c</paragraph></field_body></"
		"field></field_list><paragraph>:d:e</paragraph>"},
	{"-a  b\n-c FILE, --dd=<x, y>  e\n    f\n/V  g\n+h\n   i", "ok",
		"<option_list><option_list_item><option_group><option><option_string>-a</option_string></option></"
		"option_group><description><paragraph>b</paragraph></description></"
		"option_list_item><option_list_item><option_group><option><option_string>-c</"
		"option_string><option_argument delimiter=\" "
		"\">FILE</option_argument></option><option><option_string>--dd</option_string><option_argument "
		"delimiter=\"=\">&lt;x, "
		"y&gt;</option_argument></option></option_group><description><paragraph>e\nf</paragraph></"
		"description></option_list_item><option_list_item><option_group><option><option_string>/V</"
		"option_string></option></option_group><description><paragraph>g</paragraph></description></"
		"option_list_item><option_list_item><option_group><option><option_string>+h</option_string></option></"
		"option_group><description><paragraph>i</paragraph></description></option_list_item></option_list>"},
	{"-a\n\nb", "ok", "<paragraph>-a</paragraph><paragraph>b</paragraph>"},
	{"-a b", "ok", "<paragraph>-a b</paragraph>"},
};

static void test_lists(void **state)
{
	(void)state;
	EXPECT_CASES(lists_cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
