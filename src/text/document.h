/* The one tree of prose: what a reader (rst.h, markdown.h) makes of a text and the writers (document_write.h) turn into a format. Names of elements are those of docutils (its
 * "Document Tree"), so that both can be compared. */
#ifndef ASPIS_TEXT_DOCUMENT_H
#define ASPIS_TEXT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

/* What may stand in an element. */
enum document_content {
	DOCUMENT_HOLDS_BLOCKS,  /* the root, sections, list items, … */
	DOCUMENT_HOLDS_INLINES, /* paragraphs, titles, emphasis, … */
	DOCUMENT_HOLDS_TEXT,    /* `text` of its own and nothing else */
	DOCUMENT_HOLDS_NOTHING,
};

/* enumerator, docutils' name, whether it is a block, what it holds. */
#define DOCUMENT_KINDS(ROW)                                                                                                                             \
	ROW(DOCUMENT_ROOT, "document", true, DOCUMENT_HOLDS_BLOCKS)                                                                                     \
	ROW(DOCUMENT_SECTION, "section", true, DOCUMENT_HOLDS_BLOCKS)                                                                                   \
	ROW(DOCUMENT_TITLE, "title", true, DOCUMENT_HOLDS_INLINES)                                                                                      \
	ROW(DOCUMENT_SUBTITLE, "subtitle", true, DOCUMENT_HOLDS_INLINES)                                                                                \
	ROW(DOCUMENT_PARAGRAPH, "paragraph", true, DOCUMENT_HOLDS_INLINES)                                                                              \
	ROW(DOCUMENT_BULLET_LIST, "bullet_list", true, DOCUMENT_HOLDS_BLOCKS)                                                                           \
	ROW(DOCUMENT_ENUMERATED_LIST, "enumerated_list", true, DOCUMENT_HOLDS_BLOCKS)                                                                   \
	ROW(DOCUMENT_LIST_ITEM, "list_item", true, DOCUMENT_HOLDS_BLOCKS)                                                                               \
	ROW(DOCUMENT_DEFINITION_LIST, "definition_list", true, DOCUMENT_HOLDS_BLOCKS)                                                                   \
	ROW(DOCUMENT_DEFINITION_LIST_ITEM, "definition_list_item", true, DOCUMENT_HOLDS_BLOCKS)                                                         \
	ROW(DOCUMENT_TERM, "term", true, DOCUMENT_HOLDS_INLINES)                                                                                        \
	ROW(DOCUMENT_CLASSIFIER, "classifier", true, DOCUMENT_HOLDS_INLINES)                                                                            \
	ROW(DOCUMENT_DEFINITION, "definition", true, DOCUMENT_HOLDS_BLOCKS)                                                                             \
	ROW(DOCUMENT_FIELD_LIST, "field_list", true, DOCUMENT_HOLDS_BLOCKS)                                                                             \
	ROW(DOCUMENT_FIELD, "field", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_FIELD_NAME, "field_name", true, DOCUMENT_HOLDS_INLINES)                                                                            \
	ROW(DOCUMENT_FIELD_BODY, "field_body", true, DOCUMENT_HOLDS_BLOCKS)                                                                             \
	ROW(DOCUMENT_OPTION_LIST, "option_list", true, DOCUMENT_HOLDS_BLOCKS)                                                                           \
	ROW(DOCUMENT_OPTION_LIST_ITEM, "option_list_item", true, DOCUMENT_HOLDS_BLOCKS)                                                                 \
	ROW(DOCUMENT_OPTION_GROUP, "option_group", true, DOCUMENT_HOLDS_BLOCKS)                                                                         \
	ROW(DOCUMENT_OPTION, "option", true, DOCUMENT_HOLDS_BLOCKS)                                                                                     \
	ROW(DOCUMENT_OPTION_STRING, "option_string", true, DOCUMENT_HOLDS_INLINES)                                                                      \
	ROW(DOCUMENT_OPTION_ARGUMENT, "option_argument", true, DOCUMENT_HOLDS_INLINES)                                                                  \
	ROW(DOCUMENT_DESCRIPTION, "description", true, DOCUMENT_HOLDS_BLOCKS)                                                                           \
	ROW(DOCUMENT_LITERAL_BLOCK, "literal_block", true, DOCUMENT_HOLDS_TEXT)                                                                         \
	ROW(DOCUMENT_DOCTEST_BLOCK, "doctest_block", true, DOCUMENT_HOLDS_TEXT)                                                                         \
	ROW(DOCUMENT_LINE_BLOCK, "line_block", true, DOCUMENT_HOLDS_BLOCKS)                                                                             \
	ROW(DOCUMENT_LINE, "line", true, DOCUMENT_HOLDS_INLINES)                                                                                        \
	ROW(DOCUMENT_BLOCK_QUOTE, "block_quote", true, DOCUMENT_HOLDS_BLOCKS)                                                                           \
	ROW(DOCUMENT_ATTRIBUTION, "attribution", true, DOCUMENT_HOLDS_INLINES)                                                                          \
	ROW(DOCUMENT_ATTENTION, "attention", true, DOCUMENT_HOLDS_BLOCKS)                                                                               \
	ROW(DOCUMENT_CAUTION, "caution", true, DOCUMENT_HOLDS_BLOCKS)                                                                                   \
	ROW(DOCUMENT_DANGER, "danger", true, DOCUMENT_HOLDS_BLOCKS)                                                                                     \
	ROW(DOCUMENT_ERROR, "error", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_HINT, "hint", true, DOCUMENT_HOLDS_BLOCKS)                                                                                         \
	ROW(DOCUMENT_IMPORTANT, "important", true, DOCUMENT_HOLDS_BLOCKS)                                                                               \
	ROW(DOCUMENT_NOTE, "note", true, DOCUMENT_HOLDS_BLOCKS)                                                                                         \
	ROW(DOCUMENT_TIP, "tip", true, DOCUMENT_HOLDS_BLOCKS)                                                                                           \
	ROW(DOCUMENT_WARNING, "warning", true, DOCUMENT_HOLDS_BLOCKS)                                                                                   \
	ROW(DOCUMENT_ADMONITION, "admonition", true, DOCUMENT_HOLDS_BLOCKS)                                                                             \
	ROW(DOCUMENT_TABLE, "table", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_TGROUP, "tgroup", true, DOCUMENT_HOLDS_BLOCKS)                                                                                     \
	ROW(DOCUMENT_COLSPEC, "colspec", true, DOCUMENT_HOLDS_NOTHING)                                                                                  \
	ROW(DOCUMENT_THEAD, "thead", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_TBODY, "tbody", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_ROW, "row", true, DOCUMENT_HOLDS_BLOCKS)                                                                                           \
	ROW(DOCUMENT_ENTRY, "entry", true, DOCUMENT_HOLDS_BLOCKS)                                                                                       \
	ROW(DOCUMENT_TRANSITION, "transition", true, DOCUMENT_HOLDS_NOTHING)                                                                            \
	ROW(DOCUMENT_COMMENT, "comment", true, DOCUMENT_HOLDS_TEXT)                                                                                     \
	ROW(DOCUMENT_FOOTNOTE, "footnote", true, DOCUMENT_HOLDS_BLOCKS)                                                                                 \
	ROW(DOCUMENT_CITATION, "citation", true, DOCUMENT_HOLDS_BLOCKS)                                                                                 \
	ROW(DOCUMENT_LABEL, "label", true, DOCUMENT_HOLDS_INLINES)                                                                                      \
	ROW(DOCUMENT_RUBRIC, "rubric", true, DOCUMENT_HOLDS_INLINES)                                                                                    \
	/* Explicit, implicit-inline and anonymous targets: `name`, `target`. A block outside a paragraph, an inline in one. */                         \
	ROW(DOCUMENT_TARGET, "target", true, DOCUMENT_HOLDS_INLINES)                                                                                    \
	ROW(DOCUMENT_TEXT, "#text", false, DOCUMENT_HOLDS_TEXT)                                                                                         \
	ROW(DOCUMENT_EMPHASIS, "emphasis", false, DOCUMENT_HOLDS_INLINES)                                                                               \
	ROW(DOCUMENT_STRONG, "strong", false, DOCUMENT_HOLDS_INLINES)                                                                                   \
	ROW(DOCUMENT_LITERAL, "literal", false, DOCUMENT_HOLDS_TEXT)                                                                                    \
	ROW(DOCUMENT_TITLE_REFERENCE, "title_reference", false, DOCUMENT_HOLDS_INLINES)                                                                 \
	ROW(DOCUMENT_SUBSCRIPT, "subscript", false, DOCUMENT_HOLDS_INLINES)                                                                             \
	ROW(DOCUMENT_SUPERSCRIPT, "superscript", false, DOCUMENT_HOLDS_INLINES)                                                                         \
	ROW(DOCUMENT_ABBREVIATION, "abbreviation", false, DOCUMENT_HOLDS_INLINES)                                                                       \
	ROW(DOCUMENT_ACRONYM, "acronym", false, DOCUMENT_HOLDS_INLINES)                                                                                 \
	ROW(DOCUMENT_MATH, "math", false, DOCUMENT_HOLDS_TEXT)                                                                                          \
	/* `target`: the URI; `refid`: the element of this document instead. */                                                                         \
	ROW(DOCUMENT_REFERENCE, "reference", false, DOCUMENT_HOLDS_INLINES)                                                                             \
	ROW(DOCUMENT_FOOTNOTE_REFERENCE, "footnote_reference", false, DOCUMENT_HOLDS_INLINES)                                                           \
	ROW(DOCUMENT_CITATION_REFERENCE, "citation_reference", false, DOCUMENT_HOLDS_INLINES)                                                           \
	/* Interpreted text of a role that the host (Sphinx) gives a meaning: `name` is the role, `target` what it points to, the children its text. */ \
	ROW(DOCUMENT_ROLE, "role", false, DOCUMENT_HOLDS_INLINES)                                                                                       \
	ROW(DOCUMENT_LINE_BREAK, "line_break", false, DOCUMENT_HOLDS_NOTHING) /* of Markdown; RST has line blocks */                                    \
	ROW(DOCUMENT_PROBLEMATIC, "problematic", false, DOCUMENT_HOLDS_INLINES)

