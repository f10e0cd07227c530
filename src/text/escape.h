/* Where text becomes part of a format: the one function of each. Whatever the text (control characters, markup, bidirectional controls, 10^5 characters), what comes out shows it and does nothing else. Control
 * characters that a format cannot hold become U+FFFD, and so do noncharacters; bytes that are no UTF-8 likewise; bidirectional controls (U+202A-202E, U+2066-2069) are shown as such ("\u202E" in words), as they
 * would reorder what stands around them. JSON: base/json_writer.h. */
#ifndef ASPIS_TEXT_ESCAPE_H
#define ASPIS_TEXT_ESCAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

typedef void escape_function(struct strbuf *out, struct str text);

/* Line breaks and tabs stay; a carriage return is a line break, alone or before one. */
void escape_html_text(struct strbuf *out, struct str text);
void escape_html_attribute(struct strbuf *out, struct str text); /* for a value in double quotes */

/* XML is data, which a program compares: what XML can hold stays, control characters as character references. */
void escape_xml_text(struct strbuf *out, struct str text);
void escape_xml_attribute(struct strbuf *out,
	struct str text); /* for a value in double quotes; line breaks and tabs as character references */

/* docutils and MyST refuse texts with lines of more than 10,000 characters: of what is longer than this, in bytes, the functions of both formats show the beginning and an ellipsis. */
#define ESCAPE_LINE_MAX 4000

/* Inline text, on one line: white space at both ends goes, line breaks become blanks. Fit for any place in a paragraph, a title or a cell, the start of a line included, that is not next to inline markup. */
void escape_rst(struct strbuf *out, struct str text);
void escape_myst(struct strbuf *out, struct str text); /* likewise, CommonMark and MyST's additions */

/* A literal: ``text``. Where RST's (Markdown's) literals cannot hold the text (it begins or ends with blanks, is empty, …), escaped text instead, by a role or as plain text. */
void escape_rst_literal(struct strbuf *out, struct str text);
void escape_myst_literal(struct strbuf *out, struct str text);

/* What all of them share, for writers. The next code point of a text, cut off *rest (not empty), as it may be shown: ESCAPE_REPLACEMENT for what is no UTF-8, a control character (C0 without tab and line feed, DEL, C1)
 * or a noncharacter, "\n" for a carriage return (and the line feed behind it) and for the separators U+2028 and U+2029. Bidirectional controls come as they are. */
#define ESCAPE_REPLACEMENT UINT32_C(0xFFFD)
uint32_t escape_next(struct str *rest);

/* Appends the words for a bidirectional control, `backslash` in front. False, and nothing, for any other code point. */
bool escape_bidi(struct strbuf *out, uint32_t codepoint, const char *backslash);

/* Appends text as a terminal may show it: nothing is escaped, but controls are gone as told above. */
void escape_plain(struct strbuf *out, struct str text);

/* Inline text for a paragraph that is written piece by piece: as escape_rst() and escape_myst(), but white space stays, line breaks included, and nothing is done for the starts of lines. */
void escape_rst_inline(struct strbuf *out, struct str text);
void escape_myst_inline(struct strbuf *out, struct str text);

/* What goes in front of a finished line (inline markup and escapes in place) that would be taken for something else than text at the start of a block: a backslash, or one with a blank; mostly nothing. */
const char *escape_rst_guard(struct str line);

/* Likewise in Markdown: whether the byte at *at needs a backslash before it. */
bool escape_myst_line(struct str line, size_t *at);

/* The bytes of the longest run of a character: what fences and marks around the text have to be longer than. */
size_t escape_longest_run(struct str text, char c);

#endif
