/* Blanking goes in three steps. First the text is copied and all else becomes blanks; then block scalars are looked for, since what stands in them
 * is text however it is indented; then each action that prints becomes text where it stands within a line, and an insertion where it has the line to itself. */
#include "text/helm_blank.h"

#include <stdlib.h>

#include "base/str.h"

/* Something that prints: an action or call, or a whole block within a line. */
struct hole {
	uint32_t start, end;
	const struct template_node *node;
	bool in_scalar;
};

/* A physical line, without its end. first and last are offsets of text that is not blank, or LINE_NO_TEXT. */
struct line {
	uint32_t start, end;
	uint32_t first, last;
	size_t hole; /* the first that starts here or later */
};
#define LINE_NO_TEXT UINT32_MAX

struct blanker {
	struct arena *arena;
	struct str source;
	uint32_t base, end;
	char *out; /* of base */
	const struct helm_arm *without;
	struct vec holes;              /* struct hole, by start */
	struct vec lines;              /* struct line */
	struct vec insertions;         /* struct helm_insertion */
	struct vec scalars;            /* struct helm_range */
	struct vec moves;              /* struct helm_range */
	uint32_t line_start, line_end; /* of the line that was looked at last while collecting */
	uint32_t last_text;            /* the last text that is not blank so far */
	bool at_head; /* nothing but actions without output in the line so far, the other arm left aside */
	bool has_text;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
	return c == '\n' || c == '\r';
}

static char *out_at(const struct blanker *blanker, uint32_t offset)
{
	return blanker->out + (offset - blanker->base);
}

static struct line *line_at(const struct blanker *blanker, size_t index)
{
	return vec_at(&blanker->lines, index);
}

static struct hole *hole_at(const struct blanker *blanker, size_t index)
{
	return vec_at(&blanker->holes, index);
}

static bool is_left_out(const struct blanker *blanker, const struct template_list *list)
{
	for (const struct helm_arm *arm = blanker->without; arm; arm = arm->next) {
		if (arm->list == list)
			return true;
	}
	return false;
}

static bool has_left_out(const struct blanker *blanker, const struct template_node *node)
{
	return is_left_out(blanker, node->body) || is_left_out(blanker, node->otherwise);
}

/* Moves the line of the collection on to the one that offset is in. Offsets only grow. */
static void follow_line(struct blanker *blanker, uint32_t offset)
{
	const char *text = blanker->source.ptr;

	while (blanker->line_end < offset || blanker->line_end == UINT32_MAX) {
		uint32_t at = blanker->line_end == UINT32_MAX ? blanker->base : blanker->line_end + 1;

		blanker->line_start = at;
		while (at < blanker->end && !is_break(text[at]))
			at++;
		blanker->line_end = at;
	}
}

/* Whether a list of nodes has text of its own that is not blank. */
static bool has_own_text(const struct blanker *blanker, const struct template_list *list)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		for (uint32_t at = node->start; node->kind == TEMPLATE_TEXT && at < node->end; at++) {
			if (!is_blank(blanker->source.ptr[at]))
				return true;
		}
		if (node->kind != TEMPLATE_CALL &&
			(has_own_text(blanker, node->body) || has_own_text(blanker, node->otherwise)))
			return true;
	}
	return false;
}

/* Whether a block within a line is part of a key or value, as a whole: both arms beside other text, or all of a value that has text of its own, such as
 * `key: {{ range .x }}{{ . }},{{ end }}`. */
static bool is_inline(struct blanker *blanker, const struct template_node *node)
{
	const char *text = blanker->source.ptr;
	uint32_t after = node->end;
	bool before;

	follow_line(blanker, node->start);
	if (node->end > blanker->line_end || has_left_out(blanker, node))
		return false;
	before = blanker->last_text != LINE_NO_TEXT && blanker->last_text >= blanker->line_start;
	while (after < blanker->line_end && is_blank(text[after]))
		after++;
	if (node->otherwise && node->kind != TEMPLATE_RANGE)
		return before || (after < blanker->line_end && text[after] == ':');
	return before && text[blanker->last_text] == ':' && after == blanker->line_end &&
	       (has_own_text(blanker, node->body) || has_own_text(blanker, node->otherwise));
}

