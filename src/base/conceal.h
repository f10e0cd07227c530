/* Where secret values stand in the texts that findings are about: bytes that no report shows, whatever it is about (SPEC section 11). */
#ifndef ASPIS_BASE_CONCEAL_H
#define ASPIS_BASE_CONCEAL_H

#include <stdbool.h>

#include "base/source.h"
#include "base/vec.h"

/* Sorts spans (struct span, each with a source) by path and start, and joins those that overlap. The functions below take a list like that, or NULL for none. */
void conceal_sort(struct vec *spans);

/* The first concealed span that has bytes in common with a span, or NULL. */
const struct span *conceal_find(const struct vec *concealed, struct span span);

/* Replaces what is concealed by asterisks, byte for byte: bytes is a copy of the text of span. Returns whether there was anything. */
bool conceal_mask(const struct vec *concealed, struct span span, char *bytes);

#endif
