#include "statics/change.h"

#include "statics/place.h"

#define STEP_MIN 2
#define STEP_MAX 9

/* How far the first mapping that is a member of another block mapping stands to the right of it; 0: there is none. */
static size_t find_step(struct str text, const struct node *mapping)
{
	bool first;

	for (uint32_t i = 0; i < mapping->mapping.count; i++) {
		const struct node *value = mapping->mapping.pairs[i].value;

		if (value->kind == NODE_MAPPING && value->style == NODE_BLOCK) {
			size_t inner = place_column(text, value->value_start, &first);
			size_t outer = place_column(text, mapping->value_start, &first);

			return inner > outer ? inner - outer : 0;
		}
	}
	return 0;
}

void changer_init(struct changer *changer, struct static_secrets *file)
{
	struct str text = file->stream->source.text;
	size_t step = file->root && file->root->style == NODE_BLOCK ? find_step(text, file->root) : 0;

	*changer = (struct changer){
		.file = file,
		.arena = file->arena,
		.text = text,
		.line_break = place_line_break(text),
		.step = step < STEP_MIN || step > STEP_MAX ? TEMPLATE_INDENT : (unsigned)step,
	};
	edits_init(&changer->edits);
}

void changer_release(struct changer *changer)
{
	edits_release(&changer->edits);
}

static struct str concat(struct changer *changer, struct str a, struct str b, struct str c)
{
	char *bytes = arena_bytes(changer->arena, a.len + b.len + c.len);

	memcpy(bytes, a.ptr, a.len);
	memcpy(bytes + a.len, b.ptr, b.len);
	memcpy(bytes + a.len + b.len, c.ptr, c.len);
	return (struct str){.ptr = bytes, .len = a.len + b.len + c.len};
}

struct str changer_end_line(struct changer *changer)
{
	struct str text = changer->text;

	if (text.len == 0 || place_is_line_start(text, text.len))
		return STR("");
	changer->text = concat(changer, text, changer->line_break, STR(""));
	return changer->line_break;
}

unsigned change_column(const struct changer *changer, const struct node *mapping)
{
	bool first;

	return (unsigned)place_column(changer->text, mapping->value_start, &first);
}

/* The lines of a block, indented and with the file's line breaks; empty lines stay empty. */
static struct str indent(struct changer *changer, struct str lines, unsigned column)
{
	size_t count = 1, len = 0;
	struct str rest = lines;
	char *bytes;

	for (size_t i = 0; i < lines.len; i++)
		count += lines.ptr[i] == '\n';
	bytes = arena_bytes(changer->arena, lines.len + count * (column + changer->line_break.len));
	while (!str_is_absent(rest) && rest.len > 0) {
		struct str line = str_cut(&rest, '\n');

		if (line.len > 0)
			memset(bytes + len, ' ', column);
		len += line.len > 0 ? column : 0;
		memcpy(bytes + len, line.ptr, line.len);
		len += line.len;
		memcpy(bytes + len, changer->line_break.ptr, changer->line_break.len);
		len += changer->line_break.len;
	}
	return (struct str){.ptr = bytes, .len = len};
}

/* How a piece in a mapping is written: in its style, the keys as the first of those that are there. */
static struct template_style piece_style(const struct changer *changer, const struct node *mapping, bool flow)
{
	struct template_style style = {
		.form = changer->file->form,
		.mapping = flow ? NODE_FLOW : NODE_BLOCK,
		.key = NODE_PLAIN,
		.prose = flow ? NODE_DOUBLE_QUOTED : NODE_FOLDED,
	};

	if (mapping && mapping->mapping.count > 0) {
		enum node_style key = mapping->mapping.pairs[0].key->style;

		if (key == NODE_SINGLE_QUOTED || key == NODE_DOUBLE_QUOTED)
			style.key = key;
	}
	return style;
}

