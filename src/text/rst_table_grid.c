#include "text/rst_table.h"

/* Steps along borders before a table is given up: their number grows with the third power of its size at worst. */
#define STEPS_MAX 20000000

struct corner {
	size_t top, left;
};

struct grid {
	struct rst_table table;
	char *characters; /* count lines of width columns; what is no ASCII is a blank */
	size_t width;
	size_t head; /* the line that ends the head; 0: none */
	bool *row_borders, *column_borders;
	size_t *done;       /* of each column: lines that were seen */
	struct vec corners; /* struct corner, a heap */
	size_t steps;
	const char *wrong;
};

static char at(const struct grid *grid, size_t row, size_t column)
{
	return grid->characters[row * grid->width + column];
}

static bool is_before(const struct corner *a, const struct corner *b)
{
	return a->top != b->top ? a->top < b->top : a->left < b->left;
}

static void swap(struct corner *a, struct corner *b)
{
	struct corner kept = *a;

	*a = *b;
	*b = kept;
}

static void push_corner(struct grid *grid, size_t top, size_t left)
{
	struct corner *corner = vec_push(&grid->corners);
	struct corner *corners = grid->corners.items;

	*corner = (struct corner){top, left};
	for (size_t i = grid->corners.len - 1; i > 0 && is_before(&corners[i], &corners[(i - 1) / 2]); i = (i - 1) / 2)
		swap(&corners[i], &corners[(i - 1) / 2]);
}

static struct corner pop_corner(struct grid *grid)
{
	struct corner *corners = grid->corners.items;
	struct corner first = corners[0];

	corners[0] = corners[grid->corners.len - 1];
	vec_pop(&grid->corners);
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
			if (child < grid->corners.len && is_before(&corners[child], &corners[least]))
				least = child;
		}
		if (least == i)
			return first;
		swap(&corners[i], &corners[least]);
		i = least;
	}
}

/* Whether the lower and left borders of a cell are there. */
static bool is_closed(struct grid *grid, size_t top, size_t left, size_t bottom, size_t right)
{
	for (size_t i = right - 1; i > left; i--) {
		grid->steps++;
		if (at(grid, bottom, i) != '+' && at(grid, bottom, i) != '-')
			return false;
	}
	if (at(grid, bottom, left) != '+')
		return false;
	for (size_t i = bottom - 1; i > top; i--) {
		grid->steps++;
		if (at(grid, i, left) != '+' && at(grid, i, left) != '|')
			return false;
	}
	return true;
}

/* The lower border of the cell that has its upper corners at left and right; 0: none. */
static size_t find_bottom(struct grid *grid, size_t top, size_t left, size_t right)
{
	for (size_t i = top + 1; i < grid->table.count; i++) {
		grid->steps++;
		if (at(grid, i, right) == '+' && is_closed(grid, top, left, i, right))
			return i;
		if (at(grid, i, right) != '+' && at(grid, i, right) != '|')
			return 0;
	}
	return 0;
}

/* The cell whose upper left corner is given; false: none begins there. */
static bool find_cell(struct grid *grid, struct corner corner, size_t *bottom, size_t *right)
{
	for (size_t i = corner.left + 1; i < grid->width && grid->steps < STEPS_MAX; i++) {
		grid->steps++;
		*right = i;
		*bottom = at(grid, corner.top, i) == '+' ? find_bottom(grid, corner.top, corner.left, i) : 0;
		if (*bottom > 0)
			return true;
		if (at(grid, corner.top, i) != '+' && at(grid, corner.top, i) != '-')
			return false;
	}
	return false;
}

/* Where other borders meet those of a cell, a row or column ends. */
static void note_borders(struct grid *grid, size_t top, size_t left, size_t bottom, size_t right)
{
	for (size_t i = left + 1; i <= right; i++) {
		if (at(grid, top, i) == '+' || (i < right && at(grid, bottom, i) == '+'))
			grid->column_borders[i] = true;
	}
	for (size_t i = top + 1; i <= bottom; i++) {
		if (at(grid, i, right) == '+' || (i < bottom && at(grid, i, left) == '+'))
			grid->row_borders[i] = true;
	}
}

static void trace_cell(struct grid *grid, struct corner corner)
{
	size_t bottom, right;

	if (!find_cell(grid, corner, &bottom, &right))
		return;
	for (size_t i = corner.left; i < right; i++) {
		if (grid->done[i] != corner.top)
			grid->wrong = "its cells overlap; mend its borders";
		grid->done[i] = bottom;
	}
	note_borders(grid, corner.top, corner.left, bottom, right);
	struct rst_cell *cell = vec_push(&grid->table.cells);
	*cell = (struct rst_cell){.top = corner.top + 1, .left = corner.left + 1, .bottom = bottom, .right = right};
	push_corner(grid, corner.top, right);
	push_corner(grid, bottom, corner.left);
}

