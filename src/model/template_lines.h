/* The lines of a Helm template as keys, items and actions, by indentation: what can be told of a manifest whose actions nobody has run. For model/ alone. */
#ifndef ASPIS_MODEL_TEMPLATE_LINES_H
#define ASPIS_MODEL_TEMPLATE_LINES_H

#include "model/template_scan.h"

/* A scalar as it stands in a line: without quotes and comment. */
struct template_value {
	struct str text;
	uint32_t offset; /* of text in the template */
	bool hole;       /* an action is part of it */
};

#define TEMPLATE_PREVIOUS_MAX 64

/* Where a line stands. Paths are dotted keys from the top of the document; sequences add nothing to them. They live until the call returns. */
struct template_line {
	/* Of a key: its own; of an item: of the sequence; of an action: of the mapping that its indentation puts it in. */
	struct str path;
	struct str previous; /* of an action: of the last key before it, at most TEMPLATE_PREVIOUS_MAX bytes of it */
	uint32_t offset;
	size_t indent;
	struct template_state state;
};

struct template_handler {
	void *context;
	void (*key)(void *context, const struct template_line *line, struct template_value value);
	void (*item)(void *context, const struct template_line *line, struct template_value value);
	/* The line begins with an action that leaves text behind. */
	void (*action)(void *context, const struct template_line *line);
	void (*separator)(void *context); /* --- */
};

/* Comments, empty lines, and lines that are none of these are passed over. */
void template_lines(const struct template_scan *scan, const struct template_handler *handler);

#endif
