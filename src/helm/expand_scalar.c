/* Scalars with actions in them: their text is made, and then read as YAML reads it. */
#include "base/strbuf.h"
#include "helm/data_private.h"
#include "helm/evaluate_private.h"
#include "helm/expand_private.h"
#include "yaml/stream.h"

static const struct data *unknown_at(struct evaluation *evaluation, struct str tail, struct span span)
{
	return data_unknown(evaluation->arena, tail, span);
}

static const struct data *convert(struct evaluation *evaluation, const struct node *node, struct span span);

static const struct data *convert_mapping(struct evaluation *evaluation, const struct node *node, struct span span)
{
	struct data *map = data_map_new(evaluation->arena, span);

	for (uint32_t i = 0; i < node->mapping.count; i++) {
		const struct node_pair *pair = &node->mapping.pairs[i];
		struct str key = data_key_of_node(evaluation->arena, pair->key);

		if (pair->key->type == TYPE_MERGE || str_is_absent(key))
			map->open = true;
		else
			data_map_add(evaluation->arena, map, key, span, convert(evaluation, pair->value, span));
	}
	return map;
}

/* The data of a tree that stands nowhere; what has aliases is not followed far. */
static const struct data *convert(struct evaluation *evaluation, const struct node *node, struct span span)
{
	struct data *list;

	if (!evaluation_spend(evaluation, 1))
		return &DATA_IS_UNKNOWN;
	node = node_resolve(node);
	if (!node)
		return &DATA_IS_NIL;
	if (node->kind == NODE_SCALAR)
		return data_of_scalar(evaluation->arena, node, span);
	if (node->type == TYPE_MAP)
		return convert_mapping(evaluation, node, span);
	if (node->type != TYPE_SEQ)
		return unknown_at(evaluation, STR(""), span);
	list = data_list_new(evaluation->arena, span);
	for (uint32_t i = 0; i < node->sequence.count; i++)
		data_list_add(evaluation->arena, list, convert(evaluation, node->sequence.items[i], span));
	return list;
}

/* The only root of a text, loaded into the evaluation's arena. False where it is no YAML or has several documents; NULL for nothing at all. */
static bool load_root(struct evaluation *evaluation, struct str text, const struct node **root)
{
	struct yaml_stream *stream;
	bool loaded;

	*root = NULL;
	if (!evaluation_spend(evaluation, 10 + text.len / 16))
		return false;
	stream = yaml_load(evaluation->arena, STR(""), text, false);
	loaded = !stream->broken;
	for (size_t i = 0; loaded && i < stream->documents.len; i++) {
		const struct yaml_document *document = vec_at(&stream->documents, i);

		if (document->root && *root)
			loaded = false;
		if (document->root)
			*root = document->root;
	}
	yaml_stream_release(stream);
	return loaded;
}

const struct data *expand_text(struct evaluation *evaluation, struct str text, struct span span)
{
	const struct node *root;

	if (!load_root(evaluation, text, &root))
		return unknown_at(evaluation, STR(""), span);
	return convert(evaluation, root, span);
}

/* Whether a text is a plain scalar at first sight. */
static bool is_plain(struct str text)
{
	if (strchr("\"'[]{},#&*!|>%@`-?:.", text.ptr[0]) &&
		!(text.len > 1 && strchr("-.:", text.ptr[0]) && text.ptr[1] != ' ' && text.ptr[1] != text.ptr[0]))
		return false;
	if (text.ptr[text.len - 1] == ':')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i], before = i > 0 ? text.ptr[i - 1] : ' ';

		if ((unsigned char)c < ' ' || (c == ' ' && before == ':') || (c == '#' && before == ' '))
			return false;
	}
	return true;
}

/* Whether a text is a string in double quotes that holds nothing but itself. */
static bool is_simple_quoted(struct str text)
{
	struct str inner = str_slice(text, 1, text.len > 2 ? text.len - 2 : 0);

	if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
		return false;
	return !memchr(inner.ptr, '"', inner.len) && !memchr(inner.ptr, '\\', inner.len) &&
	       !memchr(inner.ptr, '\n', inner.len) && !memchr(inner.ptr, '\r', inner.len);
}

static bool has_flow_mark(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(",[]{}", text.ptr[i]))
			return true;
	}
	return false;
}

/* The value that a text is where a plain value stands. */
static const struct data *read_plain(struct evaluation *evaluation, struct str text, struct span span, bool in_flow)
{
	struct str value = str_trim(text);
	struct node scalar = {.kind = NODE_SCALAR, .style = NODE_PLAIN, .scalar = value};
	const struct node *root;

	if (value.len == 0)
		return &DATA_IS_NIL;
	if (is_simple_quoted(value))
		return data_string(evaluation->arena, str_slice(value, 1, value.len - 2), span);
	if (in_flow && has_flow_mark(value))
		return unknown_at(evaluation, STR(""), span);
	if (is_plain(value))
		return data_of_scalar(evaluation->arena, &scalar, span);
	if (str_starts_with(value, STR("---")) || str_starts_with(value, STR("%")) ||
		!load_root(evaluation, value, &root))
		return unknown_at(evaluation, STR(""), span);
	if (root && root->kind != NODE_SCALAR && root->style != NODE_FLOW)
		return unknown_at(evaluation, STR(""), span);
	return convert(evaluation, root, span);
}

/* The value of a scalar that is written as prefix, text and suffix together. */
static const struct data *read_written(
	struct evaluation *evaluation, struct str prefix, struct str text, struct str suffix, struct span span)
{
	struct strbuf written = STRBUF_INIT;
	const struct node *root;
	const struct data *data;

