/* Nothing of a value is left in memory when it has been freed. */
#include <openssl/crypto.h>

#include "../memory_search.h"
#include "generate/compose.h"
#include "generate/generate.h"
#include "generate/verify.h"
#include "generate_fixture.h"

#define SHOWN_SIZE 20

typedef bool generator(struct secret **out, struct error *error);
typedef const char *verifier(struct secret *value);

/* Makes a value, verifies it, and looks for the part of it at offset. */
static void assert_wiped(char *page, generator *generate, verifier *verify, size_t offset)
{
	struct secret *value;

	assert_true(generate(&value, NULL));
	memcpy(page, (char *)secret_bytes(value) + offset, SHOWN_SIZE);
	if (verify)
		assert_null(verify(value));
	assert_true(memory_holds(page, SHOWN_SIZE));
	secret_free(value);
	assert_false(memory_holds(page, SHOWN_SIZE));
}

static bool hash_password(struct secret **out, struct error *error)
{
	struct secret *source;
	bool done;

	if (!generate_password(&source, error))
		return false;
	done = generate_bcrypt_password_hash(out, source, error) && verify_bcrypt(*out, source);
	secret_free(source);
	return done;
}

static void test_generated(void **state)
{
	char *page;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	page = memory_page();
	assert_non_null(page);
	assert_wiped(page, generate_password, NULL, 0);
	assert_wiped(page, generate_gafaelfawr_token, verify_gafaelfawr_token, 3);
	assert_wiped(page, generate_gafaelfawr_token, verify_gafaelfawr_token, 27);
	assert_wiped(page, generate_fernet_key, verify_fernet_key, 10);
	assert_wiped(page, generate_rsa_private_key, verify_rsa_private_key, 200);
	assert_wiped(page, generate_rsa_private_key, verify_rsa_private_key, 900);
	assert_wiped(page, hash_password, verify_bcrypt_form, 20);
	munmap(page, MEMORY_PAGE_SIZE);
}

/* The source of a hash, too, and what is read as JSON. */
static void test_given(void **state)
{
	char *page;
	struct secret *source, *hash, *json, *other;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	page = memory_page();
	assert_non_null(page);
	for (size_t i = 0; i < 40; i++)
		page[i] = (char)('a' + (i * i + 7 * i) % 23);
	source = secret_new(page, 40);
	assert_true(generate_bcrypt_password_hash(&hash, source, NULL));
	json = compose_docker_config(&(struct compose_login){STR("host\n"), source, source}, 1);
	other = compose_docker_config(&(struct compose_login){STR("other\n"), source, source}, 1);
	assert_null(verify_docker_config(json));
	assert_false(verify_json_equal(json, other));
	secret_free(source);
	secret_free(hash);
	secret_free(json);
	secret_free(other);
	assert_false(memory_holds(page, SHOWN_SIZE));
	munmap(page, MEMORY_PAGE_SIZE);
}

/* What OpenSSL gives back itself. */
static void test_allocator(void **state)
{
	char *page, *bytes;

	(void)state;
	if (MEMORY_IS_SANITIZED)
		skip();
	page = memory_page();
	assert_non_null(page);
	for (size_t i = 0; i < 40; i++)
		page[i] = (char)('a' + (i * i + 3 * i) % 23);
	bytes = OPENSSL_malloc(100);
	memcpy(bytes + 50, page, 40);
	bytes = OPENSSL_realloc(bytes, 10000);
	assert_memory_equal(bytes + 50, page, 40);
	OPENSSL_free(bytes);
	assert_false(memory_holds(page, SHOWN_SIZE));
	munmap(page, MEMORY_PAGE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generated), cmocka_unit_test(test_given), cmocka_unit_test(test_allocator)};

	if (!generate_global_init())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
