/* reStructuredText: tables. As a drawing where it is small enough to be read, or has cells that span others; else as nested lists ("list-table"). */
#include <stdlib.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "text/write_rst_private.h"

#define DIRECTIVE_INDENT 3
#define DRAWING_WIDTH    160     /* of all columns together, where none spans */
#define DRAWING_AREA     1000000 /* beyond it, cells do not span */

struct cell {
	const struct document_node *entry; /* NULL: there is none */
	size_t row, column;
	size_t rows, columns;
	struct strbuf text;
	struct str rest; /* of the text: the lines not yet drawn */
	size_t width;    /* columns */
	size_t lines;    /* of text */
};

struct table {
	size_t row_count, column_count;
	size_t header_rows;
	struct cell *cells;
	size_t cell_count;
	size_t *owner;   /* row * column_count + column: which cell is there */
	size_t *widths;  /* of columns, without the blanks at both sides */
	size_t *heights; /* of rows, in lines */
	bool spans;
	bool wide_characters;
};

#define NO_CELL SIZE_MAX

static const struct document_node *next_row(const struct document_node *tgroup, const struct document_node *row)
{
	const struct document_node *group = row ? row->parent->next : tgroup->first_child;

	if (row && row->next)
		return row->next;
	while (group && !group->first_child)
		group = group->next;
	return group ? group->first_child : NULL;
}

/* What is right of and below a cell that it may take: to the end of the table, and of the rows of its kind. */
static size_t clip(unsigned more, size_t left)
{
	return more + (size_t)1 < left ? more + (size_t)1 : left;
}

static size_t entries_of(const struct document_node *row)
{
	size_t count = 0;

	for (const struct document_node *entry = row->first_child; entry; entry = entry->next)
		count += entry->more_columns < 1000 ? entry->more_columns + 1 : 1;
	return count;
}

/* How many rows and columns there are. */
static void measure(struct table *table, const struct document_node *tgroup)
{
	size_t columns = 0;

	for (const struct document_node *child = tgroup->first_child; child; child = child->next)
		columns += child->kind == DOCUMENT_COLSPEC;
	for (const struct document_node *row = next_row(tgroup, NULL); row; row = next_row(tgroup, row)) {
		size_t entries = columns > 0 ? 0 : entries_of(row);

		table->row_count++;
		table->header_rows += row->parent->kind == DOCUMENT_THEAD;
		table->column_count = entries > table->column_count ? entries : table->column_count;
	}
	table->column_count = columns > 0 ? columns : table->column_count;
	if (table->header_rows == table->row_count)
		table->header_rows = 0;
}

static size_t add_cell(struct table *table, const struct document_node *entry, size_t row, size_t column)
{
	struct cell *cell = &table->cells[table->cell_count];

	*cell = (struct cell){.entry = entry, .row = row, .column = column, .rows = 1, .columns = 1};
	strbuf_init(&cell->text);
	return table->cell_count++;
}

static size_t *owner_at(const struct table *table, size_t row, size_t column)
{
	return &table->owner[row * table->column_count + column];
}

static void place(struct table *table, const struct document_node *entry, size_t row, size_t column, size_t rows_left)
{
	size_t index = add_cell(table, entry, row, column);
	struct cell *cell = &table->cells[index];
	size_t columns = clip(entry->more_columns, table->column_count - column);

	while (cell->columns < columns && *owner_at(table, row, column + cell->columns) == NO_CELL)
		cell->columns++;
	cell->rows = clip(entry->more_rows, rows_left);
	for (size_t r = row; r < row + cell->rows; r++) {
		for (size_t c = column; c < column + cell->columns; c++)
			*owner_at(table, r, c) = index;
	}
	table->spans = table->spans || cell->rows > 1 || cell->columns > 1;
}

static size_t rows_left_from(const struct document_node *row)
{
	size_t count = 1;

	while ((row = row->next))
		count++;
	return count;
}

