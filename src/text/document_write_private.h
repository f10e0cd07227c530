/* What the writers share. For document_write.c and write_*.c alone. */
#ifndef ASPIS_TEXT_DOCUMENT_WRITE_PRIVATE_H
#define ASPIS_TEXT_DOCUMENT_WRITE_PRIVATE_H

#include "text/document_write.h"

/* What a format does: an element with all below it, and inline content on one line. options are never NULL. */
typedef void document_writer(
	struct strbuf *out, const struct document_node *node, const struct document_write_options *options);

document_writer write_rst, write_rst_inline;
document_writer write_html, write_html_inline;
document_writer write_myst, write_myst_inline;
document_writer write_terminal, write_terminal_inline;
document_writer write_xml, write_xml_inline;

/* Elements nest as deep as this in what is written (XML apart); of what nests deeper, the plain text is. */
#define WRITE_DEPTH_MAX 60

#endif
