/* What the files that read inline markup share. For rst_inline*.c and rst_role.c alone.
 *
 * A text is looked at as an array of characters. Each backslash that escapes what follows it is an RST_ESCAPE there, so that no rule takes the escaped character for markup by accident: rules ask for
 * the character before. Ranges are [from, to) of that array. */
#ifndef ASPIS_TEXT_RST_INLINE_PRIVATE_H
#define ASPIS_TEXT_RST_INLINE_PRIVATE_H

#include <stdint.h>

#include "text/rst_private.h"

#define RST_ESCAPE 0u

struct rst_range {
	size_t from, to;
};

/* The end-strings: which one ends what (rst_inline_end.c). */
enum rst_end_kind {
	RST_END_EMPHASIS,
	RST_END_STRONG,
	RST_END_LITERAL,
	RST_END_TARGET,
	RST_END_SUBSTITUTION,
	RST_END_INTERPRETED,
	RST_END_COUNT,
};

/* An end-string: it begins where the content ends. */
struct rst_end {
	size_t at, to;
	struct rst_range role; /* of interpreted text, without its colons; empty: none */
	size_t underscores;    /* of interpreted text and substitutions: 0, 1 or 2 */
};

struct rst_inliner {
	struct rst_reader *reader;
	struct document_node *parent;
	const struct rst_text *text;
	uint32_t *characters;
	size_t *bytes; /* len + 1: where each character begins in text->text */
	size_t len;
	size_t pending; /* what stands from here on is not in the tree yet */
	/* What a search found is remembered, so that a text full of start-strings is not searched again and again. */
	struct {
		size_t from; /* nothing matches in [from, end.at); end.at is len where nothing does behind either */
		struct rst_end end;
		bool valid;
	} ends[RST_END_COUNT];
	struct rst_range name;        /* a run in which simple names end at the same place */
	struct rst_range line_cursor; /* from: a character, to: how many line breaks stand before it */
};

/* Classes of characters (rst_inline_class.c); spaces and word characters: rst_private.h. */
bool rst_may_precede_start(uint32_t character);               /* besides white space and the beginning */
bool rst_may_follow_end(uint32_t character);                  /* besides the end */
bool rst_are_quotes_around(uint32_t before, uint32_t behind); /* such as < and >, or " and " */

static inline bool rst_starts_here(const struct rst_inliner *in, size_t at, size_t begin)
{
	return at == begin || rst_may_precede_start(in->characters[at - 1]);
}

static inline bool rst_ends_here(const struct rst_inliner *in, size_t at)
{
	return at == in->len || rst_may_follow_end(in->characters[at]);
}

static inline bool rst_is_at(const struct rst_inliner *in, size_t at, uint32_t character)
{
	return at < in->len && in->characters[at] == character;
}

/* The end of the simple name that begins at a character, or that place itself. */
size_t rst_name_end(struct rst_inliner *in, size_t at);

/* The first end-string behind at least one character of content. */
bool rst_find_end(struct rst_inliner *in, enum rst_end_kind kind, size_t content, struct rst_end *end);

/* Texts of ranges, in the document's arena: with escapes resolved, and as it was written. */
struct str rst_unescaped(const struct rst_inliner *in, struct rst_range range);
struct str rst_raw(const struct rst_inliner *in, struct rst_range range);

/* The line of the source that a character is on, from 1. */
size_t rst_line_of(struct rst_inliner *in, size_t at);

/* An element over a range at the end of the parent, and one with a text: as its own or, where the element holds others, in a DOCUMENT_TEXT (none where it is empty). The text is copied. */
struct document_node *rst_add_inline(struct rst_inliner *in, enum document_kind kind, struct rst_range range);
struct document_node *rst_add_inline_text(
	struct rst_inliner *in, enum document_kind kind, struct rst_range range, struct str text);

/* Reports at a range, and shows it as problematic. */
void rst_problem(struct rst_inliner *in, enum document_level level, struct rst_range range, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds the text of a range, with the URIs and e-mail addresses in it as references (rst_inline_uri.c). */
void rst_add_plain(struct rst_inliner *in, struct rst_range range);

/* Whether a URI stands at the start of the range, and whether a text is an e-mail address as a whole. */
bool rst_starts_with_uri(const struct rst_inliner *in, struct rst_range range);
bool rst_is_email(struct rst_inliner *in);

/* A text's characters, for rules that look at other texts than that of a paragraph. The caller releases. */
void rst_inliner_init(struct rst_inliner *in, struct rst_reader *reader, const struct rst_text *text);
void rst_inliner_release(struct rst_inliner *in);

/* A URI that may be broken over lines: white space goes but for what is escaped, which is a blank; and with "mailto:" before it if it is an e-mail address (rst_inline_phrase.c). */
struct str rst_join_uri(const struct rst_inliner *in, struct rst_range range);
struct str rst_adjust_uri(struct rst_reader *reader, struct str uri);

/* Interpreted text of a role (rst_role.c; an empty name is that of the default one) and phrase references (rst_inline_phrase.c). */
void rst_add_interpreted(struct rst_inliner *in, struct rst_range whole, struct rst_range content, struct str name);
void rst_add_phrase_reference(struct rst_inliner *in, struct rst_range whole, struct rst_range content, bool anonymous);

#endif
