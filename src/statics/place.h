/* Lines and indentation of a YAML text, for edits. Lines are YAML 1.1's: LF, CRLF, CR, NEL, LS and PS end them. For this room alone. */
#ifndef ASPIS_STATICS_PLACE_H
#define ASPIS_STATICS_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "yaml/node.h"

/* The line that an offset is in: where it starts, where its break stands (or the text ends), and where the next one starts. */
size_t place_line_start(struct str text, size_t at);
size_t place_line_end(struct str text, size_t at);
size_t place_next_line(struct str text, size_t at);

/* Whether an offset is the start of a line; the end of a text without a final line break is none. */
bool place_is_line_start(struct str text, size_t at);

/* The columns before an offset in its line, a byte order mark aside; *first tells whether these are all spaces. */
size_t place_column(struct str text, size_t at, bool *first);

/* Whether there is nothing but blanks between an offset and the end of its line. */
bool place_is_last(struct str text, size_t at);

/* How the text breaks its lines: what stands at the end of the first one, "\n" where there is none. */
struct str place_line_break(struct str text);

/* The scalar that a node ends with: the node itself, or the last value in block collections. */
const struct node *place_last_scalar(const struct node *node);

/* The end of a node as far as its meaning goes: the blank lines behind a block scalar that keeps them ("|+") belong to it. */
size_t place_node_end(struct str text, const struct node *node);

/* The start of the line behind a member of a block mapping whose keys stand in that column: behind comments that end its lines, or follow it
 * further to the right. */
size_t place_behind_member(struct str text, const struct node_pair *member, size_t column);

/* Where the comments start that stand right above an offset, which starts a line; the offset itself where they reach up to the start of the text. */
size_t place_above_comments(struct str text, size_t at);

#endif
