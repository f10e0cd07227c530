#include "store/http_url.h"

#include "base/ascii.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/http.h"

static const struct {
	const char *name;
	bool tls;
	uint16_t port;
} schemes[] = {
	{"https", true, 443},
	{"http", false, 80},
};

#define SCHEME_COUNT (sizeof(schemes) / sizeof(schemes[0]))

static uint16_t default_port(const struct http_url *url)
{
	for (size_t i = 0; i < SCHEME_COUNT; i++) {
		if (schemes[i].tls == url->tls)
			return schemes[i].port;
	}
	return 0;
}

static struct str lower(struct arena *arena, struct str text)
{
	char *copy = arena_bytes(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		copy[i] = ascii_to_lower(text.ptr[i]);
	copy[text.len] = '\0';
	return (struct str){.ptr = copy, .len = text.len};
}

/* Cuts "scheme://" off. NULL, or what is wrong. */
static const char *take_scheme(struct http_url *url, struct arena *arena, struct str *rest)
{
	struct str name = lower(arena, str_slice(*rest, 0, str_find(*rest, ':')));

	for (size_t i = 0; i < SCHEME_COUNT; i++) {
		struct str behind = str_slice(*rest, name.len, rest->len);
		if (!str_is(name, schemes[i].name) || !str_starts_with(behind, STR("://")))
			continue;
		url->tls = schemes[i].tls;
		*rest = str_slice(behind, 3, behind.len);
		return NULL;
	}
	return "it does not begin with https:// (or http://)";
}

static bool is_name_character(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_';
}

static bool is_address_character(char c)
{
	return str_hex_digit(c) >= 0 || c == ':' || c == '.';
}

/* The length of a host at the start of text; 0: there is none. */
static size_t host_length(struct str text)
{
	size_t at = 0;

	if (text.len > 0 && text.ptr[0] == '[') {
		for (at = 1; at < text.len && is_address_character(text.ptr[at]); at++)
			;
		return at > 2 && at < text.len && text.ptr[at] == ']' ? at + 1 : 0;
	}
	while (at < text.len && is_name_character(text.ptr[at]))
		at++;
	return at;
}

/* ":8200" or nothing. */
static bool read_port(struct http_url *url, struct str text)
{
	unsigned long port = 0;

	url->port = default_port(url);
	if (text.len == 0)
		return true;
	if (text.ptr[0] != ':' || text.len < 2 || text.len > 6)
		return false;
	for (size_t i = 1; i < text.len; i++) {
		if (!ascii_is_digit(text.ptr[i]))
			return false;
		port = port * 10 + (unsigned long)(text.ptr[i] - '0');
	}
	url->port = (uint16_t)port;
	return port > 0 && port <= UINT16_MAX;
}

static const char *read_authority(struct http_url *url, struct arena *arena, struct str text)
{
	size_t length = host_length(text);

	if (str_contains(text, STR("@")))
		return "it has a user or a password in it: credentials belong in the environment or in a file";
	if (text.len == 0)
		return "it names no host";
	url->host = lower(arena, str_slice(text, 0, length));
	if (length == 0 || !read_port(url, str_slice(text, length, text.len)))
		return "its host or port is none (letters, digits, '-', '.' and '_', or an IPv6 address in brackets; "
		       "names in other scripts as xn--...)";
	return NULL;
}

/* Characters that a path may have as they are (RFC 3986, section 3.3), and '%'. */
static bool is_path_character(char c)
{
	return ascii_is_alnum(c) || (c != '\0' && strchr("-._~!$&'()*+,;=:@/%", c));
}

static const char *read_path(struct http_url *url, struct arena *arena, struct str text)
{
	text = path_without_slashes(text);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '?' || text.ptr[i] == '#')
			return "it has a query or a fragment (? or #) in it";
		if (!is_path_character(text.ptr[i]))
			return "its path has a character that must be percent-encoded";
	}
	url->path = arena_str(arena, text);
	return NULL;
}

