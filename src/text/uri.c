#include "text/uri.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/utf8.h"

#define PORT_DIGITS 5
#define PORT_MAX    65535

static bool is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* The length of "scheme:", or 0 where the URI is relative. */
static size_t scheme_length(struct str uri)
{
	size_t length = 0;

	if (uri.len == 0 || !ascii_is_letter(uri.ptr[0]))
		return 0;
	while (length < uri.len && (ascii_is_alnum(uri.ptr[length]) || is_one_of(uri.ptr[length], "+-.")))
		length++;
	return length < uri.len && uri.ptr[length] == ':' ? length + 1 : 0;
}

static bool scheme_is(struct str scheme, struct str expected)
{
	if (scheme.len != expected.len)
		return false;
	for (size_t i = 0; i < scheme.len; i++) {
		if ((scheme.ptr[i] | 0x20) != (expected.ptr[i] | 0x20))
			return false;
	}
	return true;
}

static bool is_port(struct str port)
{
	unsigned number = 0;

	if (port.len > PORT_DIGITS)
		return false;
	for (size_t i = 0; i < port.len; i++) {
		if (!ascii_is_digit(port.ptr[i]))
			return false;
		number = number * 10 + (unsigned)(port.ptr[i] - '0');
	}
	return number <= PORT_MAX;
}

static bool is_ipv6(struct str host)
{
	size_t colons = 0;

	for (size_t i = 0; i < host.len; i++) {
		if (str_hex_digit(host.ptr[i]) < 0 && host.ptr[i] != ':')
			return false;
		colons += host.ptr[i] == ':';
	}
	return colons == 7;
}

/* Letters, digits, hyphens and dots; what ends in a number would be taken for an address. Names in other scripts have a form in these (punycode). */
static bool is_name(struct str host)
{
	struct str end = str_ends_with(host, STR(".")) ? str_slice(host, 0, host.len - 1) : host;
	size_t dot = str_find_last(end, '.');
	struct str last = dot < end.len ? str_slice(end, dot + 1, end.len) : end;

	for (size_t i = 0; i < host.len; i++) {
		if (!ascii_is_alnum(host.ptr[i]) && !is_one_of(host.ptr[i], "-._"))
			return false;
	}
	return last.len > 0 && !ascii_is_digit(last.ptr[0]) && host.ptr[0] != '.' && !str_contains(host, STR(".."));
}

/* Four numbers below 256. A name whose last part is a number is taken for an address by browsers, and refused if it is none. */
static bool is_ipv4(struct str host)
{
	struct str rest = host;
	unsigned parts = 0;

	while (!str_is_absent(rest)) {
		struct str part = str_cut(&rest, '.');

		if (part.len == 0 || part.len > 3 || !is_port(part) ||
			(part.len == 3 && str_compare(part, STR("255")) > 0))
			return false;
		parts++;
	}
	return parts == 4;
}

static bool is_host(struct str host)
{
	if (host.len > 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
		return is_ipv6(str_slice(host, 1, host.len - 2));
	return is_name(host) || is_ipv4(host);
}

/* What stands between "//" and the path: a host and perhaps a port. A user's name there would only make a link look like another. */
static bool is_authority(struct str text)
{
	size_t length = 0;
	struct str authority;
	size_t colon;

	while (length < text.len && !is_one_of(text.ptr[length], "/?#"))
		length++;
	authority = str_slice(text, 0, length);
	colon = authority.len > 0 && authority.ptr[0] == '[' ? str_find_last(authority, ']') + 1
							     : str_find(authority, ':');
	if (colon < authority.len &&
		(authority.ptr[colon] != ':' || !is_port(str_slice(authority, colon + 1, authority.len))))
		return false;
	return is_host(str_slice(authority, 0, colon));
}

bool uri_is_plain(struct str uri)
{
	struct str trimmed = str_trim(uri);
	struct str scheme = str_slice(trimmed, 0, scheme_length(trimmed));
	struct str rest = str_slice(trimmed, scheme.len, trimmed.len);

	for (size_t i = 0; i < trimmed.len; i++) {
		if ((unsigned char)trimmed.ptr[i] <= ' ' || trimmed.ptr[i] == 0x7F || trimmed.ptr[i] == '\\')
			return false;
	}
	if (rest.len == 0 || utf8_valid_prefix(trimmed) < trimmed.len)
		return false;
	if (scheme.len == 0)
		return !str_starts_with(rest, STR("//")) && rest.ptr[0] != ':';
	if (scheme_is(scheme, STR("mailto:")))
		return str_find(rest, '@') < rest.len;
	if (!scheme_is(scheme, STR("http:")) && !scheme_is(scheme, STR("https:")))
		return false;
	return str_starts_with(rest, STR("//")) && is_authority(str_slice(rest, 2, rest.len));
}

/* Where brackets are those of an address as a host, they stay. */
static size_t host_end(struct str uri)
{
	size_t at = scheme_length(uri);
	struct str rest = str_slice(uri, at, uri.len);

	return str_starts_with(rest, STR("//[")) ? at + str_find(rest, ']') + 1 : 0;
}

void uri_append(struct strbuf *out, struct str uri)
{
	struct str trimmed = str_trim(uri);
	size_t brackets_until = host_end(trimmed);
	bool fragment = false;

	for (size_t i = 0; i < trimmed.len; i++) {
		char c = trimmed.ptr[i];
		bool keep = ascii_is_alnum(c) || is_one_of(c, "-._~:/?@!$&'()*+,;=");

		if (c == '%')
			keep = i + 2 < trimmed.len && str_hex_digit(trimmed.ptr[i + 1]) >= 0 &&
			       str_hex_digit(trimmed.ptr[i + 2]) >= 0;
		else if (c == '#')
			keep = !fragment;
		else if (c == '[' || c == ']')
			keep = i < brackets_until;
		fragment = fragment || c == '#';
		if (keep)
			strbuf_append_char(out, c);
		else
			strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
	}
}
