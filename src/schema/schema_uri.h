/* Private to schema/: URI references (RFC 3986) and JSON Pointers (RFC 6901) in their fragments. */
#ifndef ASPIS_SCHEMA_URI_H
#define ASPIS_SCHEMA_URI_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/strbuf.h"

/* The fragment (without '#') is cut off *uri; absent where there is none. */
struct str uri_cut_fragment(struct str *uri);

/* The reference (without fragment) as seen from base (section 5.2); with an empty base the reference itself. The text lives in the arena. */
struct str uri_resolve(struct arena *arena, struct str base, struct str reference);

/* With %XX decoded (section 2.1). */
struct str uri_decode(struct arena *arena, struct str text);

/* The next token of a JSON Pointer, unescaped; *pointer starts with '/' and becomes what follows, at the end empty. */
struct str pointer_next(struct arena *arena, struct str *pointer);

/* Appends one more token, escaped. */
void pointer_append(struct strbuf *pointer, struct str token);

#endif
