/* Colours of a terminal (ECMA-48 SGR). */
#ifndef ASPIS_BASE_STYLE_H
#define ASPIS_BASE_STYLE_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/strbuf.h"

enum style {
	STYLE_PLAIN,
	STYLE_STRONG,
	STYLE_FAINT,
	STYLE_NOTE,
	STYLE_WARNING,
	STYLE_ERROR,
	STYLE_GUTTER,
	STYLE_CODE,
};

/* Begins and ends a style; nothing unless colour is wanted. */
void style_begin(struct strbuf *out, enum style style, bool colour);
void style_end(struct strbuf *out, enum style style, bool colour);

/* A text in a style. It is not made visible. */
void style_text(struct strbuf *out, enum style style, bool colour, const char *text);

enum style style_of_severity(enum severity severity);

#endif