/* Whether a text begins a pair or an item: it is so in `{{ if .x }}key: value{{ end }}`. */
static bool looks_like_member(struct str text)
{
	for (size_t i = 0; i < text.len && !is_break(text.ptr[i]); i++) {
		bool ends = i + 1 == text.len || strchr(" \t\r\n", text.ptr[i + 1]);

		if ((text.ptr[i] == ':' && ends) || (text.ptr[i] == '-' && i == 0 && (ends || text.ptr[1] == '-')))
			return true;
	}
	return false;
}

/* Gives what stands behind actions at the head of a line a line of its own within their blanks, in the column that the line begins in. */
static void begin_line(struct blanker *blanker, uint32_t at)
{
	uint32_t head, column;

	follow_line(blanker, at);
	for (head = blanker->line_start; head < at && is_blank(blanker->source.ptr[head]); head++)
		;
	column = head - blanker->line_start;
	if (head == at || at - blanker->line_start < column + 1)
		return;
	if (blanker->last_text != LINE_NO_TEXT && blanker->last_text >= at - column - 1)
		return;
	*out_at(blanker, at - column - 1) = '\n';
}

/* Text at the head of a line, which may begin behind actions. */
static void add_head(struct blanker *blanker, const struct template_node *node)
{
	struct str text = str_slice(blanker->source, node->start, node->end - node->start);
	size_t at = 0;

	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	if (at < text.len && !is_break(text.ptr[at]) && looks_like_member(str_slice(text, at, text.len)))
		begin_line(blanker, node->start + (uint32_t)at);
}

/* Whether what follows a text is at the head of a line, if the text itself is. */
static bool ends_at_head(struct str text, bool at_head)
{
	for (size_t i = text.len; i > 0; i--) {
		if (is_break(text.ptr[i - 1]))
			return true;
		if (!is_blank(text.ptr[i - 1]))
			return false;
	}
	return at_head;
}

static void add_hole(struct blanker *blanker, const struct template_node *node)
{
	struct hole *hole = vec_push(&blanker->holes);

	hole->start = node->start;
	hole->end = node->end;
	hole->node = node;
	blanker->at_head = false;
}

/* An action that prints; it may be a key at the head of a line. */
static void add_action(struct blanker *blanker, const struct template_list *list, size_t index)
{
	const struct template_node *node = list->nodes[index];
	const struct template_node *next = index + 1 < list->count ? list->nodes[index + 1] : NULL;

	if (blanker->at_head && next && next->kind == TEMPLATE_TEXT &&
		looks_like_member(str_slice(blanker->source, next->start, next->end - next->start)))
		begin_line(blanker, node->start);
	add_hole(blanker, node);
}

static void add_text(struct blanker *blanker, const struct template_node *node)
{
	const char *text = blanker->source.ptr;
	uint32_t end = node->end < blanker->end ? node->end : blanker->end;

	if (blanker->at_head)
		add_head(blanker, node);
	blanker->at_head = ends_at_head(str_slice(blanker->source, node->start, end - node->start), blanker->at_head);
	memcpy(out_at(blanker, node->start), text + node->start, end - node->start);
	for (uint32_t at = end; at > node->start; at--) {
		if (!is_blank(text[at - 1]) && !is_break(text[at - 1])) {
			blanker->last_text = at - 1;
			blanker->has_text = true;
			break;
		}
	}
}

static void collect(struct blanker *blanker, const struct template_list *list);

