/* A table as a grid: which cell takes which places. For writers. */
#ifndef ASPIS_TEXT_WRITE_GRID_H
#define ASPIS_TEXT_WRITE_GRID_H

#include "text/document.h"

struct grid_cell {
	const struct document_node *entry; /* NULL: the row ended before */
	size_t row, column;
	size_t row_span, column_span; /* 1 or more, within the table and the rows of its kind */
};

struct grid {
	size_t row_count, column_count;
	size_t header_rows; /* 0 where all rows were of the header */
	struct grid_cell *cells;
	size_t cell_count;
	size_t *owner; /* row * column_count + column: index of the cell that is there */
	bool spans;    /* any cell takes more than one place */
};

/* The grid of a table's DOCUMENT_TGROUP, to be released. Without rows where there is none. */
void grid_init(struct grid *grid, const struct document_node *table);
void grid_release(struct grid *grid);

/* The cell at a place; and whether it begins there, for formats without cells that span others. */
const struct grid_cell *grid_at(const struct grid *grid, size_t row, size_t column);
bool grid_begins(const struct grid *grid, size_t row, size_t column);

#endif
