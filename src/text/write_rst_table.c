/* reStructuredText: tables. As a drawing where it is small enough to be read, or has cells that span others; else as nested lists ("list-table"). */
#include <stdlib.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "text/write_grid.h"
#include "text/write_rst_private.h"

#define DIRECTIVE_INDENT 3
#define DRAWING_WIDTH    160     /* of all columns together, where none spans */
#define DRAWING_AREA     1000000 /* beyond it, cells do not span */

/* What a cell of the grid says. */
struct cell_text {
	struct strbuf text;
	struct str rest; /* the lines not yet drawn */
	size_t width;    /* columns */
	size_t lines;
};

struct table {
	struct grid grid;
	struct cell_text *texts; /* one for each cell of the grid */
	size_t *widths;          /* of columns, without the blanks at both sides */
	size_t *heights;         /* of rows, in lines */
	bool odd_characters;     /* whose columns are not counted alike everywhere */
};

static void table_init(struct table *table, const struct document_node *node)
{
	*table = (struct table){0};
	grid_init(&table->grid, node);
	table->texts = xcalloc(table->grid.cell_count + 1, sizeof(*table->texts));
	table->widths = xcalloc(table->grid.column_count + 1, sizeof(*table->widths));
	table->heights = xcalloc(table->grid.row_count + 1, sizeof(*table->heights));
	for (size_t i = 0; i < table->grid.cell_count; i++)
		strbuf_init(&table->texts[i].text);
}

static void table_release(struct table *table)
{
	for (size_t i = 0; i < table->grid.cell_count; i++)
		strbuf_release(&table->texts[i].text);
	free(table->texts);
	free(table->widths);
	free(table->heights);
	grid_release(&table->grid);
}

static struct cell_text *text_at(const struct table *table, size_t row, size_t column)
{
	return &table->texts[grid_at(&table->grid, row, column) - table->grid.cells];
}

static bool combines(uint32_t codepoint)
{
	return codepoint >= 0x80 && codepoint != UTF8_INVALID &&
	       utf8proc_get_property((utf8proc_int32_t)codepoint)->combining_class != 0;
}

/* As docutils counts: none for what combines, one for each other code point, two for those that are wide. Not all its versions agree with each other, nor with what is seen: odd. */
static size_t width_of(struct str line, bool *odd)
{
	size_t width = 0;

	for (size_t at = 0, bytes; at < line.len; at += bytes) {
		uint32_t codepoint = utf8_decode(str_slice(line, at, line.len), &bytes);
		int columns = codepoint < 0x80 || codepoint == UTF8_INVALID
				      ? 1
				      : utf8proc_charwidth((utf8proc_int32_t)codepoint);

		*odd = *odd || columns != 1;
		width += columns > 1 ? 2 : combines(codepoint) ? 0 : 1;
	}
	return width;
}

static void write_cell(struct rst_writer *w, const struct grid_cell *place, struct cell_text *cell, bool *odd)
{
	struct rst_writer inner = *w;
	struct str rest;

	lines_init(&inner.lines, &cell->text, 0);
	if (place->entry)
		rst_nested_blocks(&inner, place->entry->first_child, RST_INDENT_KNOWN);
	lines_release(&inner.lines);
	cell->rest = rest = strbuf_str(&cell->text);
	for (; !str_is_absent(rest); cell->lines++) {
		size_t width = width_of(str_cut(&rest, '\n'), odd);

		cell->width = width > cell->width ? width : cell->width;
	}
}

static size_t sum(const size_t *values, size_t first, size_t count, size_t between)
{
	size_t total = (count - 1) * between;

	for (size_t i = first; i < first + count; i++)
		total += values[i];
	return total;
}

