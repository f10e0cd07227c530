#include "report/markdown.h"

#include "report/fill.h"
#include "report/style.h"

enum { CODE_INDENT = 4 };

struct plain_writer {
	struct strbuf *out;
	size_t width;
	bool colour;
	bool any;                /* something was written: a blank line separates */
	struct strbuf paragraph; /* lines gathered for filling */
	size_t first_indent;     /* of a list item, which has its marker in the text */
	size_t indent;           /* of its other lines */
	bool tight;              /* an item behind an item: no blank line */
};

static size_t count_leading(struct str line, char c)
{
	size_t count = 0;

	while (count < line.len && line.ptr[count] == c)
		count++;
	return count;
}

static struct str next_line(struct str *rest)
{
	struct str line = str_cut(rest, '\n');

	return str_ends_with(line, STR("\r")) ? str_slice(line, 0, line.len - 1) : line;
}

static bool is_blank(struct str line)
{
	return str_trim(line).len == 0;
}

/* The length of a list marker with its blanks at the start of line ("- ", "12. "), or 0. */
static size_t marker_length(struct str line)
{
	size_t length = 0;

	if (line.len > 1 && strchr("-*+", line.ptr[0]) != NULL) {
		length = 1;
	} else {
		while (length < line.len && line.ptr[length] >= '0' && line.ptr[length] <= '9')
			length++;
		if (length == 0 || length >= line.len || line.ptr[length] != '.')
			return 0;
		length++;
	}
	size_t blanks = count_leading(str_slice(line, length, line.len), ' ');
	return blanks > 0 ? length + blanks : 0;
}

/* The length of the fence that opens or closes a code block, or 0. */
static size_t fence_length(struct str line)
{
	size_t ticks = count_leading(line, '`');
	size_t tildes = count_leading(line, '~');

	return ticks >= 3 ? ticks : tildes >= 3 ? tildes : 0;
}

/* The length of the code span at the start of text, its back-quotes included; where nothing closes it, of the back-quotes alone. */
static size_t code_span_length(struct str text)
{
	size_t ticks = count_leading(text, '`');

	for (size_t i = ticks; i < text.len; i++) {
		size_t closing = count_leading(str_slice(text, i, text.len), '`');

		if (closing == ticks)
			return i + closing;
		i += closing;
	}
	return ticks;
}

/* If a link stands at the start of text ("[words](target)"), sets its parts and returns its length, else 0. */
static size_t link_length(struct str text, struct str *words, struct str *target)
{
	size_t close = str_find(text, ']');
	struct str rest = str_slice(text, close + 1, text.len);
	size_t end = str_find(rest, ')');

	if (close == text.len || rest.len == 0 || rest.ptr[0] != '(' || end == rest.len)
		return 0;
	*words = str_slice(text, 1, close - 1);
	*target = str_slice(rest, 1, end - 1);
	return close + 1 + end + 1;
}

/* Appends inline text without its markup. */
static void append_inline(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		struct str rest = str_slice(text, i, text.len);
		struct str words;
		struct str target;
		size_t length = 1;

		if (rest.ptr[0] == '`') {
			length = code_span_length(rest);
			strbuf_append(out, str_slice(rest, 0, length));
		} else if (str_starts_with(rest, STR("**"))) {
			length = 2;
		} else if (rest.ptr[0] == '\\' && rest.len > 1 && strchr("\\`*_{}[]()#+-.!|<>~", rest.ptr[1])) {
			length = 2;
			strbuf_append_char(out, rest.ptr[1]);
		} else if (rest.ptr[0] == '[' && (length = link_length(rest, &words, &target)) > 0) {
			strbuf_append(out, words);
			strbuf_append_c(out, " (");
			strbuf_append(out, target);
			strbuf_append_char(out, ')');
		} else {
			length = 1;
			strbuf_append_char(out, rest.ptr[0]);
		}
		i += length;
	}
}

