/* What refers to what. For rst_reference*.c, rst_inline*.c and rst_role.c alone.
 *
 * docutils notes while it reads, and resolves at the end in passes of a fixed order; which pass comes first decides on what is an error. So the same notes are kept here. */
#ifndef ASPIS_TEXT_RST_REFERENCE_PRIVATE_H
#define ASPIS_TEXT_RST_REFERENCE_PRIVATE_H

#include "text/rst_private.h"

struct rst_entry;

/* A list of elements, in the order in which they were noted. */
struct rst_entry_link {
	struct rst_entry *entry;
	struct rst_entry_link *next;
};
struct rst_entries {
	struct rst_entry_link *first, **last; /* last: where the next one is linked; NULL: none yet */
};

/* Names or ids of an element. They move to another one as a whole. */
struct rst_word {
	struct str text;
	struct rst_word *next;
};
struct rst_words {
	struct rst_word *first, **last;
};

/* An element that has a name or refers to one. */
struct rst_entry {
	struct document_node *node;
	size_t line;
	struct rst_words names, ids;
	struct str duplicate; /* a name that it lost to another element; absent: none */
	struct str refname, refuri, refid;
	char automatic; /* of footnotes and their references: '#' numbered, '*' by symbols, 0 neither */
	bool referenced, resolved;
	bool on_the_way; /* its own indirect target is being looked for */
};

/* What is known of a name. */
struct rst_named {
	struct rst_entry *owner; /* NULL: nothing, or several */
	bool is_known;           /* some element has or had it */
	bool is_explicit;
	bool has_id; /* an id was noted; it is absent where the name has become ambiguous */
	struct str id;
	struct rst_entry *origin; /* the target that handed it on to the element behind it */
	struct rst_entries references, footnote_references, citation_references;
};

struct rst_identified {
	struct rst_entry *owner;
	struct rst_entry *origin;
	struct rst_entries references;
};

struct rst_references {
	struct map names;         /* struct rst_named */
	struct map ids;           /* struct rst_identified */
	struct map id_counters;   /* prefix: size_t */
	struct map entries;       /* by the bytes of the element's address: struct rst_entry */
	struct map substitutions; /* names of definitions: any value; and the same in lower case */
	struct map folded;
	struct vec indirect_targets; /* struct rst_entry * each */
	struct vec substitution_references;
	struct vec automatic_footnotes, automatic_references;
	struct vec symbol_footnotes, symbol_references;
	struct vec footnotes, citations;
	struct map roles;        /* by names in lower case: what `.. role::` defined */
	struct str default_role; /* empty: title-reference */
	size_t line_at, line;    /* a byte of the source, and its line: where it was asked for last */
};

/* The entry of an element, made if there is none. */
struct rst_entry *rst_entry(struct rst_reader *reader, struct document_node *node);

/* The notes of a name or id, made if there are none. */
struct rst_named *rst_named(struct rst_reader *reader, struct str name);
struct rst_identified *rst_identified(struct rst_reader *reader, struct str id);

void rst_entries_add(struct rst_reader *reader, struct rst_entries *entries, struct rst_entry *entry);
void rst_words_add(struct rst_reader *reader, struct rst_words *words, struct str text);
void rst_words_move(struct rst_words *to, struct rst_words *from);

/* Gives an element an id if it has none, and notes it for its names. */
void rst_set_id(struct rst_reader *reader, struct rst_entry *entry);

/* Notes an element's names; who had one before is judged. */
void rst_note_explicit(struct rst_reader *reader, struct rst_entry *entry);

/* A name that nothing but a title or embedded link gives. */
void rst_note_implicit(struct rst_reader *reader, struct rst_entry *entry);

/* The entry of an element, with one name more unless it is absent. */
struct rst_entry *rst_declare(struct rst_reader *reader, struct document_node *node, struct str name);

/* Notes a target that leads to another one, if it does: it is one of the references to that name. */
void rst_note_indirect(struct rst_reader *reader, struct rst_entry *entry);

/* Notes that inline markup refers to a (normalized) name: element, its name, the line. */
void rst_note_reference(struct rst_reader *reader, struct document_node *node, struct str refname, size_t line);
void rst_note_footnote_reference(struct rst_reader *reader, struct document_node *node, struct str label, size_t line);
void rst_note_citation_reference(struct rst_reader *reader, struct document_node *node, struct str label, size_t line);
void rst_note_substitution(struct rst_reader *reader, struct document_node *node, struct str name, size_t line);

/* Notes targets in a text: `_`x`` by its name, and what `x <uri>`_ declares (refname absent) or `x <name_>`_. Names are those of the nodes. */
void rst_note_inline_target(struct rst_reader *reader, struct document_node *target, size_t line);
void rst_note_embedded_target(struct rst_reader *reader, struct document_node *target, struct str refname, size_t line);

/* An entry's text is refid; it is one of the references of that id from now on. */
void rst_note_refid(struct rst_reader *reader, struct rst_entry *entry, struct str refid);

/* Marks what was referred to by a name or an id (the other one absent), and the target that handed it on. */
void rst_mark_referenced(struct rst_reader *reader, struct rst_entry *entry, struct str name, struct str id);

/* The line of an element. Those that blocks declare come without one. */
size_t rst_line_of_entry(struct rst_reader *reader, const struct rst_entry *entry);

/* Reports at an element. */
void rst_report_entry(struct rst_reader *reader, enum document_level level, const struct rst_entry *entry,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The passes of rst_resolve() in docutils' order (rst_reference_target.c, rst_reference_footnote.c). */
void rst_propagate_targets(struct rst_reader *reader);
void rst_resolve_anonymous(struct rst_reader *reader);
void rst_resolve_indirect(struct rst_reader *reader);
void rst_resolve_footnotes(struct rst_reader *reader);
void rst_resolve_external(struct rst_reader *reader);
void rst_resolve_internal(struct rst_reader *reader);

/* Reports what cannot be resolved and shows it as problematic; not where something is unsupported, which might hold what is missed. */
void rst_report_unresolved(struct rst_reader *reader, struct rst_entry *entry, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The reference leads to a URI or to an element of the document (the other one absent). */
void rst_lead_to(struct rst_reader *reader, struct rst_entry *entry, struct str uri, struct str refid);

#endif
