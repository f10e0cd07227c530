#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "access/credential.h"
#include "access/policy.h"

/* "path: read,list (limit)" for each grant, then "!unread". */
static void assert_reads(const char *text, const char *expected)
{
	struct strbuf found = STRBUF_INIT;
	struct policy policy;

	policy_init(&policy);
	policy_read(&policy, str_of(text));
	for (size_t i = 0; i < policy.grants.len; i++) {
		const struct policy_grant *grant = vec_at(&policy.grants, i);
		strbuf_printf(&found, "%.*s:", STR_ARG(grant->path));
		for (unsigned j = 0; j < POLICY_CAPABILITY_COUNT; j++) {
			if (grant->capabilities & 1U << j)
				strbuf_printf(&found, " %s", policy_capability_name((enum policy_capability)j));
		}
		for (size_t j = 0; j < grant->limits.len; j++)
			strbuf_printf(&found, " (%.*s)", STR_ARG(*(const struct str *)vec_at(&grant->limits, j)));
		strbuf_append_char(&found, '\n');
	}
	if (!str_is_absent(policy.unread))
		strbuf_printf(&found, "!%.*s\n", STR_ARG(policy.unread));
	assert_string_equal(found.ptr, expected);
	strbuf_release(&found);
	policy_release(&policy);
}

static void test_hcl(void **state)
{
	(void)state;
	assert_reads("", "");
	assert_reads("# nothing\n// at all\n/* really */", "");
	assert_reads(
		"path \"b\" { capabilities = [\"read\",] }\npath \"/a/*\" {\n capabilities=[\"list\" , \"create\"]\n}",
		"a/*: create list\nb: read\n");
	assert_reads(
		"path \"a\" { capabilities = [\"read\"] }\npath \"a\" { capabilities = [\"list\"] }", "a: read list\n");
	assert_reads("path \"a\" { policy = \"write\" }", "a: create read update delete list\n");
	assert_reads("path \"a\" { policy = \"deny\" }", "a: deny\n");
	assert_reads("name = \"x\"\npath \"a\\\"b\" { capabilities = [] }", "a\"b:\n");
	assert_reads("path \"a\" {\n  min_wrapping_ttl = \"1s\"\n  allowed_parameters = {\n    \"*\" = []\n    \"b\" = "
		     "[\"c\", 1]\n  }\n"
		     "  control_group = { factor \"x\" { identity { group_names = [\"m\"] } } }\n  capabilities = "
		     "[\"read\"]\n}",
		"a: read (min_wrapping_ttl) (allowed_parameters) (control_group)\n");
	assert_reads("path \"a\" { # } \"\n capabilities = [\"read\" /* , \"sudo\" */ ] // }\n}", "a: read\n");
}

static void test_unread(void **state)
{
	(void)state;
	assert_reads("path \"a\" { capabilities = [\"read\"] }\n\npath \"b\" {\n  capabilities = read\n}",
		"a: read\nb:\n!line 4, column 18: a list of capabilities was expected here\n");
	assert_reads(
		"path \"a\" { capabilities = [\"write\"] }", "a:\n!line 1, column 28: this capability is not known\n");
	assert_reads("path \"a\" { capabilities = [\"read\" \"list\"] }",
		"a: read\n!line 1, column 35: a comma or ] was expected here\n");
	assert_reads("path \"a\" {", "a:\n!line 1, column 11: a name such as capabilities was expected here\n");
	assert_reads("path \"a", "!line 1, column 6: a path in quotes was expected here\n");
	assert_reads("path a {}", "!line 1, column 6: a path in quotes was expected here\n");
	assert_reads("\xC3\xA4\n } ", "!line 1, column 1: path \"…\" { was expected here\n");
	assert_reads("/* never ended", "");
	assert_reads("{\"path\": 1}", "!JSON without an object `path`\n");
	assert_reads("{\"path\": {\"a\": {\"capabilities\": [\"fly\"]}}}", "a:\n!a capability that is not known\n");
	assert_reads("{\"path\": ", "!JSON without an object `path`\n");
	char *deep = malloc(200001);
	assert_non_null(deep);
	memset(deep, '{', 200000);
	memcpy(deep, "a =", 3);
	deep[200000] = '\0';
	assert_reads(deep, "!line 1, column 37: values are nested too deep\n");
	free(deep);
}

