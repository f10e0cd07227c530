/* MyST: what stands between fences, and tables. */
#include "base/utf8.h"
#include "text/escape.h"
#include "text/write_grid.h"
#include "text/write_myst_private.h"

#define FENCE_LEAST 3

static void copy_line(struct lines *lines, struct str line)
{
	struct str piece = utf8_prefix(line, WRITE_LINE_MAX);

	lines_add(lines, piece);
	for (line = str_slice(line, piece.len, line.len); line.len > 0; line = str_slice(line, piece.len, line.len)) {
		piece = utf8_prefix(line, WRITE_LINE_MAX);
		lines_add(lines, piece);
	}
}

/* Content as it is, blank lines and all, but for lines that are too long. */
static void copy(struct lines *lines, struct str content)
{
	struct str rest = content;

	while (content.len > 0 && !str_is_absent(rest))
		copy_line(lines, str_cut(&rest, '\n'));
}

static void fenced(struct myst_writer *w, char mark, struct str info, struct str content)
{
	size_t run = escape_longest_run(content, mark);
	size_t length = run < FENCE_LEAST ? FENCE_LEAST : run + 1;
	struct strbuf fence = STRBUF_INIT;

	strbuf_append_repeat(&fence, mark, length);
	strbuf_append(&fence, info);
	lines_add(&w->lines, strbuf_str(&fence));
	copy(&w->lines, content);
	lines_add(&w->lines, str_slice(strbuf_str(&fence), 0, length));
	strbuf_release(&fence);
}

void myst_fence(struct myst_writer *w, struct str language, struct str content)
{
	fenced(w, '`', language, content);
}

/* What follows a fence of back-quotes has none. */
void myst_directive(struct myst_writer *w, const char *name, struct str argument, struct str content)
{
	struct strbuf info = STRBUF_INIT;
	bool code = str_find(argument, '`') < argument.len;

	strbuf_printf(&info, "{%s}%s", name, argument.len > 0 ? " " : "");
	strbuf_append(&info, argument);
	fenced(w, code ? '~' : '`', strbuf_str(&info), content);
	strbuf_release(&info);
}

/* A writer for what is put between fences. */
static struct myst_writer inner_writer(const struct myst_writer *w, struct strbuf *out)
{
	struct myst_writer inner = *w;

	lines_init(&inner.lines, out, 0);
	return inner;
}

void myst_admonition(struct myst_writer *w, const struct document_node *node)
{
	const struct document_node *title = write_child(node, DOCUMENT_TITLE);
	struct strbuf argument = STRBUF_INIT;
	struct strbuf content = STRBUF_INIT;
	struct myst_writer inner = inner_writer(w, &content);
	bool generic = node->kind == DOCUMENT_ADMONITION && title;
	struct myst_line line;

	myst_line_init(&line, w);
	if (generic) {
		myst_line_children(&line, title);
		myst_line_append(&argument, &line);
	}
	myst_nested_blocks(&inner, title ? title->next : node->first_child);
	if (content.len == 0) { /* MyST wants some */
		write_admonition_title(&content, node->kind);
		myst_text(w, strbuf_str(argument.len > 0 ? &argument : &content));
	} else {
		myst_directive(w,
			argument.len > 0                    ? "admonition"
			: node->kind == DOCUMENT_ADMONITION ? "note"
							    : document_kind_name(node->kind),
			strbuf_str(&argument), strbuf_str(&content));
	}
	myst_line_release(&line);
	lines_release(&inner.lines);
	strbuf_release(&argument);
	strbuf_release(&content);
}

/* Whether a cell fits in one line of a table. */
static bool is_simple(const struct grid_cell *cell)
{
	return !cell->entry || !cell->entry->first_child || write_is_single_paragraph(cell->entry);
}

static bool is_simple_table(const struct grid *grid)
{
	if (grid->spans || grid->header_rows > 1)
		return false;
	for (size_t i = 0; i < grid->cell_count; i++) {
		if (!is_simple(&grid->cells[i]))
			return false;
	}
	return true;
}

