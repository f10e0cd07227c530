/* Simple YAML: flow collections. */
#include "yaml/internal.h"
#include "yaml/simple.h"

/* Goes behind blanks, line ends and comments. At the start of a line, what might belong to a document is not simple. */
static bool skip_trivia(struct simple *simple)
{
	bool comment_may_start = false;

	for (;;) {
		char byte = simple_byte(simple, simple->at);

		if (byte == '#' && comment_may_start) {
			simple_skip_line(simple);
		} else if (byte == '\n') {
			simple->line = ++simple->at;
		} else if (byte == ' ') {
			simple->at++;
		} else {
			return simple->at > simple->line || (byte != '-' && byte != '.' && byte != '%');
		}
		comment_may_start = true;
	}
}

static bool read_alias(struct simple *simple)
{
	uint32_t start = simple->at;
	struct str name = simple_read_name(simple);
	char next = simple_byte(simple, simple->at);

	if (name.len == 0 || (next != ',' && next != ']' && next != '}' && !simple_ends_word(next)))
		return false;
	return builder_place_alias(simple->builder, name, start, simple->at);
}

static bool read_node(struct simple *simple)
{
	struct simple_scalar scalar;
	char first = simple_byte(simple, simple->at);

	if (first == '[' || first == '{')
		return simple_read_flow(simple);
	if (first == '*')
		return read_alias(simple);
	if (!simple_scan_scalar(simple, &scalar, true))
		return false;
	simple_place_scalar(simple, &scalar);
	return true;
}

/* A key and its colon, up to its value, which must be there. */
static bool read_key(struct simple *simple)
{
	struct simple_scalar key;
	bool is_apart;

	if (!simple_scan_scalar(simple, &key, true) || simple_byte(simple, simple->at) != ':' ||
		simple->at - key.start > SIMPLE_KEY_MAX)
		return false;
	simple_place_scalar(simple, &key);
	simple->at++;
	is_apart = simple_ends_word(simple_byte(simple, simple->at));
	return (is_apart || key.style != NODE_PLAIN) && skip_trivia(simple);
}

static bool read_items(struct simple *simple, char opening)
{
	char closing = opening == '{' ? '}' : ']';

	for (;;) {
		if (!skip_trivia(simple))
			return false;
		if (simple_byte(simple, simple->at) == closing)
			break;
		if ((opening == '{' && !read_key(simple)) || !read_node(simple) || !skip_trivia(simple))
			return false;
		if (simple_byte(simple, simple->at) == closing)
			break;
		if (simple_byte(simple, simple->at) != ',')
			return false;
		simple->at++;
	}
	simple->at++;
	return true;
}

bool simple_read_flow(struct simple *simple)
{
	char opening = simple_byte(simple, simple->at);
	enum node_kind kind = opening == '{' ? NODE_MAPPING : NODE_SEQUENCE;
	struct builder_frame frame;

	if (simple->depth == SIMPLE_DEPTH_MAX)
		return false;
	builder_open(simple->builder, simple_node(simple, kind, NODE_FLOW, simple->at, simple->at));
	simple->at++;
	simple->depth++;
	if (!read_items(simple, opening))
		return false;
	simple->depth--;
	frame = builder_close(simple->builder);
	frame.node->end = simple->at;
	builder_place(simple->builder, frame.node, frame.size, frame.height);
	return true;
}
