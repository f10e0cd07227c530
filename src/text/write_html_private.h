/* What the files of the HTML writer share. For write_html*.c alone. */
#ifndef ASPIS_TEXT_WRITE_HTML_PRIVATE_H
#define ASPIS_TEXT_WRITE_HTML_PRIVATE_H

#include "text/document_write_private.h"

struct html_writer {
	struct strbuf *out;
	const struct document_write_options *options;
	unsigned depth;   /* of blocks, or of inlines within one */
	unsigned heading; /* level of the section's heading that comes next */
	bool in_link;     /* links do not nest */
	bool in_header;   /* in a <th>, where neither headings nor asides are allowed */
	bool one_line;    /* line breaks become blanks; no ids, no links to them */
};

/* The inline content of an element, and an inline element itself (write_html_inline.c). */
void html_inlines(struct html_writer *w, const struct document_node *parent);
void html_inline(struct html_writer *w, const struct document_node *node);

/* A block, and the blocks below an element. */
void html_block(struct html_writer *w, const struct document_node *node);
void html_blocks(struct html_writer *w, const struct document_node *parent);

/* The blocks of an element, or the bare text where it holds one paragraph alone. */
void html_content(struct html_writer *w, const struct document_node *parent);

/* write_html_table.c */
void html_table(struct html_writer *w, const struct document_node *table);

/* ' id="…"', where the element has one; and "<tag id=… class=…>". class NULL: none. And "</tag>". */
void html_id(struct html_writer *w, const struct document_node *node);
void html_open(struct html_writer *w, const struct document_node *node, const char *tag, const char *class);
void html_close(struct html_writer *w, const char *tag);

#endif
