/* Integers and floats as Python's int() and float() and PyYAML's constructor read them. Private to the room. */
#ifndef ASPIS_YAML_NUMBER_H
#define ASPIS_YAML_NUMBER_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Python refuses to read decimal integers of more digits (sys.int_info.default_max_str_digits). */
#define NUMBER_DECIMAL_DIGITS_MAX 4300

/* Appends text without its underscores. */
void number_append_clean(struct strbuf *out, struct str text);

/* Appends text with the white space and decimal digits of all scripts as ASCII; anything else that is not ASCII becomes '?'. */
void number_append_ascii(struct strbuf *out, struct str text);

/* Text without white space, as C has it, at both ends. */
struct str number_trim(struct str text);

/* Cuts a sign off the front; false where there is none (*negative is left as it is). */
bool number_take_sign(struct str *text, bool *negative);

/* Reads text as int(text, base) does and appends its digits. Underscores must be gone. False, with nothing appended, where Python raises. */
bool number_read_int(struct strbuf *digits, bool *negative, struct str text, unsigned base);

/* Whether the constructor makes an integer of text. Linear. */
bool number_is_int(struct str text);

/* Whether the constructor makes 0 of text. A list of base 60 that is longer than NUMBER_DECIMAL_DIGITS_MAX is not taken for 0, as it does not begin with
 * one. */
bool number_is_zero(struct str text);

/* The double that the constructor makes of text (NULL: it is not asked for, which saves much for long lists of base 60); false where it raises. */
bool number_float(double *value, struct str text);

/* Appends the shortest decimal that reads back as the same value, in the form of repr(): "0.1", "1e+16", "inf", "nan". */
void number_format_float(struct strbuf *out, double value);

#endif
