/* reStructuredText: how text and markup are joined to lines, and these to paragraphs. */
#include "base/ascii.h"
#include "text/escape.h"
#include "text/write_rst_private.h"

void rst_line_init(struct rst_line *line, const struct rst_writer *w)
{
	*line = (struct rst_line){.writer = w};
	strbuf_init(&line->text);
}

void rst_line_release(struct rst_line *line)
{
	strbuf_release(&line->text);
}

static char last_char(const struct strbuf *text)
{
	return text->len > 0 ? text->ptr[text->len - 1] : '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == RST_BREAK;
}

/* What a character that begins a quotation is ended by. */
static char closing(char opening)
{
	static const char pairs[] = "()[]{}\"\"''";
	const char *found = opening ? strchr(pairs, opening) : NULL;

	return found ? found[1] : '\0';
}

/* Keeps markup apart from what stands before it. */
void rst_line_markup(struct rst_line *line, struct str markup, size_t mark_length)
{
	char before = last_char(&line->text);
	bool free = is_blank(before) || before == '/' || before == '-';

	if (!free && before != '\0' && strchr("([{\"'", before))
		free = mark_length >= markup.len || markup.ptr[mark_length] != closing(before);
	if (!free || line->after_markup)
		strbuf_append_c(&line->text, "\\ ");
	strbuf_append(&line->text, markup);
	line->after_markup = true;
}

/* Keeps markup apart from the text behind it; ":name:" there would be a role. */
static void begin_text(struct rst_line *line, struct str text)
{
	bool role = text.ptr[0] == ':' && text.len > 1 && ascii_is_alnum(text.ptr[1]) && last_char(&line->text) == '`';

	if (line->after_markup && (role || (!is_blank(text.ptr[0]) && !strchr("'\")]}>-/:.,;!?\\", text.ptr[0]))))
		strbuf_append_c(&line->text, "\\ ");
	line->after_markup = false;
}

/* A colon that could end the name of a field, or that stands between a term and its classifier. */
static bool is_separator(const struct rst_line *line, struct str text, size_t at)
{
	if (text.ptr[at] != ':' || (at > 0 && text.ptr[at - 1] == '\\'))
		return false;
	return line->in_name || (line->in_term && (at == 0 || text.ptr[at - 1] == ' '));
}

/* A colon at the end of one text may make a URI, or announce a literal block, together with the next. */
static void escape_last(struct strbuf *text)
{
	char last = text->ptr[text->len - 1];

	if (text->len > 1 && text->ptr[text->len - 2] == '\\')
		return;
	strbuf_truncate(text, text->len - 1);
	strbuf_append_char(text, '\\');
	strbuf_append_char(text, last);
}

void rst_line_text(struct rst_line *line, struct str s)
{
	struct strbuf escaped = STRBUF_INIT;

	escape_rst_inline(&escaped, s);
	if (escaped.len > 0)
		begin_text(line, strbuf_str(&escaped));
	if (last_char(&line->text) == ':' && escaped.len > 0 && !is_blank(escaped.ptr[0]))
		escape_last(&line->text);
	for (size_t i = 0; i < escaped.len; i++) {
		if (is_separator(line, strbuf_str(&escaped), i))
			strbuf_append_char(&line->text, '\\');
		strbuf_append_char(&line->text, escaped.ptr[i]);
	}
	strbuf_release(&escaped);
}

void rst_append_content(struct strbuf *out, struct str content)
{
	struct str rest = content;
	bool blank_end = content.len > 0 && ascii_is_white(content.ptr[content.len - 1]);

	if (content.len == 0 || ascii_is_white(content.ptr[0]))
		strbuf_append_c(out, "\\ ");
	while (rest.len > 0) {
		uint32_t codepoint = escape_next(&rest);

		if (codepoint == 0x2028 || codepoint == 0x2029 || codepoint == '\t' || codepoint == '\n')
			codepoint = ' ';
		if (escape_bidi(out, codepoint, "\\\\"))
			continue;
		if (codepoint == '\\' || codepoint == '`' || codepoint == '<')
			strbuf_append_char(out, '\\');
		strbuf_append_codepoint(out, codepoint);
	}
	strbuf_append_c(out, blank_end ? "\\ " : "");
}

/* A colon at the very end that would announce a literal block. */
static void close_text(struct rst_line *line)
{
	struct str text_so_far = strbuf_str(&line->text);

	if (!str_ends_with(text_so_far, STR("::")))
		return;
	strbuf_truncate(&line->text, text_so_far.len - 1);
	strbuf_append_c(&line->text, "\\:");
}

