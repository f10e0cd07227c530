#include "generate/verify.h"

#include "generate_fixture.h"

static void test_gafaelfawr_token(void **state)
{
	(void)state;
	assert_verdict(verify_gafaelfawr_token, STR("gt-abcdefghijklmnopqrstuv.ABCDEFGHIJ-_0123456789"), NULL);
	assert_verdict(verify_gafaelfawr_token, STR("abcdefghijklmnopqrstuv.ABCDEFGHIJ-_0123456789"),
		"does not begin with gt-, as a Gafaelfawr token does");
	assert_verdict(verify_gafaelfawr_token, STR("gt-abcdefghijklmnopqrstuv"),
		"has no full stop between key and secret, as a Gafaelfawr token has");
	assert_verdict(verify_gafaelfawr_token, STR("gt-abcdefghijklmnopqrstu.ABCDEFGHIJ-_01234567890"),
		"does not have 22 characters on either side of its full stop, as a Gafaelfawr token has");
	assert_verdict(verify_gafaelfawr_token, STR("gt-abcdefghijklmnopqrst+v.ABCDEFGHIJ-_0123456789"),
		"has characters that are none of url-safe base64");
	assert_verdict(verify_gafaelfawr_token, STR("gt-abcdefghijklmnopqrstuv.ABCDEFGHIJ-_012345678."),
		"has characters that are none of url-safe base64");
	assert_verdict(verify_gafaelfawr_token, STR(""), "does not begin with gt-, as a Gafaelfawr token does");
}

static void test_fernet_key(void **state)
{
	(void)state;
	assert_verdict(verify_fernet_key, STR("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_0="), NULL);
	assert_verdict(verify_fernet_key, STR("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_01"),
		"does not end in =, as 32 bytes in base64 do");
	assert_verdict(verify_fernet_key, STR("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN+_0="),
		"has characters that are none of url-safe base64");
	assert_verdict(verify_fernet_key, STR("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN-_0"),
		"is not 44 characters long, as 32 bytes in base64 are");
	assert_verdict(verify_fernet_key, STR(""), "is not 44 characters long, as 32 bytes in base64 are");
}

#define KEY_BODY                                                                                                       \
	"MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAmlH+GHBaFrMxZVZE\n"                                           \
	"not a key at all\n"

static void test_rsa_private_key(void **state)
{
	static const char header[] = "does not begin with the header of a private key in PEM";
	static const char footer[] = "does not end in the footer of a private key in PEM";
	static const char unread[] = "is no private key in PEM that OpenSSL can read";

	(void)state;
	assert_verdict(verify_rsa_private_key, STR(""), header);
	assert_verdict(
		verify_rsa_private_key, STR("-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n"), header);
	assert_verdict(verify_rsa_private_key, STR("-----BEGIN PRIVATE KEY-----\nMII"), footer);
	assert_verdict(verify_rsa_private_key, STR("-----BEGIN PRIVATE KEY-----"), footer);
	assert_verdict(verify_rsa_private_key,
		STR("-----BEGIN PRIVATE KEY-----\n" KEY_BODY "-----END PRIVATE KEY-----"), unread);
	assert_verdict(
		verify_rsa_private_key, STR("-----BEGIN PRIVATE KEY-----\n\n-----END RSA PRIVATE KEY-----"), unread);
}

#define SALT_AND_DIGEST "abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"

static void test_bcrypt_form(void **state)
{
	static const char start[] = "does not begin with $2a$, $2b$ or $2y$, as a bcrypt hash does";
	static const char cost[] = "has no cost between 04 and 31, as a bcrypt hash has";

	(void)state;
	assert_verdict(verify_bcrypt_form, STR("$2b$15$" SALT_AND_DIGEST), NULL);
	assert_verdict(verify_bcrypt_form, STR("$2a$04$" SALT_AND_DIGEST), NULL);
	assert_verdict(verify_bcrypt_form, STR("$2y$18$" SALT_AND_DIGEST), NULL);
	assert_verdict(verify_bcrypt_form, STR("$2x$15$" SALT_AND_DIGEST), start);
	assert_verdict(verify_bcrypt_form, STR("$2"), start);
	assert_verdict(verify_bcrypt_form, STR("plain"), start);
	assert_verdict(verify_bcrypt_form, STR("$2b$03$" SALT_AND_DIGEST), cost);
	assert_verdict(verify_bcrypt_form, STR("$2b$32$" SALT_AND_DIGEST), cost);
	assert_verdict(verify_bcrypt_form, STR("$2b$1x$" SALT_AND_DIGEST), cost);
	assert_verdict(verify_bcrypt_form, STR("$2b$19$" SALT_AND_DIGEST),
		"is a bcrypt hash of a cost above 18, which takes too long to be verified");
	assert_verdict(verify_bcrypt_form, STR("$2b$15$" SALT_AND_DIGEST "\n"),
		"is not 60 characters long, as a bcrypt hash is");
	assert_verdict(verify_bcrypt_form, STR("$2b$15$+bcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234"),
		"has characters that a bcrypt hash does not have");
}

