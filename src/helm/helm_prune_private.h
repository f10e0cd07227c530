/* Private to helm_prune*.c: one goes over the text, one reads lines, one knows collections, one puts together what is kept. */
#ifndef ASPIS_HELM_HELM_PRUNE_PRIVATE_H
#define ASPIS_HELM_HELM_PRUNE_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "helm/helm_prune.h"

#define PRUNE_DASHES_MAX 8

/* What stands behind a key, or behind a dash, on its line. */
enum prune_value {
	PRUNE_NOTHING,
	PRUNE_SCALAR,
	PRUNE_FLOW,  /* a flow collection, whole */
	PRUNE_BLOCK, /* the head of a block scalar */
	PRUNE_KEY,
};

/* A line of block collections, by columns. */
struct prune_line {
	uint32_t dashes[PRUNE_DASHES_MAX];
	size_t dash_count;
	enum prune_value content; /* behind the dashes */
	uint32_t key_start, key_end;
	struct str key;         /* without quotes */
	enum prune_value value; /* behind the key */
};

/* Reads a line that has text; indent is the column of its first. False where it is anything but a key or an item that is complete, but for block scalars. */
bool prune_read_line(struct prune_line *out, struct str line, uint32_t indent);

/* A line of the blanked text; the last of a vector of them stands for its end. */
struct kept_line {
	uint32_t start; /* in that text */
	bool kept;
	bool empty; /* nothing but a comment, or blanks: never kept but behind a block scalar */
};

/* Whether each line of a text is one for YAML, too, which knows more line breaks than the line feed. */
bool prune_is_in_lines(struct str text);

/* The kept lines (of struct kept_line) one after another. */
struct str prune_text(struct arena *arena, const struct helm_blank *blank, const struct vec *lines);

/* Where they stand: there are so many. */
void prune_find_pieces(struct helm_extract *out, struct arena *arena, const struct helm_blank *blank,
	const struct vec *lines, size_t kept);

#define PRUNE_LEVELS_MAX 64

/* What is kept of something. */
enum prune_care { CARE_ASK, CARE_ALL, CARE_NOTHING };

/* Where something begins: its line, and the first insertion from there on. */
struct prune_place {
	size_t line, insertion;
};

/* A block collection that is open. */
struct prune_level {
	uint32_t column;
	bool is_sequence;
	bool in_item; /* of a sequence: it begins on the line of the item's dash, mostly */
	bool has_first, has_second;
	enum prune_care care;          /* of its members */
	const struct helm_path *owner; /* the pair whose value it is in */
	/* The last member so far. */
	struct helm_path path;
	struct prune_place at;
	enum prune_care member_care;
	enum prune_value value; /* PRUNE_KEY: a collection */
	bool kept;
	/* The first one: it begins at first and ends at second. */
	struct prune_place first, second;
	bool first_kept;
};

struct pruner {
	struct str text;
	struct str source; /* of the same text, with its actions */
	const struct helm_blank *blank;
	helm_interest *interest;
	const struct helm_place *place; /* where the text is inserted; NULL: nowhere */
	struct prune_level levels[PRUNE_LEVELS_MAX];
	size_t depth;
	struct vec lines; /* struct kept_line */
	bool *inserted;   /* by insertion: it is kept */
	size_t insertion; /* the first that has no place yet */
	bool has_tabs;    /* the text has some */
	bool pins_next;   /* the member that comes next is kept as it is */
	bool in_block;    /* the last member is a block scalar: of its lines, and of those without text behind it */
	bool body_open;
	uint32_t body;            /* the column of its text; 0: not known yet */
	size_t kept, kept_before; /* lines that are, and those up to the document at hand */
};

static inline struct kept_line *line_of(const struct pruner *pruner, size_t index)
{
	return vec_at(&pruner->lines, index);
}

/* levels (helm_prune_level.c) */

void prune_keep_line(struct pruner *pruner, size_t index);

/* Keeps the last members of the first count levels, as far as they have to be there for what is inside. */
void prune_keep_levels(struct pruner *pruner, size_t count);

/* Gives the insertions in front of an offset their place: what comes next is a member of level `from`; or the first one of a level that is being opened. */
void prune_place_insertions(struct pruner *pruner, uint32_t end, size_t from);
void prune_place_first_insertions(struct pruner *pruner, uint32_t end);

/* The first member that begins on a line: at offset, in column; and one behind it. The key of an item is absent. False where none can begin there. */
bool prune_begin_first(struct pruner *pruner, uint32_t offset, uint32_t column, bool is_sequence, struct str key);
bool prune_begin_next(struct pruner *pruner, uint32_t column, bool is_sequence, struct str key);

#endif
