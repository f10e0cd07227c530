#include "helm/template.h"

#include "base/utf8.h"
#include "helm/template_parser.h"

const struct template_delimiters TEMPLATE_HELM = {{"{{", 2}, {"}}", 2}};
const struct template_delimiters TEMPLATE_VAULT_SECRET = {{"{%", 2}, {"%}", 2}};

/* Blocks within each other; every `else if` is one within the one before. */
#define BLOCKS_MAX 500

/* A block that is not closed yet. */
struct block {
	struct template_node *node; /* NULL: the file itself */
	size_t nodes;               /* its list begins there in the stack of nodes */
	uint32_t list_start;
	bool in_otherwise;
	size_t define; /* its place among the defines; only of define and block */
	bool joined;   /* the `if` of an `else if`: closed together with the block around it */
	/* To be restored at its end. */
	size_t declarations, visible, ranges;
};

struct reader {
	struct template_parser parser;
	struct vec blocks;  /* struct block; the first is the file itself */
	struct vec defines; /* struct template_define */
	struct map filled;  /* names of templates that have more than white space in them */
	size_t ranges;      /* open ones around, within the same template */
};

static struct block *current(struct reader *reader)
{
	return vec_last(&reader->blocks);
}

static bool fail(struct reader *reader, const struct template_token *token, const char *problem)
{
	template_fail(&reader->parser, token, problem);
	return false;
}

static struct template_node *add_node(struct reader *reader, enum template_node_kind kind, uint32_t start)
{
	struct template_node *node = arena_calloc(reader->parser.arena, 1, sizeof(*node));

	node->kind = kind;
	node->start = start;
	vec_push_pointer(&reader->parser.nodes, node);
	return node;
}

static void add_text(struct reader *reader, const struct template_token *token)
{
	struct template_node *node = add_node(reader, TEMPLATE_TEXT, token->start);

	node->end = token->end;
	node->text_start = token->text_start;
	node->text_end = token->text_end;
}

/* The end of the action: its right delimiter. */
static bool take_right(struct reader *reader, struct template_node *node)
{
	const struct template_token *token = template_peek(&reader->parser);

	if (token->kind != TOKEN_RIGHT)
		return fail(reader, token, "the action must end here");
	if (node)
		node->end = token->end;
	template_skip(&reader->parser);
	return true;
}

static bool open_block(struct reader *reader, struct template_node *node, struct block block)
{
	struct template_token place = {.kind = TOKEN_OTHER, .start = node->start};

	if (reader->blocks.len > BLOCKS_MAX)
		return fail(reader, &place, "blocks are nested too deeply");
	block.node = node;
	block.nodes = reader->parser.nodes.len;
	block.list_start = reader->parser.last_end;
	vec_append(&reader->blocks, &block, 1);
	return true;
}

static struct block state(const struct reader *reader)
{
	return (struct block){.declarations = reader->parser.declarations.len,
		.visible = reader->parser.visible,
		.ranges = reader->ranges};
}

/* if, range and with; their keyword is still there. */
static bool read_control(struct reader *reader, enum template_node_kind kind, uint32_t start, bool joined)
{
	struct template_node *node = add_node(reader, kind, start);
	struct block block = state(reader);

	block.joined = joined;
	template_skip(&reader->parser);
	node->pipeline = template_parse_pipeline(&reader->parser, TOKEN_RIGHT, kind == TEMPLATE_RANGE);
	if (!node->pipeline)
		return false;
	if (kind == TEMPLATE_RANGE)
		reader->ranges++;
	return open_block(reader, node, block);
}

static bool read_name(struct reader *reader, struct template_node *node)
{
	struct template_token token;

	template_skip(&reader->parser);
	if (!template_parse_name(&reader->parser, &node->name, &token))
		return false;
	node->name_start = token.start;
	node->name_end = token.end;
	return true;
}

