/* The line that a span is on, fit for a terminal, and where to underline it. For this room alone. */
#ifndef ASPIS_REPORT_EXCERPT_H
#define ASPIS_REPORT_EXCERPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct excerpt {
	uint32_t line;
	struct strbuf text; /* tabs are blanks, control characters visible; cut with "…" where the line is too long */
	size_t column;      /* display column (0-based) where the underline begins */
	size_t width;       /* its display columns, at least 1 */
};

/* What is concealed (conceal.h; NULL: nothing) is shown as asterisks. Cuts out what fits into columns (at least 40 are taken), the start of the span always included. Of a span over several lines the first is shown.
 * False, and nothing to release, where there is nothing to show: no source, an empty one, or a span that stands for the file as a whole. */
bool excerpt_init(struct excerpt *excerpt, struct span span, size_t columns, const struct vec *concealed);
void excerpt_release(struct excerpt *excerpt);

#endif