static void trace_cells(struct grid *grid)
{
	size_t last = grid->table.count - 1;

	push_corner(grid, 0, 0);
	while (grid->corners.len > 0 && !grid->wrong && grid->steps < STEPS_MAX) {
		struct corner corner = pop_corner(grid);
		if (corner.top != last && corner.left != grid->width - 1 && corner.top >= grid->done[corner.left])
			trace_cell(grid, corner);
	}
	for (size_t i = 0; i + 1 < grid->width && !grid->wrong; i++) {
		if (grid->done[i] != last)
			grid->wrong = "its borders do not enclose cells; let lines of - and | meet at + everywhere";
	}
}

/* Numbers borders: index of each row or column that begins there. */
static size_t *number_borders(struct grid *grid, const bool *borders, size_t count, struct vec *widths)
{
	size_t *numbers = arena_calloc(&grid->table.scratch, count, sizeof(*numbers));
	size_t number = 0, before = 0;

	for (size_t i = 1; i < count; i++) {
		if (!borders[i])
			continue;
		size_t width = i - before - 1;
		numbers[i] = ++number;
		before = i;
		if (widths)
			vec_append(widths, &width, 1);
	}
	return numbers;
}

/* Gives cells their places among rows and columns. */
static void place_cells(struct grid *grid)
{
	struct rst_table *table = &grid->table;
	const size_t *rows = number_borders(grid, grid->row_borders, table->count, NULL);
	const size_t *columns = number_borders(grid, grid->column_borders, grid->width, &table->widths);
	size_t used = 0;

	for (size_t i = 0; i < table->cells.len; i++) {
		struct rst_cell *cell = vec_at(&table->cells, i);
		size_t high = rows[cell->bottom] - rows[cell->top - 1];
		size_t wide = columns[cell->right] - columns[cell->left - 1];
		cell->row = rows[cell->top - 1];
		cell->column = columns[cell->left - 1];
		cell->more_rows = (unsigned)(high - 1);
		cell->more_columns = (unsigned)(wide - 1);
		used += high * wide;
	}
	table->rows = rows[table->count - 1];
	table->head_rows = grid->head > 0 ? rows[grid->head] : 0;
	if (used != table->rows * table->widths.len)
		grid->wrong = "its cells leave gaps; mend its borders";
}

/* "+====+": the border below the head. */
static bool is_head_border(struct str line)
{
	if (line.len < 5 || line.ptr[0] != '+' || line.ptr[1] != '=' || line.ptr[line.len - 2] != '=' ||
		line.ptr[line.len - 1] != '+')
		return false;
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != '=' && line.ptr[i] != '+')
			return false;
	}
	return true;
}

static const char *fill_grid(struct grid *grid)
{
	struct rst_table *table = &grid->table;

	for (size_t row = 0; row < table->count; row++) {
		const struct rst_table_line *line = &table->lines[row];
		bool is_head = is_head_border(line->line.text);
		if (is_head && grid->head > 0)
			return "it has two lines of =, so that it is not clear where its head ends";
		if (is_head && row + 1 == table->count)
			return "a line of = cannot be its last; end it with a line of -";
		grid->head = is_head ? row : grid->head;
		for (size_t column = 0; column < grid->width; column++) {
			uint32_t character = line->characters[line->columns[column]];
			char plain = character > ' ' && character < 0x7F ? (char)character : ' ';
			grid->characters[row * grid->width + column] = is_head && plain == '=' ? '-' : plain;
		}
	}
	return NULL;
}

static void grid_init(
	struct grid *grid, struct rst_machine *machine, struct rst_table_line *lines, size_t first, size_t count)
{
	struct arena *scratch = &grid->table.scratch;

	*grid = (struct grid){.width = lines[0].column_count};
	rst_table_init(&grid->table, machine, first, 0);
	grid->table.lines = lines;
	grid->table.count = count;
	grid->characters = arena_bytes(scratch, count * grid->width);
	grid->row_borders = arena_calloc(scratch, count, sizeof(bool));
	grid->column_borders = arena_calloc(scratch, grid->width, sizeof(bool));
	grid->done = arena_calloc(scratch, grid->width, sizeof(size_t));
	vec_init(&grid->corners, sizeof(struct corner));
}

