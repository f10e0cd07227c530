/* What the files of the terminal writer share. For write_terminal*.c alone. */
#ifndef ASPIS_TEXT_WRITE_TERMINAL_PRIVATE_H
#define ASPIS_TEXT_WRITE_TERMINAL_PRIVATE_H

#include "base/vec.h"
#include "text/document_write_private.h"
#include "text/write_lines.h"

struct terminal_writer {
	struct lines lines;
	const struct document_write_options *options;
	unsigned width;
	unsigned depth; /* of blocks */
};

enum terminal_style {
	TERMINAL_STRONG = 1,
	TERMINAL_EMPHASIS = 2,
	TERMINAL_LINK = 4,
	TERMINAL_CODE = 8,
};

/* Text with its styles, gathered for filling (write_terminal_inline.c). */
struct terminal_text {
	const struct terminal_writer *writer;
	struct strbuf text; /* line breaks of the document as TERMINAL_BREAK */
	struct vec runs;    /* struct terminal_run: from where on which style */
	unsigned style;     /* of what comes next */
	struct str link;    /* absent: none; borrowed */
	unsigned depth;
};

struct terminal_run {
	size_t start;
	unsigned style;
	struct str link;
};

#define TERMINAL_BREAK '\f'

/* style is that of all of it; what is gathered is released by the caller, the writer is borrowed. */
void terminal_text_init(struct terminal_text *text, const struct terminal_writer *w, unsigned style);
void terminal_text_release(struct terminal_text *text);
/* Gathers text as it is, in the present style; the inline content of an element; and an inline element itself. */
void terminal_text_add(struct terminal_text *text, struct str plain);
void terminal_text_children(struct terminal_text *text, const struct document_node *parent);
void terminal_text_inline(struct terminal_text *text, const struct document_node *node);

/* Makes each run of white space one blank. Comes before what follows here. */
void terminal_text_squeeze(struct terminal_text *text);

/* Appends a part of it, styled. */
void terminal_text_append(struct strbuf *out, const struct terminal_text *text, size_t start, size_t end);

/* Cuts the first line of at most width columns off what begins at *at. False at the end of the text. What is longer than a line stays whole. */
bool terminal_text_line(const struct terminal_text *text, size_t *at, size_t width, size_t *start, size_t *end);

/* Its columns, and the widest word's. */
size_t terminal_text_width(const struct terminal_text *text, size_t *word);

/* The lines of a text, squeezed and filled. */
void terminal_text_lines(struct terminal_writer *w, struct terminal_text *text);

/* A block and those behind it; inline content as a paragraph; and a table (write_terminal_table.c). */
void terminal_blocks(struct terminal_writer *w, const struct document_node *first);
void terminal_paragraph(struct terminal_writer *w, const struct document_node *node, unsigned style);
void terminal_table(struct terminal_writer *w, const struct document_node *table);

#endif
