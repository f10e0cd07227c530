/* Private to regex_ecma*.c: what the translator of ECMA-262 is made of. */
#ifndef ASPIS_BASE_REGEX_ECMA_H
#define ASPIS_BASE_REGEX_ECMA_H

#include "base/regex_translate.h"

/* The one code point that an escape at start stands for, c having been read behind the backslash. False and an error where it stands for none. */
bool regex_ecma_character(struct regex_translation *translation, size_t start, uint32_t c, uint32_t *value);

/* Whether c, behind a backslash, names a set of characters (d, w, s, p and their opposites); adds it to the class. *failed is set where the set is wrong. */
bool regex_ecma_set(struct regex_class *class, size_t start, uint32_t c, bool *failed);

/* Reads a class from behind its bracket (and ^) on, the closing one included. */
bool regex_ecma_members(struct regex_class *class);

#endif
