#include "helm/template_lex.h"

#include "base/ascii.h"
#include "base/utf8.h"

static const struct {
	struct str word;
	enum token_kind kind;
} keywords[] = {
#define KEYWORD_ROW(enumerator, word) {{word, sizeof(word) - 1}, enumerator},
	TEMPLATE_KEYWORDS(KEYWORD_ROW)
#undef KEYWORD_ROW
};

void template_lexer_init(struct template_lexer *lexer, struct str text, const struct template_delimiters *delimiters)
{
	*lexer = (struct template_lexer){.text = text, .delimiters = delimiters};
}

/* The byte at an offset, 0 behind the end. */
static char byte_at(struct str text, uint32_t at)
{
	return at < text.len ? text.ptr[at] : '\0';
}

/* A set of bytes, one bit for each. */
struct byte_set {
	uint64_t bits[4];
};

static bool is_in(const struct byte_set *set, char c)
{
	unsigned char byte = (unsigned char)c;

	return set->bits[byte >> 6] >> (byte & 63) & 1;
}

/* 0-9, A-Z, _ and a-z. */
static bool is_ascii_word(char c)
{
	static const struct byte_set words = {{0x03FF000000000000, 0x07FFFFFE87FFFFFE}};

	return is_in(&words, c);
}

/* White space and .,|:)( */
static bool ends_word(char c)
{
	static const struct byte_set ends = {{0x0400530100002600, 0x1000000000000000}};

	return is_in(&ends, c);
}

/* The bytes of the letter, digit or underscore at an offset, or 0. */
static uint32_t word_character(struct str text, uint32_t at)
{
	char c = byte_at(text, at);
	size_t width;

	if (is_ascii_word(c))
		return 1;
	if (at >= text.len || (unsigned char)c < 0x80)
		return 0;
	return utf8_is_letter_or_digit(utf8_decode(str_slice(text, at, text.len), &width)) ? (uint32_t)width : 0;
}

static uint32_t word_end(struct str text, uint32_t at)
{
	uint32_t width;

	do {
		while (at < text.len && is_ascii_word(text.ptr[at]))
			at++;
		if ((unsigned char)byte_at(text, at) < 0x80)
			return at;
		width = word_character(text, at);
		at += width;
	} while (width > 0);
	return at;
}

static inline bool stands_at(const struct template_lexer *lexer, uint32_t at, struct str what)
{
	if (lexer->text.len - at < what.len || lexer->text.ptr[at] != *what.ptr)
		return false;
	return what.len == 2 ? lexer->text.ptr[at + 1] == what.ptr[1]
			     : memcmp(lexer->text.ptr + at, what.ptr, what.len) == 0;
}

/* The offset of what, at or behind an offset; the end of the text where there is none. */
static uint32_t find(const struct template_lexer *lexer, uint32_t at, struct str what)
{
	while (at < lexer->text.len && !stands_at(lexer, at, what))
		at += 1 + (uint32_t)str_find(str_slice(lexer->text, at + 1, lexer->text.len), what.ptr[0]);
	return at;
}

static uint32_t skip_spaces(const struct template_lexer *lexer, uint32_t at)
{
	while (ascii_is_white(byte_at(lexer->text, at)))
		at++;
	return at;
}

/* The end of the right delimiter at an offset, or 0; *trims: white space and a minus stand before it. */
static inline uint32_t right_end(const struct template_lexer *lexer, uint32_t at, bool *trims)
{
	*trims = byte_at(lexer->text, at + 1) == '-' && ascii_is_white(byte_at(lexer->text, at));
	if (*trims)
		at += 2;
	if (byte_at(lexer->text, at) != *lexer->delimiters->right.ptr)
		return 0;
	return stands_at(lexer, at, lexer->delimiters->right) ? at + (uint32_t)lexer->delimiters->right.len : 0;
}

static bool trims_left(const struct template_lexer *lexer, uint32_t left)
{
	uint32_t at = left + (uint32_t)lexer->delimiters->left.len;

	return byte_at(lexer->text, at) == '-' && ascii_is_white(byte_at(lexer->text, at + 1));
}

static struct template_token make(struct template_lexer *lexer, enum token_kind kind, uint32_t end)
{
	uint32_t start = lexer->at;

	lexer->at = end;
	return (struct template_token){.kind = kind, .spaced = lexer->spaced, .start = start, .end = end};
}

static struct template_token give_up(struct template_lexer *lexer, const char *problem, uint32_t at)
{
	if (!lexer->problem) {
		lexer->problem = problem;
		lexer->problem_at = at;
	}
	return (struct template_token){.kind = TOKEN_PROBLEM, .start = lexer->problem_at, .end = lexer->problem_at};
}

static struct template_token lex_text(struct template_lexer *lexer, uint32_t end)
{
	struct template_token token = make(lexer, TOKEN_TEXT, end);