/* Where the host with its port ends. */
static size_t authority_length(struct str text)
{
	size_t end = 0;

	while (end < text.len && !strchr("/?#\\", text.ptr[end]))
		end++;
	return end;
}

static const char *read_url(struct http_url *url, struct arena *arena, struct str text)
{
	const char *wrong = take_scheme(url, arena, &text);

	if (wrong)
		return wrong;
	size_t end = authority_length(text);
	wrong = read_authority(url, arena, str_slice(text, 0, end));
	return wrong ? wrong : read_path(url, arena, str_slice(text, end, text.len));
}

bool http_url_parse(struct http_url *url, struct arena *arena, struct str text, struct error *error)
{
	const char *wrong = read_url(url, arena, text);
	struct strbuf shown = STRBUF_INIT;

	if (!wrong)
		return true;
	/* What stands before an '@' or behind a '?' could be a credential. */
	if (!str_contains(text, STR("@")) && !str_contains(text, STR("?")) && !str_contains(text, STR("#"))) {
		strbuf_append_c(&shown, " '");
		strbuf_append_visible(&shown, utf8_prefix(text, 200));
		strbuf_append_c(&shown, "'");
	}
	error_set(error, ERROR_USAGE, "the URL%s is not that of a server: %s", shown.ptr, wrong);
	strbuf_release(&shown);
	return false;
}

static bool is_loopback_address(struct str host)
{
	unsigned parts = 0;

	if (!str_starts_with(host, STR("127.")))
		return false;
	while (!str_is_absent(host)) {
		struct str part = str_cut(&host, '.');
		if (part.len == 0 || part.len > 3)
			return false;
		for (size_t i = 0; i < part.len; i++) {
			if (!ascii_is_digit(part.ptr[i]))
				return false;
		}
		parts++;
	}
	return parts == 4;
}

bool http_url_is_loopback(const struct http_url *url)
{
	return str_is(url->host, "localhost") || str_is(url->host, "[::1]") || is_loopback_address(url->host);
}

struct str http_url_origin(const struct http_url *url, struct arena *arena)
{
	const char *scheme = url->tls ? "https" : "http";

	if (url->port == default_port(url))
		return arena_printf(arena, "%s://%.*s", scheme, STR_ARG(url->host));
	return arena_printf(arena, "%s://%.*s:%u", scheme, STR_ARG(url->host), (unsigned)url->port);
}

enum http_target http_url_follow(
	const struct http_url *origin, struct arena *arena, struct str location, struct str *path)
{
	struct http_url url = {.tls = false};
	struct str rest = location;
	const char *wrong = take_scheme(&url, arena, &rest);
	size_t end = authority_length(rest);

	if (!wrong)
		wrong = read_authority(&url, arena, str_slice(rest, 0, end));
	if (wrong) {
		*path = STR("an address that is none");
		return HTTP_TARGET_OTHER;
	}
	if (url.tls != origin->tls || url.port != origin->port || !str_equal(url.host, origin->host)) {
		*path = http_url_origin(&url, arena);
		return HTTP_TARGET_OTHER;
	}
	rest = str_slice(rest, end, rest.len);
	rest = str_slice(rest, 0, str_find(rest, '#'));
	*path = rest.len > 0 && rest.ptr[0] == '/' ? arena_str(arena, rest)
						   : arena_printf(arena, "/%.*s", STR_ARG(rest));
	return HTTP_TARGET_SAME;
}

struct str http_encode(struct arena *arena, struct str text, bool keep_slashes)
{
	static const char digits[] = "0123456789ABCDEF";
	char *bytes = arena_bytes(arena, 3 * text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (ascii_is_alnum(text.ptr[i]) || (c != '\0' && strchr("-._~", c)) || (keep_slashes && c == '/')) {
			bytes[len++] = text.ptr[i];
			continue;
		}
		bytes[len++] = '%';
		bytes[len++] = digits[c >> 4];
		bytes[len++] = digits[c & 15];
	}
	bytes[len] = '\0';
	return (struct str){.ptr = bytes, .len = len};
}
