/* Mustache (mustache/spec 1.4: comments, delimiters, interpolation, inverted, partials, sections). */
#ifndef ASPIS_TEXT_MUSTACHE_H
#define ASPIS_TEXT_MUSTACHE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "text/escape.h"

struct node;

/* Data to render: a tree in an arena of the caller. Texts are borrowed, and so are the names of members. A value may stand in several places. */
struct mustache_value;

struct mustache_value *mustache_text(
	struct arena *arena, struct str text); /* is escaped where {{it}} stands; "" and absent are false */
struct mustache_value *mustache_markup(
	struct arena *arena, struct str text); /* is in the format already: never escaped; "" and absent are false */
struct mustache_value *mustache_bool(struct arena *arena, bool value);   /* shown as "true" or "false" */
struct mustache_value *mustache_number(struct arena *arena, long value); /* 0 is false */
struct mustache_value *mustache_list(struct arena *arena);               /* an empty one is false */
struct mustache_value *mustache_map(struct arena *arena);                /* always true */
void mustache_push(struct mustache_value *list, struct mustache_value *item);
/* NULL: the name is known and false. A name that is there already is replaced. */
void mustache_set(struct mustache_value *map, const char *name, struct mustache_value *value);
void mustache_set_str(struct mustache_value *map, struct str name, struct mustache_value *value);
void mustache_set_text(struct mustache_value *map, const char *name, struct str text); /* absent: known and false */
void mustache_set_bool(struct mustache_value *map, const char *name, bool value);
void mustache_set_number(struct mustache_value *map, const char *name, long value);

/* Gives a map all members of another one that it has not itself, also those that either gets later; so several maps can share most of what they say. base is borrowed; chains must not lead back. */
void mustache_inherit(struct mustache_value *map, const struct mustache_value *base);

/* The same of a tree that was read from JSON; a number is shown as it is written there. NULL of null. The node's texts are borrowed. */
struct mustache_value *mustache_of_node(struct arena *arena, const struct node *node);

struct mustache_template;

/* Sections may nest this deep in a template. */
#define MUSTACHE_SECTION_DEPTH_MAX 100

/* Partials may nest this deep when a template is rendered. */
#define MUSTACHE_PARTIAL_DEPTH_MAX 100

/* What one rendering may come to: tags and pieces of text, and bytes. Partials that include others twice double with each level. */
#define MUSTACHE_STEPS_MAX  ((size_t)1 << 26)
#define MUSTACHE_OUTPUT_MAX ((size_t)1 << 28)

/* Parses a template; text must outlive it, name (the file, as shown in messages) too. NULL and an error with FILE:LINE:COLUMN, what is wrong and what to write. The caller frees. A template
 * never changes: threads may render it at once. */
struct mustache_template *mustache_parse(struct str name, struct str text, struct error *error)
	__attribute__((warn_unused_result));
void mustache_template_free(struct mustache_template *mustache);

/* The partial of a name, or NULL; borrowed. */
typedef const struct mustache_template *mustache_partial(void *context, struct str name);

struct mustache_options {
	escape_function *
		escape; /* of {{name}}: one of escape.h; NULL: & < > and " for HTML and nothing else, as the specification has it */
	mustache_partial *partial; /* NULL: there are none */
	void *partial_context;
	bool lenient; /* an unknown name is empty, as the specification has it; else it is an error with the line of the template */
};

/* Appends to out. options may be NULL. False and an error where a name or a partial is unknown, a list or a map stands where a text is shown, partials nest beyond MUSTACHE_PARTIAL_DEPTH_MAX levels or
 * the whole grows beyond MUSTACHE_STEPS_MAX or MUSTACHE_OUTPUT_MAX; out is then as it was. */
bool mustache_render(struct strbuf *out, const struct mustache_template *mustache, const struct mustache_value *data,
	const struct mustache_options *options, struct error *error) __attribute__((warn_unused_result));

#endif
