/* Where text becomes part of a format: the one function of each. Whatever the text (control characters, markup, bidirectional controls, 10^5 characters), what comes out shows it and does nothing else. Control
 * characters that a format cannot hold become U+FFFD; bytes that are no UTF-8 likewise; bidirectional controls (U+202A-202E, U+2066-2069) are shown as such ("\u202E" in words), as they would reorder what
 * stands around them. JSON: base/json_writer.h. */
#ifndef ASPIS_TEXT_ESCAPE_H
#define ASPIS_TEXT_ESCAPE_H

#include "base/str.h"
#include "base/strbuf.h"

typedef void escape_function(struct strbuf *out, struct str text);

void escape_html_text(struct strbuf *out, struct str text);
void escape_html_attribute(struct strbuf *out, struct str text); /* for a value in double quotes */
void escape_rst(
	struct strbuf *out, struct str text); /* inline text of a paragraph, on one line: line breaks become blanks */
void escape_myst(struct strbuf *out, struct str text); /* likewise, CommonMark and MyST's additions */
void escape_none(struct strbuf *out, struct str text);

/* A literal: ``text``. Where RST's (Markdown's) literals cannot hold the text (it begins or ends with blanks, is empty, …), escaped text instead, by a role or as plain text. */
void escape_rst_literal(struct strbuf *out, struct str text);
void escape_myst_literal(struct strbuf *out, struct str text);

#endif
