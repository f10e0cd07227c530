#include "base/style.h"

static const char *const sequences[] = {
	[STYLE_PLAIN] = "",
	[STYLE_STRONG] = "\033[1m",
	[STYLE_FAINT] = "\033[2m",
	[STYLE_NOTE] = "\033[1;36m",
	[STYLE_WARNING] = "\033[1;33m",
	[STYLE_ERROR] = "\033[1;31m",
	[STYLE_GUTTER] = "\033[34m",
	[STYLE_CODE] = "\033[36m",
};

void style_begin(struct strbuf *out, enum style style, bool colour)
{
	if (colour)
		strbuf_append_c(out, sequences[style]);
}

void style_end(struct strbuf *out, enum style style, bool colour)
{
	if (colour && style != STYLE_PLAIN)
		strbuf_append_c(out, "\033[0m");
}

void style_text(struct strbuf *out, enum style style, bool colour, const char *text)
{
	style_begin(out, style, colour);
	strbuf_append_c(out, text);
	style_end(out, style, colour);
}

enum style style_of_severity(enum severity severity)
{
	static const enum style styles[] = {
		[SEVERITY_OFF] = STYLE_FAINT,
		[SEVERITY_NOTE] = STYLE_NOTE,
		[SEVERITY_WARNING] = STYLE_WARNING,
		[SEVERITY_ERROR] = STYLE_ERROR,
	};
	return styles[severity];
}
