/* Mustache (mustache/spec 1.4: comments, delimiters, interpolation, inverted, partials, sections). */
#ifndef ASPIS_TEXT_MUSTACHE_H
#define ASPIS_TEXT_MUSTACHE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "text/escape.h"

/* Data to render: a tree in an arena of the caller. Texts and names are borrowed. */
struct mustache_value;

struct mustache_value *mustache_text(
	struct arena *arena, struct str text); /* is escaped where {{it}} stands; "" is false */
struct mustache_value *mustache_markup(
	struct arena *arena, struct str text); /* is in the format already: never escaped */
struct mustache_value *mustache_bool(struct arena *arena, bool value);
struct mustache_value *mustache_number(struct arena *arena, long value);
struct mustache_value *mustache_list(struct arena *arena);
struct mustache_value *mustache_map(struct arena *arena);
void mustache_push(struct mustache_value *list, struct mustache_value *item);
/* NULL: the name is known and false. A name that is there already is replaced. */
void mustache_set(struct mustache_value *map, const char *name, struct mustache_value *value);
void mustache_set_text(struct mustache_value *map, const char *name, struct str text); /* absent: known and false */
void mustache_set_bool(struct mustache_value *map, const char *name, bool value);

struct mustache_template;

/* Parses a template; text must outlive it. NULL and an error with FILE:LINE:COLUMN, what is wrong and what to write. The caller frees. */
struct mustache_template *mustache_parse(struct str name, struct str text, struct error *error);
void mustache_template_free(struct mustache_template *mustache);

/* The partial of a name, or NULL; borrowed. */
typedef const struct mustache_template *mustache_partial(void *context, struct str name);

struct mustache_options {
	escape_function *escape;   /* of {{name}}; NULL: HTML, as the specification has it */
	mustache_partial *partial; /* NULL: there are none */
	void *partial_context;
	bool lenient; /* an unknown name is empty, as the specification has it; else it is an error with the line of the template */
};

/* Appends to out. False and an error where a name or a partial is unknown, or partials nest beyond 100 levels; out is then as it was. */
bool mustache_render(struct strbuf *out, const struct mustache_template *mustache, const struct mustache_value *data,
	const struct mustache_options *options, struct error *error) __attribute__((warn_unused_result));

#endif
