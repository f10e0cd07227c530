#include "generate/digest.h"

#include <openssl/evp.h>

#include "generate/crypto.h"

bool digest_key(struct secret **out, struct error *error)
{
	struct secret *key = secret_new(NULL, DIGEST_SIZE);

	if (!crypto_random(secret_bytes(key), DIGEST_SIZE, error)) {
		secret_free(key);
		return false;
	}
	*out = key;
	return true;
}

bool digest_value(unsigned char out[DIGEST_SIZE], struct secret *key, struct secret *value, struct error *error)
{
	size_t size = 0;

	if (!EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, secret_bytes(key), secret_size(key), secret_bytes(value),
		    secret_size(value), out, DIGEST_SIZE, &size) ||
		size != DIGEST_SIZE)
		return crypto_fail(error, "cannot make an HMAC with SHA-256");
	return true;
}
