#include "manifest/vault_template.h"

#include "../base/assert_str.h"
#include "base/strbuf.h"

struct found {
	struct str text;
	struct strbuf uses;
};

static void note(void *context, struct str key, uint32_t start, uint32_t end)
{
	struct found *found = context;

	if (found->uses.len > 0)
		strbuf_append_c(&found->uses, ", ");
	strbuf_append(&found->uses, key);
	strbuf_append_c(&found->uses, " at ");
	strbuf_append(&found->uses, str_slice(found->text, start, end - start));
}

static struct vault_template_uses read_uses(const char *text, struct strbuf *out)
{
	struct found found = {.text = str_of(text), .uses = STRBUF_INIT};
	struct vault_template_uses uses;
	struct arena arena;

	arena_init(&arena);
	uses = vault_template_each_key(&arena, found.text, note, &found);
	strbuf_append(out, strbuf_str(&found.uses));
	strbuf_release(&found.uses);
	arena_release(&arena);
	return uses;
}

static void expect(const char *text, const char *keys, bool whole)
{
	struct strbuf found = STRBUF_INIT;
	struct vault_template_uses uses = read_uses(text, &found);

	if (!str_is(strbuf_str(&found), keys) || uses.whole != whole || uses.invalid)
		fail_msg("%s: \"%s\", whole %d, invalid %d", text, found.ptr, uses.whole, uses.invalid);
	strbuf_release(&found);
}

static void test_keys(void **state)
{
	(void)state;
	expect("", "", false);
	expect("plain {{ .Secrets.a }}", "", false);
	expect("{% .Secrets.a %}{%- $.Secrets.b | b64enc -%}", "a at .Secrets.a, b at $.Secrets.b", false);
	expect("{% index .Secrets \"a-b\" %}", "a-b at \"a-b\"", false);
	expect("{% index .Secrets `a` | trim %}", "a at `a`", false);
	expect("{% index .Secrets \"\\x61\" %}", "a at \"\\x61\"", false);
	expect("{% get .Secrets \"a\" %}{% hasKey .Secrets \"b\" %}", "a at \"a\", b at \"b\"", false);
	expect("{% \"a\" | index .Secrets %}{% (\"b\") | get .Secrets %}", "a at \"a\", b at \"b\"", false);
	expect("{% pick .Secrets \"a\" \"b\" | toJson %}", "a at \"a\", b at \"b\"", false);
	expect("{% printf \"%s:%s\" .Secrets.a (index .Secrets \"b\") %}", "a at .Secrets.a, b at \"b\"", false);
	expect("{% (.Secrets).a %}{% (index .Secrets \"b\").c %}", "a at (.Secrets).a, b at \"b\"", false);
	expect("{% if .Secrets.a %}{% .Secrets.b %}{% else %}{% .Secrets.c %}{% end %}",
		"a at .Secrets.a, b at .Secrets.b, c at .Secrets.c", false);
	expect("{% .Vault.Path %}{% .Namespace %}{% .Labels.Secrets %}{% .Other.Secrets.a %}", "", false);
	expect("{% .Secrets.a.b %}", "a at .Secrets.a", false);
}

static void test_variables(void **state)
{
	(void)state;
	expect("{% $s := .Secrets %}{% $s.a %}{% index $s \"b\" %}", "a at $s.a, b at \"b\"", false);
	expect("{% $r := . %}{% $r.Secrets.a %}", "a at $r.Secrets.a", false);
	expect("{% $s := .Secrets %}{% if . %}{% $s := .Labels %}{% $s.a %}{% end %}{% $s.b %}", "b at $s.b", false);
	expect("{% $s := .Labels %}{% $s = .Secrets %}{% $s.a %}", "", true);
	expect("{% $s := .Secrets %}{% $s = .Labels %}", "", true);
	expect("{% $ := .Labels %}{% $.Secrets.a %}", "a at $.Secrets.a", true);
	expect("{% $k := \"a\" %}{% index .Secrets $k %}", "", true);
}

static void test_blocks(void **state)
{
	(void)state;
	expect("{% with .Secrets %}{% .a %}{% $.Secrets.b %}{% end %}", "a at .a, b at $.Secrets.b", false);
	expect("{% with $s := .Secrets %}{% $s.a %}{% else %}{% .Secrets.b %}{% end %}", "a at $s.a, b at .Secrets.b",
		false);
	expect("{% with .Labels %}{% .Secrets.a %}{% end %}", "", false);
	expect("{% with .Labels %}{% .a %}{% else with .Secrets %}{% .b %}{% end %}", "b at .b", false);
	expect("{% range .Labels %}{% .Secrets.a %}{% $.Secrets.b %}{% else %}{% .Secrets.c %}{% end %}",
		"b at $.Secrets.b, c at .Secrets.c", false);
	expect("{% range $k, $s := .Labels %}{% $s.a %}{% end %}", "", false);
}

static void test_templates(void **state)
{
	(void)state;
	expect("{% define \"t\" %}{% .Secrets.a %}{% end %}", "", false);
	expect("{% define \"t\" %}{% .Secrets.a %}{% end %}{% template \"t\" . %}{% template \"t\" $ %}",
		"a at .Secrets.a", false);
	expect("{% define \"t\" %}{% .Secrets.a %}{% end %}{% template \"t\" %}", "", false);
	expect("{% define \"t\" %}{% .a %}{% $.b %}{% end %}{% template \"t\" .Secrets %}", "a at .a, b at $.b", false);
	expect("{% define \"t\" %}{% .a %}{% template \"u\" . %}{% end %}{% define \"u\" %}{% .b %}{% template \"t\" . "
	       "%}{% end %}"
	       "{% template \"u\" .Secrets %}",
		"b at .b, a at .a", false);
	expect("{% block \"t\" .Secrets %}{% .a %}{% end %}", "a at .a", false);
	expect("{% define \"t\" %}{% .Secrets.a %}{% end %}{% block \"t\" . %} {% end %}", "a at .Secrets.a", false);
}

static void test_whole(void **state)
{
	(void)state;
	expect("{% toJson .Secrets %}", "", true);
	expect("{% .Secrets | toYaml | indent 2 %}", "", true);
	expect("{% .Secrets %}", "", true);
	expect("{% . %}", "", true);
	expect("{% $s := .Secrets %}", "", false);
	expect("{% range $k, $v := .Secrets %}{% $k %}{% end %}", "", true);
	expect("{% range $s := .Secrets %}{% $s.a %}{% .b %}{% end %}", "", true);
	expect("{% index .Secrets %}", "", true);
	expect("{% range .SecretsPaths %}{% .Secrets.a %}{% end %}", "", true);
	expect("{% index .Secrets .Labels.key %}", "", true);
	expect("{% index . \"Secrets\" \"a\" %}", "", true);
	expect("{% if .Secrets %}{% end %}", "", true);
	expect("{% default .Secrets .Labels %}", "", true);
	expect("{% with .Secrets %}{% . %}{% end %}", "", true);
	expect("{% with .Secrets %}{% .a %}{% toJson . %}{% end %}", "a at .a", true);
	expect("{% define \"t\" %}{% toJson . %}{% end %}{% template \"t\" .Secrets %}", "", true);
}

static void test_invalid(void **state)
{
	struct strbuf found = STRBUF_INIT;

	(void)state;
	assert_true(read_uses("{% .Secrets.a %}{% .Secrets.b ", &found).invalid);
	assert_true(read_uses("{% if .Secrets.a %}", &found).invalid);
	assert_true(read_uses("{% .Secrets.a-b %}", &found).invalid);
	assert_int_equal(found.len, 0);
	strbuf_release(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_templates),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_invalid),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
