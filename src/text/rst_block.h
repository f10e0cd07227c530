/* What the block half of the reStructuredText reader shares: lines, the machine that walks over them, and what stands in them. For rst_*.c alone.
 *
 * A machine reads the lines of one element (the document, a list item, a cell, …) from top to bottom and appends what it finds to one node. Functions that read an element begin at the machine's
 * present line and leave it at the first line behind; what they tell back is "blank finish": whether a blank line or the end follows, as docutils wants it between elements. */
#ifndef ASPIS_TEXT_RST_BLOCK_H
#define ASPIS_TEXT_RST_BLOCK_H

#include <stdarg.h>

#include "text/rst_private.h"

/* A line without its line break, tabs expanded, white space at its end gone: blank lines are empty. */
struct rst_line {
	struct str text;
	const size_t *at; /* text.len + 1 offsets in the source */
	size_t number;    /* 1-based */
};

/* Elements deeper than this are unsupported. docutils itself gives up, with an exception, at 100 to 150. */
#define RST_DEPTH_MAX 96

/* How titles look, in the order of their levels: over- and underline, overline 0 where there is none. All printable ASCII punctuation in both ways. */
struct rst_style {
	char overline, underline;
};
struct rst_styles {
	struct rst_style items[64];
	size_t len;
	struct vec marks; /* struct rst_mark: sections and transitions, in their order */
};

/* A section or a transition, and how many messages there were before it: for docutils, messages are elements among others. */
struct rst_mark {
	struct document_node *node;
	size_t messages;
};

struct rst_machine {
	struct rst_reader *reader;
	const struct rst_line *lines;
	size_t len;
	size_t at;       /* the line to be read next */
	size_t text_end; /* of the lines before it, those from a grid table on are neither blank nor indented */
	struct document_node *node; /* what gets the elements */
	struct rst_styles *styles;  /* NULL: no titles and transitions here */
	unsigned depth;
};

/* Lines that were taken from a machine, mostly with their indentation taken off. The array is the block's own; what the lines point to is the document's. */
struct rst_block {
	struct rst_line *lines;
	size_t len;
	bool blank_finish;
	struct rst_line *memory; /* what is freed; lines points into it */
};
void rst_block_release(struct rst_block *block);

/* The lines of the source (rst_lines.c), in the document's arena: also its copy of the source. */
struct rst_line *rst_split_lines(struct rst_reader *reader, size_t *count);

/* The line without its first characters, of which there may be fewer. */
struct rst_line rst_line_skip(struct rst_line line, size_t characters);

/* The part of a line from a byte on, of at most len bytes. */
struct rst_line rst_line_slice(struct rst_line line, size_t start, size_t len);

/* The first byte of a line in the source, and the one behind its last. */
size_t rst_line_start(const struct rst_line *line);
size_t rst_line_end(const struct rst_line *line);

/* The characters of white space at the start of a line. */
size_t rst_line_indent(const struct rst_line *line);

/* How indented lines are taken: see rst_take_*(). */
enum rst_take {
	RST_TAKE_UNTIL_BLANK = 1, /* up to the first blank line only */
	RST_TAKE_KEEP_INDENT = 2, /* but for the first line's */
	RST_TAKE_KEEP_TOP = 4,    /* blank lines at the top stay */
};

/* Takes the indented lines from the present one on (maybe none), with the indentation that all share taken off. */
void rst_take_indented(struct rst_block *out, struct rst_machine *machine);

/* Takes the present line, whose first characters are a marker, and those below that are indented as deep. */
void rst_take_known(struct rst_block *out, struct rst_machine *machine, size_t characters);

/* Takes the present line without its first bytes, and what is indented below it, however deep; flags of enum rst_take. */
void rst_take_first_known(struct rst_block *out, struct rst_machine *machine, size_t bytes, unsigned flags);

/* Takes off blank lines at the end of a block, or of its start. */
void rst_trim_end(struct rst_block *block);
void rst_trim_start(struct rst_block *block);

/* A text of lines, joined by \n, in the document's arena; with the places of its bytes, and without. */
struct rst_text rst_join(struct rst_reader *reader, const struct rst_line *lines, size_t count);
struct str rst_join_plain(struct rst_reader *reader, const struct rst_line *lines, size_t count);

