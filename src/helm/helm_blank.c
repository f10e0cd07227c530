/* Blanking goes in three steps. First the text is copied and all else becomes blanks; then block scalars are looked for, since what stands in them
 * is text however it is indented; then each action that prints becomes text where it stands within a line, and an insertion where it has the line to itself. */
#include "helm/helm_blank_private.h"

#include <stdlib.h>

#include "base/xalloc.h"

static void begin(struct blanker *blanker)
{
	size_t len = blanker->end - blanker->base;

	blanker->out = arena_bytes(blanker->arena, len);
	blanker->filled = blanker->base;
	blanker->has_returns = len > 0 && memchr(blanker->source.ptr + blanker->base, '\r', len);
}

void blank_up_to(struct blanker *blanker, uint32_t offset)
{
	const char *source = blanker->source.ptr;
	uint32_t at = blanker->filled;

	if (offset <= at)
		return;
	memset(out_at(blanker, at), ' ', offset - at);
	while ((at = next_break(blanker, source, at, offset)) < offset) {
		*out_at(blanker, at) = source[at];
		at++;
	}
	blanker->filled = offset;
}

/* Makes spaces of all tabs in a line of actions alone: YAML wants none in front of what follows. */
static void spread_blanks(struct blanker *blanker, uint32_t start, uint32_t end)
{
	if (start < end && skip_blanks(blanker->source.ptr, start, end) < end)
		memset(out_at(blanker, start), ' ', end - start);
}

static void add_line(struct blanker *blanker, uint32_t start, uint32_t end, size_t hole)
{
	uint32_t base = blanker->base, first = start;
	struct blank_line *line;

	if (blanker->line_count == blanker->line_capacity) {
		size_t capacity = blanker->line_capacity > 0 ? xalloc_product(blanker->line_capacity, 2) : 64;

		blanker->lines = arena_grow(blanker->scratch, blanker->lines, blanker->line_capacity * sizeof(*line),
			xalloc_product(capacity, sizeof(*line)));
		blanker->line_capacity = capacity;
	}
	line = &blanker->lines[blanker->line_count++];
	*line = (struct blank_line){start, end, LINE_NO_TEXT, LINE_NO_TEXT, hole};
	if (start < end)
		first = base + skip_blanks(blanker->out, start - base, end - base);
	if (first >= end) {
		spread_blanks(blanker, start, end);
		return;
	}
	line->first = first;
	line->last = base + skip_blanks_back(blanker->out, first - base, end - base) - 1;
}

static void find_lines(struct blanker *blanker)
{
	uint32_t at = blanker->base, start;
	size_t hole = 0;

	if (at == 0 && str_starts_with(blanker->source, STR("\xEF\xBB\xBF")))
		at = 3;
	do {
		start = at;
		at = blanker->base +
		     next_break(blanker, blanker->out, at - blanker->base, blanker->end - blanker->base);
		while (hole < blanker->holes.len && hole_at(blanker, hole)->start < start)
			hole++;
		add_line(blanker, start, at, hole);
		if (at + 1 < blanker->end && *out_at(blanker, at) == '\r' && *out_at(blanker, at + 1) == '\n')
			at++;
		at++;
	} while (at < blanker->end);
}

struct indentation indentation_of(const struct template_node *node)
{
	struct indentation result = {0};
	const struct template_pipeline *pipeline = node->kind == TEMPLATE_ACTION ? node->pipeline : NULL;
	const struct template_command *last;

	if (!pipeline || pipeline->command_count == 0)
		return result;
	last = &pipeline->commands[pipeline->command_count - 1];
	if (last->operands[0].kind != OPERAND_FUNCTION)
		return result;
	result.breaks = str_is(last->operands[0].text, "nindent");
	result.is_set = result.breaks || str_is(last->operands[0].text, "indent");
	if (!result.is_set || last->count < 2 || last->operands[1].kind != OPERAND_NUMBER)
		return result;
	result.known = true;
	for (size_t i = 0; i < last->operands[1].text.len && result.columns < 10000; i++) {
		char digit = last->operands[1].text.ptr[i];

		if (digit < '0' || digit > '9')
			return (struct indentation){.is_set = true, .breaks = result.breaks};
		result.columns = result.columns * 10 + (uint32_t)(digit - '0');
	}
	return result;
}

uint32_t hole_column(const struct blank_hole *hole, const struct blank_line *line)
{
	struct indentation indentation = indentation_of(hole->node);
	uint32_t stands = hole->start - line->start;

	if (indentation.known)
		return indentation.breaks ? indentation.columns : stands + indentation.columns;
	return stands;
}

