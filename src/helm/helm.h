/* Helm templates read as they stand (ARCHITECTURE decision 13): the YAML around the actions, located. Each action is blanked in place, byte for byte, so that what is
 * left is YAML with holes; what still cannot be read is unknown, and never a finding. expand.h says what they come to with given values. */
#ifndef ASPIS_HELM_HELM_H
#define ASPIS_HELM_HELM_H

#include "base/json_writer.h"
#include "base/map.h"
#include "base/vec.h"
#include "helm/template.h"
#include "yaml/node.h"

/* Where a pair stands: its key, and the keys of the mappings around it, from the innermost to the document's own (the items of a sequence stand where
 * the sequence does). A key that has a hole is as it is written. */
struct helm_path {
	const struct helm_path *outer; /* NULL: a key of the document itself */
	struct str key;
};

/* How much of a pair is of interest; the rest is not expanded. */
enum helm_care {
	HELM_SKIP, /* nothing of it, insertions included: labels, say */
	HELM_DESCEND, /* what is of interest below it, insertions included (they may bring anything); of a scalar nothing */
	HELM_NAMES, /* the pairs right below it (`name_only`), but not their values, which may be left unknown; insertions included */
	HELM_KEEP, /* all of it; nothing below is asked for */
};

/* Says so of a pair of a document of the file's own body, and of a named template by the place where it is inserted. NULL: everything is kept. */
typedef enum helm_care helm_interest(const struct helm_path *path);

/* Where collections stand of which not all is of interest: whole text that names the path, and the path of which they are the value (NULL: a document). */
struct helm_place {
	struct str key;
	const struct helm_path *path;
};

/* An action that stands for YAML of its own, alone on its line: what it prints is pairs of a mapping or items of a sequence, or the value of a key that has
 * none, whichever its indentation says. */
struct helm_insertion {
	const struct template_node *node; /* TEMPLATE_ACTION or TEMPLATE_CALL */
	uint32_t column; /* 0-based, that its first line gets: of nindent and indent, else where it stands */
	/* It stands in the column of the key above, so that it may be items for that key as well as pairs beside it: it is a member of both, and counts for
	 * one only when its kind is known. */
	bool beside;
};

/* A part of a collection in the order of the text: a pair, an item or an insertion; the others are NULL. */
struct helm_member {
	uint32_t start,
		end; /* bytes of the source; of a pair from its key to the end of its value and all that is inserted there */
	const struct node_pair *pair;
	const struct node *item;
	const struct helm_insertion *insertion;
	const struct helm_collection *
		inside; /* what the value or item holds: of a mapping, a sequence, or insertions below a key without value; NULL: a scalar, or of no interest */
	bool matters;   /* it, or something inside, is of interest */
	bool name_only; /* of its value nothing is: HELM_NAMES of the pair around it */
};
struct helm_collection {
	uint32_t start, end;
	const struct node *node; /* NULL: of insertions alone, or of documents */
	struct vec members;      /* struct helm_member, sorted by start; its items live in the arena */
	bool matters;            /* some member does */
	uint32_t reach;          /* the start of the last member that matters */
	/* Of one with insertions: what decides on the interest in what they bring; NULL: all of it is of interest. */
	const struct helm_place *place;
};

/* An arm of an `if` that a reading leaves out. */
struct helm_arm {
	const struct template_list *list;
	const struct helm_arm *next;
};

/* Documents that were read together. Where both arms of an `if` cannot stand in one tree, each is read in a reading of its own, without the other. */
struct helm_reading {
	const struct helm_collection *documents; /* items are roots; without one: insertions alone */
	const struct helm_arm *without;          /* NULL: nothing */
	uint32_t group;                          /* not 0: readings of the same group are of the same text */
};

struct helm_range {
	uint32_t start, end;
};

/* The body of the file, or of a named template. */
struct helm_fragment {
	const struct template_list *list;
	const struct template_define *define; /* NULL: the file's own body */
	struct vec documents;                 /* struct helm_member: item is the root; of all readings */
	struct vec readings;                  /* struct helm_reading */
	bool unreadable;                      /* some document could not be read */
	struct helm_template *late; /* private: whose it is, where it is read when it is asked for; else NULL */
	bool is_read;               /* private: it has been, as a whole */
	struct map
		by_place; /* private: struct helm_fragment *, what is of interest in it at a place, by the key of that */
};

struct helm_template {
	const struct source *source;
	const struct template *syntax;
	struct vec fragments;          /* struct helm_fragment, the file's own first; they live in the arena */
	struct map fragment_by_define; /* struct helm_fragment *, by name */
	bool gave_up;       /* no template, or its own body is unreadable; a named template may be any text */
	struct str problem; /* why; absent unless it gave up */
	uint32_t problem_at;
	struct vec actions;      /* private: struct helm_range, where there is no text */
	struct arena late;       /* private: what is read when it is asked for */
	helm_interest *interest; /* private: what it was read with */
};

/* Never NULL. The source (UTF-8, any line ends) must outlive the arena. Vectors, and what is read late, are released by helm_template_release(). With an
 * interest, members that do not matter may be missing, and named templates are not read before they are asked for. */
struct helm_template *helm_read(struct arena *arena, const struct source *source, helm_interest *interest);

/* The same for many files one after the other: scratch is another arena, in which nothing lies, before and after. */
struct helm_template *helm_read_next(
	struct arena *arena, struct arena *scratch, const struct source *source, helm_interest *interest);
void helm_template_release(struct helm_template *read);

/* What a named template holds, or NULL; with a place, what of it is of interest there. It may be read now: no two threads may ask for those of one file at
 * once. */
const struct helm_fragment *helm_named(
	const struct helm_template *read, struct str name, const struct helm_place *place);

/* Whether a scalar holds an action. */
bool helm_has_hole(const struct helm_template *read, const struct node *scalar);

/* Whether any action has a part in [start, end). */
bool helm_has_action(const struct helm_template *read, uint32_t start, uint32_t end);

/* The source without its actions: as many bytes, lines where they were. Holes in text are 'x', other actions blanks; those that
 * follow a block scalar begin with a '#', and what stands behind actions at the head of a line has a line break of its own before it. For tests and for who wonders. */
struct str helm_blanked(struct arena *arena, const struct template *syntax);

/* Calls visit for each use of a values path in any action: .Values.a.b, $.Values.a.b, index .Values "a" "b", and .b within {{ with .Values.a }}. The path
 * lives until the call returns. */
typedef void helm_use_visitor(void *context, struct str dotted, struct span span);
void helm_each_use(const struct helm_template *read, helm_use_visitor *visit, void *context);

/* Writes the documents of the file's own body as a JSON array: YAML values as `aspis debug yaml` has them, {"$hole": "text of the action"} for a scalar that is one action,
 * {"$parts": ["text", {"$hole": …}, …]} for one that mixes, "$insert" (an array of holes) as a key or {"$insert": hole} as an item for insertions. A key with actions is written as it
 * stands in the template. The second writes one document alone. */
void helm_write_json(struct json_writer *json, const struct helm_template *read);
void helm_write_document(
	struct json_writer *json, const struct helm_template *read, const struct helm_member *document);

#endif