/* Opens a template of its own, which sees no variable of the one around. */
static bool open_template(struct reader *reader, struct template_node *node)
{
	struct template_define define = {.name = node->name, .node = node};
	struct block block = state(reader);

	block.define = reader->defines.len;
	if (!open_block(reader, node, block))
		return false;
	vec_append(&reader->defines, &define, 1);
	reader->parser.visible = block.declarations;
	reader->ranges = 0;
	return true;
}

static bool read_define(struct reader *reader, uint32_t start)
{
	struct template_token keyword = *template_peek(&reader->parser);
	struct template_node *node;

	if (reader->blocks.len > 1)
		return fail(reader, &keyword, "`define` cannot stand within a block");
	node = add_node(reader, TEMPLATE_DEFINE, start);
	return read_name(reader, node) && take_right(reader, node) && open_template(reader, node);
}

/* The rest of an action that is a pipeline. */
static bool read_pipeline(struct reader *reader, struct template_node *node)
{
	node->pipeline = template_parse_pipeline(&reader->parser, TOKEN_RIGHT, false);
	if (node->pipeline)
		node->end = reader->parser.last_end;
	return node->pipeline != NULL;
}

static bool read_call(struct reader *reader, uint32_t start)
{
	bool is_block = template_peek(&reader->parser)->kind == TOKEN_BLOCK;
	struct template_node *node = add_node(reader, TEMPLATE_CALL, start);

	if (!read_name(reader, node))
		return false;
	if (!is_block && template_peek(&reader->parser)->kind == TOKEN_RIGHT)
		return take_right(reader, node);
	return read_pipeline(reader, node) && (!is_block || open_template(reader, node));
}

static bool read_action(struct reader *reader, uint32_t start)
{
	return read_pipeline(reader, add_node(reader, TEMPLATE_ACTION, start));
}

static bool read_jump(struct reader *reader, enum template_node_kind kind, uint32_t start)
{
	struct template_token keyword = template_take(&reader->parser);

	if (reader->ranges == 0)
		return fail(reader, &keyword,
			kind == TEMPLATE_BREAK ? "`break` stands outside of a `range`"
					       : "`continue` stands outside of a `range`");
	return take_right(reader, add_node(reader, kind, start));
}

static bool is_template(const struct template_node *node)
{
	return node->kind == TEMPLATE_DEFINE || node->kind == TEMPLATE_CALL;
}

static void add_list_effects(struct template_list *list, const struct template_list *inner)
{
	if (!inner)
		return;
	list->changes = list->changes || inner->changes;
	if (inner->outermost < list->outermost)
		list->outermost = inner->outermost;
}

/* What a define holds is executed elsewhere, with variables of its own. */
static void add_effects(struct template_list *list, const struct template_node *node)
{
	const struct template_pipeline *pipeline = node->pipeline;

	if (node->kind == TEMPLATE_BREAK || node->kind == TEMPLATE_CONTINUE || (pipeline && pipeline->changes_maps))
		list->changes = true;
	if (pipeline && pipeline->outermost < list->outermost)
		list->outermost = pipeline->outermost;
	if (is_template(node))
		return;
	add_list_effects(list, node->body);
	add_list_effects(list, node->otherwise);
}

static const struct template_list *take_list(struct reader *reader, const struct block *block, uint32_t end)
{
	struct template_list *list = arena_calloc(reader->parser.arena, 1, sizeof(*list));

	list->start = block->list_start;
	list->end = end;
	list->nodes = template_take_above(&reader->parser, &reader->parser.nodes, block->nodes, &list->count);
	list->outermost = UINT32_MAX;
	for (size_t i = 0; i < list->count; i++)
		add_effects(list, list->nodes[i]);
	list->assigns = list->outermost != UINT32_MAX;
	list->acts = list->changes || list->outermost < block->declarations;
	return list;
}

