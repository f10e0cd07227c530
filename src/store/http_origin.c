#include "store/http_origin.h"

#include <stdlib.h>

#include "base/xalloc.h"

static bool may_be_used(const struct http_origin *origin, const struct http_settings *settings, struct error *error)
{
	if (origin->url.tls || settings->insecure_http || http_url_is_loopback(&origin->url))
		return true;
	return error_set(error, ERROR_USAGE,
		"%s is not https: tokens and secrets would cross the network in clear text. Use https, or allow it "
		"with "
		"--insecure-http",
		origin->name.ptr);
}

struct http_origin *http_origin_new(const struct http *http, struct str url, struct error *error)
{
	struct http_origin *origin = xcalloc(1, sizeof(*origin));

	arena_init(&origin->arena);
	vec_init(&origin->headers, sizeof(struct secret *));
	if (!http_url_parse(&origin->url, &origin->arena, url, error)) {
		http_origin_free(origin);
		return NULL;
	}
	origin->name = http_url_origin(&origin->url, &origin->arena);
	if (!may_be_used(origin, http_settings_of(http), error)) {
		http_origin_free(origin);
		return NULL;
	}
	return origin;
}

void http_origin_free(struct http_origin *origin)
{
	if (!origin)
		return;
	for (size_t i = 0; i < origin->headers.len; i++)
		secret_free(vec_pointer(&origin->headers, i));
	vec_release(&origin->headers);
	arena_release(&origin->arena);
	free(origin);
}

struct str http_origin_name(const struct http_origin *origin)
{
	return origin->name;
}

void http_origin_use_common_tls(struct http_origin *origin)
{
	origin->common_tls = true;
}

static void copy(char **to, struct str part)
{
	memcpy(*to, part.ptr, part.len);
	*to += part.len;
}

static void add_header(struct http_origin *origin, struct str name, struct str prefix, struct str value)
{
	struct secret *line = secret_new(NULL, name.len + 2 + prefix.len + value.len + 1);
	char *at = secret_bytes(line);

	copy(&at, name);
	copy(&at, STR(": "));
	copy(&at, prefix);
	copy(&at, value);
	*at = '\0';
	vec_push_pointer(&origin->headers, line);
}

/* Visible ASCII and blanks within: what a field value may be (RFC 9110, section 5.5), without what is obsolete there. */
static bool can_stand_in_header(struct str value)
{
	if (value.len == 0 || value.ptr[0] == ' ' || value.ptr[value.len - 1] == ' ')
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] < ' ' || value.ptr[i] > '~')
			return false;
	}
	return true;
}

bool http_origin_header(struct http_origin *origin, const char *name, struct str value)
{
	if (!can_stand_in_header(value))
		return false;
	add_header(origin, str_of(name), STR(""), value);
	return true;
}

bool http_origin_credential(struct http_origin *origin, const char *name, const char *prefix, struct secret *credential,
	struct error *error)
{
	struct str value = secret_str(credential);

	if (!can_stand_in_header(value))
		return error_set(error, ERROR_USAGE,
			"the token for %s is empty or has characters that no token has, such as a line break: see "
			"where it "
			"comes from",
			origin->name.ptr);
	add_header(origin, str_of(name), str_of(prefix), value);
	return true;
}
