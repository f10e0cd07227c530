/* Reads reStructuredText into the tree of document.h, as docutils reads it (docutils.sourceforge.io, "reStructuredText Markup Specification"). What docutils accepts and this reader
 * does not know is told as unsupported, never garbled. */
#ifndef ASPIS_TEXT_RST_H
#define ASPIS_TEXT_RST_H

#include "text/document.h"

struct rst_options {
	/* Roles besides docutils' own that the host knows ("ref", "px-app"): DOCUMENT_ROLE elements instead of an error. struct str each; may be NULL. */
	const struct str *roles;
	size_t role_count;
	/* Directives besides docutils' own that the host knows: unsupported instead of an error. */
	const struct str *directives;
	size_t directive_count;
};

/* Never fails: what is wrong is in the messages. text is UTF-8 with any line ends, and is borrowed for the time of the call only. options may be NULL. The caller frees the document. */
struct document *rst_read(struct str text, const struct rst_options *options)
	__attribute__((returns_nonnull, warn_unused_result));

#endif
