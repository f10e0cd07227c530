/* What the files of the reStructuredText writer share. For write_rst*.c alone. */
#ifndef ASPIS_TEXT_WRITE_RST_PRIVATE_H
#define ASPIS_TEXT_WRITE_RST_PRIVATE_H

#include "base/map.h"
#include "text/document_write_private.h"
#include "text/write_lines.h"

struct rst_writer {
	struct lines lines;
	const struct document_write_options *options;
	const struct map *targets; /* the targets that are written, by the ids that references give; NULL: none is */
	unsigned depth;            /* of blocks */
	unsigned level;            /* of the section that comes next, from 1 */
	bool nested;               /* in a list, a quote, …, where sections and transitions cannot be */
	bool table_directive;      /* the table that was written last is a directive, not a drawing */
	bool announced;            /* the paragraph before ends with "::" for the literal block that comes next */
};

/* Text and inline markup gathered for lines (write_rst_line.c, write_rst_inline.c). Docutils recognizes markup only between certain characters, so pieces that would stick to each other are kept apart by "\ ". */
struct rst_line {
	const struct rst_writer *writer;
	struct strbuf text; /* line breaks of the text as \n, those of the document as RST_BREAK */
	bool after_markup;  /* it ends with markup */
	bool in_term;       /* " : " would begin a classifier, */
	bool in_name;       /* and a colon end the name of a field */
	bool inside;        /* something stands before it in its line: nothing is to be done for the start of one */
	unsigned depth;
	const struct document_node *source; /* what was gathered */
};

#define RST_BREAK '\f'

/* What is gathered is released by the caller; the writer is borrowed. */
void rst_line_init(struct rst_line *line, const struct rst_writer *w);
void rst_line_release(struct rst_line *line);

/* Text, escaped; and finished markup whose first mark_length bytes begin it. Both are kept apart from what is there where docutils would not see it otherwise. */
void rst_line_text(struct rst_line *line, struct str s);
void rst_line_markup(struct rst_line *line, struct str markup, size_t mark_length);

/* The content of interpreted text: what could end it is escaped, and "<" in front of what docutils or a role would take for an address. */
void rst_append_content(struct strbuf *out, struct str content);

/* References (write_rst_reference.c), content being their text; and whether a DOCUMENT_REFERENCE is more than that. */
void rst_line_reference(struct rst_line *line, const struct document_node *node, struct str content);
void rst_line_note_reference(struct rst_line *line, const struct document_node *node, struct str content);
bool rst_line_is_link(const struct rst_line *line, const struct document_node *node);

/* Gathers the inline content of an element, and an inline element itself. */
void rst_line_children(struct rst_line *line, const struct document_node *parent);
void rst_line_inline(struct rst_line *line, const struct document_node *node);

/* The line that was gathered, on one line and fit to begin one; where it is too long for that, the beginning of its plain text. Borrowed from it. */
struct str rst_line_finish(struct rst_line *line);

/* Inline content as lines of a paragraph, or of a line block where the document breaks lines. False, and nothing, where there is no text. */
bool rst_paragraph(struct rst_writer *w, const struct document_node *parent);

/* One block; and it with those behind it, blank lines between them. What turns out to have no text is not written. */
void rst_block(struct rst_writer *w, const struct document_node *node);
void rst_blocks(struct rst_writer *w, const struct document_node *first);

/* How docutils finds the indentation of blocks within something: at the marker's end, or by the line that is indented least. */
enum rst_indentation { RST_INDENT_KNOWN, RST_INDENT_LEAST };

/* Blocks in a list, a directive, …. A quote at their beginning would give the indentation: an empty comment goes before it where it would. */
void rst_nested_blocks(struct rst_writer *w, const struct document_node *first, enum rst_indentation indentation);

/* Blocks indented further, from the next line on. */
void rst_indented(struct rst_writer *w, const struct document_node *first, size_t indent);

/* Blocks behind a marker whose end gives no indentation (of a field, a footnote): on the same line where they can stand there. */
void rst_body(struct rst_writer *w, const struct document_node *first, struct str marker, size_t indent);

/* Lists of all kinds (write_rst_list.c). Two lists of a kind are one to docutils where they follow each other: bullets and enumerators are others then. */
struct str rst_bullet(const struct document_node *list, struct str not );
void rst_bullet_list(struct rst_writer *w, const struct document_node *list, struct str bullet);
void rst_enumerated_list(struct rst_writer *w, const struct document_node *list, const struct document_node *previous);
void rst_definition_list(struct rst_writer *w, const struct document_node *list);
void rst_field_list(struct rst_writer *w, const struct document_node *list);
void rst_option_list(struct rst_writer *w, const struct document_node *list);
void rst_line_block(struct rst_writer *w, const struct document_node *block);

/* Blocks whose text stays as it is (write_rst_literal.c). */
void rst_literal_block(struct rst_writer *w, const struct document_node *node);
void rst_doctest_block(struct rst_writer *w, const struct document_node *node);
void rst_comment(struct rst_writer *w, const struct document_node *node);

/* A table: drawn where its cells can be, else as a directive (write_rst_table.c). */
void rst_table(struct rst_writer *w, const struct document_node *node);

/* Targets and references (write_rst_target.c). */
void rst_collect_targets(
	struct map *targets, const struct document_node *root, const struct document_write_options *options);
bool rst_target(struct rst_writer *w, const struct document_node *target);
bool rst_is_written_target(const struct document_node *target, const struct document_write_options *options);
void rst_append_name(struct strbuf *out, struct str name, const struct document_write_options *options);
/* Between the brackets of footnotes, citations and references to them. With a prefix footnotes are numbered by docutils, and their labels are names. */
void rst_append_label(
	struct strbuf *out, enum document_kind kind, struct str label, const struct document_write_options *options);
/* Appends an address fit to stand between angle brackets or behind the colon of a target. */
void rst_append_uri(struct strbuf *out, struct str uri);

#endif
