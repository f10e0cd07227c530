/* Reads Markdown (CommonMark, by cmark) into the tree of document.h. Positions are those of the lines and columns that cmark gives. */
#ifndef ASPIS_TEXT_MARKDOWN_H
#define ASPIS_TEXT_MARKDOWN_H

#include "text/document.h"

/* Every text is valid Markdown. Headings of the text itself begin sections, those in lists and quotes are rubrics. Raw HTML is shown as text, never passed on (a block as a literal block, but for comments, which are
 * comments); a link that is not plain (uri.h) is its text, followed by the address in brackets; an image is a link to it, with its description as text. Each is told as unsupported, comments apart. The caller frees. */
struct document *markdown_read(struct str text) __attribute__((returns_nonnull, warn_unused_result));

#endif
