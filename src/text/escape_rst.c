/* reStructuredText: which characters of a text docutils could take for markup ("Inline markup recognition rules"), and which lines for blocks. */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/escape.h"

/* White space as Python's str.isspace() and docutils' \s have it, without what escape_next() replaces. */
static bool is_space(uint32_t codepoint)
{
	return codepoint == '\t' || codepoint == '\n' || codepoint == 0x2028 || codepoint == 0x2029 ||
	       utf8_is_space_separator(codepoint);
}

static bool is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool is_word(struct str rest)
{
	size_t width;

	return rest.len > 0 && utf8_is_letter_or_digit(utf8_decode(rest, &width));
}

static bool is_blank_or_end(struct str rest)
{
	size_t width;

	return rest.len == 0 || is_space(utf8_decode(rest, &width));
}

/* Whether the text before a colon could be the scheme of a URI, which docutils would make a link. */
static bool ends_with_scheme(struct str before)
{
	bool letter = false;

	for (size_t i = before.len; i > 0; i--) {
		char c = before.ptr[i - 1];

		if (!ascii_is_alnum(c) && !is_one_of(c, "+-."))
			break;
		letter = letter || ascii_is_letter(c);
	}
	return letter;
}

/* Whether a backslash goes before a character, `before` and `rest` being what stands around it in the same text. */
static bool is_markup(uint32_t codepoint, struct str before, struct str rest)
{
	switch (codepoint) {
	case '\\':
	case '*':
	case '`':
	case '|':
		return true;
	case '_':
		return !is_word(rest); /* within a word it is nothing; at its end it makes a reference */
	case ':':                      /* the second one announces a literal block */
		return str_ends_with(before, STR(":")) ||
		       (!is_blank_or_end(rest) && rest.ptr[0] != ':' && ends_with_scheme(before));
	case '@': /* of a mail address */
		return before.len > 0 && !is_blank_or_end(rest);
	default:
		return false;
	}
}

/* Letters, digits and blanks stand for themselves whatever is around them. */
static void append_words(struct strbuf *out, struct str *rest)
{
	size_t len = 0;

	while (len < rest->len &&
		(rest->ptr[len] == ' ' || ((unsigned char)rest->ptr[len] < 0x80 && is_word(str_slice(*rest, len, 1)))))
		len++;
	strbuf_append(out, str_slice(*rest, 0, len));
	*rest = str_slice(*rest, len, rest->len);
}

void escape_rst_inline(struct strbuf *out, struct str text)
{
	struct str rest = text;

	for (append_words(out, &rest); rest.len > 0; append_words(out, &rest)) {
		struct str before = str_slice(text, 0, text.len - rest.len);
		uint32_t codepoint = escape_next(&rest);
		if (codepoint == 0x2028 || codepoint == 0x2029 || codepoint == '\t')
			codepoint =
				' '; /* docutils ends lines at the former, and expands the latter by their columns */
		if (!escape_bidi(out, codepoint, "\\\\")) {
			if (is_markup(codepoint, before, rest))
				strbuf_append_char(out, '\\');
			strbuf_append_codepoint(out, codepoint);
		}
	}
}

/* "1.", "(a)", "xiv)", "#." and their like, before a blank or the end of the line. */
static bool is_enumerator(struct str line)
{
	size_t start = line.ptr[0] == '(';
	size_t end = start;

	if (end < line.len && line.ptr[end] == '#')
		end++;
	else if (end < line.len && ascii_is_digit(line.ptr[end]))
		while (end < line.len && ascii_is_digit(line.ptr[end]))
			end++;
	else
		while (end < line.len && ascii_is_letter(line.ptr[end]) &&
			(end == start || is_one_of(line.ptr[end], "ivxlcdmIVXLCDM")))
			end++;
	if (end == start || end >= line.len || line.ptr[end] != ')') {
		if (end == start || start == 1 || end >= line.len || line.ptr[end] != '.')
			return false;
	}
	return is_blank_or_end(str_slice(line, end + 1, line.len));
}

/* Of one character all along (a section's adornment, a transition), or of two as the borders of simple and grid tables. */
static bool is_ruler(struct str line)
{
	char first = line.ptr[0];

	if (!ascii_is_punctuation(first) || first == '\\')
		return false;
	for (size_t i = 1; i < line.len; i++) {
		if (line.ptr[i] != first && !(first == '=' && line.ptr[i] == ' '))
			return false;
	}
	return true;
}