static void test_json(void **state)
{
	(void)state;
	assert_reads("{\"path\": {\"/b\": {\"capabilities\": [\"read\", \"list\"], \"max_wrapping_ttl\": 5}, \"a\": "
		     "{\"policy\": \"read\"}}}",
		"a: read list\nb: read list (max_wrapping_ttl)\n");
}

static void test_many(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct policy policy;

	(void)state;
	for (unsigned i = 0; i < 100000; i++)
		strbuf_printf(&text, "path \"a/%u\" { capabilities = [\"read\"] }\n", i);
	policy_init(&policy);
	policy_read(&policy, strbuf_str(&text));
	assert_int_equal(policy.grants.len, 100000);
	policy_release(&policy);
	strbuf_release(&text);
}

static void test_compare(void **state)
{
	struct vec differences = VEC_INIT(struct policy_difference);
	struct strbuf found = STRBUF_INIT;
	struct policy wanted, actual;

	(void)state;
	policy_init(&wanted);
	policy_init(&actual);
	policy_read(&wanted, STR("path \"a\" { capabilities = [\"read\", \"list\", \"create\"] } path \"b\" { "
				 "capabilities = [\"read\"] } path \"d\" { capabilities = [\"read\"] }"));
	policy_read(&actual, STR("path \"b\" { capabilities = [\"read\", \"sudo\"] x = 1 } path \"c\" { capabilities = "
				 "[\"deny\"] } path \"d\" { capabilities = [\"read\"] } ]"));
	policy_compare(&differences, &wanted, &actual);
	for (size_t i = 0; i < differences.len; i++) {
		policy_describe(&found, vec_at(&differences, i));
		strbuf_append_char(&found, '\n');
	}
	assert_string_equal(found.ptr,
		"does not grant create, read and list on a\n"
		"grants sudo on b, which it should not\n"
		"has x on b, whose effect is not judged here\n"
		"grants deny on c, which it should not\n"
		"cannot be read to its end: line 1, column 126: path \"…\" { was expected here\n");
	vec_release(&differences);
	strbuf_release(&found);
	policy_release(&wanted);
	policy_release(&actual);
}

static void test_text(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(policy_text(&arena, POLICY_KIND_READ, STR("secret"), STR("phalanx/a.example&b")).ptr,
		"path \"secret/data/phalanx/a.example&b/+\" {\n  capabilities = [\"read\"]\n}\n"
		"path \"secret/metadata/phalanx/a.example&b/+\" {\n  capabilities = [\"list\", \"read\"]\n}");
	assert_reads(policy_text(&arena, POLICY_KIND_WRITE, STR("kv"), STR("p")).ptr,
		"kv/data/p: create read update delete\n"
		"kv/data/p/+: create read update delete\n"
		"kv/delete/p/+: update\n"
		"kv/destroy/p/+: update\n"
		"kv/metadata/p: read update delete list\n"
		"kv/metadata/p/+: read update delete list\n"
		"kv/undelete/p/+: update\n");
	arena_release(&arena);
	assert_true(policy_can_name(STR("secret/a b/ü.c+d")));
	assert_false(policy_can_name(STR("a/+/b")));
	assert_false(policy_can_name(STR("a/b*")));
	assert_false(policy_can_name(STR("a//b")));
	assert_false(policy_can_name(STR("a/../b")));
	assert_false(policy_can_name(STR("a/{{b}}")));
	assert_false(policy_can_name(STR("a/\"b")));
}

static void test_duration(void **state)
{
	static const struct {
		const char *text;
		uint64_t seconds; /* 0: it is none */
	} cases[] = {{"3650d", 315360000}, {"1h30m", 5400}, {"600", 600}, {"2w", 1209600}, {"1s", 1},
		{"36525d", 3155760000}, {"36525d1s", 0}, {"", 0}, {"d", 0}, {"0", 0}, {"5y", 0}, {"1h30", 0},
		{"-1d", 0}, {"18446744073709551616", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t seconds = 0;
		assert_int_equal(credential_duration(&seconds, str_of(cases[i].text)), cases[i].seconds > 0);
		assert_int_equal(cases[i].seconds > 0 ? seconds : 0, cases[i].seconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hcl),
		cmocka_unit_test(test_unread),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_duration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