enum document_kind {
#define DOCUMENT_ENUMERATOR(enumerator, name, block, content) enumerator,
	DOCUMENT_KINDS(DOCUMENT_ENUMERATOR)
#undef DOCUMENT_ENUMERATOR
		DOCUMENT_KIND_COUNT,
};

const char *document_kind_name(enum document_kind kind);
bool document_kind_is_block(enum document_kind kind);
enum document_content document_kind_content(enum document_kind kind);
bool document_kind_is_admonition(enum document_kind kind); /* the ten of them */

/* How enumerators of a list look; the values are docutils' names in document_enumeration_name(). */
enum document_enumeration {
	DOCUMENT_ARABIC,
	DOCUMENT_LOWER_ALPHA,
	DOCUMENT_UPPER_ALPHA,
	DOCUMENT_LOWER_ROMAN,
	DOCUMENT_UPPER_ROMAN,
};
const char *document_enumeration_name(enum document_enumeration enumeration);

struct document_node {
	enum document_kind kind;
	struct document_node *parent;
	struct document_node *first_child;
	struct document_node *last_child;
	struct document_node *next;
	struct str
		text; /* of what holds text: with escapes resolved; lines of literal blocks separated by \n, none at the end */
	struct str
		name; /* role, name of a target or reference (normalized as docutils does), language of a literal block, bullet of a bullet list */
	struct str target;                     /* URI of references and targets */
	struct str refid;                      /* id of the element that a reference points to */
	struct str id;                         /* its own id, as docutils makes it; absent: none */
	enum document_enumeration enumeration; /* of an enumerated list */
	long start_number;                     /* of an enumerated list: its first number, mostly 1 */
	struct str prefix, suffix;             /* of an enumerated list: "(" and ")" */
	unsigned more_columns, more_rows;      /* of a table's entry: how many cells more it spans */
	unsigned width;                        /* of a colspec */
	bool anonymous;                        /* of a target or reference */
	size_t start, end;                     /* bytes of the text that was read: what a reader would underline */
};

