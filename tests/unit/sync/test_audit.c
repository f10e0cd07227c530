/* The text and the JSON of an audit. */
#include "plan_fixture.h"

static struct plan_repository repository;

static int open_repository(void **state)
{
	(void)state;
	plan_repository_open(&repository, plan_files);
	return 0;
}

static int close_repository(void **state)
{
	(void)state;
	plan_repository_close(&repository);
	return 0;
}

static void assert_audit_of(
	const char *environment, const char *given, const char *remote, const char *options, const char *expected)
{
	struct strbuf text = STRBUF_INIT;
	struct planned planned;

	planned_open(&planned, &repository, environment, given, remote, options);
	struct audit *audit = audit_new(planned.plan);
	audit_text(&text, audit);
	assert_string_equal(text.ptr, expected);
	assert_true(audit_is_clean(audit) == (expected[0] == '\0'));
	audit_free(audit);
	strbuf_release(&text);
	planned_close(&planned);
}

static void assert_audit(const char *given, const char *remote, const char *options, const char *expected)
{
	assert_audit_of("e", given, remote, options, expected);
}

static void tells_all_classes_at_once(void **state)
{
	(void)state;
	assert_audit("onepassword\na/static item\na/encoded item\nregistry h u p",
		"a {\"token\": \"wrong\", \"fernet\": \"@fernet\", \"password\": \"x\", \"hash\": \"@hash(y)\", "
		"\"time\": "
		"\"2024-01-02T03:04:05Z\", \"clients\": \"[]\", \"literal\": \"w\", \"z\": 1, \"static-time\": "
		"\"2024-01-02T03:04:05Z\"}\n"
		"b {\"static\": \"x\", \"password\": \"x\", \"token\": \"wrong\", \"again\": \"wrong\"}\n"
		"pull-secret {\".dockerconfigjson\": \"{}\", \"more\": 1}\nnobody {\"a\": 1, \"\\u001b\": 1}",
		NULL,
		"Missing secrets:\n"
		"• a encoded\n"
		"• a rsa\n"
		"• a rsa-hash\n"
		"• a static\n"
		"• a static-hash\n"
		"\n"
		"Secrets that do not have their expected value:\n"
		"• a literal\n"
		"• b again\n"
		"• b token\n"
		"• pull-secret\n"
		"\n"
		"Unknown secrets in Vault:\n"
		"• a z\n"
		"• nobody \\x1B\n"
		"• nobody a\n"
		"• pull-secret more\n"
		"\n"
		"Unresolved secrets:\n"
		"• a/dangling\n"
		"• a/dangling-hash\n"
		"• a/dangling-time\n"
		"• b/about\n"
		"• b/dangling\n"
		"• b/round\n"
		"\n"
		"Missing static secrets from 1Password:\n"
		"• a\n"
		"\n"
		"Malformed secrets:\n"
		"• a token (does not begin with gt-, as a Gafaelfawr token does)\n"
		"\n"
		"Derived secrets that do not fit their source:\n"
		"• a hash (it is no hash of a/password)\n");
}

static void tells_fields_and_items_apart(void **state)
{
	(void)state;
	assert_audit("onepassword\na/static field\na/encoded=x", "a {\"static\": \"x\", \"encoded\": \"x\"}",
		"exclude=b",
		"Missing secrets:\n"
		"• a clients\n"
		"• a fernet\n"
		"• a hash\n"
		"• a literal\n"
		"• a password\n"
		"• a rsa\n"
		"• a rsa-hash\n"
		"• a static-hash\n"
		"• a static-time\n"
		"• a time\n"
		"• a token\n"
		"\n"
		"Unresolved secrets:\n"
		"• a/dangling\n"
		"• a/dangling-hash\n"
		"• a/dangling-time\n"
		"\n"
		"Missing static secrets from 1Password:\n"
		"• a static\n");
}

static void names_each_item_once(void **state)
{
	(void)state;
	assert_audit_of("contested", "onepassword\na/static item\na/encoded item\nother/one item\nother/two item",
		"a {\"static\": \"x\", \"encoded\": \"x\"}\nother {\"one\": \"x\", \"two\": \"x\"}", "only=other",
		"Missing static secrets from 1Password:\n• other\n");
	assert_audit_of("contested", "onepassword\npull-secret/.dockerconfigjson item\nother/one item\nother/two item",
		"other {\"one\": \"x\", \"two\": \"x\"}\npull-secret {}", "only=other only=pull-secret",
		"Missing secrets:\n• pull-secret .dockerconfigjson\n\n"
		"Missing static secrets from 1Password:\n• other\n• pull-secret\n");
}

static void says_nothing_of_what_is_in_order(void **state)
{
	(void)state;
	assert_audit(NULL, NULL, "only=plain", "");
	assert_audit("registries", "nobody {\"a\": 1}\na {\"b\": 1}", "only=pull-secret", "");
	assert_audit(
		"registries", "pull-secret {\".dockerconfigjson\": \"{\\\"auths\\\": {}}\"}", "only=pull-secret", "");
}

static void writes_json(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct planned planned;

	(void)state;
	planned_open(&planned, &repository, "e", "onepassword", "plain {\"x\": 1}", "only=plain");
	struct audit *audit = audit_new(planned.plan);
	audit_json(&text, audit);
	assert_string_equal(text.ptr,
		"{\n"
		"  \"version\": 1,\n"
		"  \"environment\": \"e\",\n"
		"  \"store\": \"memory\",\n"
		"  \"clean\": false,\n"
		"  \"missing\": [],\n"
		"  \"mismatched\": [],\n"
		"  \"unknown\": [\n"
		"    {\n"
		"      \"entry\": \"plain\",\n"
		"      \"key\": \"x\",\n"
		"      \"reason\": \"nobody declares secrets of this entry: it stays until --delete removes it\",\n"
		"      \"row\": 904\n"
		"    }\n"
		"  ],\n"
		"  \"unresolved\": [],\n"
		"  \"missing_from_onepassword\": [],\n"
		"  \"malformed\": [],\n"
		"  \"stale_derived\": []\n"
		"}\n");
	audit_free(audit);
	strbuf_release(&text);
	planned_close(&planned);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_all_classes_at_once),
		cmocka_unit_test(tells_fields_and_items_apart),
		cmocka_unit_test(names_each_item_once),
		cmocka_unit_test(says_nothing_of_what_is_in_order),
		cmocka_unit_test(writes_json),
	};
	return cmocka_run_group_tests(tests, open_repository, close_repository);
}
