#include "report/excerpt.h"

#include "base/conceal.h"
#include "base/utf8.h"
#include "report/render.h"

enum {
	TAB_WIDTH = 8,
	LEAST_COLUMNS = 40,
	LONGEST_CHARACTER = 8, /* bytes a column that are looked at: combining marks take none */
};

#define ELLIPSIS "…"

/* A line in three parts, and the columns it may take. */
struct parts {
	struct str before;
	struct str marked;
	struct str after;
	size_t columns;
};

/* Appends the code point at the start of text as it is shown in display column `column`; returns its columns and sets *bytes. */
static size_t append_character(struct strbuf *out, struct str text, size_t column, size_t *bytes)
{
	size_t mark = out->len;

	utf8_decode(text, bytes);
	if (text.ptr[0] == '\t') {
		size_t blanks = TAB_WIDTH - column % TAB_WIDTH;

		strbuf_append_repeat(out, ' ', blanks);
		return blanks;
	}
	strbuf_append_visible(out, str_slice(text, 0, *bytes));
	return utf8_display_width(str_slice(strbuf_str(out), mark, out->len - mark), column);
}

/* Appends as much of text as ends at or before column `limit`, sets *rest to what did not fit, and returns the column reached. */
static size_t append_text(struct strbuf *out, struct str text, size_t column, size_t limit, struct str *rest)
{
	size_t most = limit * LONGEST_CHARACTER;
	size_t done = 0;

	while (done < text.len && done < most) {
		size_t mark = out->len;
		size_t bytes;
		size_t width = append_character(out, str_slice(text, done, text.len - done), column, &bytes);

		if (column + width > limit) {
			strbuf_truncate(out, mark);
			break;
		}
		column += width;
		done += bytes;
	}
	*rest = str_slice(text, done, text.len - done);
	return column;
}

/* The offset of the code point that ends at `end`. */
static size_t previous_character(struct str text, size_t end)
{
	for (size_t back = 1; back <= 4 && back <= end; back++) {
		size_t bytes;

		utf8_decode(str_slice(text, end - back, back), &bytes);
		if (bytes == back && back > 1)
			return end - back;
	}
	return end - 1;
}

/* The longest end of text that takes at most `columns`. */
static struct str text_end(struct str text, size_t columns)
{
	struct strbuf scratch = STRBUF_INIT;
	size_t start = text.len;
	size_t used = 0;

	while (start > 0 && text.len - start < columns * LONGEST_CHARACTER) {
		size_t previous = previous_character(text, start);
		size_t bytes;

		used += append_character(&scratch, str_slice(text, previous, start - previous), 0, &bytes);
		if (used > columns)
			break;
		start = previous;
	}
	strbuf_release(&scratch);
	return str_slice(text, start, text.len - start);
}

/* Renders the parts within [column, limit); false where something did not fit. */
static bool render_parts(struct excerpt *excerpt, const struct parts *parts, size_t column, size_t limit)
{
	struct str rest_before;
	struct str rest_marked;
	struct str rest_after;

	column = append_text(&excerpt->text, parts->before, column, limit, &rest_before);
	excerpt->column = column;
	if (rest_before.len > 0)
		return false;
	column = append_text(&excerpt->text, parts->marked, column, limit, &rest_marked);
	excerpt->width = column > excerpt->column ? column - excerpt->column : 1;
	if (rest_marked.len > 0)
		return false;
	append_text(&excerpt->text, parts->after, column, limit, &rest_after);
	return rest_after.len == 0;
}

/* A line that is too long: its end is cut and, unless the whole span is in view then, its start too. */
static void render_cut(struct excerpt *excerpt, struct parts *parts)
{
	size_t limit = parts->columns - 1;
	struct str lead = text_end(parts->before, parts->columns / 3);
	struct strbuf whole = STRBUF_INIT;
	struct str rest;
	size_t column = append_text(&whole, parts->before, 0, limit, &rest);
	bool in_view = rest.len == 0 && (append_text(&whole, parts->marked, column, limit, &rest), rest.len == 0);

	strbuf_release(&whole);
	strbuf_clear(&excerpt->text);
	column = 0;
	if (!in_view && lead.len < parts->before.len) {
		parts->before = lead;
		strbuf_append_c(&excerpt->text, ELLIPSIS);
		column = 1;
	}
	if (!render_parts(excerpt, parts, column, limit))
		strbuf_append_c(&excerpt->text, ELLIPSIS);
}

static struct str without_trailing_blanks(struct str text)
{
	while (text.len > 0 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t'))
		text.len--;
	return text;
}

/* The line of the span's start without its secrets: the line itself, or a copy in masked. */
static struct str shown_line(
	struct strbuf *masked, const struct source *source, uint32_t line, const struct vec *concealed)
{
	struct str text = source_line(source, line);
	uint32_t start = source_line_start(source, line);
	struct span span = {.source = source, .start = start, .end = start + (uint32_t)text.len};

	if (conceal_find(concealed, span) == NULL)
		return text;
	strbuf_append(masked, text);
	conceal_mask(concealed, span, masked->ptr);
	return strbuf_str(masked);
}

/* Divides it. */
static void parts_init(struct parts *parts, struct str text, struct span span, uint32_t line, size_t columns)
{
	size_t line_start = source_line_start(span.source, line);
	size_t start = span.start - line_start;
	size_t end = span.end - line_start;
	bool goes_on = end > text.len;

	if (start > text.len)
		start = text.len;
	if (goes_on)
		end = text.len;
	if (end < start)
		end = start;
	parts->before = str_slice(text, 0, start);
	parts->marked = str_slice(text, start, end - start);
	parts->after = without_trailing_blanks(str_slice(text, end, text.len - end));
	if (goes_on)
		parts->marked = without_trailing_blanks(parts->marked);
	parts->columns = columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns;
}

bool excerpt_init(struct excerpt *excerpt, struct span span, size_t columns, const struct vec *concealed)
{
	struct strbuf masked = STRBUF_INIT;
	struct parts parts;

	if (span.source == NULL || span.source->text.len == 0 || span.end == 0)
		return false;
	*excerpt = (struct excerpt){.text = STRBUF_INIT, .width = 1};
	excerpt->line = source_line_at(span.source, span.start);
	struct str text = shown_line(&masked, span.source, excerpt->line, concealed);
	parts_init(&parts, text, span, excerpt->line, columns);
	if (!render_parts(excerpt, &parts, 0, parts.columns))
		render_cut(excerpt, &parts);
	strbuf_release(&masked);
	return true;
}

void excerpt_release(struct excerpt *excerpt)
{
	strbuf_release(&excerpt->text);
}