static void collect_block(struct blanker *blanker, const struct template_node *node)
{
	bool at_head = blanker->at_head, at_head_behind;

	if (is_inline(blanker, node)) {
		add_hole(blanker, node);
		blanker->last_text = node->end - 1;
		return;
	}
	if (!is_left_out(blanker, node->body))
		collect(blanker, node->body);
	at_head_behind = blanker->at_head;
	if (!node->otherwise)
		return;
	blanker->at_head = at_head;
	if (!is_left_out(blanker, node->otherwise))
		collect(blanker, node->otherwise);
	blanker->at_head = blanker->at_head && at_head_behind;
}

static void collect(struct blanker *blanker, const struct template_list *list)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		switch (node->kind) {
		case TEMPLATE_TEXT:
			add_text(blanker, node);
			break;
		case TEMPLATE_ACTION:
			if (node->pipeline && node->pipeline->variable_count == 0)
				add_action(blanker, list, i);
			break;
		case TEMPLATE_CALL:
			add_action(blanker, list, i);
			break;
		case TEMPLATE_IF:
		case TEMPLATE_RANGE:
		case TEMPLATE_WITH:
			collect_block(blanker, node);
			break;
		default:
			break;
		}
	}
}

/* Blanks for everything, with the line ends of the source. */
static void blank_all(struct blanker *blanker)
{
	size_t len = blanker->end - blanker->base;
	const char *source = blanker->source.ptr + blanker->base;

	blanker->out = arena_bytes(blanker->arena, len);
	for (size_t i = 0; i < len; i++)
		blanker->out[i] = is_break(source[i]) ? source[i] : ' ';
}

/* Makes spaces of all tabs in a line of actions alone: YAML wants none in front of what follows. */
static void spread_blanks(struct blanker *blanker, uint32_t start, uint32_t end)
{
	uint32_t at = start;

	while (at < end && is_blank(blanker->source.ptr[at]))
		at++;
	if (at < end)
		memset(out_at(blanker, start), ' ', end - start);
}

static void add_line(struct blanker *blanker, uint32_t start, uint32_t end, size_t hole)
{
	struct line *line = vec_push(&blanker->lines);

	*line = (struct line){start, end, LINE_NO_TEXT, LINE_NO_TEXT, hole};
	for (uint32_t at = start; at < end; at++) {
		if (is_blank(*out_at(blanker, at)))
			continue;
		if (line->first == LINE_NO_TEXT)
			line->first = at;
		line->last = at;
	}
	if (line->first == LINE_NO_TEXT)
		spread_blanks(blanker, start, end);
}

static void find_lines(struct blanker *blanker)
{
	uint32_t at = blanker->base, start;
	size_t hole = 0;

	if (at == 0 && str_starts_with(blanker->source, STR("\xEF\xBB\xBF")))
		at = 3;
	do {
		start = at;
		while (at < blanker->end && !is_break(*out_at(blanker, at)))
			at++;
		while (hole < blanker->holes.len && hole_at(blanker, hole)->start < start)
			hole++;
		add_line(blanker, start, at, hole);
		if (at + 1 < blanker->end && *out_at(blanker, at) == '\r' && *out_at(blanker, at + 1) == '\n')
			at++;
		at++;
	} while (at < blanker->end);
}

/* Of {{ … | nindent 4 }}: its column, and whether it begins a line of its own. */
struct indentation {
	bool is_set;
	bool breaks;
	bool known;
	uint32_t columns;
};

static struct indentation indentation_of(const struct template_node *node)
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

/* The column that the first line of what a hole prints gets. */
static uint32_t hole_column(const struct hole *hole, const struct line *line)
{
	struct indentation indentation = indentation_of(hole->node);
	uint32_t stands = hole->start - line->start;

	if (indentation.known)
		return indentation.breaks ? indentation.columns : stands + indentation.columns;
	return stands;
}

/* The first hole that starts in a line, or NULL. */
static struct hole *first_hole(const struct blanker *blanker, const struct line *line)
{
	struct hole *hole = line->hole < blanker->holes.len ? hole_at(blanker, line->hole) : NULL;

	return hole && hole->start < line->end ? hole : NULL;
}

