#include "generate/digest.h"

#include "generate_fixture.h"

/* RFC 4231, test case 2. */
static void test_known(void **state)
{
	static const unsigned char expected[DIGEST_SIZE] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04,
		0x24, 0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58,
		0xb9, 0x64, 0xec, 0x38, 0x43};
	struct secret *key = secret_of(STR("Jefe")), *value = secret_of(STR("what do ya want for nothing?"));
	unsigned char found[DIGEST_SIZE];

	(void)state;
	assert_true(digest_value(found, key, value, NULL));
	assert_memory_equal(found, expected, DIGEST_SIZE);
	secret_free(key);
	secret_free(value);
}

static void test_keys_differ(void **state)
{
	struct secret *one, *two, *empty = secret_of(STR(""));
	unsigned char digests[2][DIGEST_SIZE];

	(void)state;
	assert_true(digest_key(&one, NULL));
	assert_true(digest_key(&two, NULL));
	assert_int_equal(secret_size(one), DIGEST_SIZE);
	assert_false(secret_equal(one, two));
	assert_true(digest_value(digests[0], one, empty, NULL));
	assert_true(digest_value(digests[1], two, empty, NULL));
	assert_memory_not_equal(digests[0], digests[1], DIGEST_SIZE);
	secret_free(one);
	secret_free(two);
	secret_free(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_keys_differ)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
