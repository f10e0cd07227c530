/* reStructuredText: blocks whose text stays as it is: literal and doctest blocks, comments. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/write_rst_private.h"

#define DIRECTIVE_INDENT 3
#define LITERAL_INDENT   4

static size_t leading_blanks(struct str line)
{
	size_t count = 0;

	while (count < line.len && line.ptr[count] == ' ')
		count++;
	return count;
}

/* The blanks that all lines begin with cannot be kept: docutils takes them for indentation. */
static size_t common_indent(struct str text)
{
	size_t common = SIZE_MAX;
	struct str rest = text;

	while (!str_is_absent(rest)) {
		struct str line = str_cut(&rest, '\n');
		size_t blanks = leading_blanks(line);

		if (blanks < line.len && blanks < common)
			common = blanks;
	}
	return common == SIZE_MAX ? 0 : common;
}

/* As docutils takes it away. */
static struct str without_blank_end(struct str line)
{
	struct str trimmed = write_trim(line);

	return str_slice(line, 0, trimmed.len > 0 ? (size_t)(trimmed.ptr - line.ptr) + trimmed.len : 0);
}

/* Text as it is, with tabs as docutils expands them, and without blank lines at both ends. */
static void clean_literal(struct strbuf *out, struct str text)
{
	struct strbuf clean = STRBUF_INIT;
	size_t column = 0;

	escape_plain(&clean, text);
	for (size_t i = 0; i < clean.len; i++) {
		char c = clean.ptr[i];

		if (c == '\t')
			strbuf_append_repeat(out, ' ', 8 - column % 8);
		else if (str_starts_with(str_slice(strbuf_str(&clean), i, 3), STR("\xE2\x80\xA8")) ||
			 str_starts_with(str_slice(strbuf_str(&clean), i, 3), STR("\xE2\x80\xA9")))
			strbuf_append_c(out, (i += 2, " ")); /* line and paragraph separators end lines there */
		else
			strbuf_append_char(out, c);
		if (c == '\n')
			column = 0;
		else if (c == '\t')
			column += 8 - column % 8;
		else
			column += ((unsigned char)c & 0xC0) != 0x80;
	}
	strbuf_release(&clean);
}

static void literal_lines(struct rst_writer *w, struct str text)
{
	size_t common = common_indent(text);
	struct str rest = text;
	size_t blanks = 0;
	bool any = false;

	while (!str_is_absent(rest)) {
		struct str line = without_blank_end(str_cut(&rest, '\n'));

		if (line.len == 0) {
			blanks += any;
			continue;
		}
		for (; blanks > 0; blanks--)
			lines_blank(&w->lines);
		line = str_slice(line, common, line.len);
		for (struct str piece = utf8_prefix(line, WRITE_LINE_MAX); line.len > 0;
			piece = utf8_prefix(line, WRITE_LINE_MAX)) {
			lines_add(&w->lines, piece);
			line = str_slice(line, piece.len, line.len);
		}
		any = true;
	}
}

void rst_literal_block(struct rst_writer *w, const struct document_node *node)
{
	struct str language = write_language(node);
	struct strbuf plain = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t prefix;

	document_plain_text(&plain, node);
	clean_literal(&text, strbuf_str(&plain));
	if (str_trim(strbuf_str(&text)).len > 0) {
		if (language.len > 0) {
			strbuf_clear(&plain);
			strbuf_printf(&plain, ".. code-block:: %.*s", STR_ARG(language));
			lines_add(&w->lines, strbuf_str(&plain));
		} else if (!w->announced) {
			lines_add(&w->lines, STR("::"));
		}
		w->announced = false;
		prefix = lines_push_indent(&w->lines, LITERAL_INDENT);
		if (language.len > 0 && w->options->roles) /* Sphinx warns of what is not in the language */
			lines_add(&w->lines, STR(":force:"));
		lines_blank(&w->lines);
		literal_lines(w, strbuf_str(&text));
		lines_pop(&w->lines, prefix);
	}
	strbuf_release(&plain);
	strbuf_release(&text);
}

void rst_doctest_block(struct rst_writer *w, const struct document_node *node)
{
	struct strbuf text = STRBUF_INIT;

	clean_literal(&text, node->text);
	if (str_starts_with(strbuf_str(&text), STR(">>> ")) && !str_contains(strbuf_str(&text), STR("\n\n")))
		literal_lines(w, strbuf_str(&text));
	else
		rst_literal_block(w, node);
	strbuf_release(&text);
}

void rst_comment(struct rst_writer *w, const struct document_node *node)
{
	struct strbuf text = STRBUF_INIT;
	size_t prefix;

	lines_add(&w->lines, STR(".."));
	prefix = lines_push_indent(&w->lines, DIRECTIVE_INDENT);
	clean_literal(&text, node->text);
	literal_lines(w, strbuf_str(&text));
	lines_pop(&w->lines, prefix);
	strbuf_release(&text);
}
