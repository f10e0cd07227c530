/* Changes of a mapping in the text that it was read from: members come and go, scalars become others, and all other bytes stay. For this room alone. */
#ifndef ASPIS_STATICS_CHANGE_H
#define ASPIS_STATICS_CHANGE_H

#include "statics/edits.h"
#include "statics/members.h"
#include "statics/static_secrets.h"
#include "statics/template.h"

/* A text under change. Pieces live in the arena of the file. */
struct changer {
	struct static_secrets *file;
	struct arena *arena;
	struct str text;
	struct edits edits;
	struct str line_break;
	unsigned step; /* of indentation, as the file has it */
	/* Where line breaks may come to belong to a block scalar before them: what goes takes the blank lines behind it along, and change_seal() works. */
	bool thorough;
};

void changer_init(struct changer *changer, struct static_secrets *file);

/* Ends the last line of the text where it is not: what comes behind it begins a line then. Returns what was added, to be taken off again. */
struct str changer_end_line(struct changer *changer);

/* Has the block scalar that a text without a last line break ends with go without one ("|-"), now that something may come behind it. */
void change_seal(struct changer *changer);
void changer_release(struct changer *changer);

/* Writes pairs into a mapping that has been begun. */
typedef void piece_writer(struct yaml_writer *writer, const struct template_style *style, const void *context);

/* The text of pairs that are to be members of a mapping, as they are written in a block (not indented yet, LF) or in a flow mapping. */
struct str change_piece(
	struct changer *changer, const struct node *mapping, unsigned column, piece_writer *write, const void *context);

/* The columns that stand before the keys of a block mapping. */
unsigned change_column(const struct changer *changer, const struct node *mapping);

/* Puts a piece behind a member of a mapping (NULL: before its first); the mapping has members. */
void change_insert(
	struct changer *changer, const struct node *mapping, const struct node_pair *before, struct str piece);

/* Makes the value of a member of parent, which is null or an empty mapping, a mapping with members. */
void change_fill_empty(struct changer *changer, const struct node *parent, const struct node_pair *member,
	piece_writer *write, const void *context);

/* Makes the document, which has no members, one with these. */
void change_fill_root(struct changer *changer, piece_writer *write, const void *context);

/* Replaces the value of a member of mapping, a scalar, an alias or nothing, by a scalar as it would stand behind "key: " (LF, its further lines indented by
 * step). Its anchor stays. */
void change_scalar(
	struct changer *changer, const struct node *mapping, const struct node_pair *member, struct str scalar);

/* Whether a member can be taken out with all its bytes without taking comments or anchors along; and that. */
bool change_may_remove(struct changer *changer, const struct node *mapping, const struct node_pair *member);
void change_remove(struct changer *changer, const struct node *mapping, const struct node_pair *member);

/* Takes all members of a flow mapping out at once. False, with nothing done, where it is none, or comments would be lost. */
bool change_clear(struct changer *changer, const struct node *mapping);

/* Writes {} for a block mapping whose members have all been taken out: the value of a member, or the document's root. */
void change_empty(struct changer *changer, const struct node_pair *member);
void change_empty_root(struct changer *changer, const struct node *root);

#endif
