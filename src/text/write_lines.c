#include "text/write_lines.h"

void lines_init(struct lines *lines, struct strbuf *out, unsigned indent)
{
	*lines = (struct lines){.out = out, .joined = true, .skip = indent};
	strbuf_init(&lines->prefix);
	strbuf_append_repeat(&lines->prefix, ' ', indent);
}

void lines_release(struct lines *lines)
{
	strbuf_release(&lines->prefix);
}

void lines_add(struct lines *lines, struct str line)
{
	if (!lines->joined) {
		strbuf_append_char(lines->out, '\n');
		strbuf_append(lines->out, strbuf_str(&lines->prefix));
	} else {
		strbuf_append_c(lines->out, lines->gap ? " " : "");
		strbuf_append(lines->out, str_slice(strbuf_str(&lines->prefix), lines->skip, lines->prefix.len));
	}
	strbuf_append(lines->out, line);
	lines->begun = true;
	lines->joined = lines->gap = false;
}

void lines_blank(struct lines *lines)
{
	size_t len = lines->prefix.len;

	if (!lines->begun)
		return;
	while (len > 0 && lines->prefix.ptr[len - 1] == ' ')
		len--;
	strbuf_append_char(lines->out, '\n');
	strbuf_append(lines->out, str_slice(strbuf_str(&lines->prefix), 0, len));
	lines->joined = lines->gap = false;
}

void lines_copy(struct lines *lines, struct str text)
{
	struct str rest = text;

	while (text.len > 0 && !str_is_absent(rest)) {
		struct str line = str_cut(&rest, '\n');

		if (line.len > 0)
			lines_add(lines, line);
		else
			lines_blank(lines);
	}
}

size_t lines_push(struct lines *lines, struct str more)
{
	size_t length = lines->prefix.len;

	strbuf_append(&lines->prefix, more);
	return length;
}

size_t lines_push_indent(struct lines *lines, size_t blanks)
{
	size_t length = lines->prefix.len;

	strbuf_append_repeat(&lines->prefix, ' ', blanks);
	return length;
}

size_t lines_marker(struct lines *lines, struct str marker, size_t indent)
{
	size_t length;

	lines_add(lines, marker);
	length = lines_push_indent(lines, indent);
	lines->joined = lines->gap = true;
	lines->skip = lines->prefix.len;
	return length;
}

void lines_end_marker(struct lines *lines)
{
	lines->joined = lines->joined && !lines->begun;
	lines->gap = false;
}

void lines_pop(struct lines *lines, size_t length)
{
	strbuf_truncate(&lines->prefix, length);
	lines_end_marker(lines);
}

void lines_return(struct lines *lines, const struct lines *before, size_t length)
{
	strbuf_truncate(lines->out, length);
	lines->begun = before->begun;
	lines->joined = before->joined;
	lines->gap = before->gap;
}
