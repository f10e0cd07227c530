/* Private to regex_python*.c: what the translator of Python's re is made of. `ascii` says whether the ASCII flag is in force. */
#ifndef ASPIS_BASE_REGEX_PYTHON_H
#define ASPIS_BASE_REGEX_PYTHON_H

#include "base/regex_translate.h"

/* What stands in brackets for \w. */
const char *regex_python_word(bool ascii);

/* Whether c, behind a backslash, names a set of characters (d, w, s and their opposites); adds it to the class. */
bool regex_python_set(struct regex_class *class, bool ascii, uint32_t c);

/* Takes up to digits further octal digits behind value. */
uint32_t regex_python_octal(struct regex_translation *translation, uint32_t value, unsigned digits);

/* The code point that an escape at start stands for in and outside classes, c having been read; numbers are the caller's. False and an error where it
 * stands for none. */
bool regex_python_character(struct regex_translation *translation, size_t start, uint32_t c, uint32_t *value);

/* Reads a class from behind its bracket (and ^) on, the closing one included. */
bool regex_python_members(struct regex_class *class, bool ascii);

#endif
