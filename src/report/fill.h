/* Text in lines. For this room alone. */
#ifndef ASPIS_REPORT_FILL_H
#define ASPIS_REPORT_FILL_H

#include <stddef.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Appends words with a blank between each two. What would pass width display columns (0: nothing does) goes to a new line behind indent blanks; the
 * first word stands where it is put, at column. What is longer than a line stays whole. */
void append_filled(struct strbuf *out, struct str words, size_t column, size_t indent, size_t width);

#endif
