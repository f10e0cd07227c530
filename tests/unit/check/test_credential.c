/* What is a credential and what is none. All of them are made up, and put together of pieces, so that no scanner of sources takes this file for a leak. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "check/credential.h"

/* Bodies of tokens that no machine gave out. */
#define CHARS_22 "q7Wd2kXv9LtB4mYc6RzN1s"
#define CHARS_36 "q7Wd2kXv9LtB4mYc6RzN1sHf8JpG3aUe5TdK"
#define CHARS_43 "q7Wd2kXv9LtB4mYc6RzN1sHf8JpG3aUe5TdKx0VbQ2w"
#define HEX_32   "9f3b7c1e5a8d2046b1e7f09c3d5a8e21"
#define HEX_64   HEX_32 "c07d41e95b3f8a62d1847e09ac35bf16"

struct expectation {
	const char *name;
	const char *text;
	const char *what; /* NULL: no credential */
};

static void judge(const struct expectation *expected, const char *found, const char *function)
{
	bool same = expected->what == NULL ? found == NULL : found != NULL && strcmp(found, expected->what) == 0;

	if (!same)
		fail_msg("%s(\"%s\", \"%s\"): %s, expected %s", function, expected->name, expected->text,
			found ? found : "nothing", expected->what ? expected->what : "nothing");
}