/* Without white space at both ends, as docutils takes it away; a blank that is escaped stays. */
static struct str without_blanks(struct str line)
{
	struct str trimmed = write_trim(line);
	size_t end = (size_t)(trimmed.ptr - line.ptr) + trimmed.len;

	if (trimmed.len > 0 && trimmed.ptr[trimmed.len - 1] == '\\' && end < line.len && line.ptr[end] == ' ' &&
		(trimmed.len < 2 || trimmed.ptr[trimmed.len - 2] != '\\'))
		trimmed.len++;
	return trimmed;
}

/* The beginning of the plain text, for a line that is too long to be written with its markup. */
static void shorten(struct rst_line *line)
{
	struct strbuf plain = STRBUF_INIT;

	if (line->source)
		write_plain_line(&plain, line->source);
	strbuf_clear(&line->text);
	escape_rst(&line->text, strbuf_str(&plain));
	for (size_t i = 0; line->in_name && i < line->text.len; i++) {
		if (line->text.ptr[i] == ':')
			line->text.ptr[i] = ' ';
	}
	strbuf_release(&plain);
}

struct str rst_line_finish(struct rst_line *line)
{
	struct strbuf *text_so_far = &line->text;
	struct str trimmed;

	close_text(line);
	if (line->text.len > WRITE_LINE_MAX)
		shorten(line);
	for (size_t i = 0; i < text_so_far->len; i++) {
		if (is_blank(text_so_far->ptr[i]))
			text_so_far->ptr[i] = ' ';
	}
	trimmed = without_blanks(strbuf_str(text_so_far));
	if (!line->inside && escape_rst_guard(trimmed)[0] != '\0') {
		struct strbuf escaped = STRBUF_INIT;

		strbuf_append_c(&escaped, escape_rst_guard(trimmed));
		strbuf_append(&escaped, trimmed);
		strbuf_release(text_so_far);
		*text_so_far = escaped;
		return strbuf_str(text_so_far);
	}
	return trimmed;
}

static bool is_run_of_one(struct str line)
{
	for (size_t i = 1; i < line.len; i++) {
		if (line.ptr[i] != line.ptr[0])
			return false;
	}
	return true;
}

/* guard: at the start of the line something may have to be escaped. Where the line is too long it is broken, within a word by an escaped line break, which is nothing. */
static void add_line(struct rst_writer *w, struct str line, const char *before, bool guard)
{
	struct strbuf whole = STRBUF_INIT;
	bool blank;
	size_t at = write_break(line, &blank);

	strbuf_append_c(&whole, before);
	strbuf_append_c(&whole, guard ? escape_rst_guard(line) : "");
	strbuf_append(&whole, str_slice(line, 0, at));
	strbuf_append_c(&whole, at < line.len && !blank ? "\\" : "");
	lines_add(&w->lines, strbuf_str(&whole));
	strbuf_release(&whole);
}

/* A line of a paragraph; before: of a line block, whose other lines are indented. */
static void add_lines(struct rst_writer *w, struct str line, const char *before)
{
	struct str rest = line;
	const char *mark = before;
	bool blank;

	add_line(w, rest, mark, before[0] == '\0');
	for (size_t at = write_break(rest, &blank); at < rest.len; at = write_break(rest, &blank)) {
		rest = str_slice(rest, at + blank, rest.len);
		mark = before[0] != '\0' ? "  " : "";
		add_line(w, rest, mark, before[0] == '\0' && (!blank || is_run_of_one(rest)));
	}
}

bool rst_paragraph(struct rst_writer *w, const struct document_node *parent)
{
	struct rst_line line;
	struct str rest;
	bool broken;
	bool any = false;

	rst_line_init(&line, w);
	if (document_kind_is_block(parent->kind))
		rst_line_children(&line, parent);
	else
		rst_line_inline(&line, parent);
	close_text(&line);
	rest = strbuf_str(&line.text);
	broken = str_find(rest, RST_BREAK) < rest.len;
	for (size_t i = 0; broken && i < rest.len; i++) {
		if (rest.ptr[i] == '\n')
			line.text.ptr[i] = ' ';
	}
	while (!str_is_absent(rest)) {
		struct str piece = without_blanks(str_cut(&rest, broken ? RST_BREAK : '\n'));

		if (piece.len > 0)
			add_lines(w, piece, broken ? "| " : "");
		any = any || piece.len > 0;
	}
	rst_line_release(&line);
	return any;
}