/* The piece as the emitter writes it: lines in a block, or the inside of a flow mapping. */
static struct str write_piece(struct changer *changer, const struct template_style *style, unsigned column,
	piece_writer *write, const void *context)
{
	bool flow = style->mapping == NODE_FLOW;
	unsigned least = 2 * changer->step + 1;
	struct yaml_writer_options options = {
		.indent = changer->step,
		.width = flow                              ? 0
			 : column + least < TEMPLATE_WIDTH ? TEMPLATE_WIDTH - column
							   : least,
	};
	struct strbuf out = STRBUF_INIT;
	struct yaml_writer *writer = yaml_writer_new(&out, &options);
	struct str piece;

	yaml_write_begin_mapping(writer, style->mapping);
	write(writer, style, context);
	yaml_write_end_mapping(writer);
	yaml_writer_free(writer);
	piece = arena_str(changer->arena, strbuf_str(&out));
	strbuf_release(&out);
	return flow ? str_slice(piece, 1, piece.len - 3) : piece;
}

struct str change_piece(
	struct changer *changer, const struct node *mapping, unsigned column, piece_writer *write, const void *context)
{
	struct template_style style = piece_style(changer, mapping, mapping->style == NODE_FLOW);

	return write_piece(changer, &style, column, write, context);
}

/* What stands between a member of a flow mapping and the next: on a line of its own where that one is. */
static struct str flow_separator(struct changer *changer, const struct node_pair *member)
{
	size_t start = member->key->start;

	/* All members may stand on one line, so that nothing is looked for at its start. */
	while (start > 0 && changer->text.ptr[start - 1] == ' ')
		start--;
	if (!place_is_line_start(changer->text, start))
		return STR(", ");
	return concat(
		changer, STR(","), changer->line_break, str_slice(changer->text, start, member->key->start - start));
}

static void insert_flow(
	struct changer *changer, const struct node *mapping, const struct node_pair *before, struct str piece)
{
	const struct node_pair *near = before ? before : &mapping->mapping.pairs[0];
	struct str separator = flow_separator(changer, near);

	if (before)
		edits_add(&changer->edits, before->value->end, before->value->end,
			concat(changer, separator, piece, STR("")));
	else
		edits_add(&changer->edits, near->key->start, near->key->start,
			concat(changer, piece, separator, STR("")));
}

/* Where a member comes that is to be the first of a block mapping; false where its first line has something else before it. */
static bool place_of_first(const struct changer *changer, const struct node *mapping, size_t *at)
{
	bool first;

	place_column(changer->text, mapping->value_start, &first);
	*at = place_line_start(changer->text, mapping->value_start);
	if (first)
		*at = place_above_comments(changer->text, *at);
	return first;
}

void change_insert(
	struct changer *changer, const struct node *mapping, const struct node_pair *before, struct str piece)
{
	unsigned column;
	size_t at;

	if (mapping->style == NODE_FLOW) {
		insert_flow(changer, mapping, before, piece);
		return;
	}
	column = change_column(changer, mapping);
	if (before || !place_of_first(changer, mapping, &at))
		at = place_behind_member(changer->text, before ? before : &mapping->mapping.pairs[0], column);
	edits_add(&changer->edits, at, at, indent(changer, piece, column));
}

