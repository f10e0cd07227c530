#include "generate/compose.h"

#include "generate/verify.h"
#include "generate_fixture.h"

static void assert_composed(struct secret *found, const char *expected)
{
	assert_non_null(found);
	if (!str_is(secret_str(found), expected))
		fail_msg("%.*s is composed", STR_ARG(secret_str(found)));
	secret_free(found);
}

static void test_docker_config(void **state)
{
	struct compose_login logins[] = {
		{STR("ghcr.io"), secret_of(STR("user")), secret_of(STR("a\"b\\c\x7F"))},
		{STR("b\xC3\xBC"), secret_of(STR("")), secret_of(STR("\xF0\x9F\x94\x91\n"))},
	};

	(void)state;
	assert_composed(compose_docker_config(NULL, 0), "{\"auths\": {}}");
	assert_composed(compose_docker_config(logins, 1),
		"{\"auths\": {\"ghcr.io\": {\"auth\": \"dXNlcjphImJcY38=\", "
		"\"username\": \"user\", \"password\": \"a\\\"b\\\\c\\u007f\"}}}");
	assert_composed(compose_docker_config(logins, 2),
		"{\"auths\": {\"ghcr.io\": {\"auth\": \"dXNlcjphImJcY38=\", \"username\": \"user\", \"password\": "
		"\"a\\\"b\\\\c\\u007f\"}, "
		"\"b\\u00fc\": {\"auth\": \"OvCflJEK\", \"username\": \"\", \"password\": \"\\ud83d\\udd11\\n\"}}}");
	for (size_t i = 0; i < 2; i++) {
		secret_free(logins[i].username);
		secret_free(logins[i].password);
	}
}

static void test_oidc_clients(void **state)
{
	struct compose_client clients[] = {
		{secret_of(STR("one")), secret_of(STR("\b\f\r\t\x01")), secret_of(STR("https://example.org/"))},
		{secret_of(STR("two")), secret_of(STR("s")), secret_of(STR("\xEF\xBF\xBF"))},
	};
	struct secret *both = compose_oidc_clients(clients, 2);

	(void)state;
	assert_null(verify_oidc_clients(both));
	assert_composed(compose_oidc_clients(NULL, 0), "[]");
	assert_composed(both,
		"[{\"id\": \"one\", \"secret\": \"\\b\\f\\r\\t\\u0001\", \"return_uri\": \"https://example.org/\"}, "
		"{\"id\": \"two\", \"secret\": \"s\", \"return_uri\": \"\\uffff\"}]");
	for (size_t i = 0; i < 2; i++) {
		secret_free(clients[i].id);
		secret_free(clients[i].secret);
		secret_free(clients[i].return_uri);
	}
}

static void test_not_text(void **state)
{
	struct secret *good = secret_of(STR("x")), *bad = secret_of(STR("x\xFF"));
	struct compose_login login = {STR("ghcr.io"), good, bad};
	struct compose_client client = {good, bad, good};

	(void)state;
	assert_null(compose_docker_config(&login, 1));
	assert_null(compose_oidc_clients(&client, 1));
	secret_free(good);
	secret_free(bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_docker_config), cmocka_unit_test(test_oidc_clients),
		cmocka_unit_test(test_not_text)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