/* Widens the last of what a cell takes so that it fits; cells of one column (row) come first. */
static void fit(struct table *table, bool spanning)
{
	for (size_t i = 0; i < table->grid.cell_count; i++) {
		const struct grid_cell *place = &table->grid.cells[i];
		const struct cell_text *cell = &table->texts[i];
		size_t width = sum(table->widths, place->column, place->column_span, 3);
		size_t height = sum(table->heights, place->row, place->row_span, 1);

		if ((place->column_span > 1) == spanning && width < cell->width)
			table->widths[place->column + place->column_span - 1] += cell->width - width;
		if ((place->row_span > 1) == spanning && height < cell->lines)
			table->heights[place->row + place->row_span - 1] += cell->lines - height;
	}
}

static void lay_out(struct rst_writer *w, struct table *table, const struct document_node *tgroup)
{
	size_t column = 0;

	for (const struct document_node *child = tgroup->first_child; child; child = child->next) {
		if (child->kind == DOCUMENT_COLSPEC)
			table->widths[column++] =
				child->width > 3 && child->width < DRAWING_WIDTH ? child->width - 2 : 1;
	}
	for (size_t i = 0; i < table->grid.column_count; i++)
		table->widths[i] = table->widths[i] > 0 ? table->widths[i] : 1;
	for (size_t i = 0; i < table->grid.row_count; i++)
		table->heights[i] = 1;
	for (size_t i = 0; i < table->grid.cell_count; i++)
		write_cell(w, &table->grid.cells[i], &table->texts[i], &table->odd_characters);
	fit(table, false);
	fit(table, true);
}

/* Whether the border above row, at column, lies inside a cell. */
static bool is_inside(const struct table *table, size_t row, size_t column)
{
	return row > 0 && row < table->grid.row_count &&
	       grid_at(&table->grid, row, column) == grid_at(&table->grid, row - 1, column);
}

static bool is_edge(const struct table *table, size_t row, size_t column)
{
	return column == 0 || column == table->grid.column_count ||
	       grid_at(&table->grid, row, column) != grid_at(&table->grid, row, column - 1);
}

/* What joins the segments left and right of a column's beginning in the border above row. */
static char joint(const struct table *table, size_t row, size_t column, char rule)
{
	bool left = column > 0 && !is_inside(table, row, column - 1);
	bool right = column < table->grid.column_count && !is_inside(table, row, column);
	bool above = row > 0 && is_edge(table, row - 1, column);
	bool below = row < table->grid.row_count && is_edge(table, row, column);

	if (!left && !right)
		return '|';
	return left && right && !above && !below ? rule : '+';
}

/* The next line of a cell, which is drawn from its top to its bottom. */
static void append_text(struct strbuf *out, const struct table *table, const struct grid_cell *place)
{
	struct cell_text *cell = &table->texts[place - table->grid.cells];
	size_t width = sum(table->widths, place->column, place->column_span, 3);
	struct str line = str_is_absent(cell->rest) ? STR("") : str_cut(&cell->rest, '\n');
	bool odd = false;

	strbuf_append_char(out, ' ');
	strbuf_append(out, line);
	strbuf_append_repeat(out, ' ', width - width_of(line, &odd) + 1);
}

/* The border above row; where a cell goes on below it, the cell's text. */
static void border(struct rst_writer *w, const struct table *table, size_t row)
{
	struct strbuf line = STRBUF_INIT;
	char rule = row > 0 && row == table->grid.header_rows ? '=' : '-';
	size_t column = 0;

	while (column < table->grid.column_count) {
		strbuf_append_char(&line, joint(table, row, column, rule));
		if (is_inside(table, row, column)) {
			const struct grid_cell *place = grid_at(&table->grid, row, column);

			append_text(&line, table, place);
			column += place->column_span;
		} else {
			strbuf_append_repeat(&line, rule, table->widths[column] + 2);
			column++;
		}
	}
	strbuf_append_char(&line, joint(table, row, column, rule));
	lines_add(&w->lines, strbuf_str(&line));
	strbuf_release(&line);
}

