/* A Helm template with its actions blanked, and what must be true at each place of it. For model/ alone. */
#ifndef ASPIS_MODEL_TEMPLATE_SCAN_H
#define ASPIS_MODEL_TEMPLATE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "model/guard.h"

/* The byte that stands for an action which leaves text behind. Actions that leave none (if, end, comments, assignments …) are blanks. */
#define TEMPLATE_HOLE '\1'

/* What holds from an offset on. */
struct template_state {
	uint32_t offset;
	const struct guard *guard; /* NULL: nothing around it */
	bool conditional;          /* within if, with, range or block */
	bool defined;              /* within define: not rendered here */
};

struct template_scan {
	char *text; /* as long as the template; every action's bytes replaced, line ends within actions included */
	size_t len;
	struct vec states; /* struct template_state, by offset; the first is at 0 */
	bool malformed;    /* an action without end, an `end` too many or too few */
};

/* The text lives in arena. */
void template_scan(struct template_scan *out, struct arena *arena, struct str text);
void template_scan_release(struct template_scan *scan);

#endif