static void test_known_forms(void **state)
{
	static const struct expectation expectations[] = {
		{"x",
			"gh"
			"p_" CHARS_36,
			"a GitHub token"},
		{"x",
			"gh"
			"s_" CHARS_36,
			"a GitHub token"},
		{"x",
			"token: gh"
			"o_" CHARS_36 ".",
			"a GitHub token"},
		{"x",
			"github"
			"_pat_" CHARS_22 "_" CHARS_43,
			"a GitHub token"},
		{"x",
			"gl"
			"pat-" CHARS_22,
			"a GitLab token"},
		{"x",
			"xo"
			"xb-123456789012-1234567890123-" CHARS_22,
			"a Slack token"},
		{"x",
			"https://hooks.slack"
			".com/services/T02ABCDEF/B03ABCDEFGH/" CHARS_22,
			"the secret address of a Slack webhook"},
		{"x",
			"AI"
			"za" CHARS_22 "Hf8JpG3aUe5Td",
			"a Google API key"},
		{"x",
			"hv"
			"s." CHARS_36,
			"a Vault token"},
		{"x",
			"s"
			"." CHARS_22 "Hf",
			"a Vault token"},
		{"x",
			"g"
			"t-" CHARS_22 "." CHARS_22,
			"a Gafaelfawr token"},
		{"x",
			"sk"
			"_live_" CHARS_22,
			"a Stripe key"},
		{"x",
			"S"
			"G." CHARS_22 "." CHARS_43,
			"a SendGrid API key"},
		{"x",
			"np"
			"m_" CHARS_36,
			"an npm token"},
		{"x",
			"py"
			"pi-AgEIcHlwaS5vcmc" CHARS_43,
			"a PyPI token"},
		{"x",
			"dckr"
			"_pat_" CHARS_22,
			"a Docker token"},
		{"x",
			"do"
			"p_v1_" HEX_64,
			"a DigitalOcean token"},
		{"x",
			"sk-"
			"ant-" CHARS_43,
			"an Anthropic API key"},
		{"x",
			"sk"
			"-" CHARS_36 CHARS_22,
			"an OpenAI API key"},
		{"x",
			"h"
			"f_" CHARS_36,
			"a Hugging Face token"},
		{"x", "1234567890:" CHARS_22 "Hf8JpG3aUe5Td", "a Telegram bot token"},
		{"x", "M" CHARS_22 "Hf.G3aUe5." CHARS_36, "a Discord bot token"},
		{"x",
			"eyJ"
			"hbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0." CHARS_43,
			"a JSON Web Token"},
		{"x",
			"-----BEGIN "
			"RSA PRIVATE KEY-----\nMIIEq7Wd2kXv9LtB4mYc6RzN1sHf8JpG3a\n-----END",
			"a private key"},
		{"x",
			"{\"key\": \"-----BEGIN "
			"PRIVATE KEY-----\\nMIIEq7Wd2kXv9LtB4mYc6RzN1sHf8JpG3a\\n\"}",
			"a private key"},
		{"x",
			"LS0tLS1CRUdJTi"
			"BQUklWQVRFIEtFWS0tLS0tCk1JSUVxN1dkMmtYdjlMdEI0bVljNlJ6TjFzSGY4SnBHM2EK",
			"a private key in base64"},
		{"x",
			"postgresql+asyncpg://butler:"
			"kaleidoscope7@db.example.org:5432/butler",
			"an address with a password"},
		{"x", "https://" HEX_32 ":c" HEX_32 "@sentry.example.org/7", "an address with a password"},
		{"x",
			"redis://:"
			"correct-horse@redis:6379/0",
			"an address with a password"},
		{"x",
			"host=db user=butler password="
			"kaleidoscope7 dbname=butler",
			"a connection string with a password"},
		{"x",
			"Server=db;User Id=butler;Password="
			"kaleidoscope7;",
			"a connection string with a password"},
		{"x", "DefaultEndpointsProtocol=https;AccountKey=" CHARS_43 CHARS_43 "==", "an Azure storage key"},
		{"x", "Basic YnV0bGVyOmthbGVpZG9zY29wZTc=", "a login in an Authorization header"},
		{"x", "Bearer " CHARS_36, "a token in an Authorization header"},
		{"x", "{\"auths\": {\"ghcr.io\": {\"auth\": \"YnV0bGVyOmthbGVpZG9zY29wZTc=\"}}}",
			"a login for a registry"},
		{"x", "[db]\n# password = none\napi_token = " CHARS_36 "\n", "a random password or token"},
		{"aws_secret_access_key", "q7Wd2kXv9LtB4mYc6RzN1sHf8JpG3aUe5TdK/+bQ", "an AWS secret access key"},
		{"fernetKey", CHARS_43 "=", "a Fernet key"},
		{"adminPassword",
			"$2b$"
			"12$" CHARS_43 "abcdefGHIJ",
			"the hash of a password"},
		{"users", "butler:$apr1$" CHARS_22 "abcdefGHIJ", "the hash of a password"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const struct expectation *expected = &expectations[i];

		judge(expected, credential_form(str_of(expected->name), str_of(expected->text)), "credential_form");
	}
}

static void test_no_forms(void **state)
{
	static const struct expectation expectations[] = {
		{"x",
			"gh"
			"p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
			NULL},
		{"x",
			"gh"
			"p_your_github_token_goes_here_please_now",
			NULL},
		{"x",
			"gh"
			"p_" CHARS_22,
			NULL},
		{"x",
			"highgh"
			"p_" CHARS_36,
			NULL},
		{"x",
			"xo"
			"xb-your-slack-bot-token-comes-here",
			NULL},
		{"x",
			"gl"
			"pat-REPLACE-ME-WITH-A-REAL-TOKEN",
			NULL},
		{"x",
			"AKIA"
			"IOSFODNN7EXAMPLE",
			NULL},
		{"secret_access_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", NULL},
		{"x",
			"AKIA"
			"Q7WD2KXV9LTB4MYC",
			NULL},
		{"x", "https://" HEX_32 "@sentry.example.org/7", NULL},
		{"x", "https://user@example.org/path:1@2", NULL},
		{"x", "postgresql://user:password@localhost/db", NULL},
		{"x", "postgresql://app:app@localhost/db", NULL},
		{"x", "postgresql://app:$(DB_PASSWORD)@db/app", NULL},
		{"x", "postgresql://app:${DB_PASSWORD}@db/app", NULL},
		{"x", "postgresql://app:<password>@db/app", NULL},
		{"x", "postgresql://app:{{ .Values.password }}@db/app", NULL},
		{"x", "https://example.org:8080/a@b", NULL},
		{"x", "git@github.com:example/repo.git", NULL},
		{"x",
			"-----BEGIN "
			"PUBLIC KEY-----\nMIIEq7Wd2kXv9LtB4mYc6RzN1sHf8JpG3a\n",
			NULL},
		{"x",
			"-----BEGIN "
			"CERTIFICATE-----\nMIIEq7Wd2kXv9LtB4mYc6RzN1sHf8JpG3a\n",
			NULL},
		{"x",
			"-----BEGIN "
			"PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
			NULL},
		{"x",
			"-----BEGIN "
			"PRIVATE KEY-----",
			NULL},
		{"x",
			"eyJ"
			"mb28iOiJiYXIifQ.eyJzdWIiOiJhIn0." CHARS_43,
			NULL},
		{"x",
			"eyJ"
			"hbGciOiJIUzI1NiJ9",
			NULL},
		{"x", "Basic authentication is needed here", NULL},
		{"x", "Basic dXNlcjpwYXNzd29yZA==", NULL},
		{"x", "Bearer tokens are not supported", NULL},
		{"x", "a description: password=yes; host=no", NULL},
		{"x", "# password = " CHARS_36 "\nport = 1\n", NULL},
		{"x", "ghcr.io/example/app@sha256:" HEX_64, NULL},
		{"x", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" CHARS_36, NULL},
		{"x", "task-" CHARS_36 CHARS_22, NULL},
		{"x",
			"$2b$"
			"12$" CHARS_43 "abcdefGHIJ",
			NULL},
		{"x", "0 5 * * 1-5", NULL},
		{"x", "", NULL},
		{"", "::::::::::::::::////////@@@@@", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const struct expectation *expected = &expectations[i];

		judge(expected, credential_form(str_of(expected->name), str_of(expected->text)), "credential_form");
	}
}

static void test_settings(void **state)
{
	static const struct expectation expectations[] = {
		{"password", HEX_32, "a random password or token"},
		{"password", HEX_64, "a random password or token"},
		{"clientSecret", CHARS_22, "a random password or token"},
		{"API_TOKEN", "dg5afg2adsf7eklfr6jykq3meu", "a random password or token"},
		{"dbPassword", "kX9#mP2$vL5@qR8", "a random password or token"},
		{"adminPassword", "x7Kp9Qz2Lm4V", "a random password or token"},
		{"redis_password", "kaffee&7", "a password"},
		{"secretKey", CHARS_36, "a random password or token"},
		{"password1", HEX_32, "a random password or token"},
		{"url", HEX_32, NULL},
		{"clientId", HEX_32, NULL},
		{"secretName", CHARS_22, NULL},
		{"passwordKey", CHARS_22, NULL},
		{"tokenUrl", CHARS_22, NULL},
		{"accessKey",
			"AKIA"
			"Q7WD2KXV9LTB4MYC",
			NULL},
		{"accessKeyId", CHARS_22, NULL},
		{"publicKey", CHARS_43, NULL},
		{"password", "", NULL},
		{"password", "hunter2", NULL},
		{"password", "changeme", NULL},
		{"password", "ChangeMe123!", NULL},
		{"password", "P@ssw0rd1!", NULL},
		{"password", "my-password", NULL},
		{"password", "TAP_SCHEMA", NULL},
		{"password", "postgres-credentials.txt", NULL},
		{"password", "usdf_efd-password2", NULL},
		{"password", "true", NULL},
		{"password", "aaaaaaaaaaaaaaaaaaaaaaaa1111", NULL},
		{"password", "0123456789abcdefghijklmnop", NULL},
		{"password", "abc123abc123abc123abc123", NULL},
		{"password", "2023-08-15T12:00:00Z", NULL},
		{"password", "1234567890123456789012345", NULL},
		{"token", "0f8fad5b-d9cb-469f-a165-70867728950e", NULL},
		{"token", "sha256:" HEX_64, NULL},
		{"token", "/var/run/secrets/q7Wd2kXv9LtB4mYc6R", NULL},
		{"token", "https://example.org/q7Wd2kXv9LtB4mYc6R", NULL},
		{"token", "q7wd2kxv9ltb4myc6r.example.org", NULL},
		{"token", "vault:secret/data/app#q7Wd2kXv9LtB4mYc6R", NULL},
		{"token", "<path:secret/data/app#token>", NULL},
		{"token", "ENC[AES256_GCM,data:" CHARS_22 ",type:str]", NULL},
		{"token", "$dex.clientSecret", NULL},
		{"token", "{{ .Values.q7Wd2kXv9LtB4mYc6R }}", NULL},
		{"token", "secret/rubin/usdf-rsp-dev/nublado2", NULL},
		{"token", "templateAdminUserPasswordName", NULL},
		{"token", "manager-secret-key", NULL},
		{"token", "exec:notebook,read:image,read:tap", NULL},
		{"token", "rsp-cc-k8s-pg-db-01-pw-x2", NULL},
		{"token", "AgBy8hCi8" CHARS_43, "a random password or token"},
		{"secret", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB" CHARS_43, NULL},
		{"passwd", "root:x:0:0:root:/root:/bin/bash\n", NULL},
		{"secret", "projects/12/secrets/app-token/versions/3", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const struct expectation *expected = &expectations[i];

		judge(expected, credential_of_setting(str_of(expected->name), str_of(expected->text)),
			"credential_of_setting");
	}
}

static void test_names(void **state)
{
	static const char *const named[] = {"password", "PASSWORD", "db_password", "dbPassword", "DB-PASSWD",
		"dbpassword", "apiKey", "API_KEY", "api.key", "clientSecret", "token", "userToken", "privateKey",
		"secret_access_key", "passphrase", "POSTGRES_PASS", "storageAccountKey", "HMACKey", "signing-key",
		"password2", "secretKey"};
	static const char *const unnamed[] = {"", "-", "key", "publicKey", "accessKeyId", "accessKey", "passwordFile",
		"secretName", "tokenURL", "compass", "existingSecretName", "secretRef", "bypass", "keyboard",
		"tokenLifetime", "passwords", "secretKeyRef"};

	(void)state;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (!credential_is_named(str_of(named[i])))
			fail_msg("%s is not taken for the name of a secret", named[i]);
	}
	for (size_t i = 0; i < sizeof(unnamed) / sizeof(unnamed[0]); i++) {
		if (credential_is_named(str_of(unnamed[i])))
			fail_msg("%s is taken for the name of a secret", unnamed[i]);
	}
	assert_true(credential_names_many(STR("userPasswords")));
	assert_true(credential_names_many(STR("api_keys")));
	assert_false(credential_names_many(STR("secret")));
	assert_true(credential_is_identifier(STR("client_id")));
	assert_true(credential_is_identifier(STR("awsAccessKeyID")));
	assert_false(credential_is_identifier(STR("session")));
}

/* Texts drawn by a generator of numbers are found random in nearly all cases, and never depend on what stands behind them. */
static void test_generated(void **state)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	uint64_t seed = 20240229;
	unsigned missed[2] = {0};

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		char text[33];

		for (size_t i = 0; i < 32; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			text[i] = round % 2 == 0 ? "0123456789abcdef"[seed >> 60] : alphabet[seed >> 58];
		}
		text[32] = '\0';
		missed[round % 2] += !credential_is_random(str_of(text));
	}
	if (missed[0] > 10 || missed[1] > 60)
		fail_msg("of 1000 each: %u of hexadecimal digits and %u of base64 were missed", missed[0], missed[1]);
}

static void test_conceal(void **state)
{
	static const char *const pairs[][2] = {
		{"Nothing: see https://example.org/a@b, and ask for the password: it is long.", NULL},
		{"Was gh"
		 "p_" CHARS_36 ".",
			"Was XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX."},
		{"``postgres://svc:q7Wd2kXv9@db/x`` and amqp://a:q7Wd2kXv9@mq",
			"``postgres://XXXXXXXXXXXXX@db/x`` and amqp://XXXXXXXXXXX@mq"},
		{"``password=" CHARS_22 "``", "``password=XXXXXXXXXXXXXXXXXXXXXX``"},
		{"Key\n\n  -----BEGIN PRIVATE KEY-----\n  " CHARS_22 "\n  -----END PRIVATE KEY-----\nend",
			"Key\n\n  -----BEGIN PRIVATE KEY-----\n  XXXXXXXXXXXXXXXXXXXXXX\n  -----END PRIVATE "
			"KEY-----\nend"},
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct str text = str_of(pairs[i][0]), found = credential_conceal(&arena, text);

		if (!str_is(found, pairs[i][1] ? pairs[i][1] : pairs[i][0]))
			fail_msg("%s: %.*s", pairs[i][0], STR_ARG(found));
		assert_true(pairs[i][1] || found.ptr == text.ptr);
	}
	arena_release(&arena);
}

/* Long texts of what makes the search start over again. */
static void test_effort(void **state)
{
	static const char *const units[] = {"password=", "a://", "-----BEGIN PRIVATE KEY-----", "eyJ", "$2b$", ":",
		"x=\"", "https://a:", "Basic a", "gt-", "M.", "1:"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct strbuf text = STRBUF_INIT;
		struct arena arena;

		while (text.len < 200000)
			strbuf_append_c(&text, units[i]);
		credential_of_setting(STR("password"), strbuf_str(&text));
		arena_init(&arena);
		credential_conceal(&arena, strbuf_str(&text));
		arena_release(&arena);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_forms),
		cmocka_unit_test(test_no_forms),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_conceal),
		cmocka_unit_test(test_effort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
