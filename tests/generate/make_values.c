/* Prints generated values, one a line, for other programs to judge: make_values TYPE COUNT, or `make_values bcrypt-password-hash` with sources in base64 on the standard
 * input, one a line; `make_values bcrypt-verify` likewise, with a hash and a source a line. The line of a value that cannot be made begins with "error: ". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "generate/generate.h"
#include "generate/verify.h"

enum { LINE_SIZE = 4096 };

/* RSA keys have several lines, which are shown as one. */
static void print(struct secret *value)
{
	const char *bytes = secret_bytes(value);

	for (size_t i = 0; i < secret_size(value); i++) {
		if (bytes[i] == '\n')
			fputs("\\n", stdout);
		else
			putchar(bytes[i]);
	}
	putchar('\n');
	secret_free(value);
}

static bool make_mtime(struct secret **out, struct error *error)
{
	return generate_mtime(out, (int64_t)time(NULL), error);
}

static const struct {
	const char *name;
	bool (*make)(struct secret **out, struct error *error);
} types[] = {
	{"password", generate_password},
	{"gafaelfawr-token", generate_gafaelfawr_token},
	{"fernet-key", generate_fernet_key},
	{"rsa-private-key", generate_rsa_private_key},
	{"mtime", make_mtime},
};

static int make_many(const char *type, long count)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].name, type) != 0)
			continue;
		for (long j = 0; j < count; j++) {
			struct secret *value;

			if (!types[i].make(&value, NULL))
				return 1;
			print(value);
		}
		return 0;
	}
	return 2;
}

static struct secret *decode(const char *text)
{
	struct secret *encoded = secret_new(text, strlen(text));
	struct secret *bytes = base64_decode(encoded);

	secret_free(encoded);
	return bytes;
}

static void hash_line(char *line)
{
	struct secret *source = decode(line), *hash;
	struct error error = ERROR_INIT;

	if (!source)
		puts("error: no base64");
	else if (generate_bcrypt_password_hash(&hash, source, &error))
		print(hash);
	else
		printf("error: %s\n", error.message);
	error_release(&error);
	secret_free(source);
}

static void verify_line(char *line)
{
	char *space = strchr(line, ' ');
	struct secret *hash, *source;

	if (!space)
		return;
	hash = secret_new(line, (size_t)(space - line));
	source = decode(space + 1);
	puts(source && verify_bcrypt(hash, source) ? "verified" : "refused");
	secret_free(hash);
	secret_free(source);
}

int main(int argc, char **argv)
{
	char line[LINE_SIZE];
	bool verify;

	if (argc < 2 || !generate_global_init())
		return 2;
	if (argc == 3)
		return make_many(argv[1], strtol(argv[2], NULL, 10));
	verify = strcmp(argv[1], "bcrypt-verify") == 0;
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (verify)
			verify_line(line);
		else
			hash_line(line);
	}
	return 0;
}
