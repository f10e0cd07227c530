#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "text/rst_inline_private.h"

void rst_inliner_init(struct rst_inliner *in, struct rst_reader *reader, const struct rst_text *text)
{
	struct str rest = text->text;

	*in = (struct rst_inliner){.reader = reader, .text = text};
	in->characters = xreallocarray(NULL, rest.len + 1, sizeof(*in->characters));
	in->bytes = xreallocarray(NULL, rest.len + 1, sizeof(*in->bytes));
	for (bool escaped = false; rest.len > 0;) {
		size_t width;
		uint32_t character = utf8_decode(rest, &width);
		bool escapes = character == '\\' && !escaped;
		in->characters[in->len] = escapes ? RST_ESCAPE : character;
		in->bytes[in->len++] = (size_t)(rest.ptr - text->text.ptr);
		rest = str_slice(rest, width, rest.len);
		escaped = escapes;
	}
	in->bytes[in->len] = text->text.len;
}

void rst_inliner_release(struct rst_inliner *in)
{
	free(in->characters);
	free(in->bytes);
}

size_t rst_name_end(struct rst_inliner *in, size_t at)
{
	size_t end = at;

	if (at >= in->len || !rst_is_word(in->characters[at]))
		return at;
	if (at >= in->name.from && at < in->name.to)
		return in->name.to;
	for (;;) {
		while (end < in->len && rst_is_word(in->characters[end]))
			end++;
		if (end + 1 >= in->len || in->characters[end] >= 0x80 || in->characters[end] == RST_ESCAPE ||
			!strchr("-._+:", (int)in->characters[end]) || !rst_is_word(in->characters[end + 1]))
			break;
		end++;
	}
	in->name = (struct rst_range){at, end};
	return end;
}

/* An escape goes, and with it the blank or line break that it escapes. */
struct str rst_unescaped(const struct rst_inliner *in, struct rst_range range)
{
	struct str raw = rst_raw(in, range);
	char *out = arena_bytes(&in->reader->document->arena, raw.len + 1);
	size_t len = 0;

	for (size_t i = range.from; i < range.to; i++) {
		size_t size = in->bytes[i + 1] - in->bytes[i];
		if (in->characters[i] == RST_ESCAPE) {
			if (i + 1 < range.to && (rst_is_at(in, i + 1, ' ') || rst_is_at(in, i + 1, '\n')))
				i++;
			continue;
		}
		memcpy(out + len, in->text->text.ptr + in->bytes[i], size);
		len += size;
	}
	return (struct str){.ptr = out, .len = len};
}

struct str rst_raw(const struct rst_inliner *in, struct rst_range range)
{
	return str_slice(in->text->text, in->bytes[range.from], in->bytes[range.to] - in->bytes[range.from]);
}

static size_t start_of(const struct rst_inliner *in, size_t at)
{
	return in->text->at[in->bytes[at]];
}

static size_t end_of(const struct rst_inliner *in, size_t at)
{
	return at == 0 ? in->text->at[0] : in->text->at[in->bytes[at] - 1] + 1;
}

size_t rst_line_of(struct rst_inliner *in, size_t at)
{
	if (at < in->line_cursor.from)
		in->line_cursor = (struct rst_range){0, 0};
	while (in->line_cursor.from < at)
		in->line_cursor.to += in->characters[in->line_cursor.from++] == '\n';
	return in->text->line + in->line_cursor.to;
}

struct document_node *rst_add_inline(struct rst_inliner *in, enum document_kind kind, struct rst_range range)
{
	struct document_node *node = document_add(in->reader->document, in->parent, kind);

	node->start = start_of(in, range.from);
	node->end = end_of(in, range.to);
	return node;
}

struct document_node *rst_add_inline_text(
	struct rst_inliner *in, enum document_kind kind, struct rst_range range, struct str text)
{
	struct document *document = in->reader->document;
	struct document_node *node = rst_add_inline(in, kind, range);
	struct document_node *holder = node;

	if (document_kind_content(kind) != DOCUMENT_HOLDS_TEXT) {
		if (text.len == 0)
			return node;
		holder = document_add(document, node, DOCUMENT_TEXT);
		holder->start = node->start;
		holder->end = node->end;
	}
	holder->text = arena_str(&document->arena, text);
	return node;
}

void rst_problem(struct rst_inliner *in, enum document_level level, struct rst_range range, const char *format, ...)
{
	struct document_node *node = rst_add_inline_text(in, DOCUMENT_PROBLEMATIC, range, rst_raw(in, range));
	va_list args;

	va_start(args, format);
	struct str message = arena_vprintf(&in->reader->document->arena, format, args);
	va_end(args);
	rst_report(in->reader, level, rst_line_of(in, range.from), node->start, node->end, "%.*s", STR_ARG(message));
}
