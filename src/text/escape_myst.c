/* Markdown: CommonMark, tables of GitHub's, and what MyST adds to them (directives, roles, substitutions, targets, comments, attributes, mathematics). */
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/escape.h"

/* Punctuation that begins, ends or is markup somewhere inside a line. CommonMark lets any ASCII punctuation have a backslash. */
#define MARKUP "\\`*_{}[]<>|~$&"

static bool is_word(struct str rest)
{
	size_t width;

	return rest.len > 0 && utf8_is_letter_or_digit(utf8_decode(rest, &width));
}

static bool is_markup(uint32_t codepoint, bool after_word, struct str rest)
{
	if (codepoint == '_')
		return !after_word || !is_word(rest); /* nothing within a word */
	if (codepoint == '!')
		return rest.len > 0 && rest.ptr[0] == '[';
	if (codepoint == ':') /* what some make links of */
		return after_word && str_starts_with(rest, STR("//"));
	return codepoint < 0x80 && strchr(MARKUP, (int)codepoint) != NULL;
}

void escape_myst_inline(struct strbuf *out, struct str text)
{
	struct str rest = text;
	bool after_word = false;

	while (rest.len > 0) {
		uint32_t codepoint = escape_next(&rest);

		if (codepoint == '\t' || codepoint == 0x2028 || codepoint == 0x2029)
			codepoint = ' ';
		if (!escape_bidi(out, codepoint, "\\\\")) {
			if (is_markup(codepoint, after_word, rest))
				strbuf_append_char(out, '\\');
			strbuf_append_codepoint(out, codepoint);
		}
		after_word = utf8_is_letter_or_digit(codepoint);
	}
}

/* "12." and "12)": the length of the number, or 0. */
static size_t enumerator(struct str line)
{
	size_t digits = 0;

	while (digits < line.len && ascii_is_digit(line.ptr[digits]))
		digits++;
	if (digits == 0 || digits == line.len || (line.ptr[digits] != '.' && line.ptr[digits] != ')'))
		return 0;
	return digits + 1 == line.len || line.ptr[digits + 1] == ' ' ? digits : 0;
}

bool escape_myst_line(struct str line, size_t *at)
{
	*at = enumerator(line);
	if (*at > 0)
		return true;
	/* Headings and their underlines, bullets, thematic breaks, front matter, fields, directives, definitions, comments, targets. */
	return line.len > 0 && (strchr("#=+-:%", line.ptr[0]) || (line.ptr[0] == '(' && str_contains(line, STR(")="))));
}

void escape_myst(struct strbuf *out, struct str text)
{
	struct strbuf line = STRBUF_INIT;
	size_t at;

	escape_myst_inline(&line, utf8_prefix(str_trim(text), ESCAPE_LINE_MAX));
	strbuf_append_c(&line, str_trim(text).len > ESCAPE_LINE_MAX ? "\xE2\x80\xA6" : "");
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == '\n')
			line.ptr[i] = ' ';
	}
	struct str shown = str_trim(strbuf_str(&line));
	if (escape_myst_line(shown, &at)) {
		strbuf_append(out, str_slice(shown, 0, at));
		strbuf_append_char(out, '\\');
		strbuf_append(out, str_slice(shown, at, shown.len));
	} else {
		strbuf_append(out, shown);
	}
	strbuf_release(&line);
}

size_t escape_longest_run(struct str text, char c)
{
	size_t longest = 0;
	size_t run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

void escape_myst_literal(struct strbuf *out, struct str text)
{
	struct strbuf clean = STRBUF_INIT;
	struct str code;
	bool padded;
	size_t fence;

	escape_plain(&clean, utf8_prefix(text, ESCAPE_LINE_MAX));
	strbuf_append_c(&clean, text.len > ESCAPE_LINE_MAX ? "\xE2\x80\xA6" : "");
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.ptr[i] == '\n' || clean.ptr[i] == '\t')
			clean.ptr[i] = ' ';
	}
	code = strbuf_str(&clean);
	if (code.len > 0) {
		fence = escape_longest_run(code, '`') + 1;
		padded = code.ptr[0] == '`' || code.ptr[code.len - 1] == '`' ||
			 (code.ptr[0] == ' ' && code.ptr[code.len - 1] == ' ' && str_trim(code).len > 0);
		strbuf_append_repeat(out, '`', fence);
		strbuf_append_c(out, padded ? " " : "");
		strbuf_append(out, code);
		strbuf_append_c(out, padded ? " " : "");
		strbuf_append_repeat(out, '`', fence);
	}
	strbuf_release(&clean);
}
