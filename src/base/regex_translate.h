/* Private to regex*.c: what the translators of both dialects share. A translator reads its dialect code point by code point and writes the pattern of
 * PCRE2 (UTF, without UCP, newline LF) that means the same. */
#ifndef ASPIS_BASE_REGEX_TRANSLATE_H
#define ASPIS_BASE_REGEX_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

#define REGEX_END UINT32_MAX

/* Groups inside groups; the compiler of PCRE2 recurses. */
#define REGEX_NESTING_MAX 250

/* PCRE2's bound for the numbers of a quantifier. */
#define REGEX_REPEAT_MAX 65535
#define REGEX_UNBOUNDED  UINT32_MAX

struct regex_translation {
	struct str source; /* valid UTF-8 */
	size_t at;         /* the next byte to be read */
	struct strbuf out;
	struct vec origins;        /* struct regex_origin, ascending: from the translation back to the source */
	bool unset_backreferences; /* a group that did not take part is matched as empty (PCRE2_MATCH_UNSET_BACKREF) */
	bool ascii_subjects;       /* for other subjects the result of PCRE2 would not be that of the dialect */
	struct error *error;
};

struct regex_origin {
	size_t out;
	size_t source;
};

/* The translators. False with an error set where the pattern is none of the dialect, or cannot be translated. */
bool regex_translate_ecma(struct regex_translation *translation);
bool regex_translate_python(struct regex_translation *translation);

/* Sets the error "… at character N" for a byte offset of the source; always false. */
bool regex_fail(struct regex_translation *translation, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Reading: the next code point (REGEX_END behind the last), with and without taking it; a text, taken where it comes next. */
uint32_t regex_peek(const struct regex_translation *translation);
uint32_t regex_next(struct regex_translation *translation);
bool regex_accept(struct regex_translation *translation, const char *text);

/* Takes exactly count hexadecimal digits (at most 8), or nothing. */
bool regex_hex(struct regex_translation *translation, unsigned count, uint32_t *value);

/* Takes decimal digits; numbers that do not fit are REGEX_UNBOUNDED - 1. False where there is none. */
bool regex_decimal(struct regex_translation *translation, uint32_t *value);

/* Takes "{n}", "{n,}" or "{n,m}" ("{,m}" and "{,}" too with open_start); takes nothing and returns false where the braces are something else. */
bool regex_braces(struct regex_translation *translation, bool open_start, uint32_t *min, uint32_t *max);

/* Takes everything up to the end mark (as a name in angle brackets) and the mark itself. */
bool regex_name(struct regex_translation *translation, char end, struct str *name);

/* Whether a group may have that name: letters, digits behind the first place, '_', anything beyond ASCII and, where the dialect has it, '$'. */
bool regex_is_identifier(struct str name, bool dollar);

/* Writing: notes that what is written from here on comes from the byte offset of the source. */
void regex_mark(struct regex_translation *translation, size_t source);

/* A code point as a literal, safe in and outside classes. Lone surrogates, which UTF-8 cannot hold, never match. */
void regex_emit_literal(struct regex_translation *translation, uint32_t codepoint);

/* A quantifier without its suffix; false with an error set where PCRE2 cannot count so far. */
bool regex_emit_repeat(struct regex_translation *translation, size_t offset, uint32_t min, uint32_t max);

/* A character class in the making. */
struct regex_class {
	struct regex_translation *translation;
	struct strbuf items;       /* what stands in the brackets */
	struct strbuf complements; /* alternatives "[^…]" that a class of PCRE2 cannot hold */
	bool negated;
};
void regex_class_init(struct regex_class *class, struct regex_translation *translation, bool negated);
void regex_class_release(struct regex_class *class);
void regex_class_range(struct regex_class *class, uint32_t low, uint32_t high);
void regex_class_set(struct regex_class *class, const char *items, bool negated);

/* Writes the class as one item. */
void regex_class_emit(struct regex_class *class);

#endif
