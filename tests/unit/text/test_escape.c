/* Text as it becomes part of a format, and which addresses become links. */
#include "../base/assert_str.h"
#include "text/escape.h"
#include "text/uri.h"

struct escape_case {
	const char *text;
	const char *expected;
};

static void expect(escape_function *escape, const struct escape_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct strbuf out = STRBUF_INIT;

		escape(&out, str_of(cases[i].text));
		assert_string_equal(out.ptr, cases[i].expected);
		strbuf_release(&out);
	}
}

#define EXPECT(escape, cases) expect(escape, cases, sizeof(cases) / sizeof(*(cases)))

static void html(void **state)
{
	static const struct escape_case texts[] = {
		{"a < b & c > \"d\"", "a &lt; b &amp; c &gt; \"d\""},
		{"&lt;", "&amp;lt;"},
		{"a\r\nb\rc\td", "a\nb\nc\td"},
		{"a\x01\x1b[31mb\x7f", "a\xEF\xBF\xBD\xEF\xBF\xBD[31mb\xEF\xBF\xBD"},
		{"a\xFF\xC2\x85", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"\xEF\xBF\xBE\xEF\xB7\x90", "\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"\xE2\x80\xAEx\xE2\x81\xA6", "\\u202Ex\\u2066"},
	};
	static const struct escape_case attributes[] = {{"\"><script>", "&quot;&gt;&lt;script&gt;"}};
	struct strbuf out = STRBUF_INIT;

	EXPECT(escape_html_text, texts);
	EXPECT(escape_html_attribute, attributes);
	escape_html_text(&out, STR("a\0b"));
	assert_string_equal(out.ptr, "a\xEF\xBF\xBD"
				     "b");
	strbuf_release(&out);
	(void)state;
}

static void xml(void **state)
{
	static const struct escape_case texts[] = {
		{"<&>\"\n\t", "&lt;&amp;&gt;\"\n\t"},
		{"\r\x7f\xC2\x85\xE2\x80\xAE", "&#xD;&#x7F;&#x85;&#x202E;"},
		{"\x01\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
	};
	static const struct escape_case attributes[] = {{"a\n\"b\"", "a&#xA;&quot;b&quot;"}};

	EXPECT(escape_xml_text, texts);
	EXPECT(escape_xml_attribute, attributes);
	(void)state;
}

static void rst(void **state)
{
	static const struct escape_case cases[] = {
		{"*a* `b` |c| \\d", "\\*a\\* \\`b\\` \\|c\\| \\\\d"},
		{"vault_path foo_ _x __y a_-b", "vault_path foo\\_ _x \\__y a\\_-b"},
		{"https://a.b x:y 10:30 a: b", "https\\://a.b x\\:y 10:30 a: b"},
		{"a@b.c @ x", "a\\@b.c @ x"},
		{"text::", "text:\\:"},
		{"  a\nb  ", "a b"},
		{"- a", "\\- a"},
		{"+ a", "\\+ a"},
		{"1. a", "\\1. a"},
		{"1.5 a", "1.5 a"},
		{"(iv) a", "\\(iv) a"},
		{"#) a", "\\#) a"},
		{"A. a", "\\A. a"},
		{"Ab. a", "Ab. a"},
		{".. raw:: html", "\\.. raw:\\: html"},
		{"...", "\\..."},
		{"... a", "... a"},
		{":field: a", "\\:field: a"},
		{">>> a", "\\>>> a"},
		{"====", "\\===="},
		{"== ==", "\\== =="},
		{"--all", "\\--all"},
		{"/V", "\\/V"},
		{"\xE2\x80\xA2 a", "\\\xE2\x80\xA2 a"},
		{"\xE2\x80\x94 a", "\\\xE2\x80\x94 a"},
		{"\\", "\\ \\\\"},
		{"\xE2\x80\xAE", "\\\\u202E"},
		{"", ""},
	};
	static const struct escape_case literals[] = {
		{"a", "``a``"},
		{"a`b", "``a`b``"},
		{"a\\b\\", "``a\\b\\``"},
		{" a", ":literal:`\\  a`"},
		{"a ", ":literal:`a \\ `"},
		{"a``b", ":literal:`a\\`\\`b`"},
		{"`", ":literal:`\\``"},
		{"", ":literal:`\\ `"},
		{"a\nb", "``a b``"},
	};

	EXPECT(escape_rst, cases);
	EXPECT(escape_rst_literal, literals);
	(void)state;
}

static void myst(void **state)
{
	static const struct escape_case cases[] = {
		{"*a* `b` [c](d) <e> {f} |g| \\", "\\*a\\* \\`b\\` \\[c\\](d) \\<e\\> \\{f\\} \\|g\\| \\\\"},
		{"vault_path foo_ $x$ ~y~ &amp; !", "vault_path foo\\_ \\$x\\$ \\~y\\~ \\&amp; !"},
		{"# a", "\\# a"},
		{"1. a", "1\\. a"},
		{"1.5", "1.5"},
		{"---", "\\---"},
		{"% a", "\\% a"},
		{":::", "\\:::"},
		{"(a)=", "\\(a)="},
		{"(a) b", "(a) b"},
		{"https://a.b", "https\\://a.b"},
		{"a\nb", "a b"},
	};
	static const struct escape_case literals[] = {
		{"a", "`a`"},
		{"a`b", "``a`b``"},
		{"`", "`` ` ``"},
		{" a ", "`  a  `"},
		{"  ", "`  `"},
		{"", ""},
	};

	EXPECT(escape_myst, cases);
	EXPECT(escape_myst_literal, literals);
	(void)state;
}

/* docutils and MyST refuse texts with lines that are longer. */
static void long_lines_are_cut(void **state)
{
	static escape_function *const functions[] = {escape_rst, escape_myst, escape_rst_literal, escape_myst_literal};
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < 50000; i++)
		strbuf_append_c(&text, "*\xC3\xA4");
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		struct strbuf out = STRBUF_INIT;

		functions[i](&out, strbuf_str(&text));
		assert_in_range(out.len, 4000, 10000);
		assert_true(str_contains(strbuf_str(&out), STR("\xC3\xA4\xE2\x80\xA6")) ||
			    str_contains(strbuf_str(&out), STR("*\xE2\x80\xA6")));
		strbuf_release(&out);
	}
	strbuf_release(&text);
	(void)state;
}

