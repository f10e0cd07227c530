/* A value as a YAML scalar that every reader of YAML 1.1 takes for that very string. For this room alone. */
#ifndef ASPIS_STATICS_QUOTE_H
#define ASPIS_STATICS_QUOTE_H

#include "base/arena.h"
#include "base/str.h"

enum quote_style {
	QUOTE_BLOCK, /* several lines may become a literal block, its lines indented by a step */
	QUOTE_FLOW,  /* on one line */
	QUOTE_JSON,  /* on one line, in double quotes, with escapes that JSON knows */
};

/* The scalar as it stands behind "key: ", in arena, with LF at the end of each line but the only one. The value is UTF-8 (asserted). */
struct str quote_value(struct arena *arena, struct str value, enum quote_style style, unsigned step);

#endif