/* What a line begins with, in docutils' order of trial (rst_block_pattern.c). */
enum rst_pattern {
	RST_BLANK,
	RST_INDENT,
	RST_BULLET,
	RST_ENUMERATOR,
	RST_FIELD,
	RST_OPTION,
	RST_DOCTEST,
	RST_LINE_BLOCK,
	RST_GRID_TABLE,
	RST_SIMPLE_TABLE,
	RST_EXPLICIT,
	RST_ANONYMOUS,
	RST_LINE,
	RST_TEXT,
	RST_PATTERN_COUNT,
};
struct rst_match {
	enum rst_pattern pattern;
	size_t end; /* bytes of the marker with the blanks behind it */
};
/* The first pattern that fits; RST_TEXT fits every line. */
struct rst_match rst_match_line(struct str line);

/* Single patterns: the bytes of the marker with the blanks behind it, or 0. */
size_t rst_match_field(struct str line);
bool rst_is_grid_border(struct str line);
bool rst_is_rule(struct str line);                       /* one and the same punctuation character all along */
size_t rst_count(struct str text, size_t start, char c); /* how often c stands in a row from a byte on */

/* Reads all lines of a machine. */
void rst_read_body(struct rst_machine *machine);

/* Reads the lines of a block into a node, by a machine of their own; titles are none there. */
void rst_read_nested(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct document_node *node);

/* Adds an element to the machine's node, or to another parent (may be NULL), that begins with a line; and sets where it ends: with the last line that is not blank before the present one. */
struct document_node *rst_add(struct rst_machine *machine, struct document_node *parent, enum document_kind kind,
	const struct rst_line *line);
void rst_close(struct rst_machine *machine, struct document_node *node);

/* Tells that something is wrong with the lines from first to last (count of lines at least 1). */
void rst_complain(struct rst_machine *machine, enum document_level level, const struct rst_line *first, size_t count,
	const char *format, ...) __attribute__((format(printf, 5, 6)));
void rst_vreport(struct rst_reader *reader, enum document_level level, size_t line, size_t start, size_t end,
	const char *format, va_list args) __attribute__((format(printf, 6, 0)));

/* Tells where an element ended without a blank line behind it. */
void rst_complain_unindent(struct rst_machine *machine, const char *element);

/* Tells that the machine's lines from first up to the present one are valid but unknown, and puts a literal block in their place (parent NULL: the machine's node). */
void rst_give_up(struct rst_machine *machine, struct document_node *parent, size_t first, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The inline elements of a text, or of one line. */
void rst_inline_lines(
	struct rst_machine *machine, struct document_node *node, const struct rst_line *lines, size_t count);

/* Readers of what begins with a pattern. False: the line is ordinary text after all, and nothing was read. */
typedef bool rst_element(struct rst_machine *machine, size_t marker);
rst_element rst_read_bullet_list, rst_read_enumerated_list, rst_read_field_list, rst_read_option_list;
rst_element rst_read_doctest, rst_read_line_block, rst_read_grid_table, rst_read_simple_table;
rst_element rst_read_explicit, rst_read_anonymous, rst_read_rule;

/* Ordinary text: a paragraph, a definition list or a title. */
void rst_read_text(struct rst_machine *machine);
void rst_read_definition_list(struct rst_machine *machine);

/* A title with an underline alone: true if it was one, or an error; false if the two lines are text (rst_block_title.c). */
bool rst_read_underlined(struct rst_machine *machine);

/* A literal block behind "::", from the present line on. */
void rst_read_literal(struct rst_machine *machine);

/* Block quotes of lines whose indentation was taken off, with attributions; appended to parent. */
void rst_read_quotes(
	struct rst_machine *machine, const struct rst_line *lines, size_t count, struct document_node *parent);

/* Goes back from the section that was read last to the document. */
void rst_leave_sections(struct rst_machine *machine);

/* Remembers a section or transition that begins after so many messages. */
void rst_mark(struct rst_machine *machine, struct document_node *node, size_t messages);

/* Judges where transitions stand, when all is read and nothing resolved; then, when all is resolved, moves those that end sections up, and tells which stand where none may. The machine is that of
 * the document; the vector is made by the one and released by the other (rst_block_transition.c). */
void rst_judge_transitions(struct rst_machine *machine, struct vec *transitions);
void rst_settle_transitions(struct rst_machine *machine, struct vec *transitions);

/* Tells of directives "class" that no element follows (rst_directive_class.c). */
void rst_classes_init(struct rst_reader *reader);
void rst_settle_classes(struct rst_reader *reader);
void rst_classes_release(struct rst_reader *reader);

/* The item of a bullet or enumerated list: the present line, with a marker of so many bytes, and what belongs to it. */
bool rst_read_item(struct rst_machine *machine, struct document_node *list, size_t marker);

#endif
