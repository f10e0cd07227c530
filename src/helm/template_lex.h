/* The tokens of a Go template, as the lexer of text/template/parse cuts them. Private to the parser (template.c). */
#ifndef ASPIS_HELM_TEMPLATE_LEX_H
#define ASPIS_HELM_TEMPLATE_LEX_H

#include <stdbool.h>
#include <stdint.h>

#include "helm/template.h"

/* enumerator, word */
#define TEMPLATE_KEYWORDS(ROW)                                                                                         \
	ROW(TOKEN_BLOCK, "block")                                                                                      \
	ROW(TOKEN_BREAK, "break")                                                                                      \
	ROW(TOKEN_CONTINUE, "continue")                                                                                \
	ROW(TOKEN_DEFINE, "define")                                                                                    \
	ROW(TOKEN_ELSE, "else")                                                                                        \
	ROW(TOKEN_END, "end")                                                                                          \
	ROW(TOKEN_IF, "if")                                                                                            \
	ROW(TOKEN_RANGE, "range")                                                                                      \
	ROW(TOKEN_TEMPLATE, "template")                                                                                \
	ROW(TOKEN_WITH, "with")                                                                                        \
	ROW(TOKEN_NIL, "nil")                                                                                          \
	ROW(TOKEN_TRUE, "true")                                                                                        \
	ROW(TOKEN_FALSE, "false")

enum token_kind {
	TOKEN_PROBLEM, /* of the lexer; it comes again and again */
	TOKEN_FILE_END,
	TOKEN_TEXT,
	TOKEN_COMMENT,
	TOKEN_LEFT,  /* {{ with its trim marker */
	TOKEN_RIGHT, /* }} with its trim marker */
	TOKEN_OPEN,  /* ( */
	TOKEN_CLOSE, /* ) */
	TOKEN_PIPE,
	TOKEN_DECLARE, /* := */
	TOKEN_ASSIGN,
	TOKEN_COMMA,
	TOKEN_OTHER, /* a character that means nothing */
	TOKEN_DOT,
	TOKEN_FIELD,      /* with its dot */
	TOKEN_VARIABLE,   /* with its $ */
	TOKEN_IDENTIFIER, /* of a function */
	TOKEN_STRING,
	TOKEN_RAW_STRING,
	TOKEN_CHARACTER,
	TOKEN_NUMBER,
#define KEYWORD_ENUMERATOR(enumerator, word) enumerator,
	TEMPLATE_KEYWORDS(KEYWORD_ENUMERATOR)
#undef KEYWORD_ENUMERATOR
};

struct template_token {
	enum token_kind kind;
	bool spaced;                   /* white space stands before it */
	uint32_t start, end;           /* bytes of the text */
	uint32_t text_start, text_end; /* of TOKEN_TEXT, what its neighbours' trim markers leave */
};

struct template_lexer {
	struct str text; /* at most UINT32_MAX bytes */
	const struct template_delimiters *delimiters;
	uint32_t at;
	uint32_t trimmed; /* text before this offset is cut off by a trim marker */
	uint32_t action;  /* start of the action that is being read */
	uint32_t depth;   /* of parentheses */
	bool inside;      /* an action */
	bool spaced;      /* of the token that is being read */
	const char *problem;
	uint32_t problem_at;
};

/* Both borrow text and delimiters. */
void template_lexer_init(struct template_lexer *lexer, struct str text, const struct template_delimiters *delimiters);
struct template_token template_lexer_next(struct template_lexer *lexer);

/* The end of a number that starts at an offset, as Go's lexer takes it: more than is valid. False where it runs into a letter or digit. */
bool template_scan_number(struct str text, uint32_t at, uint32_t *end);

#endif