static void draw(struct rst_writer *w, const struct table *table)
{
	for (size_t row = 0; row < table->grid.row_count; row++) {
		border(w, table, row);
		for (size_t i = 0; i < table->heights[row]; i++) {
			struct strbuf line = STRBUF_INIT;

			for (size_t column = 0; column < table->grid.column_count;) {
				const struct grid_cell *place = grid_at(&table->grid, row, column);

				strbuf_append_char(&line, '|');
				append_text(&line, table, place);
				column += place->column_span;
			}
			strbuf_append_char(&line, '|');
			lines_add(&w->lines, strbuf_str(&line));
			strbuf_release(&line);
		}
	}
	border(w, table, table->grid.row_count);
}

/* Every row has all columns; where a cell takes several, the others are empty. */
static void list(struct rst_writer *w, const struct table *table)
{
	for (size_t row = 0; row < table->grid.row_count; row++) {
		size_t outer = lines_marker(&w->lines, STR("*"), 2);

		for (size_t column = 0; column < table->grid.column_count; column++) {
			size_t inner = lines_marker(&w->lines, STR("-"), 2);

			if (grid_begins(&table->grid, row, column))
				lines_copy(&w->lines, strbuf_str(&text_at(table, row, column)->text));
			lines_pop(&w->lines, inner);
		}
		lines_pop(&w->lines, outer);
	}
}

static void directive(struct rst_writer *w, const char *name, const struct document_node *title)
{
	struct strbuf whole = STRBUF_INIT;
	struct rst_line line;

	rst_line_init(&line, w);
	strbuf_printf(&whole, ".. %s::", name);
	if (title) {
		rst_line_children(&line, title);
		strbuf_append_char(&whole, ' ');
		strbuf_append(&whole, rst_line_finish(&line));
	}
	lines_add(&w->lines, strbuf_str(&whole));
	rst_line_release(&line);
	strbuf_release(&whole);
}

static void write_list(struct rst_writer *w, const struct table *table, const struct document_node *title)
{
	struct strbuf option = STRBUF_INIT;
	size_t prefix;

	directive(w, "list-table", title);
	prefix = lines_push_indent(&w->lines, DIRECTIVE_INDENT);
	if (table->grid.header_rows > 0) {
		strbuf_printf(&option, ":header-rows: %zu", table->grid.header_rows);
		lines_add(&w->lines, strbuf_str(&option));
	}
	lines_blank(&w->lines);
	list(w, table);
	lines_pop(&w->lines, prefix);
	strbuf_release(&option);
}

static void write_drawing(struct rst_writer *w, const struct table *table, const struct document_node *title)
{
	size_t prefix;

	if (!title) {
		draw(w, table);
		return;
	}
	directive(w, "table", title);
	lines_blank(&w->lines);
	prefix = lines_push_indent(&w->lines, DIRECTIVE_INDENT);
	draw(w, table);
	lines_pop(&w->lines, prefix);
}

static bool is_drawable(const struct table *table)
{
	size_t width = sum(table->widths, 0, table->grid.column_count, 3);
	size_t height = sum(table->heights, 0, table->grid.row_count, 1);

	if (table->grid.spans)
		return width <= WRITE_LINE_MAX / 2 && height <= DRAWING_AREA / (width + 1);
	return width <= DRAWING_WIDTH && !table->odd_characters;
}

void rst_table(struct rst_writer *w, const struct document_node *node)
{
	const struct document_node *tgroup = write_child(node, DOCUMENT_TGROUP);
	const struct document_node *title = write_child(node, DOCUMENT_TITLE);
	struct table table;

	table_init(&table, node);
	if (table.grid.row_count > 0) {
		lay_out(w, &table, tgroup);
		w->table_directive = title || !is_drawable(&table);
		if (is_drawable(&table))
			write_drawing(w, &table, title);
		else
			write_list(w, &table, title);
	}
	table_release(&table);
}