/* docutils' levels of system messages, in their order. */
#define DOCUMENT_LEVELS(ROW)                                                                                           \
	ROW(DOCUMENT_LEVEL_DEBUG, "debug")                                                                             \
	ROW(DOCUMENT_LEVEL_INFO, "info")                                                                               \
	ROW(DOCUMENT_LEVEL_WARNING, "warning")                                                                         \
	ROW(DOCUMENT_LEVEL_ERROR, "error")                                                                             \
	ROW(DOCUMENT_LEVEL_SEVERE, "severe")

enum document_level {
#define DOCUMENT_LEVEL_ENUMERATOR(enumerator, name) enumerator,
	DOCUMENT_LEVELS(DOCUMENT_LEVEL_ENUMERATOR)
#undef DOCUMENT_LEVEL_ENUMERATOR
};
const char *document_level_name(enum document_level level);

struct document_message {
	enum document_level level;
	struct str text;   /* what is wrong, what follows, what to write instead; in our own words */
	size_t line;       /* 1-based, of the text that was read */
	size_t start, end; /* bytes of the text that was read */
};

/* Valid, but outside the subset: what it is ("directive \"csv-table\"") and where. The tree around it is complete; in its place stands a literal block with its source text, so that
 * nothing is lost. */
struct document_unsupported {
	struct str what;
	size_t line;
	size_t start, end;
};

struct document {
	struct arena arena;
	struct document_node *root; /* never NULL; where messages of ERROR and above are there, it is not to be shown */
	struct vec messages;        /* struct document_message, by start */
	struct vec unsupported;     /* struct document_unsupported, by start */
};

struct document *document_new(void) __attribute__((returns_nonnull, warn_unused_result));
void document_free(struct document *document); /* accepts NULL */

/* The worst level of its messages; DOCUMENT_LEVEL_DEBUG where there are none. */
enum document_level document_worst(const struct document *document);

/* An element at the end of a parent's children (parent NULL: a detached one). Texts are borrowed, and must live as long as the document. */
struct document_node *document_add(struct document *document, struct document_node *parent, enum document_kind kind);
struct document_node *document_add_text(struct document *document, struct document_node *parent, struct str text);

/* Moves a detached element behind the last child of parent. */
void document_append(struct document_node *parent, struct document_node *child);

/* The next element in document order below root (root itself first: pass NULL); NULL at the end. Needs no memory, so that depth is no matter. */
struct document_node *document_next(const struct document_node *root, const struct document_node *node);

/* Appends the plain text below an element, as docutils' astext() gives it: blocks separated by a blank line, lines and terms by a line break. */
struct strbuf;
void document_plain_text(struct strbuf *out, const struct document_node *root);

#endif