static void place_row(struct table *table, const struct document_node *node, size_t row, size_t rows_left)
{
	const struct document_node *entry = node->first_child;

	for (size_t column = 0; column < table->column_count; column++) {
		if (*owner_at(table, row, column) != NO_CELL)
			continue;
		if (entry)
			place(table, entry, row, column, rows_left);
		else
			*owner_at(table, row, column) = add_cell(table, NULL, row, column);
		entry = entry ? entry->next : NULL;
	}
}

static void table_init(struct table *table, const struct document_node *tgroup)
{
	const struct document_node *group = NULL;
	size_t rows_left = 0;
	size_t size;
	size_t at = 0;

	*table = (struct table){0};
	measure(table, tgroup);
	size = table->row_count * table->column_count;
	table->cells = xcalloc(size + 1, sizeof(*table->cells));
	table->owner = xcalloc(size + 1, sizeof(*table->owner));
	table->widths = xcalloc(table->column_count + 1, sizeof(*table->widths));
	table->heights = xcalloc(table->row_count + 1, sizeof(*table->heights));
	for (size_t i = 0; i < size; i++)
		table->owner[i] = NO_CELL;
	for (const struct document_node *row = next_row(tgroup, NULL); row; row = next_row(tgroup, row)) {
		rows_left = row->parent == group ? rows_left - 1 : rows_left_from(row);
		group = row->parent;
		place_row(table, row, at++, rows_left);
	}
}

static void table_release(struct table *table)
{
	for (size_t i = 0; i < table->cell_count; i++)
		strbuf_release(&table->cells[i].text);
	free(table->cells);
	free(table->owner);
	free(table->widths);
	free(table->heights);
}

/* As docutils counts: one for each code point, two for those that are wide. */
static size_t width_of(struct str line, bool *wide)
{
	size_t width = 0;

	for (size_t at = 0, bytes; at < line.len; at += bytes) {
		uint32_t codepoint = utf8_decode(str_slice(line, at, line.len), &bytes);
		bool double_width = codepoint != UTF8_INVALID && utf8proc_charwidth((utf8proc_int32_t)codepoint) > 1;

		*wide = *wide || codepoint >= 0x1100;
		width += double_width ? 2 : 1;
	}
	return width;
}

