/* JSON objects that hold values: read with the spelling of every value kept, and written, without a byte of them in memory that is not wiped. */
#ifndef ASPIS_STORE_JSON_VALUES_H
#define ASPIS_STORE_JSON_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/vec.h"
#include "store/store.h"
#include "yaml/node.h"

/* Reads a mapping that json_load() has read into a sensitive arena as the values of an entry (initialised, without any yet), its obstacle included: a key that is there
 * twice (the last one counts), a NUL in a string, half a surrogate pair. Keys and obstacle, which shows keys alone, are copied into arena. */
void json_values_read(struct store_entry *entry, struct arena *arena, const struct node *object);

/* The same from text. Where it is no JSON object, false and a clause that shows nothing of it ("is no JSON: a colon was expected here (line 1, column 7)"). */
bool json_values_parse(struct store_entry *entry, struct arena *arena, struct str text, struct error *error)
	__attribute__((warn_unused_result));

/* The object with these members (struct store_value, in this order; json counts where there is both, a member without either is null), on one line or, where
 * indent is not 0, on one line each with that many blanks before it and a line break at the end. The caller frees. NULL and an error that names the key where a text is
 * not UTF-8 or has a NUL in it. */
struct secret *json_values_write(const struct vec *members, unsigned indent, struct error *error)
	__attribute__((warn_unused_result));

/* A text as a string of JSON, with its quotes. UTF-8 alone (asserted). The caller frees. */
struct secret *json_values_quote(struct str text) __attribute__((returns_nonnull, warn_unused_result));

/* All that stands in parts (struct str, count of them), one behind the other. The caller frees. */
struct secret *json_values_join(const struct str *parts, size_t count)
	__attribute__((returns_nonnull, warn_unused_result));

/* A number as JSON spells it, exactly: false where it is no whole number from 0 to 2^64 - 1. */
bool json_values_uint(uint64_t *out, const struct node *node) __attribute__((warn_unused_result));

#endif