/* ":name:`" is the markup of a role: text has no bare back-quote. */
static bool begins_with_role(struct str line)
{
	size_t end = 1;

	while (end < line.len && (ascii_is_alnum(line.ptr[end]) || is_one_of(line.ptr[end], "-_.+:")))
		end++;
	return end > 2 && end < line.len && line.ptr[end - 1] == ':' && line.ptr[end] == '`';
}

static bool looks_like_block(struct str line)
{
	size_t width;
	uint32_t first;

	if (line.len == 0)
		return false;
	first = utf8_decode(line, &width);
	switch (first) {
	case '+':
	case '-':
	case '/': /* bullets, options, attributions, grid tables */
	case 0x2014:
		return true;
	case 0x2022:
	case 0x2023:
	case 0x2043:
		return is_blank_or_end(str_slice(line, width, line.len));
	case ':':
		return !begins_with_role(line);
	case '.':
		return is_ruler(line) ||
		       (str_starts_with(line, STR("..")) && is_blank_or_end(str_slice(line, 2, line.len)));
	case '>':
		return is_ruler(line) || str_starts_with(line, STR(">>>"));
	default:
		return is_enumerator(line) || is_ruler(line);
	}
}

static bool is_all_backslashes(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != '\\')
			return false;
	}
	return line.len > 0;
}

const char *escape_rst_guard(struct str line)
{
	if (is_all_backslashes(line)) /* the adornment of a section */
		return "\\ ";
	return looks_like_block(line) ? "\\" : "";
}

/* The text without white space at both ends, line breaks being blanks, escaped. */
void escape_rst(struct strbuf *out, struct str text)
{
	struct strbuf line = STRBUF_INIT;

	escape_rst_inline(&line, utf8_prefix(str_trim(text), ESCAPE_LINE_MAX));
	strbuf_append_c(&line, str_trim(text).len > ESCAPE_LINE_MAX ? "\xE2\x80\xA6" : "");
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\n')
			line.ptr[i] = ' ';
	}
	struct str shown = str_trim(strbuf_str(&line));
	strbuf_append_c(out, escape_rst_guard(shown));
	strbuf_append(out, shown);
	strbuf_release(&line);
}

static uint32_t last_codepoint(struct str text)
{
	uint32_t last = 0;
	size_t width;

	for (size_t at = text.len > 4 ? text.len - 4 : 0; at < text.len; at += width)
		last = utf8_decode(str_slice(text, at, text.len), &width);
	return last;
}

/* Whether ``text`` is what docutils would take for it: the literal ends at the first pair of back-quotes that may end one. */
static bool literal_holds(struct str text)
{
	size_t width;

	return text.len > 0 && !is_space(utf8_decode(text, &width)) && !is_space(last_codepoint(text)) &&
	       text.ptr[0] != '`' && text.ptr[text.len - 1] != '`' && !str_contains(text, STR("``"));
}

/* Interpreted text may begin and end with blanks behind a backslash. */
static void append_role(struct strbuf *out, struct str text)
{
	size_t width;

	strbuf_append_c(out, ":literal:`");
	if (text.len == 0 || is_space(utf8_decode(text, &width)))
		strbuf_append_c(out, "\\ ");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\' || text.ptr[i] == '`')
			strbuf_append_char(out, '\\');
		strbuf_append_char(out, text.ptr[i]);
	}
	if (text.len > 0 && is_space(last_codepoint(text)))
		strbuf_append_c(out, "\\ ");
	strbuf_append_char(out, '`');
}

void escape_rst_literal(struct strbuf *out, struct str text)
{
	struct strbuf clean = STRBUF_INIT;

	escape_plain(&clean, utf8_prefix(text, ESCAPE_LINE_MAX));
	strbuf_append_c(&clean, text.len > ESCAPE_LINE_MAX ? "\xE2\x80\xA6" : "");
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '\n' || clean.ptr[i] == '\t')
			clean.ptr[i] = ' ';
	}
	if (literal_holds(strbuf_str(&clean))) {
		strbuf_append_c(out, "``");
		strbuf_append(out, strbuf_str(&clean));
		strbuf_append_c(out, "``");
	} else {
		append_role(out, strbuf_str(&clean));
	}
	strbuf_release(&clean);
}