/* Whether a line starts with an action that takes the end of the line before away. */
static bool is_glued(const struct blanker *blanker, const struct line *line)
{
	uint32_t at = line->start;

	while (at < line->end && is_blank(blanker->source.ptr[at]))
		at++;
	return at + 3 < blanker->end && (line->first == LINE_NO_TEXT || line->first > at) &&
	       memcmp(blanker->source.ptr + at, "{{-", 3) == 0;
}

/* A block scalar that is being looked at: the column that its content must exceed, -1 at the top of a document. */
struct block {
	uint32_t indicator;
	int64_t parent;
	uint32_t content; /* the least column of its lines */
	size_t last;      /* its last line */
};

/* Where the first thing of a line stands that is not blank: text, or an action that prints. */
static uint32_t line_head(const struct blanker *blanker, const struct line *line)
{
	const struct hole *hole = first_hole(blanker, line);

	return hole && hole->start < line->first ? hole->start : line->first;
}

/* The column that the value at the end of a line is deeper than: that of its key, or of the last dash before it. */
static int64_t parent_column(const struct blanker *blanker, const struct line *line, uint32_t indicator)
{
	uint32_t at = line_head(blanker, line);
	int64_t dash = -1;

	if (line->end - at >= 3 && at == line->start && memcmp(out_at(blanker, at), "---", 3) == 0)
		return -1;
	while (at + 1 < indicator && *out_at(blanker, at) == '-' && is_blank(*out_at(blanker, at + 1))) {
		const struct hole *hole;

		dash = at - line->start;
		at++;
		for (size_t i = line->hole; at < indicator && is_blank(*out_at(blanker, at)); at++) {
			while (i < blanker->holes.len && hole_at(blanker, i)->start < at)
				i++;
			hole = i < blanker->holes.len ? hole_at(blanker, i) : NULL;
			if (hole && hole->start == at)
				return at - line->start;
		}
	}
	if (at >= indicator || *out_at(blanker, at) == '!' || *out_at(blanker, at) == '&')
		return dash;
	return at - line->start;
}

/* Goes back over blanks in front of at, down to floor. */
static uint32_t before_blanks(const struct blanker *blanker, uint32_t at, uint32_t floor)
{
	while (at > floor && is_blank(*out_at(blanker, at - 1)))
		at--;
	return at;
}

/* Goes back over a tag or an anchor in front of at. */
static uint32_t before_property(const struct blanker *blanker, uint32_t at, uint32_t floor)
{
	uint32_t start = at;

	while (start > floor && !is_blank(*out_at(blanker, start - 1)))
		start--;
	if (start < at && (*out_at(blanker, start) == '!' || *out_at(blanker, start) == '&'))
		return before_blanks(blanker, start, floor);
	return at;
}

/* The end of a line's text without a comment behind it. */
static uint32_t without_comment(const struct blanker *blanker, const struct line *line)
{
	for (uint32_t at = line->first; at < line->last; at++) {
		if (*out_at(blanker, at) == '#' && at > line->start && is_blank(*out_at(blanker, at - 1)))
			return before_blanks(blanker, at, line->start);
	}
	return line->last + 1;
}

/* The offset of a block scalar's indicator that ends a line, or LINE_NO_TEXT. */
static uint32_t find_indicator(const struct blanker *blanker, const struct line *line)
{
	uint32_t at, indicator;

	if (line->first == LINE_NO_TEXT || *out_at(blanker, line->first) == '#')
		return LINE_NO_TEXT;
	at = without_comment(blanker, line);
	while (at > line->first && strchr("+-123456789", *out_at(blanker, at - 1)) && *out_at(blanker, at - 1))
		at--;
	if (at == line->first || (*out_at(blanker, at - 1) != '|' && *out_at(blanker, at - 1) != '>'))
		return LINE_NO_TEXT;
	indicator = at - 1;
	at = before_blanks(blanker, indicator, line->start);
	if (at == indicator)
		return LINE_NO_TEXT;
	at = before_property(blanker, at, line->start);
	at = before_property(blanker, at, line->start);
	if (at == line->start || (*out_at(blanker, at - 1) != ':' && *out_at(blanker, at - 1) != '-'))
		return LINE_NO_TEXT;
	return indicator;
}