	strbuf_append(&written, prefix);
	strbuf_append(&written, text);
	strbuf_append(&written, suffix);
	if (load_root(evaluation, arena_str(evaluation->arena, strbuf_str(&written)), &root) && root &&
		root->kind == NODE_SCALAR)
		data = data_string(evaluation->arena, root->scalar, span);
	else
		data = unknown_at(evaluation, STR(""), span);
	strbuf_release(&written);
	return data;
}

static const struct data *read_quoted(
	struct evaluation *evaluation, const struct node *scalar, struct str text, struct span span)
{
	bool is_double = scalar->style == NODE_DOUBLE_QUOTED;
	struct str quote = is_double ? STR("\"") : STR("'");
	char special = is_double ? '\\' : '\'';

	if (memchr(text.ptr, quote.ptr[0], text.len) || memchr(text.ptr, special, text.len) ||
		memchr(text.ptr, '\n', text.len) || memchr(text.ptr, '\r', text.len))
		return read_written(evaluation, quote, text, quote, span);
	return data_string(evaluation->arena, text, span);
}

/* The tail of an unknown text, where reading it as YAML changes nothing about it. */
static struct str readable_tail(const struct node *scalar, struct str tail)
{
	bool is_plain_style = scalar->style == NODE_PLAIN;

	for (size_t i = 0; i < tail.len; i++) {
		if ((unsigned char)tail.ptr[i] < ' ' || strchr("\"'\\", tail.ptr[i]) ||
			(is_plain_style && strchr("#:,[]{}", tail.ptr[i])))
			return STR("");
	}
	return is_plain_style ? str_trim(tail) : tail;
}

static bool is_block(const struct node *scalar)
{
	return scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED;
}

/* The end of a block scalar's indicators. */
static uint32_t header_end(const struct node *scalar, struct str source)
{
	uint32_t at = scalar->value_start + 1;

	while (at < scalar->end && memchr("+-123456789", source.ptr[at], 11))
		at++;
	return at;
}

/* text is all that follows the indicators. */
static const struct data *read_block(
	struct evaluation *evaluation, const struct node *scalar, struct str source, struct str text, struct span span)
{
	uint32_t end = header_end(scalar, source);
	struct str header = str_slice(source, scalar->value_start, end - scalar->value_start);
	struct strbuf prefix = STRBUF_INIT;
	const struct data *data;

	if (str_contains(str_slice(header, 1, header.len), STR("+")) || header.len > 2 ||
		(header.len == 2 && header.ptr[1] != '-') || str_find(text, '\n') == text.len)
		return unknown_at(evaluation, STR(""), span);
	strbuf_append_c(&prefix, "--- ");
	strbuf_append(&prefix, header);
	data = read_written(
		evaluation, strbuf_str(&prefix), text, scalar->end < source.len ? STR("\n") : STR(""), span);
	strbuf_release(&prefix);
	return data;
}

/* A tag that says no more than that it is a string, or none. */
static bool has_plain_tag(const struct node *scalar)
{
	return str_is_absent(node_tag(scalar)) || str_is(node_tag(scalar), "tag:yaml.org,2002:str");
}

static const struct data *read_value(const struct expander *expander, const struct node *scalar,
	const struct data *text, struct span span, bool in_flow)
{
	struct evaluation *evaluation = expander->evaluation;
	struct str source = expander->read->source->text;

	if (text->kind == DATA_UNKNOWN)
		return unknown_at(evaluation, is_block(scalar) ? STR("") : readable_tail(scalar, text->tail), span);
	if (text->kind == DATA_YAML && scalar->style == NODE_PLAIN)
		return text->structure;
	if (text->kind != DATA_STRING || !has_plain_tag(scalar))
		return unknown_at(evaluation, STR(""), span);
	if (is_block(scalar))
		return read_block(evaluation, scalar, source, text->string, span);
	if (scalar->style != NODE_PLAIN)
		return read_quoted(evaluation, scalar, text->string, span);
	if (!str_is_absent(node_tag(scalar)))
		return data_string(evaluation->arena, str_trim(text->string), span);
	return read_plain(evaluation, text->string, span, in_flow);
}

const struct data *expand_scalar(
	const struct expander *expander, const struct node *scalar, const struct expand_place *place, bool in_flow)
{
	const struct helm_template *read = expander->read;
	struct span span = {read->source, scalar->value_start, scalar->end};
	uint32_t start = scalar->value_start, end = scalar->end;
	const struct data *text;

	if (is_block(scalar)) {
		start = header_end(scalar, read->source->text);
	} else if (scalar->style != NODE_PLAIN) {
		start++;
		end--;
	}
	if (start >= end)
		return data_of_scalar(expander->evaluation->arena, scalar, span);
	text = evaluate_text(expander->evaluation, read->source, place->list, place->index, place->scope, start, end);
	if (text->kind == DATA_NIL)
		return text;
	if (text->kind == DATA_STRING && !helm_has_action(read, scalar->value_start, scalar->end))
		return data_of_scalar(expander->evaluation->arena, scalar, span);
	return read_value(expander, scalar, text, span, in_flow);
}

static void note_visit(struct template_walk *walk, const struct template_list *list, size_t index, struct scope *scope)
{
	enum truth *executed = walk->context;

	(void)list;
	(void)index;
	if (!scope->maybe)
		*executed = TRUTH_YES;
	else if (*executed == TRUTH_NO)
		*executed = TRUTH_UNKNOWN;
}

enum truth expand_is_executed(
	const struct expander *expander, const struct expand_place *place, uint32_t start, uint32_t end)
{
	enum truth executed = TRUTH_NO;
	struct template_walk walk = {.evaluation = expander->evaluation,
		.context = &executed,
		.start = start,
		.end = end,
		.visit = note_visit};

	template_walk(&walk, place->list, place->index, place->scope);
	return executed;
}