/* Go's bytes.TrimSpace leaves nothing of it. */
static bool is_blank(struct str text)
{
	while (text.len > 0) {
		size_t width;
		uint32_t c = utf8_decode(text, &width);

		if (c != ' ' && (c < '\t' || c > '\r') && c != 0x85 && c != 0xA0 && c != 0x1680 &&
			(c < 0x2000 || c > 0x200A) && c != 0x2028 && c != 0x2029 && c != 0x202F && c != 0x205F &&
			c != 0x3000)
			return false;
		text = str_slice(text, width, text.len);
	}
	return true;
}

static bool is_empty(const struct reader *reader, const struct template_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct template_node *node = list->nodes[i];

		if (node->kind == TEMPLATE_TEXT ? !is_blank(str_slice(reader->parser.lexer.text, node->text_start,
							  node->text_end - node->text_start))
						: node->kind != TEMPLATE_COMMENT)
			return false;
	}
	return true;
}

/* Go refuses a second template of the same name, unless one of them is blank. */
static bool finish_define(struct reader *reader, size_t index)
{
	struct template_define *define = vec_at(&reader->defines, index);
	struct template_token place = {.kind = TOKEN_OTHER, .start = define->node->name_start};

	define->blank = is_empty(reader, define->node->body);
	if (define->blank)
		return true;
	if (map_has(&reader->filled, define->name))
		return fail(reader, &place, "this file has another template of this name");
	map_set(&reader->filled, define->name, NULL);
	return true;
}

/* Closes the innermost block, whose last list ends at list_end and which itself ends at end. */
static void close_block(struct reader *reader, uint32_t list_end, uint32_t end)
{
	struct block *block = current(reader);
	struct template_node *node = block->node;
	const struct template_list *list = take_list(reader, block, list_end);

	if (block->in_otherwise)
		node->otherwise = list;
	else
		node->body = list;
	node->end = end;
	template_leave_scope(&reader->parser, block->declarations);
	reader->parser.visible = block->visible;
	reader->ranges = block->ranges;
	vec_pop(&reader->blocks);
}

static bool read_end(struct reader *reader, uint32_t start)
{
	struct template_token keyword = template_take(&reader->parser);
	uint32_t list_end = start, end;
	struct block closed;

	if (!take_right(reader, NULL))
		return false;
	end = reader->parser.last_end;
	if (reader->blocks.len == 1)
		return fail(reader, &keyword, "`end` closes nothing");
	do {
		closed = *current(reader);
		close_block(reader, list_end, end);
		list_end = end;
	} while (closed.joined);
	return !is_template(closed.node) || finish_define(reader, closed.define);
}

static bool takes_else(const struct block *block)
{
	return block->node && !block->in_otherwise && !is_template(block->node);
}

static bool read_else(struct reader *reader, uint32_t start)
{
	struct template_token keyword = template_take(&reader->parser);
	struct block *block = current(reader);
	enum token_kind next = template_peek(&reader->parser)->kind;
	bool joins;

	if (!takes_else(block))
		return fail(reader, &keyword, "`else` has no block that it could belong to");
	joins = (next == TOKEN_IF && block->node->kind == TEMPLATE_IF) ||
		(next == TOKEN_WITH && block->node->kind == TEMPLATE_WITH);
	if (!joins && !take_right(reader, NULL))
		return false;
	block->node->body = take_list(reader, block, start);
	block->list_start = joins ? start : reader->parser.last_end;
	block->in_otherwise = true;
	reader->ranges = block->ranges;
	return !joins || read_control(reader, block->node->kind, start, true);
}

/* What stands between delimiters; the left one is taken. */
/* flat */
static bool read_inside(struct reader *reader, uint32_t start)
{
	switch (template_peek(&reader->parser)->kind) {
	case TOKEN_IF:
		return read_control(reader, TEMPLATE_IF, start, false);
	case TOKEN_RANGE:
		return read_control(reader, TEMPLATE_RANGE, start, false);
	case TOKEN_WITH:
		return read_control(reader, TEMPLATE_WITH, start, false);
	case TOKEN_ELSE:
		return read_else(reader, start);
	case TOKEN_END:
		return read_end(reader, start);
	case TOKEN_DEFINE:
		return read_define(reader, start);
	case TOKEN_BLOCK:
	case TOKEN_TEMPLATE:
		return read_call(reader, start);
	case TOKEN_BREAK:
		return read_jump(reader, TEMPLATE_BREAK, start);
	case TOKEN_CONTINUE:
		return read_jump(reader, TEMPLATE_CONTINUE, start);
	default:
		return read_action(reader, start);
	}
}

