#include <time.h>

#include "rst_fixture.h"

/* flat */
static void test_marks(void **state)
{
	static const struct rst_case cases[] = {
		{"*a* **b** ``c`` `d`", "ok",
			"<paragraph><emphasis>a</emphasis> <strong>b</strong> <literal>c</literal> "
			"<title_reference>d</title_reference></paragraph>"},
		{"*a b*c*", "ok", "<paragraph><emphasis>a b*c</emphasis></paragraph>"},
		{"a*b* *c*d", "warning", "<paragraph>a*b* <problematic>*</problematic>c*d</paragraph>"},
		{"2 * 3 * 4", "ok", "<paragraph>2 * 3 * 4</paragraph>"},
		{"*", "ok", "<bullet_list bullet=\"*\"><list_item/></bullet_list>"},
		{"**", "warning", "<paragraph><problematic>**</problematic></paragraph>"},
		{"\"*\" (``) <`>", "ok", "<paragraph>\"*\" (``) &lt;`&gt;</paragraph>"},
		{"(*)a*", "ok", "<paragraph>(*)a*</paragraph>"},
		{"*a", "warning", "<paragraph><problematic>*</problematic>a</paragraph>"},
		{"**a", "warning", "<paragraph><problematic>**</problematic>a</paragraph>"},
		{"``a", "warning", "<paragraph><problematic>``</problematic>a</paragraph>"},
		{"`a", "warning", "<paragraph><problematic>`</problematic>a</paragraph>"},
		{"|a", "warning", "<paragraph><problematic>|</problematic>a</paragraph>"},
		{"_`a", "warning", "<paragraph><problematic>_`</problematic>a</paragraph>"},
		{"* a*", "ok",
			"<bullet_list bullet=\"*\"><list_item><paragraph>a*</paragraph></list_item></bullet_list>"},
		{"*a *b*", "ok", "<paragraph><emphasis>a *b</emphasis></paragraph>"},
		{"*a\\* b*", "ok", "<paragraph><emphasis>a* b</emphasis></paragraph>"},
		{"\\*a* \\`b\\`", "ok", "<paragraph>*a* `b`</paragraph>"},
		{"``a\\``", "ok", "<paragraph><literal>a\\</literal></paragraph>"},
		{"*a\nb*", "ok", "<paragraph><emphasis>a\nb</emphasis></paragraph>"},
		{"*a**b*", "ok", "<paragraph><emphasis>a**b</emphasis></paragraph>"},
		{"\302\253*a*\302\273 \303\251*a*", "ok",
			"<paragraph>\302\253<emphasis>a</emphasis>\302\273 \303\251*a*</paragraph>"},
		{"a\\ *b*\\ c", "ok", "<paragraph>a<emphasis>b</emphasis>c</paragraph>"},
		{"\\", "ok", "<paragraph/>"},
		{"a\\\nb", "ok", "<paragraph>ab</paragraph>"},
		{"````", "warning", "<transition/>"},
		{"```a```", "ok", "<paragraph><literal>`a`</literal></paragraph>"},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* flat */
static void test_roles(void **state)
{
	static const struct rst_case cases[] = {
		{":emphasis:`a` :strong:`b` :literal:`c\\\\d`", "ok",
			"<paragraph><emphasis>a</emphasis> <strong>b</strong> <literal>c\\d</literal></paragraph>"},
		{":code:`a\\b` :math:`\\alpha`", "ok",
			"<paragraph><literal>a\\b</literal> <math>\\alpha</math></paragraph>"},
		{"H\\ :sub:`2`\\ O", "ok", "<paragraph>H<subscript>2</subscript>O</paragraph>"},
		{"`2`:sup:", "ok", "<paragraph><superscript>2</superscript></paragraph>"},
		{":t:`a` :ab:`b` :ac:`c`", "ok",
			"<paragraph><title_reference>a</title_reference> <abbreviation>b</abbreviation> "
			"<acronym>c</acronym></paragraph>"},
		{":STRONG:`a`", "ok", "<paragraph><strong>a</strong></paragraph>"},
		{":emphasis:`a`:strong:", "warning",
			"<paragraph><problematic>:emphasis:`a`:strong:</problematic></paragraph>"},
		{":emphasis:`a`_", "warning", "<paragraph><problematic>:emphasis:`a`_</problematic></paragraph>"},
		{"`a`:emphasis:_", "warning", "<paragraph><problematic>`a`:emphasis:_</problematic></paragraph>"},
		{":nope:`a`", "error", NULL},
		{":raw:`a`", "error", NULL},
		{":index:`a`", "error", NULL},
		{"x:strong:`a`", "ok", "<paragraph>x:strong:<title_reference>a</title_reference></paragraph>"},
		{":strong: `a`", "ok",
			"<field_list><field><field_name>strong</field_name><field_body><paragraph><title_reference>a</"
			"title_reference></paragraph></field_body></field></field_list>"},
		{":pep:`8` :rfc:`2822#s1`", "ok",
			"<paragraph><reference refuri=\"https://peps.python.org/pep-0008\">PEP 8</reference> "
			"<reference refuri=\"https://tools.ietf.org/html/rfc2822.html#s1\">RFC "
			"2822</reference></paragraph>"},
		{":pep:`x`", "error", NULL},
		{":pep:`10000`", "error", NULL},
		{":rfc:`0`", "error", NULL},
		{"`a`:b", "ok", "<paragraph><title_reference>a</title_reference>:b</paragraph>"},
		{".. default-role:: strong\n\n`a`", "unsupported",
			"<literal_block xml:space=\"preserve\">.. default-role:: "
			"strong</literal_block><paragraph><strong>a</strong></paragraph>"},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* flat */
static void test_standalone(void **state)
{
	static const struct rst_case cases[] = {
		{"http://a.b/c?d#e. (https://a/b)", "ok",
			"<paragraph><reference refuri=\"http://a.b/c?d#e\">http://a.b/c?d#e</reference>. (<reference "
			"refuri=\"https://a/b\">https://a/b</reference>)</paragraph>"},
		{"a@b.c, mailto:x@y.z", "ok",
			"<paragraph><reference refuri=\"mailto:a@b.c\">a@b.c</reference>, <reference "
			"refuri=\"mailto:x@y.z\">mailto:x@y.z</reference></paragraph>"},
		{"foo:bar http://a", "ok", "<paragraph>foo:bar http://a</paragraph>"},
		{"x http://a foo:b http://c", "ok",
			"<paragraph>x <reference refuri=\"http://a\">http://a</reference> foo:b http://c</paragraph>"},
		{"HTTP://A", "ok", "<paragraph><reference refuri=\"HTTP://A\">HTTP://A</reference></paragraph>"},
		{"http:", "ok", "<paragraph>http:</paragraph>"},
		{"http: //a", "ok", "<paragraph>http: //a</paragraph>"},
		{"<http://a/(b)>", "ok",
			"<paragraph>&lt;<reference refuri=\"http://a/(b)\">http://a/(b)</reference>&gt;</paragraph>"},
		{"a..b@c .a@b a@b..c", "ok",
			"<paragraph>a..b@c .a@b <reference refuri=\"mailto:a@b..c\">a@b..c</reference></paragraph>"},
		{"http://a\\_b", "ok",
			"<paragraph><reference refuri=\"http://a_b\">http://a_b</reference></paragraph>"},
		{"*http://a*", "ok", "<paragraph><emphasis>http://a</emphasis></paragraph>"},
		{"a|x@y|b", "ok", "<paragraph><reference refuri=\"mailto:a|x@y|b\">a|x@y|b</reference></paragraph>"},
		{"\342\200\234http://a\342\200\235", "ok",
			"<paragraph>\342\200\234<reference "
			"refuri=\"http://a\">http://a</reference>\342\200\235</paragraph>"},
	};

	(void)state;
	EXPECT_CASES(cases);
}

/* Where the first element of a kind stands in a text. */
static void expect_place(const char *text, enum document_kind kind, const char *place)
{
	struct document *document = rst_read(str_of(text), NULL);
	const struct document_node *node = document->root;

	while (node && node->kind != kind)
		node = document_next(document->root, node);
	assert_non_null(node);
	check_str(str_slice(str_of(text), node->start, node->end - node->start), str_of(place), text, __LINE__);
	document_free(document);
}

static void test_places(void **state)
{
	(void)state;
	expect_place("a *b* c", DOCUMENT_EMPHASIS, "*b*");
	expect_place("\303\251 **\347\247\230** c", DOCUMENT_STRONG, "**\347\247\230**");
	expect_place("a\n\tb ``c\n\td``", DOCUMENT_LITERAL, "``c\n\td``");
	expect_place("- a\r\n  :sub:`b\r\n  c` d", DOCUMENT_SUBSCRIPT, ":sub:`b\r\n  c`");
	expect_place("a `b`:sup: c", DOCUMENT_SUPERSCRIPT, "`b`:sup:");
	expect_place("a \\*b http://c. d", DOCUMENT_REFERENCE, "http://c");
	expect_place("a `b <c>`_ d", DOCUMENT_REFERENCE, "`b <c>`_");
	expect_place("a `b <c>`_ d", DOCUMENT_TARGET, "c");
	expect_place("a b__\n\n__ c", DOCUMENT_REFERENCE, "b__");
	expect_place("[1]_\n\n.. [1] a", DOCUMENT_FOOTNOTE_REFERENCE, "[1]_");
	expect_place("a \\* b", DOCUMENT_TEXT, "a \\* b");
	expect_place("a *b* c", DOCUMENT_TEXT, "a ");
}

static void expect_message(const char *text, size_t line, const char *place)
{
	struct document *document = rst_read(str_of(text), NULL);
	const struct document_message *message = vec_at(&document->messages, 0);

	assert_int_equal(message->line, line);
	check_str(
		str_slice(str_of(text), message->start, message->end - message->start), str_of(place), text, __LINE__);
	document_free(document);
}

static void test_messages(void **state)
{
	(void)state;
	expect_message("a\nb **c", 2, "**");
	expect_message("a\n\n  b\n  c `d", 4, "`");
	expect_message("a\n:nope:`b` c", 2, ":nope:`b`");
	expect_message("a :sub:`b`:sup: c", 1, ":sub:`b`:sup:");
	expect_message("\303\251 a\n|b| c", 2, "|b|");
	expect_message("a\nb_ c", 2, "b_");
	expect_message("a\n\n.. _b: c_", 3, ".. _b: c_");
	expect_message("*a\\*", 1, "*");
}

/* The message on an unknown role tells which one was meant. */
static void test_unknown_role(void **state)
{
	struct document *document = rst_read(STR(":litteral:`a`"), NULL);
	const struct document_message *message = vec_at(&document->messages, 0);

	(void)state;
	assert_str(message->text, "there is no role \"litteral\": did you mean \"literal\"?");
	document_free(document);
}

static void test_roles_of_host(void **state)
{
	const struct str roles[] = {STR("ref"), STR("px-App")};
	const struct rst_options options = {.roles = roles, .role_count = 2};
	struct document *document = rst_read(STR(":ref:`a <b c>` :px-app:`d` `e\\ <f>`:REF:"), &options);

	(void)state;
	assert_string_equal(verdict_of(document), "ok");
	expect_tree(document,
		"<paragraph><role name=\"ref\" target=\"b c\">a</role> <role name=\"px-app\" target=\"d\">d</role> "
		"<role name=\"ref\" target=\"f\">e</role></paragraph>");
	document_free(document);
}

/* A text full of what may begin markup and never ends takes a time that grows with its length alone. */
static void expect_quick(const char *piece)
{
	struct strbuf text = STRBUF_INIT;
	clock_t before = clock();

	while (text.len < 200000) {
		for (size_t line = text.len; text.len - line < 9000;)
			strbuf_append_c(&text, piece);
		strbuf_append_char(&text, '\n');
	}
	document_free(rst_read(strbuf_str(&text), NULL));
	strbuf_release(&text);
	assert_true(clock() - before < 20 * CLOCKS_PER_SEC);
}

static void test_hostile(void **state)
{
	static const char *const pieces[] = {"x", "`", "` ", "*a ", "**a ", "``a ", "`a ", "|a ", "_`a ", "a-",
		"a:", ":a", ":a:`", "`x`:a", "a@", "a-a@b(|", "a..", "http:,", "(mailto:,,", "x_ ", "x__ ", "[1]_ ",
		"|x| ", "`x <a>`_ ", "`a <a <a> ", "\\", "\\`", "_`x` ", ":raw:`a` ", ":nope:`a` ", "a\314\201",
		"foo:a ", "a\342\200\224"};

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		expect_quick(pieces[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_standalone),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_unknown_role),
		cmocka_unit_test(test_roles_of_host),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
