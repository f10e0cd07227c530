#include "generate/crypto.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include "base/wiping.h"
#include "generate/generate.h"

static void *allocate(size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return wiping_malloc(size);
}

static void *reallocate(void *old, size_t size, const char *file, int line)
{
	(void)file, (void)line;
	return wiping_realloc(old, size);
}

static void release(void *bytes, const char *file, int line)
{
	(void)file, (void)line;
	wiping_free(bytes);
}

bool generate_global_init(void)
{
	return CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;
}

bool crypto_fail(struct error *error, const char *what)
{
	const char *reason = ERR_reason_error_string(ERR_peek_error());

	error_set(error, ERROR_SYSTEM, "%s: %s", what, reason ? reason : "OpenSSL does not say why");
	ERR_clear_error();
	return false;
}

bool crypto_random(void *bytes, size_t size, struct error *error)
{
	if (size > INT_MAX || RAND_priv_bytes(bytes, (int)size) != 1)
		return crypto_fail(error, "cannot get random bytes");
	return true;
}