enum line_place { LINE_OUTSIDE, LINE_INSIDE, LINE_NEUTRAL };

/* Whether a line is part of a block scalar, and in which column if it is. */
static enum line_place place_line(
	const struct blanker *blanker, const struct block *block, const struct line *line, uint32_t *column)
{
	const struct hole *hole = first_hole(blanker, line);
	bool glued = is_glued(blanker, line);

	*column = UINT32_MAX;
	if (line->first == LINE_NO_TEXT && !hole)
		return LINE_NEUTRAL;
	if (line->first == LINE_NO_TEXT) {
		struct indentation indentation = indentation_of(hole->node);

		*column = hole_column(hole, line);
		if (*column > block->parent)
			return LINE_INSIDE;
		*column = UINT32_MAX;
		return glued && !indentation.breaks ? LINE_INSIDE : LINE_OUTSIDE;
	}
	*column = line_head(blanker, line) - line->start;
	if (*column > block->parent && !(block->parent < 0 && line->end - line->start >= 3 &&
					       memcmp(out_at(blanker, line->start), "---", 3) == 0))
		return LINE_INSIDE;
	*column = UINT32_MAX;
	return glued ? LINE_INSIDE : LINE_OUTSIDE;
}

/* Makes text of the actions in a line of a block scalar, from the column of its content on, so that the line does not look indented more deeply. */
static void fill_line(struct blanker *blanker, const struct block *block, const struct line *line)
{
	const char *source = blanker->source.ptr;
	uint32_t from = block->content < line->end - line->start ? line->start + block->content : line->end;
	uint32_t last = line->end;
	bool before = false;

	while (last > from && is_blank(source[last - 1]))
		last--;
	before = line->first == LINE_NO_TEXT;
	for (uint32_t at = line->start; at < from && !before; at++)
		before = !is_blank(source[at]);
	for (uint32_t at = from; at < last; at++) {
		if (is_blank(*out_at(blanker, at)) && (!is_blank(source[at]) || (before && at == from)))
			*out_at(blanker, at) = 'x';
	}
}

/* Marks the holes up to a line's end, and returns the end of the last action or text there. */
static uint32_t take_holes(struct blanker *blanker, size_t first, const struct line *last, uint32_t end)
{
	uint32_t line_end = last->end;

	for (size_t i = first; i < blanker->holes.len && hole_at(blanker, i)->start < line_end; i++) {
		hole_at(blanker, i)->in_scalar = true;
		end = hole_at(blanker, i)->end > end ? hole_at(blanker, i)->end : end;
	}
	while (line_end > end && is_blank(blanker->source.ptr[line_end - 1]))
		line_end--;
	return line_end > end ? line_end : end;
}

static size_t hole_behind(const struct blanker *blanker, const struct line *line, uint32_t offset)
{
	size_t index = line->hole;

	while (index < blanker->holes.len && hole_at(blanker, index)->start < offset)
		index++;
	return index;
}

/* Ends a block scalar before the actions that follow it: blanks deeper than its content would be part of it, a comment is not. */
static void end_block(struct blanker *blanker, const struct block *block, size_t next)
{
	for (; block->parent >= 0 && next < blanker->lines.len; next++) {
		const struct line *line = line_at(blanker, next);
		uint32_t at = line->start;

		if (line->first != LINE_NO_TEXT || first_hole(blanker, line))
			return;
		while (at < line->end && is_blank(blanker->source.ptr[at]))
			at++;
		if (at < line->end) {
			*out_at(blanker, line->start) = '#';
			return;
		}
	}
}

