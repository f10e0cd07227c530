#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "api_remote/remote.h"

/* The longest file that could be a token. */
#define TOKEN_SIZE_MAX ((size_t)64 << 10)

/* Letters, digits and punctuation of ASCII: whatever goes on from a header into logs, or ends it, is none of a token. */
static bool is_token_character(char c)
{
	return c > ' ' && c < '\x7f';
}

struct secret *remote_token_new(const char *origin, struct str bytes, struct error *error)
{
	struct str token = str_trim(bytes);

	if (token.len == 0) {
		error_set(error, ERROR_USAGE, "%s holds no token: it is empty", origin);
		return NULL;
	}
	for (size_t i = 0; i < token.len; i++) {
		if (!is_token_character(token.ptr[i])) {
			error_set(error, ERROR_USAGE,
				"%s holds no token: character %zu is a blank, a control character or no ASCII, of "
				"which a "
				"token has none. Was more than the token copied?",
				origin, i + 1);
			return NULL;
		}
	}
	return secret_new(token.ptr, token.len);
}

/* Overwrites the value in each row of the environment that has the name: there may be several, and all can be read from outside. */
static void wipe_variable(const char *name)
{
	size_t length = strlen(name);

	for (char **row = environ; row && *row; row++) {
		if (strncmp(*row, name, length) == 0 && (*row)[length] == '=')
			secret_wipe(*row + length + 1, strlen(*row + length + 1));
	}
	unsetenv(name);
}

bool remote_token_take(struct secret **out, const char *variable, struct error *error)
{
	const char *value = getenv(variable);

	*out = NULL;
	if (value && *value)
		*out = remote_token_new(variable, str_of(value), error);
	bool valid = !value || !*value || *out;
	if (value)
		wipe_variable(variable);
	return valid;
}

/* Reads up to size bytes, from a pipe as well. False and errno where that fails. */
static bool read_all(int fd, char *bytes, size_t size, size_t *len)
{
	*len = 0;
	while (*len < size) {
		ssize_t got = read(fd, bytes + *len, size - *len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		*len += (size_t)got;
	}
	return true;
}

static struct secret *read_token(int fd, const char *origin, struct error *error)
{
	struct secret *buffer = secret_new(NULL, TOKEN_SIZE_MAX + 1);
	struct secret *token = NULL;
	size_t len;

	if (!read_all(fd, secret_bytes(buffer), TOKEN_SIZE_MAX + 1, &len))
		error_set_errno(error, errno, "%s cannot be read", origin);
	else if (len > TOKEN_SIZE_MAX)
		error_set(error, ERROR_USAGE, "%s holds no token: it is larger than %zu KiB", origin,
			TOKEN_SIZE_MAX >> 10);
	else
		token = remote_token_new(origin, (struct str){.ptr = secret_bytes(buffer), .len = len}, error);
	secret_free(buffer);
	return token;
}

struct secret *remote_token_read(const char *path, struct error *error)
{
	if (strcmp(path, "-") == 0)
		return read_token(STDIN_FILENO, "standard input", error);

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		error_set_errno(error, errno, "%s cannot be opened", path);
		return NULL;
	}
	struct secret *token = read_token(fd, path, error);
	close(fd);
	return token;
}
