#include "text/rst_table.h"

struct span {
	size_t start, end;
};

struct simple {
	struct rst_table table;
	struct vec columns; /* struct span, of the whole table */
	size_t border_end;
	size_t head; /* the line below the head; 0: none */
	const char *wrong;
	size_t wrong_line;
};

static bool is_border(struct str line, char c)
{
	if (line.len == 0 || line.ptr[0] != c)
		return false;
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != c && line.ptr[i] != ' ')
			return false;
	}
	return true;
}

static void refuse(struct simple *simple, const char *wrong, size_t line)
{
	if (!simple->wrong) {
		simple->wrong = wrong;
		simple->wrong_line = line;
	}
}

/* The columns that a line of = or - marks. */
static void mark_columns(struct vec *columns, struct str line)
{
	for (size_t i = 0; i < line.len;) {
		size_t end = i;
		while (end < line.len && line.ptr[end] != ' ')
			end++;
		if (end > i) {
			struct span span = {i, end};
			vec_append(columns, &span, 1);
		}
		i = end + 1;
	}
}

/* Columns of a row: those of the line below it, or of the table. */
static void row_columns(struct simple *simple, struct vec *columns, size_t below)
{
	const struct span *last = vec_last(&simple->columns);

	if (below == 0) {
		vec_append(columns, simple->columns.items, simple->columns.len);
		return;
	}
	mark_columns(columns, simple->table.lines[below].line.text);
	struct span *rightmost = vec_last(columns);
	if (rightmost->end != simple->border_end)
		refuse(simple, "the line below this row does not reach up to its right border", below);
	rightmost->end = last->end;
}

/* Whether a line has anything but white space in columns from start up to end. */
static bool has_text(const struct rst_table_line *line, size_t start, size_t end)
{
	for (size_t i = start; i < end && i < line->column_count; i++) {
		uint32_t character = line->characters[line->columns[i]];
		if (character == 0 || !rst_is_space(character))
			return true;
	}
	return false;
}

/* The column behind the last text of a line. */
static size_t text_end(const struct rst_table_line *line)
{
	size_t end = line->column_count;

	while (end > 0) {
		uint32_t character = line->characters[line->columns[end - 1]];
		if (character == 0 || !rst_is_space(character))
			break;
		end--;
	}
	return end;
}

/* Text in the last column may go on beyond it, which makes it wider. */
static void widen_last(struct simple *simple, struct span *span, const struct rst_table_line *line)
{
	struct span *whole = vec_last(&simple->columns);
	size_t end = text_end(line);

	span->end = end > whole->end ? end : whole->end;
	whole->end = span->end;
}

static void check_columns(struct simple *simple, struct vec *columns, size_t first, size_t end)
{
	for (size_t i = 0; i < columns->len; i++) {
		struct span *span = vec_at(columns, i);
		bool is_last = i + 1 == columns->len;
		size_t own_end = span->end;
		size_t next = is_last ? SIZE_MAX : ((const struct span *)vec_at(columns, i + 1))->start;
		for (size_t line = first; line < end; line++) {
			if (!has_text(&simple->table.lines[line], own_end, next))
				continue;
			if (is_last)
				widen_last(simple, span, &simple->table.lines[line]);
			else
				refuse(simple,
					"text stands in the blanks between two columns here; make the columns wider, "
					"or "
					"mark a cell of several columns by a line of - below it",
					line);
		}
	}
}

static void add_cells(struct simple *simple, const struct vec *columns, size_t first, size_t end)
{
	struct rst_table *table = &simple->table;
	const struct span *whole = simple->columns.items;
	size_t column = 0;

	for (size_t i = 0; i < columns->len; i++) {
		const struct span *span = vec_at(columns, i);
		struct rst_cell *cell = vec_push(&table->cells);
		*cell = (struct rst_cell){.row = table->rows,
			.column = column,
			.top = first,
			.bottom = end,
			.left = span->start,
			.right = span->end};
		bool fits = column < simple->columns.len && span->start == whole[column].start;
		while (fits && span->end != whole[column].end) {
			fits = ++column < simple->columns.len;
			cell->more_columns++;
		}
		if (!fits)
			refuse(simple, "the line below this row does not fit the columns of the table", first);
		column++;
	}
	table->rows++;
	if (table->head_rows == 0 && simple->head > 0 && first > simple->head)
		table->head_rows = table->rows - 1;
}