static void add_range(struct vec *ranges, uint32_t start, uint32_t end)
{
	struct helm_range *range = vec_push(ranges);

	*range = (struct helm_range){start, end};
}

/* Makes text of a hole: in its first line, or where it begins a line, in its last. */
static void fill_hole(struct blanker *blanker, const struct blank_hole *hole, bool begins_line)
{
	uint32_t start = hole->start, end = hole->start;

	while (end < hole->end && !is_break(blanker->source.ptr[end]))
		end++;
	if (end < hole->end && begins_line) {
		end = hole->end;
		for (start = end; start > hole->start && !is_break(blanker->source.ptr[start - 1]); start--)
			;
	}
	if (end < hole->end)
		add_range(&blanker->moves, end, hole->end);
	else if (start > hole->start)
		add_range(&blanker->moves, start, hole->start);
	memset(out_at(blanker, start), 'x', end - start);
}

static void add_insertion(struct blanker *blanker, const struct blank_hole *hole, const struct blank_line *line)
{
	struct helm_insertion *insertion = vec_push(&blanker->insertions);

	insertion->node = hole->node;
	insertion->column = hole_column(hole, line);
}

/* Whether what a hole prints stands for YAML of its own. line is where it starts, end_line where it ends. */
static bool is_insertion(const struct blanker *blanker, const struct blank_hole *hole, const struct blank_line *line,
	const struct blank_line *end_line)
{
	bool before = line->first < hole->start;
	bool after = end_line->last != LINE_NO_TEXT && end_line->last >= hole->end;
	char last;

	if (after || (hole->node->kind != TEMPLATE_ACTION && hole->node->kind != TEMPLATE_CALL))
		return false;
	if (!before)
		return true;
	last = line->last < hole->start ? *out_at(blanker, line->last) : '\0';
	return indentation_of(hole->node).breaks && (last == ':' || last == '-');
}

static void fill_holes(struct blanker *blanker)
{
	size_t line = 0, end_line = 0;

	for (size_t i = 0; i < blanker->holes.len; i++) {
		const struct blank_hole *hole = hole_at(blanker, i);

		while (line + 1 < blanker->line_count && line_at(blanker, line + 1)->start <= hole->start)
			line++;
		end_line = end_line > line ? end_line : line;
		while (end_line + 1 < blanker->line_count && line_at(blanker, end_line + 1)->start < hole->end)
			end_line++;
		if (hole->in_scalar)
			continue;
		if (is_insertion(blanker, hole, line_at(blanker, line), line_at(blanker, end_line)))
			add_insertion(blanker, hole, line_at(blanker, line));
		else
			fill_hole(blanker, hole, line_at(blanker, line)->first > hole->start);
	}
}

static void *keep(struct arena *arena, struct vec *vec, size_t *count)
{
	void *items = arena_alloc(arena, vec->len * vec->item_size);

	*count = vec->len;
	if (vec->len > 0)
		memcpy(items, vec->items, vec->len * vec->item_size);
	vec_release(vec);
	return items;
}

void helm_blank(struct helm_blank *out, struct arena *arena, struct arena *scratch, struct str source,
	const struct template_list *list, const struct helm_arm *without)
{
	struct blanker blanker = {.arena = arena,
		.scratch = scratch,
		.source = source,
		.base = list->start,
		.end = list->end,
		.without = without,
		.line_end = UINT32_MAX,
		.last_text = LINE_NO_TEXT,
		.at_head = true};

	vec_init(&blanker.holes, sizeof(struct blank_hole));
	vec_init(&blanker.insertions, sizeof(struct helm_insertion));
	vec_init(&blanker.scalars, sizeof(struct helm_range));
	vec_init(&blanker.moves, sizeof(struct helm_range));
	begin(&blanker);
	blank_collect(&blanker, list);
	blank_up_to(&blanker, blanker.end);
	find_lines(&blanker);
	blank_scalars(&blanker);
	fill_holes(&blanker);
	out->text = (struct str){blanker.out, blanker.end - blanker.base};
	out->base = blanker.base;
	out->has_text = blanker.has_text;
	out->insertions = keep(arena, &blanker.insertions, &out->insertion_count);
	out->scalars = keep(arena, &blanker.scalars, &out->scalar_count);
	out->moves = keep(arena, &blanker.moves, &out->move_count);
	vec_release(&blanker.holes);
}