static void parse_grid(struct rst_machine *machine, struct rst_table_line *lines, size_t first, size_t count)
{
	struct grid grid;

	grid_init(&grid, machine, lines, first, count);
	grid.wrong = fill_grid(&grid);
	if (!grid.wrong)
		trace_cells(&grid);
	if (!grid.wrong && grid.steps < STEPS_MAX)
		place_cells(&grid);
	if (grid.steps >= STEPS_MAX)
		rst_table_give_up(&grid.table, "a table of this size");
	else if (grid.wrong)
		rst_table_refuse(machine, &machine->lines[first], grid.wrong);
	else
		rst_table_build(&grid.table);
	vec_release(&grid.corners);
	rst_table_release(&grid.table);
}

/* A line without white space at either end, if it has the left border of a table. */
static bool strip_bordered(const struct rst_line *line, struct rst_line *out)
{
	struct str stripped = rst_strip(line->text);
	size_t blanks = (size_t)(stripped.ptr - line->text.ptr);

	/* A wide blank is followed by a filler, which is none. */
	if (str_contains(str_slice(line->text, 0, blanks), STR("\xE3\x80\x80")))
		return false;
	*out = rst_line_slice(*line, blanks, stripped.len);
	return stripped.ptr[0] == '+' || stripped.ptr[0] == '|';
}

/* The lines from the present one on, up to one that cannot be of a table. */
static void collect_lines(const struct rst_machine *machine, struct vec *lines, size_t end)
{
	struct rst_line line;

	for (size_t i = machine->at; i < end && strip_bordered(&machine->lines[i], &line); i++)
		vec_append(lines, &line, 1);
}

/* The end of the text that begins at the present line. Many broken tables may stand in one text, so it is looked for once. */
static size_t find_text_end(struct rst_machine *machine)
{
	size_t end = machine->at;

	if (end < machine->text_end)
		return machine->text_end;
	while (end < machine->len && machine->lines[end].text.len > 0 && machine->lines[end].text.ptr[0] != ' ')
		end++;
	machine->text_end = end;
	return end;
}

/* The line whose right border is not below that of the first; count: none. */
static size_t find_ragged(const struct rst_table_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t last = lines[i].characters[lines[i].count - 1];
		if (lines[i].column_count != lines[0].column_count || (last != '+' && last != '|'))
			return i;
	}
	return count;
}

/* Reads a table of lines that have its left border. */
static void read_lines(struct rst_machine *machine, size_t first, const struct rst_line *stripped, size_t count)
{
	struct arena scratch;

	arena_init(&scratch);
	struct rst_table_line *lines = rst_table_lines(&scratch, stripped, count);
	size_t ragged = find_ragged(lines, count);
	if (ragged < count)
		rst_table_refuse(machine, &machine->lines[first + ragged],
			"the right border of this line is missing, or not below that of the first; end it with | in "
			"the same column");
	else
		parse_grid(machine, lines, first, count);
	arena_release(&scratch);
}

/* Reads the table of lines that have its left border, and what is wrong with its lower one; tells whether a blank line follows. */
static bool read_bordered(struct rst_machine *machine, size_t first, const struct rst_line *lines, size_t count)
{
	size_t bottom = count;

	while (bottom > 3 && !rst_is_grid_border(lines[bottom - 1].text))
		bottom--;
	if (!rst_is_grid_border(lines[bottom - 1].text)) {
		rst_table_refuse(machine, &machine->lines[first + count - 1],
			"it has no lower border; end it with the same line as it begins with");
		return true;
	}
	/* docutils goes back two lines too many where text follows at once. */
	if (bottom < count)
		machine->at = first + bottom - 2;
	read_lines(machine, first, lines, bottom);
	return bottom == count;
}

bool rst_read_grid_table(struct rst_machine *machine, size_t marker)
{
	size_t first = machine->at, end = find_text_end(machine);
	struct vec lines = VEC_INIT(struct rst_line);
	bool is_indented = end < machine->len && machine->lines[end].text.len > 0;

	(void)marker;
	collect_lines(machine, &lines, end);
	machine->at = first + lines.len;
	if (is_indented)
		rst_complain(machine, DOCUMENT_LEVEL_ERROR, &machine->lines[end], 1,
			"this line is indented more than the table above; put a blank line between");
	bool blank_finish = read_bordered(machine, first, lines.items, lines.len);
	rst_table_end(machine, blank_finish && !is_indented && first + lines.len == end);
	vec_release(&lines);
	return true;
}
