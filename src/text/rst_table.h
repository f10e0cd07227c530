/* What grid and simple tables share. For rst_table*.c alone. */
#ifndef ASPIS_TEXT_RST_TABLE_H
#define ASPIS_TEXT_RST_TABLE_H

#include "text/rst_block.h"

/* A line as characters, each wide one followed by a filler (0), so that columns of the screen are numbers of characters; and, for combining characters take none, the columns among these. */
struct rst_table_line {
	struct rst_line line;
	uint32_t *characters;
	size_t *bytes; /* count + 1 offsets in the line */
	size_t count;
	size_t *columns; /* numbers of characters */
	size_t column_count;
};

/* Lines from first on; memory of the arena. */
struct rst_table_line *rst_table_lines(struct arena *arena, const struct rst_line *lines, size_t count);

/* A cell: its place in the grid of rows and columns, the rectangle of its text. */
struct rst_cell {
	size_t row, column;
	unsigned more_rows, more_columns;
	size_t top, left, bottom, right; /* lines from top up to bottom, columns from left up to right */
};

struct rst_table {
	struct rst_machine *machine;
	struct arena scratch;
	const struct rst_line *first; /* in the machine's lines */
	struct rst_table_line *lines;
	size_t count;
	struct vec widths; /* size_t, of columns */
	struct vec cells;  /* struct rst_cell, by row and column */
	size_t rows;
	size_t head_rows;
};

/* A table of so many lines of the machine, from first on. The machine is borrowed; the table must be released. */
void rst_table_init(struct rst_table *table, struct rst_machine *machine, size_t first, size_t count);
void rst_table_release(struct rst_table *table);

/* Tells that it is valid but unknown, and puts its source text in its place. */
void rst_table_give_up(struct rst_table *table, const char *what);

/* Builds the element. */
void rst_table_build(struct rst_table *table);

/* Tells what is wrong with a table, in one of its lines. */
void rst_table_refuse(struct rst_machine *machine, const struct rst_line *line, const char *wrong);

/* Tells that a table ends without a blank line. */
void rst_table_end(struct rst_machine *machine, bool blank_finish);

#endif
