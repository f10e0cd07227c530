/* Lines with something before them (indentation, the marks of quotes), for writers of formats that are made of lines. */
#ifndef ASPIS_TEXT_WRITE_LINES_H
#define ASPIS_TEXT_WRITE_LINES_H

#include <stdbool.h>

#include "base/strbuf.h"

struct lines {
	struct strbuf *out;
	struct strbuf prefix; /* before every line but the first */
	bool begun;           /* something was written */
	bool joined;          /* the next line goes on where the output stands: at its start, or behind a marker */
	bool gap;             /* a blank comes before it then */
	size_t skip;          /* and as much of the prefix is there already */
};

/* Lines that are appended to out, which stays the caller's; all but the first are indented by as many blanks. */
void lines_init(struct lines *lines, struct strbuf *out, unsigned indent);
void lines_release(struct lines *lines);

/* A line, without its end. Blanks at its end are the caller's. */
void lines_add(struct lines *lines, struct str line);

/* A line of nothing but the prefix, whose blanks at the end go; nothing at the start of all. */
void lines_blank(struct lines *lines);

/* Lines that were written elsewhere. Nothing where the text is empty. */
void lines_copy(struct lines *lines, struct str text);

/* What begins a list item or the like: the next line follows on the same one, behind a blank, and those after it are indented. Gives what lines_push() gives. */
size_t lines_marker(struct lines *lines, struct str marker, size_t indent);

/* What follows begins a line of its own, whatever was before. */
void lines_end_marker(struct lines *lines);

/* More before every line from now on; what was pushed is taken away with the length that the push gave. */
size_t lines_push(struct lines *lines, struct str more);
size_t lines_push_indent(struct lines *lines, size_t blanks);
void lines_pop(struct lines *lines, size_t length);

/* Takes back what was added since `before` was copied from lines, when the output had `length` bytes. The prefix is to be the one of then. */
void lines_return(struct lines *lines, const struct lines *before, size_t length);

#endif
