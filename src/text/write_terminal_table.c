/* Terminal: tables, in columns that together are no wider than the line. */
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "text/write_grid.h"
#include "text/write_terminal_private.h"

#define GAP         2 /* between columns */
#define WIDTH_LEAST 5

struct columns {
	const struct grid *grid;
	struct terminal_text *texts; /* one for each cell of the grid */
	size_t *at;                  /* how much of each is drawn */
	size_t *widths;
	size_t *natural;
};

static void begin_piece(struct terminal_text *text)
{
	if (text->text.len > 0)
		terminal_text_inline(text, &(struct document_node){.kind = DOCUMENT_LINE_BREAK});
}

static void add_literal_lines(struct terminal_text *text, const struct document_node *node)
{
	struct str rest = node->text;

	while (node->text.len > 0 && !str_is_absent(rest)) {
		begin_piece(text);
		terminal_text_add(text, str_cut(&rest, '\n'));
	}
}

/* All that a cell holds, paragraph by paragraph. */
static void gather(struct terminal_text *text, const struct document_node *entry)
{
	bool item = false;

	for (const struct document_node *node = document_next(entry, NULL); node; node = document_next(entry, node)) {
		enum document_content content = document_kind_content(node->kind);

		item = item || node->kind == DOCUMENT_LIST_ITEM;
		if (!document_kind_is_block(node->kind) || node->kind == DOCUMENT_COMMENT)
			continue;
		if (content == DOCUMENT_HOLDS_TEXT) {
			add_literal_lines(text, node);
		} else if (content == DOCUMENT_HOLDS_INLINES && node->first_child) {
			begin_piece(text);
			terminal_text_add(text, item ? STR("- ") : STR(""));
			terminal_text_children(text, node);
			item = false;
		}
	}
}

static void columns_init(struct columns *columns, const struct terminal_writer *w, const struct grid *grid)
{
	*columns = (struct columns){.grid = grid};
	columns->texts = xcalloc(grid->cell_count + 1, sizeof(*columns->texts));
	columns->at = xcalloc(grid->cell_count + 1, sizeof(*columns->at));
	columns->widths = xcalloc(grid->column_count + 1, sizeof(*columns->widths));
	columns->natural = xcalloc(grid->column_count + 1, sizeof(*columns->natural));
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct grid_cell *cell = &grid->cells[i];
		size_t word;
		size_t width;

		terminal_text_init(&columns->texts[i], w, cell->row < grid->header_rows ? TERMINAL_STRONG : 0);
		if (cell->entry)
			gather(&columns->texts[i], cell->entry);
		terminal_text_squeeze(&columns->texts[i]);
		width = terminal_text_width(&columns->texts[i], &word);
		if (cell->column_span == 1 && width > columns->natural[cell->column])
			columns->natural[cell->column] = width;
	}
}

static void columns_release(struct columns *columns)
{
	for (size_t i = 0; i < columns->grid->cell_count; i++)
		terminal_text_release(&columns->texts[i]);
	free(columns->texts);
	free(columns->at);
	free(columns->widths);
	free(columns->natural);
}

/* Narrow columns get what they need; the others share what is left. */
static void share(struct columns *columns, size_t available)
{
	size_t count = columns->grid->column_count;
	size_t open = count;
	size_t left = available;
	bool changed = true;

	while (changed && open > 0) {
		size_t part = left / open;

		changed = false;
		for (size_t i = 0; i < count; i++) {
			if (columns->widths[i] > 0 || columns->natural[i] > part)
				continue;
			columns->widths[i] = columns->natural[i] > 0 ? columns->natural[i] : 1;
			left -= columns->natural[i];
			open--;
			changed = true;
		}
	}
	size_t share = open > 0 && left / open > WIDTH_LEAST ? left / open : WIDTH_LEAST;
	for (size_t i = 0; i < count; i++) {
		if (columns->widths[i] == 0)
			columns->widths[i] = share;
	}
}

static bool append_cell_line(struct strbuf *line, const struct columns *columns, size_t row, size_t column, size_t *gap)
{
	size_t index = (size_t)(grid_at(columns->grid, row, column) - columns->grid->cells);
	size_t width = columns->widths[column];
	size_t start, end;
	size_t used = 0;
	bool any = false;

	if (grid_begins(columns->grid, row, column) &&
		terminal_text_line(&columns->texts[index], &columns->at[index], width, &start, &end)) {
		strbuf_append_repeat(line, ' ', *gap);
		*gap = 0;
		terminal_text_append(line, &columns->texts[index], start, end);
		used = utf8_display_width(str_slice(strbuf_str(&columns->texts[index].text), start, end - start), 0);
		any = true;
	}
	*gap += (used < width ? width - used : 0) + GAP;
	return any;
}

static void draw_row(struct terminal_writer *w, const struct columns *columns, size_t row)
{
	bool any = true;

	while (any) {
		struct strbuf line = STRBUF_INIT;
		size_t gap = 0;

		any = false;
		for (size_t column = 0; column < columns->grid->column_count; column++)
			any = append_cell_line(&line, columns, row, column, &gap) || any;
		if (any)
			lines_add(&w->lines, strbuf_str(&line));
		strbuf_release(&line);
	}
}

static void draw_rule(struct terminal_writer *w, const struct columns *columns)
{
	struct strbuf line = STRBUF_INIT;

	for (size_t column = 0; column < columns->grid->column_count; column++) {
		strbuf_append_repeat(&line, ' ', column > 0 ? GAP : 0);
		strbuf_append_repeat(&line, '-', columns->widths[column]);
	}
	lines_add(&w->lines, strbuf_str(&line));
	strbuf_release(&line);
}

void terminal_table(struct terminal_writer *w, const struct document_node *table)
{
	const struct document_node *title = write_child(table, DOCUMENT_TITLE);
	size_t indent = w->lines.prefix.len;
	size_t gaps;
	struct grid grid;
	struct columns columns;

	grid_init(&grid, table);
	gaps = grid.column_count * GAP;
	columns_init(&columns, w, &grid);
	share(&columns, w->width > indent + gaps ? w->width - indent - gaps + GAP : 1);
	if (title) {
		terminal_paragraph(w, title, TERMINAL_STRONG);
		lines_blank(&w->lines);
	}
	for (size_t row = 0; row < grid.row_count; row++) {
		draw_row(w, &columns, row);
		if (row + 1 == grid.header_rows)
			draw_rule(w, &columns);
	}
	columns_release(&columns);
	grid_release(&grid);
}
