/* RSA keys as PEM, by OpenSSL. */
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/ascii.h"
#include "generate/crypto.h"
#include "generate/generate.h"
#include "generate/verify.h"

enum { RSA_BITS = 2048 };

/* The key as PKCS#8 PEM; its exponent is 65537 unless something else is asked for. */
static bool write_key(struct secret **out, EVP_PKEY *key, struct error *error)
{
	BIO *memory = BIO_new(BIO_s_secmem());
	char *text;
	long size = 0;

	if (memory && PEM_write_bio_PKCS8PrivateKey(memory, key, NULL, NULL, 0, NULL, NULL) == 1)
		size = BIO_get_mem_data(memory, &text);
	if (size > 0)
		*out = secret_new(text, (size_t)size);
	BIO_free(memory);
	return size > 0 || crypto_fail(error, "cannot write an RSA key as PEM");
}

bool generate_rsa_private_key(struct secret **out, struct error *error)
{
	EVP_PKEY *key = EVP_RSA_gen(RSA_BITS);
	bool done;

	if (!key)
		return crypto_fail(error, "cannot generate an RSA key");
	done = write_key(out, key, error);
	EVP_PKEY_free(key);
	return done;
}

/* Has OpenSSL give up on a key with a passphrase, instead of asking for it on the terminal. */
static int no_passphrase(char *out, int size, int writing, void *asked)
{
	(void)out, (void)size, (void)writing;
	*(bool *)asked = true;
	return -1;
}

static const char *judge_key(struct str text)
{
	BIO *memory = BIO_new_mem_buf(text.ptr, (int)text.len);
	bool asked = false, is_rsa;
	EVP_PKEY *key = memory ? PEM_read_bio_PrivateKey(memory, NULL, no_passphrase, &asked) : NULL;

	is_rsa = key && EVP_PKEY_is_a(key, "RSA");
	EVP_PKEY_free(key);
	BIO_free(memory);
	ERR_clear_error();
	if (asked)
		return "is a private key that is encrypted with a passphrase";
	if (!key)
		return "is no private key in PEM that OpenSSL can read";
	return is_rsa ? NULL : "is a private key, but not one of RSA";
}

const char *verify_rsa_private_key(struct secret *value)
{
	/* More than any key takes, and than OpenSSL counts. */
	static const size_t size_max = 1 << 20;
	static const struct str headers[] = {
		{"-----BEGIN PRIVATE KEY-----", 27},
		{"-----BEGIN RSA PRIVATE KEY-----", 31},
		{"-----BEGIN ENCRYPTED PRIVATE KEY-----", 37},
	};
	struct str text = str_trim(secret_str(value));
	bool has_header = false, has_footer = false;

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		/* The footer differs from the header in one word: END for BEGIN. */
		struct str end = str_slice(headers[i], strlen("-----BEGIN"), headers[i].len);

		has_header = has_header || str_starts_with(text, headers[i]);
		has_footer = has_footer || str_ends_with(text, end);
	}
	if (text.len > size_max)
		return "is too long for a private key";
	if (!has_header)
		return "does not begin with the header of a private key in PEM";
	if (!has_footer || !str_contains(text, STR("-----END ")))
		return "does not end in the footer of a private key in PEM";
	return judge_key(text);
}
