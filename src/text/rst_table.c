#include "text/rst_table.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"

static void fill_line(struct rst_table_line *out, struct arena *arena, struct rst_line line)
{
	size_t room = 2 * line.text.len + 1;

	out->line = line;
	out->characters = arena_calloc(arena, room, sizeof(*out->characters));
	out->bytes = arena_calloc(arena, room, sizeof(*out->bytes));
	out->columns = arena_calloc(arena, room, sizeof(*out->columns));
	for (size_t at = 0, width; at < line.text.len; at += width) {
		uint32_t codepoint = utf8_decode(str_slice(line.text, at, 4), &width);
		if (!rst_is_combining(codepoint))
			out->columns[out->column_count++] = out->count;
		out->characters[out->count] = codepoint;
		out->bytes[out->count++] = at;
		if (rst_is_wide(codepoint)) {
			out->columns[out->column_count++] = out->count;
			out->bytes[out->count++] = at + width;
		}
	}
	out->bytes[out->count] = line.text.len;
}

struct rst_table_line *rst_table_lines(struct arena *arena, const struct rst_line *lines, size_t count)
{
	struct rst_table_line *result = arena_calloc(arena, count, sizeof(*result));

	for (size_t i = 0; i < count; i++)
		fill_line(&result[i], arena, lines[i]);
	return result;
}

/* The bytes that characters from start up to end take. */
static struct rst_line slice(const struct rst_table_line *line, size_t start, size_t end)
{
	start = start > line->count ? line->count : start;
	end = end > line->count ? line->count : end;
	end = end < start ? start : end;
	return rst_line_slice(line->line, line->bytes[start], line->bytes[end] - line->bytes[start]);
}

void rst_table_init(struct rst_table *table, struct rst_machine *machine, size_t first, size_t count)
{
	*table = (struct rst_table){.machine = machine, .first = &machine->lines[first], .count = count};
	arena_init(&table->scratch);
	table->lines = rst_table_lines(&table->scratch, table->first, count);
	vec_init(&table->widths, sizeof(size_t));
	vec_init(&table->cells, sizeof(struct rst_cell));
}

void rst_table_release(struct rst_table *table)
{
	vec_release(&table->widths);
	vec_release(&table->cells);
	arena_release(&table->scratch);
}

/* The characters of a line that lie between two columns: from start up to end, without blanks at the end. */
static void find_range(const struct rst_table_line *line, size_t left, size_t right, size_t *start, size_t *end)
{
	*start = left < line->column_count ? line->columns[left] : left;
	*end = right < line->column_count ? line->columns[right] : line->count;
	*start = *start > line->count ? line->count : *start;
	while (*end > *start && rst_is_space(line->characters[*end - 1]))
		--*end;
	*end = *end < *start ? *start : *end;
}

static size_t count_blanks(const struct rst_table_line *line, size_t start, size_t end)
{
	size_t blanks = 0;

	while (start + blanks < end && rst_is_space(line->characters[start + blanks]))
		blanks++;
	return blanks;
}

/* Reads the text of a cell into its element, without the indentation that all lines share. */
static void read_cell(struct rst_table *table, const struct rst_cell *cell, struct document_node *entry)
{
	size_t count = cell->bottom - cell->top, indent = cell->right, start, end;
	struct rst_line *lines = xcalloc(count + 1, sizeof(*lines));
	bool is_empty = true;

	for (size_t i = 0; i < count; i++) {
		const struct rst_table_line *line = &table->lines[cell->top + i];
		find_range(line, cell->left, cell->right, &start, &end);
		size_t blanks = count_blanks(line, start, end);
		if (end > start && blanks < indent)
			indent = blanks;
	}
	indent = indent < cell->right ? indent : 0;
	for (size_t i = 0; i < count; i++) {
		const struct rst_table_line *line = &table->lines[cell->top + i];
		find_range(line, cell->left, cell->right, &start, &end);
		lines[i] = slice(line, start + indent < end ? start + indent : end, end);
		is_empty = is_empty && lines[i].text.len == 0;
		if (!is_empty)
			entry->end = rst_line_end(&lines[i]);
	}
	if (count > 0)
		entry->start = rst_line_start(&lines[0]);
	if (!is_empty)
		rst_read_nested(table->machine, lines, count, entry);
	free(lines);
}

