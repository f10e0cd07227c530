/* The difference between two texts, line by line, as a unified diff. For this room alone. */
#ifndef ASPIS_DOCS_DIFF_H
#define ASPIS_DOCS_DIFF_H

#include "base/str.h"
#include "base/strbuf.h"

/* Appends what turns one text into the other, with three lines of context; nothing where they are equal. The names stand behind "--- a/" and "+++ b/"; an absent text is a file that is not there (/dev/null). The shortest
 * difference is looked for as long as it is small (Myers 1986); beyond DIFF_EFFORT changed lines in a row of them, what is left stands as one change, so that time stays in proportion to the size. Lines
 * with control characters are shown with these made visible. */
enum { DIFF_EFFORT = 600 };
void diff_unified(struct strbuf *out, struct str name, struct str old, struct str new);

#endif
