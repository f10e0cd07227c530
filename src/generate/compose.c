#include "generate/compose.h"

#include <stdint.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

/* A text that is written twice, first without bytes, to learn its length: it never grows, and so leaves nothing behind. */
struct output {
	char *bytes;
	size_t len;
	bool invalid; /* something was not UTF-8 */
};

static void put(struct output *out, struct str text)
{
	if (out->bytes && text.len > 0)
		memcpy(out->bytes + out->len, text.ptr, text.len);
	out->len += text.len;
}

/* \uXXXX */
static void put_unit(struct output *out, uint32_t unit)
{
	static const char digits[] = "0123456789abcdef";
	char escape[6] = {'\\', 'u'};

	for (unsigned i = 0; i < 4; i++)
		escape[2 + i] = digits[unit >> (12 - 4 * i) & 15];
	put(out, (struct str){.ptr = escape, .len = sizeof(escape)});
	secret_wipe(escape, sizeof(escape));
}

static void put_codepoint(struct output *out, uint32_t codepoint)
{
	static const char escapes[][2] = {
		{'"', '"'}, {'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}, {'\f', 'f'}, {'\b', 'b'}};

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (codepoint == (unsigned char)escapes[i][0]) {
			put(out, STR("\\"));
			put(out, (struct str){.ptr = &escapes[i][1], .len = 1});
			return;
		}
	}
	if (codepoint >= 0x10000) {
		put_unit(out, 0xD800 + ((codepoint - 0x10000) >> 10));
		put_unit(out, 0xDC00 + ((codepoint - 0x10000) & 0x3FF));
	} else {
		put_unit(out, codepoint);
	}
}

static bool is_literal(uint32_t codepoint)
{
	return codepoint >= ' ' && codepoint <= '~' && codepoint != '"' && codepoint != '\\';
}

static void put_string(struct output *out, struct str text)
{
	size_t width;

	put(out, STR("\""));
	for (size_t at = 0; at < text.len; at += width) {
		uint32_t codepoint = utf8_decode(str_slice(text, at, text.len), &width);

		if (codepoint == UTF8_INVALID)
			out->invalid = true;
		else if (is_literal(codepoint))
			put(out, str_slice(text, at, 1));
		else
			put_codepoint(out, codepoint);
	}
	put(out, STR("\""));
}

static void put_member(struct output *out, const char *key, struct str value)
{
	put_string(out, str_of(key));
	put(out, STR(": "));
	put_string(out, value);
}

/* username:password in base64. */
static struct secret *join_login(const struct compose_login *login)
{
	struct str username = secret_str(login->username), password = secret_str(login->password);
	struct secret *joined = secret_new(NULL, username.len + 1 + password.len);
	struct secret *auth = secret_new(NULL, base64_size(secret_size(joined)));
	char *bytes = secret_bytes(joined);

	memcpy(bytes, username.ptr, username.len);
	bytes[username.len] = ':';
	memcpy(bytes + username.len + 1, password.ptr, password.len);
	base64_encode(secret_bytes(auth), secret_str(joined), false);
	secret_free(joined);
	return auth;
}

static void put_login(struct output *out, const struct compose_login *login)
{
	struct secret *auth = join_login(login);

	put_string(out, login->host);
	put(out, STR(": {"));
	put_member(out, "auth", secret_str(auth));
	put(out, STR(", "));
	put_member(out, "username", secret_str(login->username));
	put(out, STR(", "));
	put_member(out, "password", secret_str(login->password));
	put(out, STR("}"));
	secret_free(auth);
}

static void put_docker_config(struct output *out, const void *items, size_t count)
{
	const struct compose_login *logins = items;

	put(out, STR("{\"auths\": {"));
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			put(out, STR(", "));
		put_login(out, &logins[i]);
	}
	put(out, STR("}}"));
}

static void put_oidc_clients(struct output *out, const void *items, size_t count)
{
	const struct compose_client *clients = items;

	put(out, STR("["));
	for (size_t i = 0; i < count; i++) {
		put(out, i > 0 ? STR(", {") : STR("{"));
		put_member(out, "id", secret_str(clients[i].id));
		put(out, STR(", "));
		put_member(out, "secret", secret_str(clients[i].secret));
		put(out, STR(", "));
		put_member(out, "return_uri", secret_str(clients[i].return_uri));
		put(out, STR("}"));
	}
	put(out, STR("]"));
}

static struct secret *compose(
	void (*put_all)(struct output *out, const void *items, size_t count), const void *items, size_t count)
{
	struct output counting = {.bytes = NULL}, writing = {.bytes = NULL};
	struct secret *text;

	put_all(&counting, items, count);
	if (counting.invalid)
		return NULL;
	text = secret_new(NULL, counting.len);
	writing.bytes = secret_bytes(text);
	put_all(&writing, items, count);
	return text;
}

struct secret *compose_docker_config(const struct compose_login *logins, size_t count)
{
	return compose(put_docker_config, logins, count);
}

struct secret *compose_oidc_clients(const struct compose_client *clients, size_t count)
{
	return compose(put_oidc_clients, clients, count);
}
