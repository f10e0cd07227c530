/* Undoing the base64 that values with line breaks have in 1Password (`onepassword.encoded`). For the files given*.c alone. */
#ifndef ASPIS_SYNC_GIVEN_DECODE_H
#define ASPIS_SYNC_GIVEN_DECODE_H

#include "base/secret.h"

/* What base64 (the standard alphabet, padded, white space ignored) stands for, which has to be UTF-8; the caller frees. NULL where it is none: *problem then is a clause for a person, a
 * literal that shows nothing of the value. */
struct secret *given_decode(struct secret *encoded, const char **problem);

#endif
