/* The constants of a Go template, as strconv of the Go standard library reads them. Private to the parser (template.c). */
#ifndef ASPIS_HELM_TEMPLATE_LITERAL_H
#define ASPIS_HELM_TEMPLATE_LITERAL_H

#include <stdbool.h>

#include "base/arena.h"

/* The value of a string with its quotes, interpreted or raw; absent where an escape is invalid. Borrows quoted where nothing is to be resolved, else
 * lives in arena. */
struct str template_unquote(struct arena *arena, struct str quoted);

/* Whether a character constant, with its quotes, is one character. */
bool template_is_character(struct str quoted);

/* Whether what template_scan_number() took is a number that fits in 64 bits: an integer, a float, an imaginary or complex number. */
bool template_is_number(struct str text);

#endif