static bool hashes(const char *hash, const char *source)
{
	struct secret *left = secret_of(str_of(hash)), *right = secret_of(str_of(source));
	bool result = verify_bcrypt(left, right);

	secret_free(left);
	secret_free(right);
	return result;
}

/* A hash of the password "password" by another implementation. */
#define KNOWN_HASH "$2b$04$DxOTxW1c2RhoQV3OT0n2IORJc5tnbtiIRp7Z.KR3iV9rmQDBDutxC"

static void test_bcrypt(void **state)
{
	(void)state;
	assert_true(hashes(KNOWN_HASH, "password"));
	assert_false(hashes(KNOWN_HASH, "Password"));
	assert_false(hashes(KNOWN_HASH, "passwor"));
	assert_false(hashes(KNOWN_HASH, ""));
	assert_false(hashes("", "password"));
	assert_false(hashes("*0", "password"));
	assert_false(hashes("$2b$19$" SALT_AND_DIGEST, "password"));
}

static void test_mtime(void **state)
{
	static const char form[] = "is not of the form YYYY-MM-DDTHH:MM:SSZ";
	static const char none[] = "is of the form YYYY-MM-DDTHH:MM:SSZ, but no moment that there is";

	(void)state;
	assert_verdict(verify_mtime, STR("2024-02-29T23:59:59Z"), NULL);
	assert_verdict(verify_mtime, STR("2000-02-29T00:00:00Z"), NULL);
	assert_verdict(verify_mtime, STR("1900-02-29T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-02-29T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-13-01T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-00-01T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-31T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-00T00:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-30T24:00:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-30T00:60:00Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-30T00:00:60Z"), none);
	assert_verdict(verify_mtime, STR("2023-04-30T00:00:00+00:00"), form);
	assert_verdict(verify_mtime, STR("2023-04-30 00:00:00Z"), form);
	assert_verdict(verify_mtime, STR("2023-04-30T00:00:00Z\n"), form);
	assert_verdict(verify_mtime, STR(""), form);
}

static void test_json(void **state)
{
	static const char members[] = "has a client without one of the strings id, secret and return_uri";

	(void)state;
	assert_verdict(verify_json, STR(" {\"a\": [1, \"\\ud83d\\udd11\"]}\n"), NULL);
	assert_verdict(verify_json, STR("1"), NULL);
	assert_verdict(verify_json, STR("{'a': 1}"), "is not JSON");
	assert_verdict(verify_json, STR(""), "is not JSON");
	assert_verdict(verify_json, STR("1 1"), "is not JSON");
	assert_verdict(verify_oidc_clients, STR("[]"), NULL);
	assert_verdict(verify_oidc_clients,
		STR("[{\"id\": \"a\", \"secret\": \"b\", \"return_uri\": \"c\", \"name\": 1}]"), NULL);
	assert_verdict(verify_oidc_clients, STR("{}"), "is not a JSON list");
	assert_verdict(verify_oidc_clients, STR("["), "is not JSON");
	assert_verdict(verify_oidc_clients, STR("[1]"), "is a JSON list of something else than objects");
	assert_verdict(verify_oidc_clients, STR("[{\"id\": \"a\", \"secret\": \"b\"}]"), members);
	assert_verdict(verify_oidc_clients, STR("[{\"id\": \"a\", \"secret\": 1, \"return_uri\": \"c\"}]"), members);
}

