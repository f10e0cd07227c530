#include "text/write_grid.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "text/document_write_private.h"

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
static void measure(struct grid *grid, const struct document_node *tgroup)
{
	size_t columns = 0;

	for (const struct document_node *child = tgroup->first_child; child; child = child->next)
		columns += child->kind == DOCUMENT_COLSPEC;
	for (const struct document_node *row = next_row(tgroup, NULL); row; row = next_row(tgroup, row)) {
		size_t entries = columns > 0 ? 0 : entries_of(row);

		grid->row_count++;
		grid->header_rows += row->parent->kind == DOCUMENT_THEAD;
		grid->column_count = entries > grid->column_count ? entries : grid->column_count;
	}
	grid->column_count = columns > 0 ? columns : grid->column_count;
	if (grid->header_rows == grid->row_count)
		grid->header_rows = 0;
}

static size_t add_cell(struct grid *grid, const struct document_node *entry, size_t row, size_t column)
{
	grid->cells[grid->cell_count] =
		(struct grid_cell){.entry = entry, .row = row, .column = column, .row_span = 1, .column_span = 1};
	return grid->cell_count++;
}

static size_t *owner_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->owner[row * grid->column_count + column];
}

static void place(struct grid *grid, const struct document_node *entry, size_t row, size_t column, size_t rows_left)
{
	size_t index = add_cell(grid, entry, row, column);
	struct grid_cell *cell = &grid->cells[index];
	size_t columns = clip(entry->more_columns, grid->column_count - column);

	while (cell->column_span < columns && *owner_at(grid, row, column + cell->column_span) == NO_CELL)
		cell->column_span++;
	cell->row_span = clip(entry->more_rows, rows_left);
	for (size_t r = row; r < row + cell->row_span; r++) {
		for (size_t c = column; c < column + cell->column_span; c++)
			*owner_at(grid, r, c) = index;
	}
	grid->spans = grid->spans || cell->row_span > 1 || cell->column_span > 1;
}

static size_t rows_left_from(const struct document_node *row)
{
	size_t count = 1;

	while ((row = row->next))
		count++;
	return count;
}

static void place_row(struct grid *grid, const struct document_node *node, size_t row, size_t rows_left)
{
	const struct document_node *entry = node->first_child;

	for (size_t column = 0; column < grid->column_count; column++) {
		if (*owner_at(grid, row, column) != NO_CELL)
			continue;
		if (entry)
			place(grid, entry, row, column, rows_left);
		else
			*owner_at(grid, row, column) = add_cell(grid, NULL, row, column);
		entry = entry ? entry->next : NULL;
	}
}

void grid_init(struct grid *grid, const struct document_node *table)
{
	const struct document_node *tgroup = write_child(table, DOCUMENT_TGROUP);
	const struct document_node *group = NULL;
	size_t rows_left = 0;
	size_t size;
	size_t at = 0;

	*grid = (struct grid){0};
	if (!tgroup)
		return;
	measure(grid, tgroup);
	size = grid->row_count * grid->column_count;
	grid->cells = xcalloc(size + 1, sizeof(*grid->cells));
	grid->owner = xcalloc(size + 1, sizeof(*grid->owner));
	for (size_t i = 0; i < size; i++)
		grid->owner[i] = NO_CELL;
	for (const struct document_node *row = next_row(tgroup, NULL); row; row = next_row(tgroup, row)) {
		rows_left = row->parent == group ? rows_left - 1 : rows_left_from(row);
		group = row->parent;
		place_row(grid, row, at++, rows_left);
	}
	if (grid->column_count == 0)
		grid->row_count = 0;
}

void grid_release(struct grid *grid)
{
	free(grid->cells);
	free(grid->owner);
}

const struct grid_cell *grid_at(const struct grid *grid, size_t row, size_t column)
{
	return &grid->cells[*owner_at(grid, row, column)];
}

bool grid_begins(const struct grid *grid, size_t row, size_t column)
{
	const struct grid_cell *cell = grid_at(grid, row, column);

	return cell->entry && cell->row == row && cell->column == column;
}