/* A row of lines from first up to end; below is the line of - or = under it, 0 where there is none. */
static void add_row(struct simple *simple, size_t first, size_t end, size_t below)
{
	struct vec columns = VEC_INIT(struct span);

	if (simple->wrong || (first >= end && below == 0))
		return;
	row_columns(simple, &columns, below);
	check_columns(simple, &columns, first, end);
	if (!simple->wrong)
		add_cells(simple, &columns, first, end);
	vec_release(&columns);
}

/* Whether the first column has text, by characters: combining ones count here. */
static bool begins_row(const struct rst_table_line *line, struct span column)
{
	for (size_t i = column.start; i < column.end && i < line->count; i++) {
		if (line->characters[i] == 0 || !rst_is_space(line->characters[i]))
			return true;
	}
	return false;
}

static void parse_rows(struct simple *simple)
{
	struct rst_table *table = &simple->table;
	const struct span first = *(const struct span *)vec_at(&simple->columns, 0);
	size_t start = 1;
	bool found = false;

	for (size_t i = 1; i < table->count; i++) {
		struct str text = table->lines[i].line.text;
		/* Borders of the table count as lines of -. */
		if (is_border(text, '-') || is_border(text, '=')) {
			add_row(simple, start, i, i);
			start = i + 1;
			found = false;
		} else if (begins_row(&table->lines[i], first)) {
			if (found && i != start)
				add_row(simple, start, i, 0);
			start = i;
			found = true;
		} else if (!found) {
			start = i + 1;
		}
	}
}

static void find_head(struct simple *simple)
{
	for (size_t i = 1; i + 1 < simple->table.count; i++) {
		if (is_border(simple->table.lines[i].line.text, '='))
			simple->head = i;
	}
}

static void parse_simple(struct rst_machine *machine, size_t first, size_t count)
{
	struct simple simple = {.wrong = NULL};

	rst_table_init(&simple.table, machine, first, count);
	vec_init(&simple.columns, sizeof(struct span));
	mark_columns(&simple.columns, machine->lines[first].text);
	simple.border_end = ((const struct span *)vec_last(&simple.columns))->end;
	find_head(&simple);
	parse_rows(&simple);
	for (size_t i = 0; i < simple.columns.len; i++) {
		const struct span *span = vec_at(&simple.columns, i);
		size_t width = span->end - span->start;
		vec_append(&simple.table.widths, &width, 1);
	}
	if (simple.wrong)
		rst_table_refuse(machine, &machine->lines[first + simple.wrong_line], simple.wrong);
	else
		rst_table_build(&simple.table);
	vec_release(&simple.columns);
	rst_table_release(&simple.table);
}

/* Whether the lines from `at` on are all read, or a blank one is next. */
static bool is_blank_or_end(const struct rst_machine *machine, size_t at)
{
	return at >= machine->len || machine->lines[at].text.len == 0;
}

/* The lower border of the table that begins at first: the second line of =, or one with a blank line behind it. What is wrong else. */
static const char *find_bottom(const struct rst_machine *machine, size_t first, size_t *bottom)
{
	size_t found = 0;

	for (size_t i = first + 1; i < machine->len; i++) {
		struct str line = machine->lines[i].text;
		if (!is_border(line, '='))
			continue;
		*bottom = i;
		if (line.len != machine->lines[first].text.len)
			return "this line of = is not as long as the first; make it so";
		if (found || is_blank_or_end(machine, i + 1))
			return NULL;
		found = i;
	}
	*bottom = found ? found : machine->len - 1;
	return found ? "it has no lower border, or no blank line behind it; end it with the same line as it begins with"
		     : "it has no lower border; end it with the same line as it begins with";
}

bool rst_read_simple_table(struct rst_machine *machine, size_t marker)
{
	size_t first = machine->at, bottom = first;
	const char *wrong = find_bottom(machine, first, &bottom);
	bool blank_finish = is_blank_or_end(machine, bottom + 1);

	(void)marker;
	machine->at = bottom + 1;
	if (wrong)
		rst_table_refuse(machine, &machine->lines[bottom], wrong);
	else
		parse_simple(machine, first, bottom + 1 - first);
	rst_table_end(machine, blank_finish);
	return true;
}
