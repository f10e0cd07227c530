/* bcrypt, by libxcrypt. */
#include <crypt.h>
#include <string.h>

#include "base/ascii.h"
#include "generate/crypto.h"
#include "generate/generate.h"
#include "generate/verify.h"

enum {
	SALT_SIZE = 16,   /* bytes */
	HASH_LENGTH = 60, /* characters: $2b$, cost, $, salt, digest */
	SALT_LENGTH = 22, /* characters */
	COST_MIN = 4,
	COST_MAX = 18, /* what takes a quarter of a minute; each further one doubles that */
};

/* What is secret while hashing, in one block that is wiped: libxcrypt works in its struct alone. */
struct hashing {
	struct crypt_data data;
	char source[GENERATE_BCRYPT_SOURCE_MAX + 1];
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];
	char salt[SALT_SIZE];
};

/* A clause of what bcrypt cannot hash as a whole; NULL: nothing. */
static const char *unfit(struct secret *source)
{
	if (memchr(secret_bytes(source), '\0', secret_size(source)))
		return "has a NUL byte in it, where bcrypt takes it to end";
	if (secret_size(source) > GENERATE_BCRYPT_SOURCE_MAX)
		return "is longer than 72 bytes, of which bcrypt takes no more";
	return NULL;
}

/* The hash of the source, to be found in hashing, or NULL. */
static const char *hash_source(struct hashing *hashing, struct secret *source)
{
	const char *hash;

	memcpy(hashing->source, secret_bytes(source), secret_size(source));
	hashing->source[secret_size(source)] = '\0';
	hash = crypt_r(hashing->source, hashing->setting, &hashing->data);
	return hash && strlen(hash) == HASH_LENGTH ? hash : NULL;
}

static bool make_hash(struct secret **out, struct hashing *hashing, struct secret *source, struct error *error)
{
	const char *hash;

	if (!crypto_random(hashing->salt, SALT_SIZE, error))
		return false;
	if (!crypt_gensalt_rn(
		    "$2b$", generate_bcrypt_cost, hashing->salt, SALT_SIZE, hashing->setting, sizeof(hashing->setting)))
		return error_set(error, ERROR_SYSTEM, "the system's libcrypt cannot make a salt for bcrypt");
	hash = hash_source(hashing, source);
	if (!hash)
		return error_set(error, ERROR_SYSTEM, "the system's libcrypt cannot hash with bcrypt");
	*out = secret_new(hash, HASH_LENGTH);
	return true;
}

bool generate_bcrypt_password_hash(struct secret **out, struct secret *source, struct error *error)
{
	const char *problem = unfit(source);
	struct secret *memory;
	bool done;

	if (problem)
		return error_set(error, ERROR_USAGE,
			"the source %s: whoever knew its beginning could log in; give it a shorter value", problem);
	memory = secret_new(NULL, sizeof(struct hashing));
	done = make_hash(out, secret_bytes(memory), source, error);
	secret_free(memory);
	return done;
}

/* The cost at the characters 4 and 5 of a hash, or -1. */
static int cost_of(const char *hash)
{
	if (!ascii_is_digit(hash[4]) || !ascii_is_digit(hash[5]) || hash[6] != '$')
		return -1;
	return 10 * (hash[4] - '0') + (hash[5] - '0');
}

const char *verify_bcrypt_form(struct secret *value)
{
	const char *hash = secret_bytes(value);
	size_t size = secret_size(value);
	int cost;

	if (size < 4 || memcmp(hash, "$2", 2) != 0 || !memchr("aby", hash[2], 3) || hash[3] != '$')
		return "does not begin with $2a$, $2b$ or $2y$, as a bcrypt hash does";
	if (size != HASH_LENGTH)
		return "is not 60 characters long, as a bcrypt hash is";
	cost = cost_of(hash);
	if (cost < COST_MIN || cost > 31)
		return "has no cost between 04 and 31, as a bcrypt hash has";
	if (cost > COST_MAX)
		return "is a bcrypt hash of a cost above 18, which takes too long to be verified";
	for (size_t i = 7; i < HASH_LENGTH; i++) {
		if (!ascii_is_alnum(hash[i]) && hash[i] != '.' && hash[i] != '/')
			return "has characters that a bcrypt hash does not have";
	}
	return NULL;
}

bool verify_bcrypt(struct secret *hash, struct secret *source)
{
	struct hashing *hashing;
	struct secret *memory;
	const char *found;
	bool same = false;

	if (verify_bcrypt_form(hash) || unfit(source))
		return false;
	memory = secret_new(NULL, sizeof(struct hashing));
	hashing = secret_bytes(memory);
	memcpy(hashing->setting, secret_bytes(hash), 7 + SALT_LENGTH);
	found = hash_source(hashing, source);
	if (found) {
		struct secret *wanted = secret_new(found, HASH_LENGTH);

		/* Past the salt: its last character holds bits that are not part of it. */
		memcpy(secret_bytes(wanted), secret_bytes(hash), 7 + SALT_LENGTH);
		same = secret_equal(wanted, hash);
		secret_free(wanted);
	}
	secret_free(memory);
	return same;
}
