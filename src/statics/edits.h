/* Changes of a text as ranges of its bytes. For this room alone. */
#ifndef ASPIS_STATICS_EDITS_H
#define ASPIS_STATICS_EDITS_H

#include "base/arena.h"
#include "base/vec.h"

struct edit {
	size_t start; /* the bytes [start, end) … */
	size_t end;
	struct str text; /* … become these */
};

struct edits {
	struct vec list; /* struct edit */
};

void edits_init(struct edits *edits);
void edits_release(struct edits *edits);

/* The text is borrowed. Of those that start at the same offset, the insertions come first, in the order in which they were added. */
void edits_add(struct edits *edits, size_t start, size_t end, struct str text);

/* The text with all edits, in arena and NUL-terminated. One that overlaps an earlier one is left out. */
struct str edits_apply(struct edits *edits, struct arena *arena, struct str text);

#endif
