/* UTF-8, display width, and text made fit to be shown. */
#ifndef ASPIS_BASE_UTF8_H
#define ASPIS_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Decodes the code point at the start of s (not empty) and sets *width to its bytes. Bytes that are no UTF-8 (overlong forms, surrogates and
 * values above 10FFFF included) give UTF8_INVALID and width 1. */
#define UTF8_INVALID UINT32_MAX
uint32_t utf8_decode(struct str s, size_t *width);

/* The offset of the first byte that is not UTF-8, or s.len where all is. */
size_t utf8_valid_prefix(struct str s);

/* Whether a code point is a letter (L*) or a decimal digit (Nd) of any script; UTF8_INVALID is neither. */
bool utf8_is_letter_or_digit(uint32_t codepoint);

/* Whether a code point is a space of Unicode's (Zs): the one of ASCII, those of typography, with or without a break. Neither tabs nor the ends of lines. */
bool utf8_is_space_separator(uint32_t codepoint);

/* s without what is space at both ends; what is space differs between formats. */
struct str utf8_trim(struct str s, bool (*is_space)(uint32_t codepoint));

/* Whether all bytes are below 0x80. */
bool utf8_is_ascii(struct str s);

/* Whether there are but printable ASCII characters and line feeds, as in nearly all files. Quick. */
bool utf8_is_plain(struct str s);

/* The start of s of at most max bytes, no code point being cut in two. */
struct str utf8_prefix(struct str s, size_t max);

/* The number of code points; a byte that is no UTF-8 counts as one. */
size_t utf8_length(struct str s);

/* The number of UTF-16 code units (SARIF columns, the hash of code scanning). */
size_t utf8_utf16_length(struct str s);

/* Terminal columns that s takes (utf8proc: wide characters 2, combining marks 0); a tab goes on to the next multiple of 8 from start_column (0-based). */
size_t utf8_display_width(struct str s, size_t start_column);

/* Appends s with everything that a terminal or a log could act on made visible: control characters (C0, DEL, C1) and bidirectional controls
 * as \n \t \r \xNN or \u{NNNN}, bytes that are no UTF-8 as \xNN. Everything that is echoed from a file goes through here. */
void strbuf_append_visible(struct strbuf *buf, struct str s);

#endif
