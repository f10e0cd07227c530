#include "base/secret.h"

#include "assert_str.h"

static void test_bytes(void **state)
{
	struct secret *secret = secret_new("pass\0word", 9);

	(void)state;
	assert_int_equal(secret_size(secret), 9);
	assert_memory_equal(secret_bytes(secret), "pass\0word", 9);
	secret_free(secret);
	secret_free(NULL);
}

static void test_room(void **state)
{
	const size_t size = 100000;
	struct secret *secret = secret_new(NULL, size);
	unsigned char *bytes = secret_bytes(secret);
	struct secret *empty = secret_new(NULL, 0);

	(void)state;
	for (size_t i = 0; i < size; i++)
		assert_int_equal(bytes[i], 0);
	memset(bytes, 'x', size);
	assert_int_equal(secret_size(empty), 0);
	assert_non_null(secret_bytes(empty));
	secret_free(secret);
	secret_free(empty);
}

static bool equal(struct str a, struct str b)
{
	struct secret *left = secret_new(a.ptr, a.len);
	struct secret *right = secret_new(b.ptr, b.len);
	bool result = secret_equal(left, right);

	secret_free(left);
	secret_free(right);
	return result;
}

static void test_equal(void **state)
{
	(void)state;
	assert_true(equal(STR("secret"), STR("secret")));
	assert_true(equal(STR(""), STR("")));
	assert_false(equal(STR("secret"), STR("secre")));
	assert_false(equal(STR("secre"), STR("secret")));
	assert_false(equal(STR("secret"), STR("secret\0")));
	assert_false(equal(STR("secret"), STR("Secret")));
	assert_false(equal(STR("secret"), STR("secreT")));
	assert_false(equal(STR("\x80"), STR("\0")));
	/* Differences that a sum or an exclusive or of all would hide. */
	assert_false(equal(STR("ab"), STR("ba")));
}

/* The limit on locked memory holds for all secrets together: more than it are there all the same, and say so. */
static void test_without_locks(void **state)
{
	struct secret *secrets[64];

	(void)state;
	for (size_t i = 0; i < 64; i++) {
		secrets[i] = secret_new("value", 5);
		(void)secret_is_unlocked(secrets[i]);
	}
	for (size_t i = 0; i < 64; i++) {
		assert_memory_equal(secret_bytes(secrets[i]), "value", 5);
		secret_free(secrets[i]);
	}
}

/* A part outlives the secret that it is a part of, and takes nothing but its own bytes along. */
static void test_parts(void **state)
{
	struct secret *whole = secret_new("user:password", 13);
	struct secret *user = secret_part(whole, 0, 4);
	struct secret *password = secret_part(whole, 5, 8);
	struct secret *empty = secret_part(whole, 13, 0);

	(void)state;
	assert_int_equal(secret_size(user), 4);
	assert_memory_equal(secret_bytes(user), "user", 4);
	assert_int_equal(secret_is_unlocked(user), secret_is_unlocked(whole));
	secret_free(user);
	assert_memory_equal(secret_bytes(whole), "\0\0\0\0:password", 13);
	secret_free(whole);
	assert_memory_equal(secret_bytes(password), "password", 8);
	assert_int_equal(secret_size(empty), 0);
	secret_free(password);
	secret_free(empty);
}

static void test_wipe(void **state)
{
	char bytes[] = "secret";

	(void)state;
	secret_wipe(bytes, 3);
	assert_memory_equal(bytes, "\0\0\0ret", 6);
	secret_wipe(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_without_locks),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_wipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
