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

/* Blocks in blocks are written as deep as this (XML apart), and inlines in inlines: of what nests deeper, the plain text is. Bounds the depth of recursion, and the size of what is written. */
#define WRITE_DEPTH_MAX 60

/* Whether blocks nest by this kind: lists, quotes, admonitions, tables, sections. */
bool write_is_container(enum document_kind kind);

/* Appends the plain text below an element on one line, white space in runs being one blank, as escape_plain() shows it. */
void write_plain_line(struct strbuf *out, const struct document_node *node);

/* What stands above an admonition that brings no title of its own: "Warning". */
void write_admonition_title(struct strbuf *out, enum document_kind kind);

/* The first child of a kind, or NULL. */
const struct document_node *write_child(const struct document_node *node, enum document_kind kind);

/* Whether an element is written at all: comments are not, nor targets that only give a name to something else. */
bool write_is_shown(const struct document_node *node);

/* The first child that is shown and no title, label or attribution. NULL: none. */
const struct document_node *write_first_block(const struct document_node *node);

/* Whether it holds one paragraph and nothing else, so that its text can stand without a paragraph's space around it. */
bool write_is_single_paragraph(const struct document_node *node);

/* Whether the items of a list can follow each other without blank lines: each holds at most a paragraph and, behind it, lists. */
bool write_is_tight(const struct document_node *list);

/* Whether nothing below an element is seen: no text, no item, cell or transition. */
bool write_is_empty(const struct document_node *node);

/* Lines of what docutils and MyST read: they refuse those of more than 10,000 characters. */
#define WRITE_LINE_MAX 8000

/* Where a line of text that is too long is to be broken: at a blank where there is one (*blank), else at a character. line.len where it is short enough. */
size_t write_break(struct str line, bool *blank);

/* Without white space (Unicode's) at both ends. */
struct str write_trim(struct str text);

/* The number of an item in an enumerated list as its enumerator shows it, without prefix and suffix. Arabic where the kind of enumeration has no such number. */
void write_enumerator(struct strbuf *out, const struct document_node *list, long number);

/* The language of a literal block for highlighting, where it is one that Pygments knows by this name and no more than a name; else absent. */
struct str write_language(const struct document_node *literal_block);

#endif