static void add_columns(struct rst_table *table, struct document_node *group)
{
	for (size_t i = 0; i < table->widths.len; i++) {
		struct document_node *column = document_add(table->machine->reader->document, group, DOCUMENT_COLSPEC);
		column->width = (unsigned)*(const size_t *)vec_at(&table->widths, i);
		column->start = group->start;
		column->end = group->end;
	}
}

/* Adds rows up to end, with the cells from *next on. */
static void add_rows(struct rst_table *table, struct document_node *group, enum document_kind kind, size_t start,
	size_t end, size_t *next)
{
	struct document *document = table->machine->reader->document;
	struct document_node *part = document_add(document, group, kind);

	part->start = group->start;
	part->end = group->end;
	for (size_t i = start; i < end; i++) {
		struct document_node *row = document_add(document, part, DOCUMENT_ROW);
		row->start = group->start;
		row->end = group->end;
		for (; *next < table->cells.len; ++*next) {
			const struct rst_cell *cell = vec_at(&table->cells, *next);
			if (cell->row != i)
				break;
			struct document_node *entry = document_add(document, row, DOCUMENT_ENTRY);
			entry->more_rows = cell->more_rows;
			entry->more_columns = cell->more_columns;
			entry->start = group->start;
			entry->end = group->end;
			read_cell(table, cell, entry);
		}
	}
}

void rst_table_give_up(struct rst_table *table, const char *what)
{
	struct rst_machine *machine = table->machine;
	size_t first = (size_t)(table->first - machine->lines), kept = machine->at;

	machine->at = first + table->count;
	rst_give_up(machine, NULL, first, "%s", what);
	machine->at = kept;
}

/* Behind a wide blank stands a filler, so that docutils does not see it as the end of a line. */
static bool has_wide_end(const struct rst_table *table)
{
	size_t start, end;

	for (size_t i = 0; i < table->cells.len; i++) {
		const struct rst_cell *cell = vec_at(&table->cells, i);
		for (size_t line = cell->top; line < cell->bottom; line++) {
			find_range(&table->lines[line], cell->left, cell->right, &start, &end);
			struct rst_line text = slice(&table->lines[line], start, end);
			if (str_ends_with(text.text, STR("\xE3\x80\x80")))
				return true;
		}
	}
	return false;
}

void rst_table_build(struct rst_table *table)
{
	if (has_wide_end(table)) {
		rst_table_give_up(table, "a table with a wide blank at the end of a cell");
		return;
	}
	struct rst_machine *machine = table->machine;
	struct document_node *node = rst_add(machine, machine->node, DOCUMENT_TABLE, table->first);
	struct document_node *group = document_add(machine->reader->document, node, DOCUMENT_TGROUP);
	size_t next = 0;

	node->end = rst_line_end(table->first + table->count - 1);
	group->start = node->start;
	group->end = node->end;
	add_columns(table, group);
	if (table->head_rows > 0)
		add_rows(table, group, DOCUMENT_THEAD, 0, table->head_rows, &next);
	add_rows(table, group, DOCUMENT_TBODY, table->head_rows, table->rows, &next);
}

void rst_table_refuse(struct rst_machine *machine, const struct rst_line *line, const char *wrong)
{
	rst_complain(machine, DOCUMENT_LEVEL_ERROR, line, 1, "this table is left out: %s", wrong);
}

void rst_table_end(struct rst_machine *machine, bool blank_finish)
{
	if (!blank_finish)
		rst_complain_unindent(machine, "table");
}
