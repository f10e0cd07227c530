/* What the schemas object to, in the words of who writes these files: each message names the setting and the secret that it belongs to. For this room alone. */
#ifndef ASPIS_CHECK_FORM_WORDS_H
#define ASPIS_CHECK_FORM_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "schema/schema.h"

struct form_words {
	struct arena *arena;
	const struct node *schema; /* the tree of the whole schema */
	const char *consequence;   /* what follows for whoever reads the file, a clause without a final period */
	bool of_secrets;           /* the keys at the top are secrets, else settings */
};

/* An error as one or more sentences: what is wrong, what follows, what to write instead. Lives in the arena. */
struct str form_message(const struct form_words *words, const struct schema_error *error);

/* The tokens of a JSON Pointer as messages name a setting: "`output.format`"; empty for the file as a whole. */
struct str form_place(struct arena *arena, struct str pointer);

/* Whether the error is about a key, which is no string, and not about a value. */
bool error_is_of_key(const struct schema_error *error);

/* Whether a value is null where one must stand: null counts as absent, so the key is missing. */
bool error_is_of_null(const struct schema_error *error);

#endif
