#include "text/escape.h"

#include "base/utf8.h"

uint32_t escape_next(struct str *rest)
{
	size_t width;
	uint32_t codepoint = utf8_decode(*rest, &width);

	*rest = str_slice(*rest, width, rest->len);
	if (codepoint == '\r') {
		if (rest->len > 0 && rest->ptr[0] == '\n')
			*rest = str_slice(*rest, 1, rest->len);
		return '\n';
	}
	if (codepoint == '\n' || codepoint == '\t')
		return codepoint;
	if (codepoint == 0x2028 || codepoint == 0x2029) /* docutils ends lines at them */
		return '\n';
	if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint <= 0x9F) || codepoint == UTF8_INVALID)
		return ESCAPE_REPLACEMENT;
	if ((codepoint & 0xFFFE) == 0xFFFE || (codepoint >= 0xFDD0 && codepoint <= 0xFDEF))
		return ESCAPE_REPLACEMENT;
	return codepoint;
}

bool escape_bidi(struct strbuf *out, uint32_t codepoint, const char *backslash)
{
	if (!(codepoint >= 0x202A && codepoint <= 0x202E) && !(codepoint >= 0x2066 && codepoint <= 0x2069))
		return false;
	strbuf_append_c(out, backslash);
	strbuf_printf(out, "u%04X", (unsigned)codepoint);
	return true;
}

/* Appends the start of *rest that nothing has to be done for: ASCII but control characters and those of `special`. */
static void append_ordinary(struct strbuf *out, struct str *rest, const char *special)
{
	size_t len = 0;

	while (len < rest->len && rest->ptr[len] >= ' ' && rest->ptr[len] < 0x7F && !strchr(special, rest->ptr[len]))
		len++;
	strbuf_append(out, str_slice(*rest, 0, len));
	*rest = str_slice(*rest, len, rest->len);
}

static const char *markup_entity(uint32_t codepoint)
{
	switch (codepoint) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

static void escape_html(struct strbuf *out, struct str text, const char *special)
{
	struct str rest = text;

	for (append_ordinary(out, &rest, special); rest.len > 0; append_ordinary(out, &rest, special)) {
		uint32_t codepoint = escape_next(&rest);
		const char *entity = markup_entity(codepoint);

		if (entity)
			strbuf_append_c(out, entity);
		else if (!escape_bidi(out, codepoint, "\\"))
			strbuf_append_codepoint(out, codepoint);
	}
}

void escape_html_text(struct strbuf *out, struct str text)
{
	escape_html(out, text, "&<>");
}

void escape_html_attribute(struct strbuf *out, struct str text)
{
	escape_html(out, text, "&<>\"");
}

/* XML 1.0, production 2. */
static bool xml_holds(uint32_t codepoint)
{
	return codepoint == '\t' || codepoint == '\n' || codepoint == '\r' ||
	       (codepoint >= 0x20 && codepoint < 0xFFFE) || (codepoint >= 0x10000 && codepoint <= 0x10FFFF);
}

static void escape_xml(struct strbuf *out, struct str text, const char *special, uint32_t first_plain)
{
	struct str rest = text;

	for (append_ordinary(out, &rest, special); rest.len > 0; append_ordinary(out, &rest, special)) {
		size_t width;
		uint32_t codepoint = utf8_decode(rest, &width);
		const char *entity = markup_entity(codepoint);

		rest = str_slice(rest, width, rest.len);
		if (entity)
			strbuf_append_c(out, entity);
		else if (!xml_holds(codepoint))
			strbuf_append_codepoint(out, ESCAPE_REPLACEMENT);
		else if (codepoint < first_plain || codepoint == '\r' || (codepoint >= 0x7F && codepoint <= 0x9F) ||
			 (codepoint >= 0x2028 && codepoint <= 0x202E) || (codepoint >= 0x2066 && codepoint <= 0x2069))
			strbuf_printf(out, "&#x%X;", (unsigned)codepoint);
		else
			strbuf_append_codepoint(out, codepoint);
	}
}

void escape_xml_text(struct strbuf *out, struct str text)
{
	escape_xml(out, text, "&<>", '\t');
}

void escape_xml_attribute(struct strbuf *out, struct str text)
{
	escape_xml(out, text, "&<>\"", ' ');
}

void escape_plain(struct strbuf *out, struct str text)
{
	struct str rest = text;

	for (append_ordinary(out, &rest, ""); rest.len > 0; append_ordinary(out, &rest, "")) {
		uint32_t codepoint = escape_next(&rest);

		if (!escape_bidi(out, codepoint, "\\"))
			strbuf_append_codepoint(out, codepoint);
	}
}
