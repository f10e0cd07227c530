/* Simple YAML: documents, block mappings and block sequences. Whatever looks unusual is left to libyaml, which knows all of YAML and what to say of what is none. */
#include "yaml/simple.h"

#include "base/ascii.h"
#include "base/secret.h"
#include "yaml/internal.h"
#include "yaml/readers.h"

static bool read_node(struct simple *simple, int parent, bool may_be_key);

void simple_skip_line(struct simple *simple)
{
	struct str rest = str_slice(simple->text, simple->at, simple->text.len);

	simple->at += (uint32_t)str_find(rest, '\n');
}

/* From the start of a line to what comes next: there, or in a line below. */
static void skip_lines(struct simple *simple)
{
	for (;;) {
		simple->line = simple->at;
		simple_skip_spaces(simple);
		if (simple_byte(simple, simple->at) == '#')
			simple_skip_line(simple);
		if (simple_byte(simple, simple->at) != '\n')
			return;
		simple->at++;
	}
}

bool simple_end_line(struct simple *simple)
{
	uint32_t start = simple->at;

	simple_skip_spaces(simple);
	if (simple_byte(simple, simple->at) == '#' && simple->at > start)
		simple_skip_line(simple);
	if (simple->at < simple->text.len && simple->text.ptr[simple->at++] != '\n')
		return false;
	skip_lines(simple);
	return true;
}

/* Whether "---" or "..." stands here. */
static bool at_marker(const struct simple *simple)
{
	char byte = simple_byte(simple, simple->at);

	if (simple->at != simple->line || (byte != '-' && byte != '.'))
		return false;
	return simple_byte(simple, simple->at + 1) == byte && simple_byte(simple, simple->at + 2) == byte &&
	       simple_ends_word(simple_byte(simple, simple->at + 3));
}

int simple_column(const struct simple *simple)
{
	return simple->at == simple->text.len || at_marker(simple) ? -1 : (int)(simple->at - simple->line);
}

struct node *simple_node(
	struct simple *simple, enum node_kind kind, enum node_style style, uint32_t start, uint32_t end)
{
	struct node *node = stream_node(simple->builder->stream, kind, style, start, end);

	if (!str_is_absent(simple->anchor)) {
		node->start = simple->anchor_start;
		stream_extra(simple->builder->stream, node)->anchor = simple->anchor;
		simple->anchor = STR_ABSENT;
		builder_anchor(simple->builder, node);
	}
	return node;
}

static bool is_name_byte(char byte)
{
	return ascii_is_word(byte) || byte == '-';
}

struct str simple_read_name(struct simple *simple)
{
	uint32_t start = ++simple->at;

	while (is_name_byte(simple_byte(simple, simple->at)))
		simple->at++;
	return str_slice(simple->text, start, simple->at - start);
}

static bool at_entry(const struct simple *simple)
{
	return simple_byte(simple, simple->at) == '-' && simple_ends_word(simple_byte(simple, simple->at + 1));
}

static bool at_colon(const struct simple *simple)
{
	return simple_byte(simple, simple->at) == ':' && simple_ends_word(simple_byte(simple, simple->at + 1));
}

static void place_nothing(struct simple *simple, uint32_t at)
{
	simple_place_scalar(
		simple, &(struct simple_scalar){
				.start = at, .end = at, .style = NODE_PLAIN, .value = str_slice(simple->text, at, 0)});
}

static void open_block(struct simple *simple, enum node_kind kind, uint32_t start)
{
	builder_open(simple->builder, simple_node(simple, kind, NODE_BLOCK, start, start));
}

static void close_block(struct simple *simple)
{
	struct builder_frame frame = builder_close(simple->builder);

	builder_place(simple->builder, frame.node, frame.size, frame.height);
}

/* Whether the next item of a collection in that column follows. Something in a deeper column, which is an error, is left to the caller of all. */
static bool has_next(const struct simple *simple, int column)
{
	return simple_column(simple) == column;
}

static bool read_sequence(struct simple *simple, bool below_key);

/* The value of a key (or what stands behind the dash of an entry) of a collection in that column. */
static bool read_value(struct simple *simple, int column, bool is_entry)
{
	uint32_t start = simple->at;
	char first;

	simple_skip_spaces(simple);
	first = simple_byte(simple, simple->at);
	if (first != '\n' && first != '\0' && first != '#')
		return read_node(simple, column, is_entry);
	simple->at = start;
	if (!simple_end_line(simple))
		return false;
	if (simple_column(simple) > column)
		return read_node(simple, column, true);
	if (!is_entry && has_next(simple, column) && at_entry(simple))
		return read_sequence(simple, true);
	place_nothing(simple, start);
	return true;
}

/* A sequence may stand in the column of the key that it is the value of. */
static bool read_sequence(struct simple *simple, bool below_key)
{
	int column = (int)(simple->at - simple->line);

	open_block(simple, NODE_SEQUENCE, simple->at);
	do {
		simple->at++;
		if (!read_value(simple, column, true))
			return false;
	} while (has_next(simple, column) && at_entry(simple));
	close_block(simple);
	return simple_column(simple) < column || (below_key && has_next(simple, column));
}

