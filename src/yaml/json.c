/* JSON by RFC 8259, to the letter, into the same located tree. */
#include <string.h>

#include "base/ascii.h"
#include "base/secret.h"
#include "base/strbuf.h"
#include "yaml/escape.h"
#include "yaml/internal.h"
#include "yaml/stream.h"

struct reader {
	struct yaml_stream *stream;
	struct str text;
	uint32_t at;
	struct vec children; /* struct node *: those of all open collections */
	unsigned depth;
};

static struct node *read_value(struct reader *reader);

/* Fails for good at [at, end); returns NULL for callers to hand up. */
static struct node *fail(struct reader *reader, uint32_t at, enum yaml_issue_kind kind, const char *message)
{
	uint32_t end = at < reader->text.len ? at + 1 : at;

	while (end < reader->text.len && ((unsigned char)reader->text.ptr[end] & 0xC0) == 0x80)
		end++;
	reader->stream->broken = true;
	stream_issue(reader->stream, kind, stream_span(reader->stream, at, end), "%s", message);
	return NULL;
}

static struct node *fail_here(struct reader *reader, const char *message)
{
	if (reader->at == reader->text.len)
		return fail(reader, reader->at, YAML_INVALID, "the text ends too early");
	return fail(reader, reader->at, YAML_INVALID, message);
}

/* The next character that is not white space, or NUL at the end. */
static char peek(struct reader *reader)
{
	while (reader->at < reader->text.len && memchr(" \t\n\r", reader->text.ptr[reader->at], 4))
		reader->at++;
	return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

static bool take(struct reader *reader, char c)
{
	if (peek(reader) != c)
		return false;
	reader->at++;
	return true;
}

static struct node *new_scalar(struct reader *reader, uint32_t start, enum node_type type, enum node_style style)
{
	struct node *node = stream_node(reader->stream, NODE_SCALAR, style, start, reader->at);

	node->type = (uint8_t)type;
	node->scalar = str_slice(reader->text, start, reader->at - start);
	return node;
}

static struct node *read_word(struct reader *reader)
{
	static const struct {
		struct str word;
		enum node_type type;
	} words[] = {
		{{"true", 4}, TYPE_BOOL},
		{{"false", 5}, TYPE_BOOL},
		{{"null", 4}, TYPE_NULL},
	};
	uint32_t start = reader->at;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_starts_with(str_slice(reader->text, start, reader->text.len), words[i].word)) {
			reader->at += (uint32_t)words[i].word.len;
			return new_scalar(reader, start, words[i].type, NODE_PLAIN);
		}
	}
	return fail_here(reader, "a JSON value was expected here");
}

static bool take_digits(struct reader *reader)
{
	uint32_t start = reader->at;

	while (reader->at < reader->text.len && reader->text.ptr[reader->at] >= '0' &&
		reader->text.ptr[reader->at] <= '9')
		reader->at++;
	return reader->at > start;
}

/* One of the characters, right here. */
static bool take_any(struct reader *reader, const char *set)
{
	if (reader->at == reader->text.len || !strchr(set, reader->text.ptr[reader->at]))
		return false;
	reader->at++;
	return true;
}

static struct node *read_number(struct reader *reader)
{
	enum node_type type = TYPE_INT;
	uint32_t start = reader->at;

	take_any(reader, "-");
	if (!take_any(reader, "0") && !take_digits(reader))
		return fail_here(reader, "a digit was expected here");
	if (take_any(reader, ".")) {
		type = TYPE_FLOAT;
		if (!take_digits(reader))
			return fail_here(reader, "a digit was expected here, behind the decimal point");
	}
	if (take_any(reader, "eE")) {
		type = TYPE_FLOAT;
		take_any(reader, "+-");
		if (!take_digits(reader))
			return fail_here(reader, "a digit was expected here, in the exponent");
	}
	return new_scalar(reader, start, type, NODE_PLAIN);
}

/* The bytes of the escape at reader->at, of those that JSON has; 0 where it is none. */
static size_t escape_width(const struct reader *reader)
{
	uint32_t codepoint;

	if (reader->at + 1 == reader->text.len || !memchr("\"\\/bfnrtu", reader->text.ptr[reader->at + 1], 9))
		return 0;
	return escape_read(reader->text, reader->at, &codepoint);
}

/* The string whose quote is at reader->at, which moves behind it. False where it is none. */
static bool skip_string(struct reader *reader, bool *has_escapes)
{
	size_t width;

	for (reader->at++; reader->at < reader->text.len; reader->at += (uint32_t)width) {
		char c = reader->text.ptr[reader->at];

		if (c == '"') {
			reader->at++;
			return true;
		}
		if ((unsigned char)c < 0x20)
			return fail_here(reader, "a control character in a string must be escaped");
		width = c == '\\' ? escape_width(reader) : 1;
		if (width == 0)
			return fail_here(reader, "this is no escape of JSON");
		*has_escapes = *has_escapes || c == '\\';
	}
	return fail_here(reader, "the string does not end");
}