static void addresses(void **state)
{
	static const char *const plain[] = {"http://a.b", "HTTPS://a.b:443/c?d#e", " https://a.b ", "mailto:a@b.c",
		"a/b.html", "../a", "/a", "#a", "?a", "http://127.0.0.1/", "http://[0:0:0:0:0:0:0:1]/", "http://a_b/",
		"a%20b", "http://a.b./"};
	static const char *const refused[] = {"", "javascript:alert(1)", "JavaScript:x", "java\nscript:x",
		"data:text/html,x", "ftp://a.b", "file:///a", "//a.b", "/\\a.b", "\\\\a.b", "http:a", "http:///a",
		"http://", "http://a b", "http://a:b@c/", "http://a.b:x/", "http://a.b:99999/", "http://256.1.1.1/",
		"http://1.2/", "http://a..b/", "mailto:a", "a b", "a\x01", "a\xFF", ":a", "x-y:z",
		"http://a.b\\@c.d:x"};

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		if (!uri_is_plain(str_of(plain[i])))
			fail_msg("refused: %s", plain[i]);
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		if (uri_is_plain(str_of(refused[i])))
			fail_msg("taken: %s", refused[i]);
	}
	(void)state;
}

static void encoded(void **state)
{
	static const struct escape_case cases[] = {
		{" http://a.b/c ", "http://a.b/c"},
		{"a\"b<c>`d|e\\f^g{h}", "a%22b%3Cc%3E%60d%7Ce%5Cf%5Eg%7Bh%7D"},
		{"a%20b%zz%", "a%20b%25zz%25"},
		{"a[b]#c#d", "a%5Bb%5D#c%23d"},
		{"http://[::1]/[", "http://[::1]/%5B"},
		{"\xC3\xA4", "%C3%A4"},
	};

	EXPECT(uri_append, cases);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html),
		cmocka_unit_test(xml),
		cmocka_unit_test(rst),
		cmocka_unit_test(myst),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(addresses),
		cmocka_unit_test(encoded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
