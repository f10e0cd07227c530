/* What is Markdown by habit, in a text that is read as reStructuredText: it means something else there, or nothing. */
#ifndef ASPIS_CHECK_MARKDOWN_HABIT_H
#define ASPIS_CHECK_MARKDOWN_HABIT_H

#include "text/document.h"

enum habit {
	HABIT_BACKTICKS, /* `text`: italics there, as the title of a book */
	HABIT_LINK,      /* [text](url) */
	HABIT_FENCE,     /* ``` */
	HABIT_STRONG,    /* **bold**text: its end is not seen */
	HABIT_COUNT,
};

/* The first place of a habit in a text. */
struct habit_place {
	bool found;
	size_t start, end; /* bytes of the text */
	size_t count;      /* how often it occurs in all */
};

/* document: what rst_read() made of text. What stands in literals, literal blocks and comments is no habit. */
void find_habits(struct habit_place places[HABIT_COUNT], struct str text, const struct document *document);

#endif
