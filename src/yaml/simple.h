/* What the parts of the reader of simple YAML share (readers.h). Every function that reads returns false where the text is not simple. */
#ifndef ASPIS_YAML_SIMPLE_H
#define ASPIS_YAML_SIMPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "yaml/builder.h"

struct simple {
	struct builder *builder;
	struct str text;
	uint32_t at;       /* what comes next */
	uint32_t line;     /* where its line starts */
	unsigned depth;    /* of collections */
	struct str anchor; /* of the node that comes next, and where it stands; absent: none */
	uint32_t anchor_start;
	struct strbuf value; /* of the scalar that is being read */
};

/* A scalar that may turn out to be a key. */
struct simple_scalar {
	uint32_t start, end;
	enum node_style style;
	struct str value;
};

/* The byte at an offset; NUL, which no text has, behind the end. */
static inline char simple_byte(const struct simple *simple, uint32_t at)
{
	return at < simple->text.len ? simple->text.ptr[at] : '\0';
}

/* Whether a byte ends a word: indicators like '-' and ':' are such before it only. */
static inline bool simple_ends_word(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\0';
}

static inline void simple_skip_spaces(struct simple *simple)
{
	uint32_t at = simple->at;

	while (simple_byte(simple, at) == ' ')
		at++;
	simple->at = at;
}

/* simple.c */

/* A new node at [start, end), with the anchor before it if there is one. */
struct node *simple_node(
	struct simple *simple, enum node_kind kind, enum node_style style, uint32_t start, uint32_t end);

/* The name of an anchor or alias, whose indicator stands here; goes behind it. Empty where it is not simple. */
struct str simple_read_name(struct simple *simple);

/* Goes to the end of the line, from anywhere in it. */
void simple_skip_line(struct simple *simple);

/* Goes behind blanks, a comment and the end of the line, to what comes next in a line below. */
bool simple_end_line(struct simple *simple);

/* The column of what comes next in a line; -1 at the end of the document. */
int simple_column(const struct simple *simple);

/* simple_scalar.c */

/* Scans a plain or quoted scalar of one line, and stops behind it; at the colon, if that is what comes after blanks. */
bool simple_scan_scalar(struct simple *simple, struct simple_scalar *scalar, bool flow);

/* Goes over what a plain scalar has in this line, and the blanks behind it. Returns where it ends. */
uint32_t simple_scan_plain_line(struct simple *simple, bool flow);

/* Gives a scanned scalar to the builder. That of a block scalar ends where libyaml says so. */
void simple_place_scalar(struct simple *simple, const struct simple_scalar *scalar);

/* simple_lines.c: scalars of several lines, in a collection whose column is parent (-1: in none) */

/* Reads what follows in the lines below a plain scalar that is no key. */
bool simple_end_plain(struct simple *simple, struct simple_scalar *scalar, int parent);

/* A literal or folded scalar, up to the start of the line below. */
bool simple_read_block_scalar(struct simple *simple, int parent);

/* simple_flow.c */

/* A flow collection, of any number of lines. */
bool simple_read_flow(struct simple *simple);

/* Collections may be nested as deep as this. */
#define SIMPLE_DEPTH_MAX 64

/* Keys are this long at most, blanks before the colon included; libyaml takes a little more. */
#define SIMPLE_KEY_MAX 1000

#endif