/* The value of a string with escapes in it. */
static struct str unescape(struct reader *reader, struct str text)
{
	struct strbuf value = STRBUF_INIT;
	struct str result;
	uint32_t codepoint;
	size_t plain;

	/* No escape is shorter than what it stands for: the buffer does not move. */
	strbuf_reserve(&value, text.len);
	for (size_t at = 0; at < text.len;) {
		plain = str_find(str_slice(text, at, text.len), '\\');
		strbuf_append(&value, str_slice(text, at, plain));
		at += plain;
		if (at == text.len)
			break;
		at += escape_read(text, at, &codepoint);
		strbuf_append_codepoint(&value, codepoint);
	}
	result = arena_str(reader->stream->arena, strbuf_str(&value));
	if (reader->stream->arena->sensitive)
		secret_wipe(value.ptr, value.capacity);
	strbuf_release(&value);
	return result;
}

static struct node *read_string(struct reader *reader)
{
	uint32_t start = reader->at;
	bool has_escapes = false;
	struct node *node;

	if (!skip_string(reader, &has_escapes))
		return NULL;
	node = new_scalar(reader, start, TYPE_STR, NODE_DOUBLE_QUOTED);
	node->scalar = str_slice(reader->text, start + 1, reader->at - start - 2);
	if (has_escapes)
		node->scalar = unescape(reader, node->scalar);
	return node;
}

static bool push(struct reader *reader, struct node *node)
{
	if (node)
		vec_push_pointer(&reader->children, node);
	return node != NULL;
}

static bool read_member(struct reader *reader)
{
	if (peek(reader) != '"')
		return fail_here(reader, "a key in double quotes was expected here");
	if (!push(reader, read_string(reader)))
		return false;
	if (!take(reader, ':'))
		return fail_here(reader, "a colon was expected here");
	return push(reader, read_value(reader));
}

/* An object or array. */
static struct node *read_collection(struct reader *reader, bool is_object)
{
	struct node *node = stream_node(
		reader->stream, is_object ? NODE_MAPPING : NODE_SEQUENCE, NODE_FLOW, reader->at, reader->at);
	size_t first = reader->children.len;
	char close = is_object ? '}' : ']';

	node->type = is_object ? TYPE_MAP : TYPE_SEQ;
	if (reader->depth++ == YAML_DEPTH_MAX)
		return fail(reader, reader->at, YAML_NESTING, "the document is nested too deeply");
	reader->at++;
	if (!take(reader, close)) {
		do {
			if (is_object ? !read_member(reader) : !push(reader, read_value(reader)))
				return NULL;
		} while (take(reader, ','));
		if (!take(reader, close))
			return fail_here(reader,
				is_object ? "a comma or } was expected here" : "a comma or ] was expected here");
	}
	node->end = reader->at;
	stream_close(node, reader->stream, &reader->children, first);
	reader->depth--;
	return node;
}

static struct node *read_value(struct reader *reader)
{
	char c = peek(reader);

	if (c == '{' || c == '[')
		return read_collection(reader, c == '{');
	if (c == '"')
		return read_string(reader);
	if (c == '-' || ascii_is_digit(c))
		return read_number(reader);
	return read_word(reader);
}

static void read_document(struct reader *reader)
{
	struct node *root = read_value(reader);
	struct yaml_document *document;

	if (!root)
		return;
	document = vec_push(&reader->stream->documents);
	document->root = root;
	document->span = stream_span(reader->stream, root->start, root->start);
	peek(reader);
	if (reader->at < reader->text.len) {
		vec_pop(&reader->stream->documents);
		fail_here(reader, "nothing may follow the JSON value");
	}
}

struct yaml_stream *json_load(struct arena *arena, struct str path, struct str text)
{
	struct reader reader = {
		.stream = stream_new(arena, path, text), .text = text, .at = (uint32_t)encoding_bom(text)};
	bool is_ascii;
	size_t valid = encoding_valid_prefix(&reader.stream->source, &is_ascii);

	reader.stream->has_comments = true; /* JSON has none */
	if (valid < text.len) {
		encoding_issue(reader.stream, valid);
		return reader.stream;
	}
	vec_init(&reader.children, sizeof(struct node *));
	read_document(&reader);
	vec_release(&reader.children);
	stream_sort_issues(reader.stream);
	return reader.stream;
}