static void append_cell(struct strbuf *out, const struct myst_writer *w, const struct grid_cell *cell)
{
	struct strbuf text = STRBUF_INIT;
	struct myst_line line;

	myst_line_init(&line, w);
	line.in_cell = true;
	if (cell && cell->entry && cell->entry->first_child)
		myst_line_children(&line, cell->entry->first_child);
	myst_line_append(&text, &line);
	strbuf_append_char(out, ' ');
	strbuf_append(out, strbuf_str(&text));
	strbuf_append_c(out, text.len > 0 ? " |" : "|");
	myst_line_release(&line);
	strbuf_release(&text);
}

/* row: grid->row_count for a header without anything. */
static void simple_row(struct myst_writer *w, const struct grid *grid, size_t row)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_append_char(&line, '|');
	for (size_t column = 0; column < grid->column_count; column++)
		append_cell(&line, w, row < grid->row_count ? grid_at(grid, row, column) : NULL);
	lines_add(&w->lines, strbuf_str(&line));
	strbuf_release(&line);
}

static void simple_table(struct myst_writer *w, const struct grid *grid)
{
	struct strbuf rule = STRBUF_INIT;

	strbuf_append_char(&rule, '|');
	for (size_t column = 0; column < grid->column_count; column++)
		strbuf_append_c(&rule, " --- |");
	simple_row(w, grid, grid->header_rows > 0 ? 0 : grid->row_count);
	lines_add(&w->lines, strbuf_str(&rule));
	for (size_t row = grid->header_rows; row < grid->row_count; row++)
		simple_row(w, grid, row);
	strbuf_release(&rule);
}

/* Every row has all columns; where a cell takes several, the others are empty. */
static void list_rows(struct myst_writer *w, const struct grid *grid)
{
	for (size_t row = 0; row < grid->row_count; row++) {
		size_t outer = lines_marker(&w->lines, STR("*"), 2);

		for (size_t column = 0; column < grid->column_count; column++) {
			size_t inner = lines_marker(&w->lines, STR("-"), 2);

			if (grid_begins(grid, row, column))
				myst_nested_blocks(w, grid_at(grid, row, column)->entry->first_child);
			lines_pop(&w->lines, inner);
		}
		lines_pop(&w->lines, outer);
	}
}

static void list_table(struct myst_writer *w, const struct grid *grid, const struct document_node *title)
{
	struct strbuf argument = STRBUF_INIT;
	struct strbuf content = STRBUF_INIT;
	struct myst_writer inner = inner_writer(w, &content);
	struct strbuf option = STRBUF_INIT;
	struct myst_line line;

	myst_line_init(&line, w);
	if (title)
		myst_line_children(&line, title);
	myst_line_append(&argument, &line);
	if (grid->header_rows > 0) {
		strbuf_printf(&option, ":header-rows: %zu", grid->header_rows);
		lines_add(&inner.lines, strbuf_str(&option));
		lines_blank(&inner.lines);
	}
	list_rows(&inner, grid);
	myst_directive(w, "list-table", strbuf_str(&argument), strbuf_str(&content));
	myst_line_release(&line);
	lines_release(&inner.lines);
	strbuf_release(&argument);
	strbuf_release(&content);
	strbuf_release(&option);
}

void myst_table(struct myst_writer *w, const struct document_node *table)
{
	const struct document_node *title = write_child(table, DOCUMENT_TITLE);
	struct grid grid;

	grid_init(&grid, table);
	if (grid.row_count > 0 && is_simple_table(&grid)) {
		struct document_node strong = {
			.kind = DOCUMENT_STRONG, .first_child = title ? title->first_child : NULL};

		if (title && myst_paragraph(w, &strong, STR("")))
			lines_blank(&w->lines);
		simple_table(w, &grid);
	} else if (grid.row_count > 0) {
		list_table(w, &grid, title);
	}
	grid_release(&grid);
}
