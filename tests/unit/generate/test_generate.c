/* What is made has the form that it ought to have; tests/generate asks other programs. */
#include "generate/generate.h"

#include "generate/verify.h"
#include "generate_fixture.h"

typedef bool generator(struct secret **out, struct error *error);
typedef const char *verifier(struct secret *value);

static void test_forms(void **state)
{
	static const struct {
		generator *generate;
		verifier *verify;
	} types[] = {
		{generate_gafaelfawr_token, verify_gafaelfawr_token},
		{generate_fernet_key, verify_fernet_key},
		{generate_rsa_private_key, verify_rsa_private_key},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct secret *one, *two;

		assert_true(types[i].generate(&one, NULL));
		assert_true(types[i].generate(&two, NULL));
		assert_null(types[i].verify(one));
		assert_null(types[i].verify(two));
		assert_null(verify_paste(one, false));
		assert_false(secret_equal(one, two));
		secret_free(one);
		secret_free(two);
	}
}

static void test_password(void **state)
{
	struct secret *password;
	struct str text;

	(void)state;
	assert_true(generate_password(&password, NULL));
	text = secret_str(password);
	assert_int_equal(text.len, 32);
	for (size_t i = 0; i < text.len; i++)
		assert_true(str_hex_digit(text.ptr[i]) >= 0);
	secret_free(password);
}

static void assert_mtime(int64_t now, const char *expected)
{
	struct secret *mtime;

	assert_true(generate_mtime(&mtime, now, NULL));
	assert_true(str_is(secret_str(mtime), expected));
	assert_null(verify_mtime(mtime));
	secret_free(mtime);
}

static void test_mtime(void **state)
{
	struct error error = ERROR_INIT;
	struct secret *mtime = NULL;

	(void)state;
	assert_mtime(0, "1970-01-01T00:00:00Z");
	assert_mtime(1709210096, "2024-02-29T12:34:56Z");
	assert_mtime(253402300799, "9999-12-31T23:59:59Z");
	assert_mtime(-62135596800, "0001-01-01T00:00:00Z");
	assert_false(generate_mtime(&mtime, 253402300800, &error));
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_false(generate_mtime(&mtime, INT64_MAX, &error));
	assert_null(mtime);
	error_release(&error);
}

static void assert_hashed(struct str text)
{
	struct secret *source = secret_of(text), *other = secret_of(text), *hash;

	assert_true(generate_bcrypt_password_hash(&hash, source, NULL));
	assert_null(verify_bcrypt_form(hash));
	assert_memory_equal(secret_bytes(hash), "$2b$04$", 7);
	assert_true(verify_bcrypt(hash, source));
	if (text.len > 0) {
		((char *)secret_bytes(other))[text.len - 1] ^= 1;
		assert_false(verify_bcrypt(hash, other));
	}
	secret_free(hash);
	secret_free(other);
	secret_free(source);
}

static void assert_refused(struct str text, const char *reason)
{
	struct error error = ERROR_INIT;
	struct secret *source = secret_of(text), *hash = NULL;

	assert_false(generate_bcrypt_password_hash(&hash, source, &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_non_null(strstr(error.message, reason));
	assert_null(hash);
	error_release(&error);
	secret_free(source);
}

#define TEN "0123456789"

static void test_bcrypt_password_hash(void **state)
{
	(void)state;
	assert_hashed(STR(""));
	assert_hashed(STR("x"));
	assert_hashed(STR("p\xC3\xA4ssword"));
	assert_hashed(STR(TEN TEN TEN TEN TEN TEN TEN "12"));
	assert_refused(STR(TEN TEN TEN TEN TEN TEN TEN "123"), "longer than 72 bytes");
	assert_refused(STR("pass\0word"), "NUL");
	assert_refused(STR("password\0"), "NUL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_password),
		cmocka_unit_test(test_mtime),
		cmocka_unit_test(test_bcrypt_password_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