/* Text, a comment or an action; false: a problem, or the end of the text. */
static bool read_next(struct reader *reader)
{
	struct template_token token = template_take(&reader->parser);

	switch (token.kind) {
	case TOKEN_TEXT:
		add_text(reader, &token);
		return true;
	case TOKEN_COMMENT:
		add_node(reader, TEMPLATE_COMMENT, token.start)->end = token.end;
		return true;
	case TOKEN_LEFT:
		return read_inside(reader, token.start);
	case TOKEN_FILE_END:
		break;
	default:
		return fail(reader, &token, "this cannot be read");
	}
	if (reader->blocks.len > 1) {
		token.start = current(reader)->node->start;
		fail(reader, &token, "this block has no `end`");
	}
	return false;
}

/* Closes what a problem left open: lists end with what could be read. A node that is not complete is dropped. */
static void close_all(struct reader *reader)
{
	struct vec *nodes = &reader->parser.nodes;

	for (;;) {
		const struct block *block = current(reader);
		const struct template_node *last = nodes->len > block->nodes ? vec_last_pointer(nodes) : NULL;
		uint32_t end;

		if (last && last->end == 0) {
			vec_pop(nodes);
			continue;
		}
		end = last ? last->end : block->list_start;
		if (reader->blocks.len == 1)
			return;
		close_block(reader, end, end);
	}
}

static void reader_release(struct reader *reader)
{
	struct template_parser *parser = &reader->parser;

	map_release(&parser->names);
	map_release(&reader->filled);
	vec_release(&parser->declarations);
	vec_release(&parser->words);
	vec_release(&parser->operands);
	vec_release(&parser->commands);
	vec_release(&parser->nodes);
	vec_release(&reader->defines);
	vec_release(&reader->blocks);
}

static void read_all(struct reader *reader, struct template *out)
{
	struct template_token start = {.kind = TOKEN_OTHER};
	const struct block *file;
	uint32_t end = (uint32_t)out->text.len;

	vec_push(&reader->blocks);
	if (out->text.len > INT32_MAX)
		fail(reader, &start, "it is too long");
	else
		while (read_next(reader))
			continue;
	if (reader->parser.problem)
		close_all(reader);
	file = current(reader);
	if (reader->parser.problem)
		end = reader->parser.nodes.len > 0
			      ? ((const struct template_node *)vec_last_pointer(&reader->parser.nodes))->end
			      : 0;
	out->root = take_list(reader, file, end);
	out->defines = template_take_above(&reader->parser, &reader->defines, 0, &out->define_count);
	out->problem = reader->parser.problem;
	out->problem_at = reader->parser.problem_at;
}

const struct template *template_parse(
	struct arena *arena, struct str text, const struct template_delimiters *delimiters)
{
	struct template *out = arena_calloc(arena, 1, sizeof(*out));
	struct reader reader = {.blocks = VEC_INIT(struct block), .defines = VEC_INIT(struct template_define)};
	struct template_parser *parser = &reader.parser;

	*parser = (struct template_parser){.arena = arena,
		.nodes = VEC_INIT(struct template_node *),
		.commands = VEC_INIT(struct template_command),
		.operands = VEC_INIT(struct template_operand),
		.words = VEC_INIT(struct str),
		.declarations = VEC_INIT(struct template_declaration)};
	map_init(&parser->names);
	map_init(&reader.filled);
	template_lexer_init(&parser->lexer, text, delimiters);
	out->text = text;
	read_all(&reader, out);
	reader_release(&reader);
	return out;
}
