/* What the files of Mustache share. Private to them. */
#ifndef ASPIS_TEXT_MUSTACHE_PRIVATE_H
#define ASPIS_TEXT_MUSTACHE_PRIVATE_H

#include <stdint.h>

#include "base/nearest.h"
#include "base/source.h"
#include "base/vec.h"
#include "text/mustache.h"

enum mustache_value_kind {
	MUSTACHE_TEXT,
	MUSTACHE_MARKUP,
	MUSTACHE_NUMBER,
	MUSTACHE_BOOL,
	MUSTACHE_LIST,
	MUSTACHE_MAP,
};

struct mustache_member {
	struct str name;
	struct mustache_value *value;
};

struct mustache_value {
	enum mustache_value_kind kind;
	bool truth; /* of what is no list and no map */
	struct arena *arena;
	struct str text; /* of texts, markup, numbers and booleans */
	union {
		struct mustache_value **items;   /* of a list */
		struct mustache_member *members; /* of a map, in the order of insertion */
	};
	size_t count;
	size_t capacity;
	uint32_t *slots; /* of a map with many members: index into members + 1; 0: free */
	size_t slot_count;
	const struct mustache_value *base; /* of a map: has the members that the map has not; NULL: there is none */
};

/* Whether a section of the value is shown. NULL is false. */
bool mustache_truth(const struct mustache_value *value);

/* The member of that name, or NULL where there is none (also where value is no map). */
const struct mustache_member *mustache_find(const struct mustache_value *value, struct str name);

/* What a value is called in messages: "a list". */
const char *mustache_kind_phrase(const struct mustache_value *value);

enum mustache_step_kind {
	MUSTACHE_STEP_TEXT,
	MUSTACHE_STEP_VARIABLE,
	MUSTACHE_STEP_VERBATIM, /* {{{name}}} and {{&name}} */
	MUSTACHE_STEP_SECTION,
	MUSTACHE_STEP_INVERTED,
	MUSTACHE_STEP_PARTIAL,
};

/* A template is a list of steps; those of a section lie between it and its end. */
struct mustache_step {
	enum mustache_step_kind kind;
	bool line_start;  /* a text at the beginning of a line: behind the indentation of a partial */
	uint32_t at;      /* the tag's first byte in the source */
	struct str text;  /* a text; of a tag its name; may be empty */
	struct str blank; /* of a partial that stands alone on its line: what indents it */
	size_t end;       /* of a section: the index of the step behind it */
};

struct mustache_template {
	struct arena arena;
	struct source source;
	struct vec steps; /* struct mustache_step */
};

/* Sets the error, with the place in the template before it. Always false. */
bool mustache_error(struct error *error, const struct mustache_template *mustache, size_t at, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
