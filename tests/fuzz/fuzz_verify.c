/* Any bytes as a value whose form is verified, and up to a line end and behind it as two values that are compared and composed. */
#include <stdint.h>
#include <stdlib.h>

#include "base/base64.h"
#include "generate/compose.h"
#include "generate/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void verify_all(struct secret *value)
{
	verify_gafaelfawr_token(value);
	verify_fernet_key(value);
	verify_rsa_private_key(value);
	verify_bcrypt_form(value);
	verify_mtime(value);
	verify_paste(value, true);
	if (verify_docker_config(value) == NULL || verify_oidc_clients(value) == NULL)
		require(verify_json(value) == NULL);
	require(verify_json_equal(value, value));
}

/* What is composed has its form, and what is encoded comes back. */
static void compose(struct secret *a, struct secret *b)
{
	struct compose_login login = {.host = STR("host"), .username = a, .password = b};
	struct compose_client client = {.id = a, .secret = b, .return_uri = a};
	struct secret *config = compose_docker_config(&login, 1), *clients = compose_oidc_clients(&client, 1);

	require((config == NULL) == (clients == NULL));
	require(config == NULL || (verify_docker_config(config) == NULL && verify_oidc_clients(clients) == NULL));
	require(config == NULL || !verify_json_equal(config, clients));
	secret_free(config);
	secret_free(clients);
}

static void encode(struct secret *value)
{
	struct str bytes = {.ptr = secret_bytes(value), .len = secret_size(value)};
	struct secret *encoded = secret_new(NULL, base64_size(bytes.len)), *decoded;

	base64_encode(secret_bytes(encoded), bytes, false);
	decoded = base64_decode(encoded);
	require(decoded != NULL && secret_equal(decoded, value));
	secret_free(decoded);
	secret_free(encoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {(const char *)data, size};
	struct str first = str_slice(input, 0, str_find(input, '\n')), rest = str_slice(input, first.len + 1, size);
	struct secret *value = secret_new(data, size), *a = secret_new(first.ptr, first.len),
		      *b = secret_new(rest.ptr, rest.len);

	verify_all(value);
	encode(value);
	require(verify_json_equal(a, b) == verify_json_equal(b, a));
	compose(a, b);
	secret_free(value);
	secret_free(a);
	secret_free(b);
	return 0;
}
