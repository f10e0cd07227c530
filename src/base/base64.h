/* Base64 (RFC 4648). */
#ifndef ASPIS_BASE_BASE64_H
#define ASPIS_BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ascii.h"
#include "base/secret.h"
#include "base/str.h"

/* The characters that size bytes take, padding included. */
static inline size_t base64_size(size_t size)
{
	return size / 3 * 4 + (size % 3 > 0 ? 4 : 0);
}

/* Writes base64_size(bytes.len) characters to out, with padding. The url-safe alphabet has - and _ in the place of + and /. */
void base64_encode(char *out, struct str bytes, bool url_safe);

/* The value of a digit of the standard alphabet, or -1. */
static inline int base64_digit(char c)
{
	if (ascii_is_upper(c))
		return c - 'A';
	if (ascii_is_lower(c))
		return c - 'a' + 26;
	if (ascii_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The bytes that a text in the standard alphabet stands for, white space being passed over: a new secret that the caller frees. NULL where it is no base64: another
 * character, padding that is missing or not at the end. */
struct secret *base64_decode(struct secret *text);

/* Whether c is a character of the url-safe alphabet. */
bool base64_is_url_safe(char c);

#endif
