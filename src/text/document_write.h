/* Turns a document, or a part of one, into a format. One function and one table row a format. */
#ifndef ASPIS_TEXT_DOCUMENT_WRITE_H
#define ASPIS_TEXT_DOCUMENT_WRITE_H

#include "base/strbuf.h"
#include "text/document.h"

#define DOCUMENT_FORMATS(ROW)                                                                                          \
	ROW(DOCUMENT_FORMAT_RST, "rst")                                                                                \
	ROW(DOCUMENT_FORMAT_HTML, "html")                                                                              \
	ROW(DOCUMENT_FORMAT_MYST, "myst")                                                                              \
	ROW(DOCUMENT_FORMAT_TERMINAL, "terminal")                                                                      \
	ROW(DOCUMENT_FORMAT_XML, "xml")

enum document_format {
#define DOCUMENT_FORMAT_ENUMERATOR(enumerator, name) enumerator,
	DOCUMENT_FORMATS(DOCUMENT_FORMAT_ENUMERATOR)
#undef DOCUMENT_FORMAT_ENUMERATOR
};

struct document_write_options {
	/* Put before every id and every local link to one, so that several documents can stand on one page without clashes ("tap-client-secret-"); absent: nothing. */
	struct str id_prefix;
	/* Levels of headings that stand above: a section of the document gets heading_base + 1 (RST: which adornment; HTML: which <hN>, at most 6). */
	unsigned heading_base;
	unsigned
		indent; /* spaces before every line but the first one (RST, MyST, terminal), for what stands in a list or a table's cell */
	unsigned width;  /* terminal: columns to fill; 0: 80. The other formats never break lines of their own accord */
	bool color;      /* terminal: emphasis and code by escape sequences, else by asterisks and back-quotes */
	bool hyperlinks; /* terminal: OSC 8 links; else the URI in brackets behind */
	/* RST and MyST inside Sphinx: roles are written as roles; elsewhere their text alone. */
	bool roles;
};

/* Appends the element with all below it (the root: all its blocks). Ends without a line break. The output is valid in its format and inert whatever the text: see escape.h. options may be NULL. */
void document_write(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options);

/* The inline content of an element on one line: of a paragraph, or of the first paragraph of a document. For titles, cells, summaries: it may stand on a
 * page several times and without the rest, so that in HTML it has no ids and no links to them. */
void document_write_inline(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options);

#endif