static void separate(struct plain_writer *writer)
{
	if (writer->any && !writer->tight)
		strbuf_append_char(writer->out, '\n');
	writer->any = true;
	writer->tight = false;
}

/* Writes the paragraph or list item that has been gathered, if any. */
static void flush_paragraph(struct plain_writer *writer)
{
	struct strbuf plain = STRBUF_INIT;

	if (writer->paragraph.len == 0)
		return;
	separate(writer);
	append_inline(&plain, strbuf_str(&writer->paragraph));
	strbuf_append_repeat(writer->out, ' ', writer->first_indent);
	append_filled(writer->out, strbuf_str(&plain), writer->first_indent, writer->indent, writer->width);
	strbuf_append_char(writer->out, '\n');
	strbuf_release(&plain);
	strbuf_clear(&writer->paragraph);
	writer->first_indent = 0;
	writer->indent = 0;
}

static void code_line(struct plain_writer *writer, struct str line)
{
	if (!is_blank(line)) {
		strbuf_append_repeat(writer->out, ' ', CODE_INDENT);
		style_begin(writer->out, STYLE_CODE, writer->colour);
		strbuf_append(writer->out, line);
		style_end(writer->out, STYLE_CODE, writer->colour);
	}
	strbuf_append_char(writer->out, '\n');
}

static void code_block(struct plain_writer *writer, struct str *rest, size_t fence)
{
	flush_paragraph(writer);
	separate(writer);
	while (!str_is_absent(*rest)) {
		struct str line = next_line(rest);

		if (fence_length(line) >= fence)
			return;
		code_line(writer, line);
	}
}

static void heading(struct plain_writer *writer, struct str line)
{
	struct strbuf plain = STRBUF_INIT;

	flush_paragraph(writer);
	separate(writer);
	append_inline(&plain, str_trim(str_slice(line, count_leading(line, '#'), line.len)));
	style_text(writer->out, STYLE_STRONG, writer->colour, plain.ptr);
	strbuf_append_char(writer->out, '\n');
	strbuf_release(&plain);
}

static bool is_heading(struct str line)
{
	size_t level = count_leading(line, '#');

	return level > 0 && level <= 6 && level < line.len && line.ptr[level] == ' ';
}

static void text_line(struct plain_writer *writer, struct str line)
{
	size_t indent = count_leading(line, ' ');
	size_t marker = marker_length(str_slice(line, indent, line.len));

	if (marker > 0) {
		bool in_list = writer->paragraph.len > 0 && writer->indent > 0;

		flush_paragraph(writer);
		writer->tight = in_list;
		writer->first_indent = indent;
		writer->indent = indent + marker;
	} else if (writer->paragraph.len > 0) {
		strbuf_append_char(&writer->paragraph, ' ');
	} else {
		writer->first_indent = indent;
		writer->indent = indent;
	}
	strbuf_append(&writer->paragraph, str_trim(line));
}

void markdown_plain(struct strbuf *out, struct str markdown, size_t width, bool colour)
{
	struct plain_writer writer = {.out = out, .width = width, .colour = colour, .paragraph = STRBUF_INIT};

	while (!str_is_absent(markdown)) {
		struct str line = next_line(&markdown);
		size_t fence = fence_length(line);

		if (fence > 0)
			code_block(&writer, &markdown, fence);
		else if (is_blank(line))
			flush_paragraph(&writer);
		else if (is_heading(line))
			heading(&writer, line);
		else
			text_line(&writer, line);
	}
	flush_paragraph(&writer);
	strbuf_release(&writer.paragraph);
}

struct str markdown_first_paragraph(struct str markdown)
{
	struct str rest = str_trim(markdown);
	const char *start = rest.ptr;
	size_t length = 0;

	while (!str_is_absent(rest)) {
		struct str line = next_line(&rest);

		if (is_blank(line) || is_heading(line) || fence_length(line) > 0 || marker_length(line) > 0)
			break;
		length = (size_t)(line.ptr + line.len - start);
	}
	return (struct str){.ptr = start, .len = length};
}
