/* Reads Markdown (CommonMark, by cmark) into the tree of document.h. Positions are those of the lines and columns that cmark gives. */
#ifndef ASPIS_TEXT_MARKDOWN_H
#define ASPIS_TEXT_MARKDOWN_H

#include "text/document.h"

/* Every text is valid Markdown. Raw HTML is shown as text, never passed on, and so are links of other schemes than http, https, mailto and relative ones; images become links. Each is told as
 * unsupported. The caller frees. */
struct document *markdown_read(struct str text) __attribute__((returns_nonnull, warn_unused_result));

#endif
