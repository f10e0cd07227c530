#include "text/rst.h"

#include "base/utf8.h"
#include "text/rst_block.h"

/* docutils' setting of the longest line that it reads, in characters. */
#define LINE_LENGTH_MAX 10000

void rst_vreport(struct rst_reader *reader, enum document_level level, size_t line, size_t start, size_t end,
	const char *format, va_list args)
{
	struct document_message *message = vec_push(&reader->document->messages);

	*message = (struct document_message){.level = level, .line = line, .start = start, .end = end};
	message->text = arena_vprintf(&reader->document->arena, format, args);
}

void rst_report(struct rst_reader *reader, enum document_level level, size_t line, size_t start, size_t end,
	const char *format, ...)
{
	va_list args;

	va_start(args, format);
	rst_vreport(reader, level, line, start, end, format, args);
	va_end(args);
}

void rst_unsupported(struct rst_reader *reader, size_t line, size_t start, size_t end, const char *format, ...)
{
	struct document_unsupported *unsupported = vec_push(&reader->document->unsupported);
	va_list args;

	*unsupported = (struct document_unsupported){.line = line, .start = start, .end = end};
	va_start(args, format);
	unsupported->what = arena_vprintf(&reader->document->arena, format, args);
	va_end(args);
}

/* A document with a line that is too long is refused as a whole. */
static bool has_long_line(struct rst_reader *reader, const struct rst_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (lines[i].text.len <= LINE_LENGTH_MAX || utf8_length(lines[i].text) <= LINE_LENGTH_MAX)
			continue;
		rst_report(reader, DOCUMENT_LEVEL_ERROR, lines[i].number, rst_line_start(&lines[i]),
			rst_line_end(&lines[i]), "the line is longer than %d characters; nothing is read",
			LINE_LENGTH_MAX);
		return true;
	}
	return false;
}

/* docutils marks escapes by this character, so that it means something else there. */
static void refuse_nul(struct rst_reader *reader, const struct rst_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = str_find(lines[i].text, '\0');
		if (at == lines[i].text.len)
			continue;
		rst_unsupported(reader, lines[i].number, lines[i].at[at], lines[i].at[at] + 1, "a NUL character");
		return;
	}
}

static int compare_messages(const void *a, const void *b)
{
	const struct document_message *first = a, *second = b;

	return (first->start > second->start) - (first->start < second->start);
}

static int compare_unsupported(const void *a, const void *b)
{
	const struct document_unsupported *first = a, *second = b;

	return (first->start > second->start) - (first->start < second->start);
}

static void read_document(struct rst_reader *reader)
{
	struct rst_styles styles = {.marks = VEC_INIT(struct rst_mark)};
	struct rst_machine machine = {.reader = reader, .node = reader->document->root, .styles = &styles};

	struct vec transitions;

	machine.lines = rst_split_lines(reader, &machine.len);
	reader->document->root->end = reader->source.len;
	if (has_long_line(reader, machine.lines, machine.len))
		return;
	refuse_nul(reader, machine.lines, machine.len);
	rst_references_init(reader);
	rst_read_body(&machine);
	rst_leave_sections(&machine);
	rst_judge_transitions(&machine, &transitions);
	rst_settle_classes(reader);
	rst_resolve(reader);
	rst_settle_transitions(&machine, &transitions);
	rst_references_release(reader);
	vec_release(&styles.marks);
}

struct document *rst_read(struct str text, const struct rst_options *options)
{
	static const struct rst_options none = {.roles = NULL};
	struct rst_reader reader = {.document = document_new(), .options = options ? options : &none};

	reader.source = arena_str(&reader.document->arena, str_is_absent(text) ? STR("") : text);
	rst_classes_init(&reader);
	read_document(&reader);
	rst_classes_release(&reader);
	vec_sort(&reader.document->messages, compare_messages);
	vec_sort(&reader.document->unsupported, compare_unsupported);
	return reader.document;
}
