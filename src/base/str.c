#include "base/str.h"

#include "base/ascii.h"

int str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool str_contains(struct str s, struct str needle)
{
	const char *first;

	if (needle.len == 0)
		return true;
	/* memmem() is slow to begin. */
	first = s.len >= needle.len ? memchr(s.ptr, *needle.ptr, s.len - needle.len + 1) : NULL;
	return first && memmem(first, s.len - (size_t)(first - s.ptr), needle.ptr, needle.len) != NULL;
}

size_t str_find(struct str s, char c)
{
	const char *found = s.len > 0 ? memchr(s.ptr, c, s.len) : NULL;

	return found ? (size_t)(found - s.ptr) : s.len;
}

size_t str_find_last(struct str s, char c)
{
	const char *found = s.len > 0 ? memrchr(s.ptr, c, s.len) : NULL;

	return found ? (size_t)(found - s.ptr) : s.len;
}

struct str str_cut(struct str *rest, char separator)
{
	size_t end = str_find(*rest, separator);
	struct str piece = str_slice(*rest, 0, end);

	*rest = end < rest->len ? str_slice(*rest, end + 1, rest->len) : STR_ABSENT;
	return piece;
}

int str_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

struct str str_trim(struct str s)
{
	while (s.len > 0 && ascii_is_space(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	while (s.len > 0 && ascii_is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}