static void test_docker_config(void **state)
{
	static const char unfit[] = "has a host whose auth does not fit its username and password";

	(void)state;
	assert_verdict(verify_docker_config, STR("{\"auths\": {}}"), NULL);
	assert_verdict(verify_docker_config,
		STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\", \"username\": \"u\", \"password\": \"p:x\"}}}"),
		NULL);
	assert_verdict(verify_docker_config,
		STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\", \"username\": \"u:p\", \"password\": \"x\"}}}"),
		NULL);
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\"}}}"), NULL);
	assert_verdict(
		verify_docker_config, STR("{\"auths\": {\"h\": {\"username\": \"u\", \"password\": \"p:x\"}}}"), NULL);
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"identitytoken\": \"x\"}}}"), NULL);
	assert_verdict(verify_docker_config,
		STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\", \"username\": \"u\", \"password\": \"p\"}}}"), unfit);
	assert_verdict(verify_docker_config,
		STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\", \"username\": \"v\", \"password\": \"p:x\"}}}"),
		unfit);
	assert_verdict(verify_docker_config,
		STR("{\"auths\": {\"h\": {\"auth\": \"dTpwOng=\", \"username\": \"u:p:x\"}}}"), unfit);
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"auth\": \"dXA=\"}}}"), unfit);
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"auth\": \"u:p\"}}}"),
		"has a host whose auth is not base64");
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"auth\": 1}}}"),
		"has a host whose auth, username or password is not a string");
	assert_verdict(verify_docker_config, STR("{\"auths\": {\"h\": {\"username\": \"u\"}}}"),
		"has a host with neither auth nor username and password");
	assert_verdict(
		verify_docker_config, STR("{\"auths\": {\"h\": \"u\"}}"), "has a host whose login is not an object");
	assert_verdict(
		verify_docker_config, STR("{\"auths\": []}"), "has auths that are not an object of logins by host");
	assert_verdict(verify_docker_config, STR("{}"), "is not a JSON object with auths");
	assert_verdict(verify_docker_config, STR("[]"), "is not a JSON object with auths");
	assert_verdict(verify_docker_config, STR("x"), "is not JSON");
}

static const char *verify_plain(struct secret *value)
{
	return verify_paste(value, false);
}

static const char *verify_encoded(struct secret *value)
{
	return verify_paste(value, true);
}

static void test_paste(void **state)
{
	static const char line_break[] = "is one line, but ends in a line break";
	static const char twice[] = "is encoded in base64 twice";

	(void)state;
	assert_verdict(verify_plain, STR(""), NULL);
	assert_verdict(verify_plain, STR("value"), NULL);
	assert_verdict(verify_plain, STR("two\nlines\n"), NULL);
	assert_verdict(verify_plain, STR("value\n"), line_break);
	assert_verdict(verify_plain, STR("value\r\n"), line_break);
	assert_verdict(verify_plain, STR("\n"), line_break);
	assert_verdict(verify_plain, STR("\xEF\xBB\xBFvalue"), "begins with a byte order mark");
	assert_verdict(verify_plain, STR("dHdvCmxpbmVzCg=="), NULL);
	assert_verdict(verify_encoded, STR("dHdvCmxpbmVzCg=="), twice);
	assert_verdict(verify_encoded, STR("dHdvCm\nxpbmVz\nCg==\n"), twice);
	assert_verdict(verify_encoded, STR("a longer line in base64"), NULL);
	assert_verdict(verify_encoded, STR("YSBsb25nZXIgbGluZQ=="), twice);
	assert_verdict(verify_encoded, STR("cGFzc3dvcmQ="), NULL);
	assert_verdict(verify_encoded, STR("two\nlines\n"), NULL);
	assert_verdict(verify_encoded, STR("//79/PsBAgMEBQYHCAkKCw=="), NULL);
	assert_verdict(verify_encoded, STR(""), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gafaelfawr_token),
		cmocka_unit_test(test_fernet_key),
		cmocka_unit_test(test_rsa_private_key),
		cmocka_unit_test(test_bcrypt_form),
		cmocka_unit_test(test_bcrypt),
		cmocka_unit_test(test_mtime),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_docker_config),
		cmocka_unit_test(test_paste),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