	token.text_start = token.start > lexer->trimmed ? token.start : lexer->trimmed;
	token.text_end = end;
	if (end < lexer->text.len && trims_left(lexer, end))
		while (token.text_end > token.text_start && ascii_is_white(lexer->text.ptr[token.text_end - 1]))
			token.text_end--;
	return token;
}

static struct template_token leave_action(struct template_lexer *lexer, enum token_kind kind, uint32_t end, bool trims)
{
	lexer->inside = false;
	lexer->trimmed = trims ? skip_spaces(lexer, end) : end;
	return make(lexer, kind, end);
}

/* The slash of a comment stands at slash. */
static struct template_token lex_comment(struct template_lexer *lexer, uint32_t slash)
{
	struct str closing = STR("*/");
	uint32_t at = find(lexer, slash + 2, closing), end;
	bool trims;

	if (at == lexer->text.len)
		return give_up(lexer, "a comment is not closed by `*/`", lexer->at);
	end = right_end(lexer, at + 2, &trims);
	if (end == 0)
		return give_up(lexer, "a comment must end where its action ends", at);
	return leave_action(lexer, TOKEN_COMMENT, end, trims);
}

static struct template_token lex_outside(struct template_lexer *lexer)
{
	uint32_t left = find(lexer, lexer->at, lexer->delimiters->left), at;

	lexer->spaced = false;
	if (lexer->at == lexer->text.len)
		return make(lexer, TOKEN_FILE_END, lexer->at);
	if (left > lexer->at)
		return lex_text(lexer, left);
	at = left + (uint32_t)lexer->delimiters->left.len + (trims_left(lexer, left) ? 2 : 0);
	if (stands_at(lexer, at, STR("/*")))
		return lex_comment(lexer, at);
	lexer->inside = true;
	lexer->action = left;
	lexer->depth = 0;
	return make(lexer, TOKEN_LEFT, at);
}

/* Whether a word may end here: Go wants white space or punctuation behind it. */
static inline bool at_terminator(const struct template_lexer *lexer, uint32_t at)
{
	if (at == lexer->text.len || ends_word(lexer->text.ptr[at]))
		return true;
	return stands_at(lexer, at, lexer->delimiters->right);
}

static struct template_token lex_word(struct template_lexer *lexer, enum token_kind kind, uint32_t end)
{
	if (!at_terminator(lexer, end))
		return give_up(lexer, "a name runs into a character that cannot follow it", end);
	return make(lexer, kind, end);
}

static struct template_token lex_identifier(struct template_lexer *lexer)
{
	uint32_t end = word_end(lexer->text, lexer->at);
	struct str word = str_slice(lexer->text, lexer->at, end - lexer->at);
	enum token_kind kind = TOKEN_IDENTIFIER;

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (*word.ptr == *keywords[i].word.ptr && str_equal(word, keywords[i].word))
			kind = keywords[i].kind;
	return lex_word(lexer, kind, end);
}

/* A string or character constant with escapes: up to its quote. */
static struct template_token lex_quoted(struct template_lexer *lexer, enum token_kind kind)
{
	char quote = byte_at(lexer->text, lexer->at);

	for (uint32_t at = lexer->at + 1; at < lexer->text.len; at++) {
		char c = lexer->text.ptr[at];

		if (c == quote)
			return make(lexer, kind, at + 1);
		if (c == '\\')
			c = byte_at(lexer->text, ++at);
		if (c == '\n')
			break;
	}
	return give_up(lexer,
		quote == '"' ? "a string is not closed on its line" : "a character constant is not closed on its line",
		lexer->at);
}

static struct template_token lex_raw(struct template_lexer *lexer)
{
	uint32_t end = find(lexer, lexer->at + 1, STR("`"));

	if (end == lexer->text.len)
		return give_up(lexer, "a raw string is not closed", lexer->at);
	return make(lexer, TOKEN_RAW_STRING, end + 1);
}

static uint32_t skip_set(struct str text, uint32_t at, const char *set)
{
	while (byte_at(text, at) != '\0' && strchr(set, text.ptr[at]))
		at++;
	return at;
}

static bool is_one_of(struct str text, uint32_t at, const char *set)
{
	return byte_at(text, at) != '\0' && strchr(set, text.ptr[at]) != NULL;
}

/* An exponent with its letter, where there is one. */
static uint32_t skip_exponent(struct str text, uint32_t at, const char *letters)
{
	if (!is_one_of(text, at, letters))
		return at;
	at++;
	if (is_one_of(text, at, "+-"))
		at++;
	return skip_set(text, at, "0123456789_");
}