/* Whether a comment begins in a range. */
static bool has_comment(struct changer *changer, size_t start, size_t end)
{
	const struct vec *comments = yaml_comments(changer->file->stream);
	size_t low = 0, high = comments->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (((struct span *)vec_at(comments, middle))->start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < comments->len && ((struct span *)vec_at(comments, low))->start < end;
}

/* What has to stand before the value of a member that has none yet. */
static struct str lead_in(const struct changer *changer, const struct node *value, size_t start)
{
	if (start == 0 || value->end > value->start)
		return STR("");
	return changer->text.ptr[start - 1] == ':' ? STR(" ") : STR(": ");
}

/* Where the bytes of a value start that are to be replaced: an anchor stays. */
static size_t value_start(const struct node *value)
{
	return str_is_absent(node_anchor(value)) ? value->start : value->value_start;
}

static void fill_empty_flow(struct changer *changer, const struct node *parent, const struct node *value,
	piece_writer *write, const void *context)
{
	struct template_style style = piece_style(changer, parent, true);
	struct str piece = write_piece(changer, &style, 0, write, context);
	size_t start = value_start(value);
	struct str opening = concat(changer, lead_in(changer, value, start), STR("{"), STR(""));

	if (value->kind == NODE_MAPPING)
		edits_add(&changer->edits, value->value_start + (size_t)1, value->value_start + (size_t)1, piece);
	else
		edits_add(&changer->edits, start, value->end, concat(changer, opening, piece, STR("}")));
}

void change_fill_empty(struct changer *changer, const struct node *parent, const struct node_pair *member,
	piece_writer *write, const void *context)
{
	const struct node *value = member->value;
	size_t start = value_start(value), next = place_next_line(changer->text, value->end);
	struct template_style style = piece_style(changer, parent, false);
	unsigned column;

	if (parent->style == NODE_FLOW || has_comment(changer, start, value->end)) {
		fill_empty_flow(changer, parent, value, write, context);
		return;
	}
	while (start > 0 && changer->text.ptr[start - 1] == ' ' && value->end > value->start)
		start--;
	column = change_column(changer, parent) + changer->step;
	edits_add(&changer->edits, start, value->end, STR(""));
	edits_add(&changer->edits, next, next,
		indent(changer, write_piece(changer, &style, column, write, context), column));
}

/* Where the content of an empty document comes: before "...", if there is that. */
static size_t empty_document_end(struct str text)
{
	for (size_t line = 0; line < text.len; line = place_next_line(text, line)) {
		if (str_starts_with(str_slice(text, line, text.len), STR("...")))
			return line;
	}
	return text.len;
}

void change_fill_root(struct changer *changer, piece_writer *write, const void *context)
{
	const struct node *root = yaml_root(changer->file->stream);
	struct template_style style = piece_style(changer, NULL, false);
	struct str piece = indent(changer, write_piece(changer, &style, 0, write, context), 0);
	size_t start = root ? value_start(root) : empty_document_end(changer->text);

	if (!root) {
		edits_add(&changer->edits, start, start, piece);
		return;
	}
	if (root->kind == NODE_MAPPING && has_comment(changer, start, root->end)) {
		fill_empty_flow(changer, NULL, root, write, context);
		return;
	}
	if (!place_is_line_start(changer->text, start)) {
		piece = concat(changer, changer->line_break, piece, STR(""));
		while (start > 0 && changer->text.ptr[start - 1] == ' ')
			start--;
	}
	edits_add(&changer->edits, start, root->end, str_slice(piece, 0, piece.len - changer->line_break.len));
}

/* The end of the indicators that a block scalar begins with. */
static size_t indicators_end(struct str text, size_t at)
{
	for (at++; at < text.len && memchr("+-0123456789", text.ptr[at], 12); at++)
		;
	return at;
}

void change_seal(struct changer *changer)
{
	const struct node *root = yaml_root(changer->file->stream), *last;
	size_t start, end;

	if (!changer->thorough || !root)
		return;
	last = place_last_scalar(root);
	if (last->kind != NODE_SCALAR || (last->style != NODE_LITERAL && last->style != NODE_FOLDED))
		return;
	start = last->value_start + (size_t)1;
	end = indicators_end(changer->text, last->value_start);
	for (size_t at = start; at < end; at++) {
		if (changer->text.ptr[at] == '-')
			return;
		if (changer->text.ptr[at] == '+')
			start = at;
	}
	edits_add(&changer->edits, start, start + (size_t)(changer->text.ptr[start] == '+'), STR("-"));
}

/* A scalar of several lines in the place of another: its first line in that one's place, so that a comment behind it stays, the others below. */
static void replace_by_block(
	struct changer *changer, const struct node *value, size_t start, struct str header, struct str body)
{
	bool was_block = value->kind == NODE_SCALAR && (value->style == NODE_LITERAL || value->style == NODE_FOLDED);
	size_t header_end = was_block ? indicators_end(changer->text, value->value_start) : value->end;
	size_t next = place_next_line(changer->text, header_end);
	size_t end = was_block ? place_next_line(changer->text, place_node_end(changer->text, value)) : next;

	edits_add(&changer->edits, start, header_end, header);
	edits_add(&changer->edits, next, end > next ? end : next, body);
}

void change_scalar(
	struct changer *changer, const struct node *mapping, const struct node_pair *member, struct str scalar)
{
	const struct node *value = member->value;
	size_t start = value_start(value), first = str_find(scalar, '\n');
	struct str header = str_slice(scalar, 0, first), body = str_slice(scalar, first + 1, scalar.len);
	unsigned column = mapping->style == NODE_BLOCK ? change_column(changer, mapping) : 0;
	bool block = header.len > 0 && (header.ptr[0] == '|' || header.ptr[0] == '>');
	bool was_block = value->kind == NODE_SCALAR && (value->style == NODE_LITERAL || value->style == NODE_FOLDED);

	header = concat(changer, lead_in(changer, value, start), header, STR(""));
	body = indent(changer, body, column);
	if (block) {
		replace_by_block(changer, value, start, header, body);
		return;
	}
	if (body.len > 0)
		body = concat(
			changer, changer->line_break, str_slice(body, 0, body.len - changer->line_break.len), STR(""));
	if (was_block) {
		/* The comment of its header, if any, would come behind the new scalar. */
		size_t header_end = indicators_end(changer->text, value->value_start);
		size_t next = place_next_line(changer->text, header_end);
		size_t end = place_next_line(changer->text, place_node_end(changer->text, value));

		edits_add(&changer->edits, start, header_end, concat(changer, header, body, STR("")));
		edits_add(&changer->edits, next, end > next ? end : next, STR(""));
	} else {
		edits_add(&changer->edits, start, value->end, concat(changer, header, body, STR("")));
	}
}

static enum node_visit find_anchor(void *context, const struct node *node, unsigned depth)
{
	bool *found = context;

	(void)depth;
	*found = *found || !str_is_absent(node_anchor(node));
	return *found ? NODE_STOP : NODE_CONTINUE;
}

/* The bytes of a member of a block mapping: its lines. */
static bool block_range(const struct changer *changer, const struct node_pair *member, size_t *start, size_t *end)
{
	size_t last = place_node_end(changer->text, member->value);
	bool first;

	place_column(changer->text, member->key->start, &first);
	*start = place_line_start(changer->text, member->key->start);
	*end = place_next_line(changer->text, last);
	while (changer->thorough && *end < changer->text.len && place_is_last(changer->text, *end))
		*end = place_next_line(changer->text, *end);
	return first && place_is_last(changer->text, last);
}

/* The bytes of a member of a flow mapping with the comma that parts it from the one before or behind. */
static void flow_range(const struct node *mapping, const struct node_pair *member, size_t *start, size_t *end)
{
	const struct node_pair *pairs = mapping->mapping.pairs;
	size_t index = (size_t)(member - pairs);

	*start = index > 0 ? pairs[index - 1].value->end : member->key->start;
	*end = member->value->end;
	if (index == 0 && mapping->mapping.count > 1)
		*end = pairs[1].key->start;
}

bool change_may_remove(struct changer *changer, const struct node *mapping, const struct node_pair *member)
{
	size_t start, end;
	bool anchored = false;

	if (mapping->style == NODE_FLOW)
		flow_range(mapping, member, &start, &end);
	else if (!block_range(changer, member, &start, &end))
		return false;
	if (has_comment(changer, start, end))
		return false;
	node_walk(member->value, 1000, find_anchor, &anchored);
	return !anchored;
}

void change_remove(struct changer *changer, const struct node *mapping, const struct node_pair *member)
{
	size_t start, end;

	if (mapping->style == NODE_FLOW)
		flow_range(mapping, member, &start, &end);
	else
		block_range(changer, member, &start, &end);
	edits_add(&changer->edits, start, end, STR(""));
}

bool change_clear(struct changer *changer, const struct node *mapping)
{
	size_t start = mapping->value_start + (size_t)1, end = mapping->end - (size_t)1;

	if (mapping->style != NODE_FLOW || has_comment(changer, start, end))
		return false;
	edits_add(&changer->edits, start, end, STR(""));
	return true;
}

void change_empty(struct changer *changer, const struct node_pair *member)
{
	size_t colon = member->key->end;

	if (member->value->style == NODE_FLOW)
		return;
	while (colon < member->value->start && changer->text.ptr[colon] != ':')
		colon++;
	edits_add(&changer->edits, colon + 1, colon + 1, STR(" {}"));
}

void change_empty_root(struct changer *changer, const struct node *root)
{
	size_t start = place_line_start(changer->text, root->value_start);

	if (root->style == NODE_BLOCK)
		edits_add(&changer->edits, start, start, concat(changer, STR("{}"), changer->line_break, STR("")));
}
