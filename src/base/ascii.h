/* Classes of ASCII characters, the same in every locale. Bytes beyond ASCII are in none. */
#ifndef ASPIS_BASE_ASCII_H
#define ASPIS_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_letter(char c)
{
	return ascii_is_lower(c) || ascii_is_upper(c);
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* Letters, digits and the underscore; as bits by the code, since whole texts are looked through for them. */
static inline bool ascii_is_word(char c)
{
	static const uint64_t bits[4] = {0x03FF000000000000, 0x07FFFFFE87FFFFFE, 0, 0};
	unsigned char code = (unsigned char)c;

	return (bits[code >> 6] >> (code & 63) & 1) != 0;
}

/* Space and tab. */
static inline bool ascii_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Blanks and the ends of lines: white space of JSON and of Go templates. */
static inline bool ascii_is_white(char c)
{
	return ascii_is_blank(c) || c == '\n' || c == '\r';
}

/* These, form feed and vertical tab: white space of C, Python and Go's strings. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* What can be seen and is neither a letter nor a digit. */
static inline bool ascii_is_punctuation(char c)
{
	return c > ' ' && c < 0x7F && !ascii_is_alnum(c);
}

static inline char ascii_to_lower(char c)
{
	return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static inline char ascii_to_upper(char c)
{
	return ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

#endif
