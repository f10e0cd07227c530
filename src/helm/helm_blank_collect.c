/* The first step of blanking: text is copied, and what prints is noted. */
#include "helm/helm_blank_private.h"

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
	bool is_first = blanker->line_end == UINT32_MAX;
	uint32_t floor = is_first ? blanker->base : blanker->line_end + 1, start = offset;

	if (!is_first && blanker->line_end >= offset)
		return;
	while (start > floor && !is_break(text[start - 1]))
		start--;
	blanker->line_start = start;
	blanker->line_end = next_break(blanker, text, offset, blanker->end);
}

/* Whether a list of nodes has text of its own that is not blank. */
static bool has_own_text(const struct blanker *blanker, const struct template_list *list)
{
	for (size_t i = 0; list && i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		for (uint32_t at = node->start; node->kind == TEMPLATE_TEXT && at < node->end; at++) {
			if (!ascii_is_blank(blanker->source.ptr[at]))
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
	while (after < blanker->line_end && ascii_is_blank(text[after]))
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
	for (head = blanker->line_start; head < at && ascii_is_blank(blanker->source.ptr[head]); head++)
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

	while (at < text.len && ascii_is_blank(text.ptr[at]))
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
		if (!ascii_is_blank(text.ptr[i - 1]))
			return false;
	}
	return at_head;
}

static void add_hole(struct blanker *blanker, const struct template_node *node)
{
	struct blank_hole *hole = vec_push(&blanker->holes);

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

	blank_up_to(blanker, node->start);
	if (blanker->at_head && next && next->kind == TEMPLATE_TEXT &&
		looks_like_member(str_slice(blanker->source, next->start, next->end - next->start)))
		begin_line(blanker, node->start);
	add_hole(blanker, node);
}

static void add_text(struct blanker *blanker, const struct template_node *node)
{
	const char *text = blanker->source.ptr;
	uint32_t end = node->end < blanker->end ? node->end : blanker->end;

	blank_up_to(blanker, node->start);
	if (blanker->at_head)
		add_head(blanker, node);
	blanker->at_head = ends_at_head(str_slice(blanker->source, node->start, end - node->start), blanker->at_head);
	memcpy(out_at(blanker, node->start), text + node->start, end - node->start);
	blanker->filled = end;
	for (uint32_t at = end; at > node->start; at--) {
		if (!ascii_is_blank(text[at - 1]) && !is_break(text[at - 1])) {
			blanker->last_text = at - 1;
			blanker->has_text = true;
			break;
		}
	}
}

static void collect_block(struct blanker *blanker, const struct template_node *node)
{
	bool at_head = blanker->at_head, at_head_behind;

	if (is_inline(blanker, node)) {
		add_hole(blanker, node);
		blanker->last_text = node->end - 1;
		return;
	}
	if (!is_left_out(blanker, node->body))
		blank_collect(blanker, node->body);
	at_head_behind = blanker->at_head;
	if (!node->otherwise)
		return;
	blanker->at_head = at_head;
	if (!is_left_out(blanker, node->otherwise))
		blank_collect(blanker, node->otherwise);
	blanker->at_head = blanker->at_head && at_head_behind;
}

void blank_collect(struct blanker *blanker, const struct template_list *list)
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