/* A mapping whose first key has been scanned. */
static bool read_mapping(struct simple *simple, struct simple_scalar *key)
{
	int column = (int)(key->start - simple->line);

	open_block(simple, NODE_MAPPING, key->start);
	for (;;) {
		if (!at_colon(simple) || simple->at - key->start > SIMPLE_KEY_MAX)
			return false;
		simple_place_scalar(simple, key);
		simple->at++;
		if (!read_value(simple, column, false))
			return false;
		if (!has_next(simple, column))
			break;
		if (!simple_scan_scalar(simple, key, false))
			return false;
	}
	close_block(simple);
	return simple_column(simple) < column;
}

static bool read_scalar_or_mapping(struct simple *simple, int parent, bool may_be_key)
{
	struct simple_scalar scalar;

	if (!simple_scan_scalar(simple, &scalar, false))
		return false;
	if (at_colon(simple))
		return may_be_key && read_mapping(simple, &scalar);
	if (scalar.style == NODE_PLAIN)
		return simple_end_plain(simple, &scalar, parent);
	simple_place_scalar(simple, &scalar);
	return simple_end_line(simple);
}

static bool read_kind(struct simple *simple, int parent, bool may_be_key);

/* A node with an anchor: in the same line, where it is no block collection, or in the lines below. */
static bool read_anchored(struct simple *simple, int parent)
{
	uint32_t start = simple->at, end;
	struct str name = simple_read_name(simple);
	bool is_below;

	if (name.len == 0 || !simple_ends_word(simple_byte(simple, simple->at)) || !str_is_absent(simple->anchor))
		return false;
	end = simple->at;
	simple_skip_spaces(simple);
	is_below = simple_byte(simple, simple->at) == '\n' || simple_byte(simple, simple->at) == '#';
	if (is_below) {
		simple->at = end;
		if (!simple_end_line(simple))
			return false;
	}
	simple->anchor = name;
	simple->anchor_start = start;
	return simple_column(simple) > parent && read_kind(simple, parent, is_below);
}

static bool read_alias(struct simple *simple)
{
	uint32_t start = simple->at;
	struct str name = simple_read_name(simple);

	if (name.len == 0 || !str_is_absent(simple->anchor))
		return false;
	return builder_place_alias(simple->builder, name, start, simple->at) && simple_end_line(simple);
}

static bool read_kind(struct simple *simple, int parent, bool may_be_key)
{
	switch (simple_byte(simple, simple->at)) {
	case '|':
	case '>':
		if (!simple_read_block_scalar(simple, parent))
			return false;
		skip_lines(simple);
		return true;
	case '[':
	case '{':
		return simple_read_flow(simple) && simple_end_line(simple);
	case '&':
		return read_anchored(simple, parent);
	case '*':
		return read_alias(simple);
	default:
		if (at_entry(simple))
			return may_be_key && read_sequence(simple, false);
		return read_scalar_or_mapping(simple, parent, may_be_key);
	}
}

/* A node in a collection whose column is parent (-1: in none). One that begins a line, or stands behind a dash, may be a mapping that begins with its first key,
 * or a sequence. */
static bool read_node(struct simple *simple, int parent, bool may_be_key)
{
	bool done;

	if (simple->depth == SIMPLE_DEPTH_MAX)
		return false;
	simple->depth++;
	done = read_kind(simple, parent, may_be_key);
	simple->depth--;
	return done;
}

/* From the dashes at the start of a document to its node, which may begin with a key if it stands in a line of its own. */
static bool read_dashes(struct simple *simple, bool *may_be_key)
{
	uint32_t end = simple->at + 3;
	char first;

	if (simple_byte(simple, simple->at) != '-')
		return false;
	simple->at = end;
	simple_skip_spaces(simple);
	first = simple_byte(simple, simple->at);
	*may_be_key = first == '\n' || first == '#' || first == '\0';
	if (!*may_be_key)
		return true;
	simple->at = end;
	return simple_end_line(simple);
}

static bool read_document(struct simple *simple)
{
	uint32_t start = simple->at;
	bool may_be_key = true;

	if (at_marker(simple)) {
		if (!read_dashes(simple, &may_be_key))
			return false;
		builder_begin(simple->builder, start, start + 3);
	} else {
		builder_begin(simple->builder, start, start);
	}
	if (simple_column(simple) >= 0 && !read_node(simple, -1, may_be_key))
		return false;
	builder_end(simple->builder);
	return simple_column(simple) < 0;
}

/* Whether a text has no control characters but line feeds, and beyond ASCII none of those that YAML sees in another way: control characters, line breaks, byte
 * order marks. */
static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		unsigned char next = i + 1 < text.len ? (unsigned char)text.ptr[i + 1] : 0;

		if ((byte < ' ' && byte != '\n') || byte == 0x7F)
			return false;
		if ((byte == 0xC2 && next < 0xA0) || (byte == 0xE2 && next == 0x80) || byte == 0xEF)
			return false;
	}
	return true;
}

bool simple_read(struct builder *builder)
{
	const struct source *source = &builder->stream->source;
	struct simple simple = {.builder = builder, .text = source->text, .value = STRBUF_INIT};
	bool done = true, sensitive = builder->stream->arena->sensitive;

	if (source->text.len > INT32_MAX || (!source->is_plain && !is_printable(source->text)))
		return false;
	/* No escape grows to more than twice its length: the buffer stays where it is and can be wiped. */
	if (sensitive)
		strbuf_reserve(&simple.value, 2 * source->text.len);
	skip_lines(&simple);
	while (done && simple.at < source->text.len)
		done = read_document(&simple);
	if (sensitive)
		secret_wipe(simple.value.ptr, simple.value.capacity);
	strbuf_release(&simple.value);
	return done;
}
