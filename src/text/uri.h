/* Addresses of links: which ones may become links, and how they stand in a format. */
#ifndef ASPIS_TEXT_URI_H
#define ASPIS_TEXT_URI_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Whether a link to it does nothing but lead somewhere: http and https with a host, mailto, and what is relative to the page. False for every other scheme, for what has a host but no scheme ("//host"), for
 * control characters, white space within, backslashes (slashes to browsers) and the empty address. White space at both ends is not looked at. */
bool uri_is_plain(struct str uri);

/* Appends a plain URI without white space at both ends, with everything percent-encoded that cannot stand in one (RFC 3986): no character is left that means anything in HTML, Markdown or RST but & ' ( ) * _. */
void uri_append(struct strbuf *out, struct str uri);

#endif
