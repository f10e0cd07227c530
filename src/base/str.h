/* Borrowed strings with a length. They may hold any byte, NUL included, and are not NUL-terminated; text is UTF-8 unless a function says otherwise. */
#ifndef ASPIS_BASE_STR_H
#define ASPIS_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *ptr; /* never NULL, but for the absent string */
	size_t len;
};

/* A string literal, and the absent string: str_is_absent() tells it from the empty one. */
#define STR(literal) ((struct str){.ptr = "" literal, .len = sizeof(literal) - 1})
#define STR_ABSENT   ((struct str){.ptr = NULL, .len = 0})

/* For printf: printf("%.*s", STR_ARG(s)). Stops at a NUL, so use it only for text. */
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline struct str str_of(const char *text)
{
	return (struct str){.ptr = text, .len = strlen(text)};
}

static inline bool str_is_absent(struct str s)
{
	return s.ptr == NULL;
}

static inline bool str_equal(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	/* Most that differ do so at once. */
	return a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Always inlined, so that the length of a literal is known. */
__attribute__((always_inline)) static inline bool str_is(struct str a, const char *text)
{
	return str_equal(a, str_of(text));
}

/* The part of s from start (clamped) of at most len bytes. */
static inline struct str str_slice(struct str s, size_t start, size_t len)
{
	if (start > s.len)
		start = s.len;
	if (len > s.len - start)
		len = s.len - start;
	/* Nothing is added to the NULL of an absent string. */
	return (struct str){.ptr = start > 0 ? s.ptr + start : s.ptr, .len = len};
}

/* Byte order, as strcmp: the order in which everything is sorted. */
int str_compare(struct str a, struct str b);

static inline bool str_starts_with(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

static inline bool str_ends_with(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, suffix.len), suffix);
}

bool str_contains(struct str s, struct str needle);

/* The offset of the first (last) byte c, or s.len where there is none. */
size_t str_find(struct str s, char c);
size_t str_find_last(struct str s, char c);

/* Cuts *rest at the first separator: returns what stands before it and leaves what follows; *rest becomes absent with the last piece.
 * A loop reads: while (!str_is_absent(rest)) { piece = str_cut(&rest, '.'); … } */
struct str str_cut(struct str *rest, char separator);

/* The value of a hexadecimal digit, or -1. */
int str_hex_digit(char c);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

#endif
