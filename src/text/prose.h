/* Prose of a repository (descriptions of secrets) in the markup that its settings choose. */
#ifndef ASPIS_TEXT_PROSE_H
#define ASPIS_TEXT_PROSE_H

#include "text/document.h"

/* enumerator, name in aspis.yaml (`descriptions`). */
#define PROSE_MARKUPS(ROW)                                                                                             \
	ROW(PROSE_RST, "rst")                                                                                          \
	ROW(PROSE_MARKDOWN, "markdown")

enum prose_markup {
#define PROSE_ENUMERATOR(enumerator, name) enumerator,
	PROSE_MARKUPS(PROSE_ENUMERATOR)
#undef PROSE_ENUMERATOR
		PROSE_MARKUP_COUNT,
};

/* PROSE_MARKUP_COUNT where there is none of that name. */
enum prose_markup prose_markup_of(struct str name);

struct prose_settings {
	enum prose_markup markup;
	const struct str *roles; /* of reStructuredText, besides docutils' own; borrowed */
	size_t role_count;
};

/* settings may be NULL: reStructuredText with docutils' roles alone. The caller frees. */
struct document *prose_read(struct str text, const struct prose_settings *settings)
	__attribute__((returns_nonnull, warn_unused_result));

#endif
