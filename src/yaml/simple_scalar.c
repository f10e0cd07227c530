/* Simple YAML: scalars. */
#include "yaml/internal.h"
#include "yaml/simple.h"

enum {
	STOPS = 1,          /* the scan of a plain scalar has to stop and look */
	FLOW_INDICATOR = 2, /* likewise, in a flow collection */
	STARTS_NONE = 4,    /* no plain scalar starts with it, or only some do */
};

static const unsigned char classes[256] = {
	['\0'] = STOPS | STARTS_NONE,
	['\n'] = STOPS | STARTS_NONE,
	[' '] = STOPS | STARTS_NONE,
	[':'] = STOPS | STARTS_NONE,
	['?'] = FLOW_INDICATOR | STARTS_NONE,
	[','] = FLOW_INDICATOR | STARTS_NONE,
	['['] = FLOW_INDICATOR | STARTS_NONE,
	[']'] = FLOW_INDICATOR | STARTS_NONE,
	['{'] = FLOW_INDICATOR | STARTS_NONE,
	['}'] = FLOW_INDICATOR | STARTS_NONE,
	['#'] = STARTS_NONE,
	['&'] = STARTS_NONE,
	['*'] = STARTS_NONE,
	['!'] = STARTS_NONE,
	['|'] = STARTS_NONE,
	['>'] = STARTS_NONE,
	['\''] = STARTS_NONE,
	['"'] = STARTS_NONE,
	['%'] = STARTS_NONE,
	['@'] = STARTS_NONE,
	['`'] = STARTS_NONE,
};

static unsigned class_at(const struct simple *simple, uint32_t at)
{
	return classes[(unsigned char)simple_byte(simple, at)];
}

/* Whether the colon here is a character like any other. */
static bool is_part(const struct simple *simple, bool flow)
{
	if (simple_byte(simple, simple->at) != ':' || simple_ends_word(simple_byte(simple, simple->at + 1)))
		return false;
	return !flow || !(class_at(simple, simple->at + 1) & FLOW_INDICATOR);
}

/* The offset of the first byte at `at` or behind it that is in one of the classes. */
static uint32_t find_class(struct str text, uint32_t at, unsigned wanted)
{
	while (at < text.len && !(classes[(unsigned char)text.ptr[at]] & wanted))
		at++;
	return at;
}

uint32_t simple_scan_plain_line(struct simple *simple, bool flow)
{
	unsigned stops = flow ? STOPS | FLOW_INDICATOR : STOPS;
	uint32_t end = simple->at;

	for (;;) {
		uint32_t stop = find_class(simple->text, simple->at, stops);

		if (stop > simple->at)
			end = stop;
		simple->at = stop;
		if (simple_byte(simple, simple->at) == ' ') {
			simple_skip_spaces(simple);
			if (simple_byte(simple, simple->at) == '#')
				return end;
		} else if (is_part(simple, flow)) {
			end = ++simple->at;
		} else {
			return end;
		}
	}
}

static bool starts_plain(const struct simple *simple)
{
	if (simple_byte(simple, simple->at) == '-')
		return !simple_ends_word(simple_byte(simple, simple->at + 1));
	return !(class_at(simple, simple->at) & STARTS_NONE);
}

/* Appends what the escape at simple->at stands for, one of the common ones, and goes behind it. */
static bool read_escape(struct simple *simple)
{
	static const char names[] = "\"\\/nt", values[] = "\"\\/\n\t";
	const char *name = strchr(names, simple_byte(simple, simple->at + 1));

	if (!name || *name == '\0')
		return false;
	strbuf_append_char(&simple->value, values[name - names]);
	simple->at += 2;
	return true;
}

/* The rest of a quoted scalar from its first escape on. The value goes to simple->value. */
static bool read_escaped(struct simple *simple, uint32_t start, char quote)
{
	strbuf_clear(&simple->value);
	strbuf_append(&simple->value, str_slice(simple->text, start, simple->at - start));
	for (;;) {
		char byte = simple_byte(simple, simple->at);

		if (byte == '\n' || byte == '\0')
			return false;
		if (quote == '"' && byte == '\\') {
			if (!read_escape(simple))
				return false;
			continue;
		}
		if (byte == quote) {
			if (quote == '"' || simple_byte(simple, simple->at + 1) != quote)
				return true;
			simple->at++;
		}
		strbuf_append_char(&simple->value, byte);
		simple->at++;
	}
}

static bool scan_quoted(struct simple *simple, struct simple_scalar *scalar, char quote)
{
	char escape = quote == '"' ? '\\' : quote;
	struct str text = simple->text;
	uint32_t start = ++simple->at, at = start;

	while (at < text.len && text.ptr[at] != quote && text.ptr[at] != escape && text.ptr[at] != '\n')
		at++;
	simple->at = at;
	if (simple_byte(simple, at) == quote && (quote == '"' || simple_byte(simple, at + 1) != quote)) {
		scalar->value = str_slice(simple->text, start, at - start);
	} else {
		if (!read_escaped(simple, start, quote))
			return false;
		scalar->value = strbuf_str(&simple->value);
	}
	scalar->end = ++simple->at;
	return true;
}

/* Scans a scalar up to its end. */
static bool scan(struct simple *simple, struct simple_scalar *scalar, bool flow)
{
	char first = simple_byte(simple, simple->at);

	scalar->start = simple->at;
	if (first == '"' || first == '\'') {
		scalar->style = first == '"' ? NODE_DOUBLE_QUOTED : NODE_SINGLE_QUOTED;
		return scan_quoted(simple, scalar, first);
	}
	if (!starts_plain(simple))
		return false;
	scalar->style = NODE_PLAIN;
	scalar->end = simple_scan_plain_line(simple, flow);
	scalar->value = str_slice(simple->text, scalar->start, scalar->end - scalar->start);
	return true;
}

bool simple_scan_scalar(struct simple *simple, struct simple_scalar *scalar, bool flow)
{
	if (!scan(simple, scalar, flow))
		return false;
	simple_skip_spaces(simple);
	if (simple_byte(simple, simple->at) != ':')
		simple->at = scalar->end;
	return true;
}

void simple_place_scalar(struct simple *simple, const struct simple_scalar *scalar)
{
	struct builder *builder = simple->builder;
	struct node *node = simple_node(simple, NODE_SCALAR, scalar->style, scalar->start, scalar->end);

	node->scalar = builder_value(builder, node, scalar->value);
	if (scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED)
		node->end = span_block_scalar_end(node, node->end);
	builder_place_scalar(builder, node, scalar->style == NODE_PLAIN);
}
