/* What the files of the MyST writer share. For write_myst*.c alone. */
#ifndef ASPIS_TEXT_WRITE_MYST_PRIVATE_H
#define ASPIS_TEXT_WRITE_MYST_PRIVATE_H

#include "text/document_write_private.h"
#include "text/write_lines.h"

struct myst_writer {
	struct lines lines;
	const struct document_write_options *options;
	unsigned depth; /* of blocks */
	unsigned level; /* of the section that comes next, from 1 */
	bool nested;    /* in a list, a quote, …, where sections and transitions cannot be */
};

/* Text and inline markup gathered for lines (write_myst_inline.c). */
struct myst_line {
	const struct myst_writer *writer;
	struct strbuf text; /* line breaks of the text as \n, those of the document as MYST_BREAK */
	bool detach; /* a letter that comes next would keep the mark before it from closing: it is written as a character reference */
	bool in_link;
	bool in_cell; /* of a table, whose rows are taken apart at every bare vertical bar, code or not */
	unsigned depth;
	const struct document_node *source; /* what was gathered */
};

#define MYST_BREAK '\f'

/* What is gathered is released by the caller; the writer is borrowed. */
void myst_line_init(struct myst_line *line, const struct myst_writer *w);
void myst_line_release(struct myst_line *line);
/* Gathers the inline content of an element, and an inline element itself. */
void myst_line_children(struct myst_line *line, const struct document_node *parent);
void myst_line_inline(struct myst_line *line, const struct document_node *node);

/* Appends to out what was gathered, on one line, without anything done for the start of a line; where it is too long for one, the beginning of its plain text. */
void myst_line_append(struct strbuf *out, const struct myst_line *line);

/* Lines of a paragraph: `before` in front of the first one, as it is. False, and nothing, where there is no text. */
bool myst_paragraph(struct myst_writer *w, const struct document_node *parent, struct str before);

/* Appends a finished line as it may begin a block. */
void myst_append_guarded(struct strbuf *out, struct str line);

/* A line of finished text as it may begin a block; broken: a hard line break at its end. */
void myst_guarded_line(struct myst_writer *w, struct str line, bool broken);

/* A line of text alone, fit to begin a block. */
void myst_text(struct myst_writer *w, struct str s);

/* A block and those behind it, blank lines between them; nested: within something, where neither sections nor transitions can be. */
void myst_blocks(struct myst_writer *w, const struct document_node *first);
void myst_nested_blocks(struct myst_writer *w, const struct document_node *first);

/* Whether a block is a list whose marks are to be others than the usual ones, as the list before it would take its items; alternate: whether those of the block before are. */
bool myst_alternates(bool alternate, const struct document_node *node, const struct document_node *previous);

/* Lists of all kinds (write_myst_list.c). */
void myst_list(struct myst_writer *w, const struct document_node *list, bool alternate);
void myst_described_list(struct myst_writer *w, const struct document_node *list, bool alternate);
void myst_footnote(struct myst_writer *w, const struct document_node *node, bool alternate);
void myst_line_block(struct myst_writer *w, const struct document_node *block);

/* "```{name} argument" with what it holds, between fences that are longer than any in it (write_myst_directive.c). */
void myst_directive(struct myst_writer *w, const char *name, struct str argument, struct str content);
/* Code in a language (empty: none), and the directives of admonitions and tables. */
void myst_fence(struct myst_writer *w, struct str language, struct str content);
void myst_admonition(struct myst_writer *w, const struct document_node *node);
void myst_table(struct myst_writer *w, const struct document_node *table);

#endif