bool template_scan_number(struct str text, uint32_t at, uint32_t *end)
{
	const char *digits = "0123456789_", *exponent = "eE";

	if (is_one_of(text, at, "+-"))
		at++;
	if (byte_at(text, at) == '0' && is_one_of(text, at + 1, "xXoObB")) {
		char base = text.ptr[at + 1];
		bool is_hex = base == 'x' || base == 'X';

		digits = is_hex ? "0123456789abcdefABCDEF_" : base == 'o' || base == 'O' ? "01234567_" : "01_";
		exponent = is_hex ? "pP" : "";
		at += 2;
	}
	at = skip_set(text, at, digits);
	if (byte_at(text, at) == '.')
		at = skip_set(text, at + 1, digits);
	at = skip_exponent(text, at, exponent);
	if (byte_at(text, at) == 'i')
		at++;
	*end = at;
	return word_character(text, at) == 0;
}

static struct template_token lex_number(struct template_lexer *lexer)
{
	uint32_t end;
	bool is_number = template_scan_number(lexer->text, lexer->at, &end);

	if (is_number && is_one_of(lexer->text, end, "+-")) /* a complex one: 1+2i */
		is_number = template_scan_number(lexer->text, end, &end) && lexer->text.ptr[end - 1] == 'i';
	if (!is_number)
		return give_up(lexer, "a number is not written as Go wants it", lexer->at);
	return make(lexer, TOKEN_NUMBER, end);
}

static struct template_token lex_dot(struct template_lexer *lexer)
{
	uint32_t at = lexer->at + 1;

	if (ascii_is_digit(byte_at(lexer->text, at)))
		return lex_number(lexer);
	if (at_terminator(lexer, at))
		return make(lexer, TOKEN_DOT, at);
	return lex_word(lexer, TOKEN_FIELD, word_end(lexer->text, at));
}

static struct template_token lex_colon(struct template_lexer *lexer)
{
	if (byte_at(lexer->text, lexer->at + 1) != '=')
		return give_up(lexer, "a colon is no part of a template, but in `:=`", lexer->at);
	return make(lexer, TOKEN_DECLARE, lexer->at + 2);
}

static struct template_token lex_close(struct template_lexer *lexer)
{
	if (lexer->depth == 0)
		return give_up(lexer, "a parenthesis is closed that is not open", lexer->at);
	lexer->depth--;
	return make(lexer, TOKEN_CLOSE, lexer->at + 1);
}

/* flat */
static struct template_token lex_operand(struct template_lexer *lexer)
{
	char c = lexer->text.ptr[lexer->at];

	switch (c) {
	case '=':
		return make(lexer, TOKEN_ASSIGN, lexer->at + 1);
	case ':':
		return lex_colon(lexer);
	case '|':
		return make(lexer, TOKEN_PIPE, lexer->at + 1);
	case ',':
		return make(lexer, TOKEN_COMMA, lexer->at + 1);
	case '"':
		return lex_quoted(lexer, TOKEN_STRING);
	case '\'':
		return lex_quoted(lexer, TOKEN_CHARACTER);
	case '`':
		return lex_raw(lexer);
	case '$':
		return lex_word(lexer, TOKEN_VARIABLE, word_end(lexer->text, lexer->at + 1));
	case '.':
		return lex_dot(lexer);
	case '(':
		lexer->depth++;
		return make(lexer, TOKEN_OPEN, lexer->at + 1);
	case ')':
		return lex_close(lexer);
	default:
		break;
	}
	if (c == '+' || c == '-' || ascii_is_digit(c))
		return lex_number(lexer);
	if (word_character(lexer->text, lexer->at) > 0)
		return lex_identifier(lexer);
	return make(lexer, TOKEN_OTHER, lexer->at + 1);
}

/* Skips white space up to the next token; that of a trim marker is part of the delimiter. Returns the end of the right delimiter that stands there, or 0. */
static inline uint32_t skip_to_token(struct template_lexer *lexer, bool *trims)
{
	uint32_t at = lexer->at, end = right_end(lexer, at, trims);

	while (end == 0 && ascii_is_white(byte_at(lexer->text, at)))
		end = right_end(lexer, ++at, trims);
	lexer->spaced = at > lexer->at;
	lexer->at = at;
	return end;
}

static struct template_token lex_inside(struct template_lexer *lexer)
{
	bool trims;
	uint32_t end = skip_to_token(lexer, &trims);

	if (end > 0 && lexer->depth > 0)
		return give_up(lexer, "a parenthesis is not closed in its action", lexer->at);
	if (end > 0)
		return leave_action(lexer, TOKEN_RIGHT, end, trims);
	if (lexer->at == lexer->text.len)
		return give_up(lexer, "an action is not closed", lexer->action);
	return lex_operand(lexer);
}

struct template_token template_lexer_next(struct template_lexer *lexer)
{
	if (lexer->problem)
		return give_up(lexer, lexer->problem, lexer->problem_at);
	return lexer->inside ? lex_inside(lexer) : lex_outside(lexer);
}
