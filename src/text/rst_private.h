/* What the files of the reStructuredText reader share. For rst_*.c alone. Blocks (rst_block*.c, rst_table.c, rst_directive.c, …) build the tree and call rst_inline() for the text of each; what refers to
 * something else is resolved at the end, when all targets are known (rst_resolve()). */
#ifndef ASPIS_TEXT_RST_PRIVATE_H
#define ASPIS_TEXT_RST_PRIVATE_H

#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "text/rst.h"

/* A piece of text with the place of each of its bytes: tabs are expanded, form feeds blanks, white space at the ends of lines gone, indentation taken off; lines are separated by \n. */
struct rst_text {
	struct str text;
	const size_t *at; /* len + 1 offsets in the source: of each byte, and of the end */
	size_t line;      /* of its first byte, 1-based */
};

struct rst_reader {
	struct document *document;
	const struct rst_options *options; /* never NULL */
	struct str source;
	/* What explicit markup declares and inline markup refers to: private to rst_reference.c. */
	struct rst_references *references;
	/* Directives "class" that mean the next element: private to rst_directive_class.c. */
	struct vec classes;
};

/* Characters as docutils sees them, which is as Python does (rst_character.c). White space is what Python's str.isspace() tells; a simple name is letters, digits and numbers, with
 * single -, _, ., + or : between them. */
bool rst_is_space(uint32_t codepoint);
bool rst_is_word(uint32_t codepoint);    /* \w without the underscore */
size_t rst_simple_name(struct str text); /* the bytes of a simple name at the start of text; 0: none */
struct str rst_strip(struct str text);   /* without white space at both ends */
bool rst_is_in_lower_case(struct str text, const char *lower); /* lower is text, once ASCII's capitals are small */

/* Whether a character takes two columns, or none of its own, by docutils' rule (Unicode's East Asian width, combining classes); and the columns that a text takes. */
bool rst_is_wide(uint32_t codepoint);
bool rst_is_combining(uint32_t codepoint);
size_t rst_column_width(struct str text);

/* Appends the inline elements of a text to parent, and records what they refer to (rst_inline.c). */
void rst_inline(struct rst_reader *reader, struct document_node *parent, const struct rst_text *text);

/* Messages and what is unsupported, at bytes of the source (rst.c). */
void rst_report(struct rst_reader *reader, enum document_level level, size_t line, size_t start, size_t end,
	const char *format, ...) __attribute__((format(printf, 6, 7)));
void rst_unsupported(struct rst_reader *reader, size_t line, size_t start, size_t end, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Names as docutils compares them: lower case, white space normalized; and the ids that it makes of them (rst_name.c). In the document's arena. */
struct str rst_normalize_name(struct rst_reader *reader, struct str name);
struct str rst_make_id(struct rst_reader *reader, struct str name);
struct str rst_normalize_space(struct rst_reader *reader, struct str name); /* in its own case */
/* A text with the backslashes taken off as inline markup does, an escaped blank vanishing with its own; line feeds go too unless keep_lines. In the document's arena. */
struct str rst_unescape(struct rst_reader *reader, struct str text, bool keep_lines);

/* Roles (rst_role.c): docutils' own, the host's, and those that the text defines. What stands in a defined one is read as a role of the host. */
bool rst_knows_role(struct rst_reader *reader, struct str name);
void rst_declare_role(struct rst_reader *reader, struct str name);     /* ".. role:: name" */
void rst_set_default_role(struct rst_reader *reader, struct str name); /* of `text`; empty: title-reference */

/* What blocks declare (rst_reference.c). The elements are in the tree or will be; duplicates are judged as docutils does, at once. */
void rst_declare_section(struct rst_reader *reader, struct document_node *section, const struct document_node *title);
/* ".. _name: block", with what stands behind the colon: a URI, an indirect "other_", or nothing (the next element is meant). The target has its place in the tree already; its name is
 * the one written, with escapes resolved and not normalized; absent and `anonymous` for "__ block". block is as written, escapes and all; its lines keep their indentation. */
void rst_declare_target(struct rst_reader *reader, struct document_node *target, const struct rst_text *block);
/* Another explicit name of any element, as written (":name: My picture"). */
void rst_declare_name(struct rst_reader *reader, struct document_node *element, struct str name);
void rst_declare_footnote(struct rst_reader *reader, struct document_node *footnote, struct str label);
void rst_declare_citation(struct rst_reader *reader, struct document_node *citation, struct str label);
void rst_declare_substitution(struct rst_reader *reader, struct str name, size_t line, size_t start, size_t end);

/* Resolves references, footnotes, citations and substitutions; ids of all elements are final then. */
void rst_references_init(struct rst_reader *reader);
void rst_resolve(struct rst_reader *reader);
void rst_references_release(struct rst_reader *reader);

#endif
