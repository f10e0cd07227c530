/* Private to regex*.c: Unicode properties by the names of ECMA-262 (tables "Non-binary Unicode property aliases", "Binary Unicode property aliases"). */
#ifndef ASPIS_BASE_REGEX_PROPERTY_H
#define ASPIS_BASE_REGEX_PROPERTY_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Appends the item of a PCRE2 pattern (\p{…} or \P{…}) for what stands in the braces of ECMA's \p{…}, such as "L", "Letter", "Script=Greek", "Alphabetic".
 * False where ECMA knows no such property. */
bool regex_append_property(struct strbuf *out, struct str expression, bool negated);

#endif
