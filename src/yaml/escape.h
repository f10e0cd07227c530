/* Escapes of double-quoted text, in YAML and in JSON. Private to the room. */
#ifndef ASPIS_YAML_ESCAPE_H
#define ASPIS_YAML_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Reads the escape whose backslash is at offset and returns its bytes, or 0 where it is none (in YAML, a line break may follow). Two escapes that are
 * the surrogates of one character are read as one; a surrogate without its partner is U+FFFD (libyaml refuses both). */
size_t escape_read(struct str text, size_t offset, uint32_t *codepoint);

#endif