static void write_cell(struct rst_writer *w, struct cell *cell, bool *wide)
{
	struct rst_writer inner = *w;
	struct str rest;

	lines_init(&inner.lines, &cell->text, 0);
	if (cell->entry)
		rst_nested_blocks(&inner, cell->entry->first_child, RST_INDENT_KNOWN);
	lines_release(&inner.lines);
	cell->rest = rest = strbuf_str(&cell->text);
	for (; !str_is_absent(rest); cell->lines++) {
		size_t width = width_of(str_cut(&rest, '\n'), wide);

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
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct cell *cell = &table->cells[i];
		size_t width = sum(table->widths, cell->column, cell->columns, 3);
		size_t height = sum(table->heights, cell->row, cell->rows, 1);

		if ((cell->columns > 1) == spanning && width < cell->width)
			table->widths[cell->column + cell->columns - 1] += cell->width - width;
		if ((cell->rows > 1) == spanning && height < cell->lines)
			table->heights[cell->row + cell->rows - 1] += cell->lines - height;
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
	for (size_t i = 0; i < table->column_count; i++)
		table->widths[i] = table->widths[i] > 0 ? table->widths[i] : 1;
	for (size_t i = 0; i < table->row_count; i++)
		table->heights[i] = 1;
	for (size_t i = 0; i < table->cell_count; i++)
		write_cell(w, &table->cells[i], &table->wide_characters);
	fit(table, false);
	fit(table, true);
}

/* Whether the border above row, at column, lies inside a cell. */
static bool is_inside(const struct table *table, size_t row, size_t column)
{
	return row > 0 && row < table->row_count && *owner_at(table, row, column) == *owner_at(table, row - 1, column);
}

static bool is_edge(const struct table *table, size_t row, size_t column)
{
	return column == 0 || column == table->column_count ||
	       *owner_at(table, row, column) != *owner_at(table, row, column - 1);
}

/* What joins the segments left and right of a column's beginning in the border above row. */
static char joint(const struct table *table, size_t row, size_t column, char rule)
{
	bool left = column > 0 && !is_inside(table, row, column - 1);
	bool right = column < table->column_count && !is_inside(table, row, column);
	bool above = row > 0 && is_edge(table, row - 1, column);
	bool below = row < table->row_count && is_edge(table, row, column);

	if (!left && !right)
		return '|';
	return left && right && !above && !below ? rule : '+';
}

/* The next line of a cell, which is drawn from its top to its bottom. */
static void append_text(struct strbuf *out, const struct table *table, struct cell *cell)
{
	size_t width = sum(table->widths, cell->column, cell->columns, 3);
	struct str line = str_is_absent(cell->rest) ? STR("") : str_cut(&cell->rest, '\n');
	bool wide = false;

	strbuf_append_char(out, ' ');
	strbuf_append(out, line);
	strbuf_append_repeat(out, ' ', width - width_of(line, &wide) + 1);
}

/* The border above row; where a cell goes on below it, the cell's text. */
static void border(struct rst_writer *w, const struct table *table, size_t row)
{
	struct strbuf line = STRBUF_INIT;
	char rule = row > 0 && row == table->header_rows ? '=' : '-';
	size_t column = 0;

	while (column < table->column_count) {
		strbuf_append_char(&line, joint(table, row, column, rule));
		if (is_inside(table, row, column)) {
			struct cell *cell = &table->cells[*owner_at(table, row, column)];

			append_text(&line, table, cell);
			column += cell->columns;
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
	for (size_t row = 0; row < table->row_count; row++) {
		border(w, table, row);
		for (size_t i = 0; i < table->heights[row]; i++) {
			struct strbuf line = STRBUF_INIT;

			for (size_t column = 0; column < table->column_count;) {
				struct cell *cell = &table->cells[*owner_at(table, row, column)];

				strbuf_append_char(&line, '|');
				append_text(&line, table, cell);
				column += cell->columns;
			}
			strbuf_append_char(&line, '|');
			lines_add(&w->lines, strbuf_str(&line));
			strbuf_release(&line);
		}
	}
	border(w, table, table->row_count);
}

static void copy_lines(struct rst_writer *w, struct str text)
{
	struct str rest = text;

	while (text.len > 0 && !str_is_absent(rest)) {
		struct str line = str_cut(&rest, '\n');

		if (line.len > 0)
			lines_add(&w->lines, line);
		else
			lines_blank(&w->lines);
	}
}

/* Every row has all columns; where a cell takes several, the others are empty. */
static void list(struct rst_writer *w, const struct table *table)
{
	for (size_t row = 0; row < table->row_count; row++) {
		size_t outer = lines_marker(&w->lines, STR("*"), 2);

		for (size_t column = 0; column < table->column_count; column++) {
			const struct cell *cell = &table->cells[*owner_at(table, row, column)];
			size_t inner = lines_marker(&w->lines, STR("-"), 2);

			if (cell->row == row && cell->column == column)
				copy_lines(w, strbuf_str(&cell->text));
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
	if (table->header_rows > 0) {
		strbuf_printf(&option, ":header-rows: %zu", table->header_rows);
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
	size_t width = sum(table->widths, 0, table->column_count, 3);
	size_t height = sum(table->heights, 0, table->row_count, 1);

	if (table->spans)
		return width <= DRAWING_AREA && height <= DRAWING_AREA / (width + 1);
	return width <= DRAWING_WIDTH && !table->wide_characters;
}

void rst_table(struct rst_writer *w, const struct document_node *node)
{
	const struct document_node *tgroup = write_child(node, DOCUMENT_TGROUP);
	const struct document_node *title = write_child(node, DOCUMENT_TITLE);
	struct table table;

	if (!tgroup)
		return;
	table_init(&table, tgroup);
	if (table.row_count > 0 && table.column_count > 0) {
		lay_out(w, &table, tgroup);
		if (is_drawable(&table))
			write_drawing(w, &table, title);
		else
			write_list(w, &table, title);
	}
	table_release(&table);
}