/* Takes the lines of a block scalar whose header is in line `header`. Returns the line to go on with. */
static size_t take_block(struct blanker *blanker, size_t header, uint32_t indicator)
{
	const struct line *line = line_at(blanker, header);
	struct block block = {indicator, parent_column(blanker, line, indicator), UINT32_MAX, header};
	size_t first = hole_behind(blanker, line, indicator), next = header + 1;
	struct helm_range *range = vec_push(&blanker->scalars);
	enum line_place place = LINE_NEUTRAL;
	uint32_t column;

	for (; next < blanker->lines.len && place != LINE_OUTSIDE; next++) {
		place = place_line(blanker, &block, line_at(blanker, next), &column);
		if (place == LINE_INSIDE)
			block.last = next;
		if (place == LINE_INSIDE && column < block.content)
			block.content = column;
	}
	if (block.content == UINT32_MAX)
		block.content = (uint32_t)(block.parent + 1);
	for (size_t i = header + 1; i <= block.last; i++)
		fill_line(blanker, &block, line_at(blanker, i));
	end_block(blanker, &block, block.last + 1);
	range->start = indicator;
	range->end = take_holes(blanker, first, line_at(blanker, block.last), indicator + 1);
	return block.last + 1;
}

static void find_scalars(struct blanker *blanker)
{
	for (size_t i = 0; i < blanker->lines.len;) {
		uint32_t indicator = find_indicator(blanker, line_at(blanker, i));

		i = indicator == LINE_NO_TEXT ? i + 1 : take_block(blanker, i, indicator);
	}
}

static void add_range(struct vec *ranges, uint32_t start, uint32_t end)
{
	struct helm_range *range = vec_push(ranges);

	*range = (struct helm_range){start, end};
}

/* Makes text of a hole: in its first line, or where it begins a line, in its last. */
static void fill_hole(struct blanker *blanker, const struct hole *hole, bool begins_line)
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

static void add_insertion(struct blanker *blanker, const struct hole *hole, const struct line *line)
{
	struct helm_insertion *insertion = vec_push(&blanker->insertions);

	insertion->node = hole->node;
	insertion->column = hole_column(hole, line);
}

/* Whether what a hole prints stands for YAML of its own. line is where it starts, end_line where it ends. */
static bool is_insertion(
	const struct blanker *blanker, const struct hole *hole, const struct line *line, const struct line *end_line)
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
		const struct hole *hole = hole_at(blanker, i);

		while (line + 1 < blanker->lines.len && line_at(blanker, line + 1)->start <= hole->start)
			line++;
		end_line = end_line > line ? end_line : line;
		while (end_line + 1 < blanker->lines.len && line_at(blanker, end_line + 1)->start < hole->end)
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

void helm_blank(struct helm_blank *out, struct arena *arena, struct str source, const struct template_list *list,
	const struct helm_arm *without)
{
	struct blanker blanker = {.arena = arena,
		.source = source,
		.base = list->start,
		.end = list->end,
		.without = without,
		.line_end = UINT32_MAX,
		.last_text = LINE_NO_TEXT,
		.at_head = true};

	vec_init(&blanker.holes, sizeof(struct hole));
	vec_init(&blanker.lines, sizeof(struct line));
	vec_init(&blanker.insertions, sizeof(struct helm_insertion));
	vec_init(&blanker.scalars, sizeof(struct helm_range));
	vec_init(&blanker.moves, sizeof(struct helm_range));
	blank_all(&blanker);
	collect(&blanker, list);
	find_lines(&blanker);
	find_scalars(&blanker);
	fill_holes(&blanker);
	out->text = (struct str){blanker.out, blanker.end - blanker.base};
	out->base = blanker.base;
	out->has_text = blanker.has_text;
	out->insertions = keep(arena, &blanker.insertions, &out->insertion_count);
	out->scalars = keep(arena, &blanker.scalars, &out->scalar_count);
	out->moves = keep(arena, &blanker.moves, &out->move_count);
	vec_release(&blanker.lines);
	vec_release(&blanker.holes);
}
