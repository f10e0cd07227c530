/* Markdown as plain text, for terminals and for viewers that show none. For this room alone. */
#ifndef ASPIS_REPORT_MARKDOWN_H
#define ASPIS_REPORT_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Appends the text as the terminal writer gives it (text/document_write.h), without links that a terminal follows and with a line end behind it: paragraphs and list items filled to width
 * display columns (0: each on one line), code indented and as it is, headings bare (with colour: strong), a blank line between blocks. Code spans keep their back-quotes where there is no
 * colour; a link is shown as "text (target)". */
void markdown_plain(struct strbuf *out, struct str markdown, size_t width, bool colour);

/* The first paragraph, borrowed; empty where the text begins with something else. */
struct str markdown_first_paragraph(struct str markdown);

#endif
