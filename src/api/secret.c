#include "base/secret.h"

#include <aspis/secret.h>

#include <fcntl.h>

#include "api/api.h"
#include "base/file.h"

#define VALUE_SIZE_MAX ((size_t)1 << 20)

/* The public type is another name of the inner one. */
static struct secret *inner(const struct aspis_secret *secret)
{
	return (struct secret *)secret;
}

struct aspis_secret *aspis_secret_new(const void *bytes, size_t size)
{
	return (struct aspis_secret *)secret_new(bytes, size);
}

void aspis_secret_free(struct aspis_secret *secret)
{
	secret_free(inner(secret));
}

struct aspis_secret *aspis_secret_read(const char *path, struct aspis_error *error)
{
	struct error cause = ERROR_INIT, named = ERROR_INIT;
	struct aspis_secret *secret = NULL;
	struct arena arena;
	struct str text;

	arena_init_sensitive(&arena);
	if (!file_read(&text, &arena, AT_FDCWD, path, &cause))
		error_set(&named, cause.kind, "%s %s", path, cause.message);
	else if (text.len > VALUE_SIZE_MAX)
		error_set(&named, ERROR_USAGE, "%s is larger than any value may be (1 MiB)", path);
	else
		secret = aspis_secret_new(text.ptr, text.len);
	arena_release(&arena);
	error_release(&cause);
	if (!secret)
		api_fail(error, &named);
	return secret;
}

char *aspis_secret_bytes(struct aspis_secret *secret)
{
	return secret_bytes(inner(secret));
}

size_t aspis_secret_size(const struct aspis_secret *secret)
{
	return secret_size(inner(secret));
}

bool aspis_secret_is_locked(const struct aspis_secret *secret)
{
	return !secret_is_unlocked((const struct secret *)secret);
}
