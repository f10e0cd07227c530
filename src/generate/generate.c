#include "generate/generate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "generate/crypto.h"

enum {
	PASSWORD_SIZE = 16,     /* bytes, two digits each */
	TOKEN_PART_SIZE = 16,   /* bytes of a part of a token */
	TOKEN_PART_LENGTH = 22, /* characters, padding left out */
	FERNET_SIZE = 32,
};

/* Random bytes of its own; NULL with an error. */
static struct secret *random_secret(size_t size, struct error *error)
{
	struct secret *secret = secret_new(NULL, size);

	if (crypto_random(secret_bytes(secret), size, error))
		return secret;
	secret_free(secret);
	return NULL;
}

bool generate_password(struct secret **out, struct error *error)
{
	static const char digits[] = "0123456789abcdef";
	struct secret *random = random_secret(PASSWORD_SIZE, error);
	const unsigned char *bytes;
	char *password;

	if (!random)
		return false;
	bytes = secret_bytes(random);
	*out = secret_new(NULL, 2 * PASSWORD_SIZE);
	password = secret_bytes(*out);
	for (size_t i = 0; i < PASSWORD_SIZE; i++) {
		password[2 * i] = digits[bytes[i] >> 4];
		password[2 * i + 1] = digits[bytes[i] & 15];
	}
	secret_free(random);
	return true;
}

bool generate_gafaelfawr_token(struct secret **out, struct error *error)
{
	struct secret *random = random_secret(2 * TOKEN_PART_SIZE, error);
	/* Each part is encoded in one piece, its padding being overwritten by what follows. */
	struct secret *text = secret_new(NULL, 3 + 1 + TOKEN_PART_LENGTH + base64_size(TOKEN_PART_SIZE));
	char *token = secret_bytes(text);

	if (random) {
		memcpy(token, "gt-", 3);
		base64_encode(token + 3, str_slice(secret_str(random), 0, TOKEN_PART_SIZE), true);
		token[3 + TOKEN_PART_LENGTH] = '.';
		base64_encode(token + 3 + TOKEN_PART_LENGTH + 1,
			str_slice(secret_str(random), TOKEN_PART_SIZE, TOKEN_PART_SIZE), true);
		*out = secret_new(token, 3 + TOKEN_PART_LENGTH + 1 + TOKEN_PART_LENGTH);
	}
	secret_free(text);
	secret_free(random);
	return random != NULL;
}

bool generate_fernet_key(struct secret **out, struct error *error)
{
	struct secret *random = random_secret(FERNET_SIZE, error);

	if (!random)
		return false;
	*out = secret_new(NULL, base64_size(FERNET_SIZE));
	base64_encode(secret_bytes(*out), secret_str(random), true);
	secret_free(random);
	return true;
}

bool generate_mtime(struct secret **out, int64_t now, struct error *error)
{
	char text[sizeof("YYYY-MM-DDTHH:MM:SSZ")];
	time_t seconds = (time_t)now;
	struct tm parts;

	if (!gmtime_r(&seconds, &parts) || parts.tm_year < -1900 || parts.tm_year > 9999 - 1900)
		return error_set(error, ERROR_SYSTEM,
			"the clock says %" PRId64 " seconds since 1970, which is no year of four digits", now);
	/* The year is written by itself: strftime() of glibc does not pad it. */
	snprintf(text, sizeof(text), "%04u", (unsigned)(parts.tm_year + 1900) % 10000);
	strftime(text + 4, sizeof(text) - 4, "-%m-%dT%H:%M:%SZ", &parts);
	*out = secret_new(text, sizeof(text) - 1);
	return true;
}
