#include "yaml/stream.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "yaml/internal.h"

struct yaml_stream *stream_new(struct arena *arena, struct str path, struct str text)
{
	struct yaml_stream *stream = arena_calloc(arena, 1, sizeof(*stream));

	stream->arena = arena;
	source_init(&stream->source, arena, path, text);
	vec_init(&stream->documents, sizeof(struct yaml_document));
	vec_init(&stream->issues, sizeof(struct yaml_issue));
	vec_init(&stream->comments, sizeof(struct span));
	return stream;
}

void yaml_stream_release(struct yaml_stream *stream)
{
	if (!stream)
		return;
	vec_release(&stream->documents);
	vec_release(&stream->issues);
	vec_release(&stream->comments);
}

const struct node *yaml_root(const struct yaml_stream *stream)
{
	if (!stream || stream->documents.len == 0)
		return NULL;
	return ((struct yaml_document *)vec_at(&stream->documents, 0))->root;
}

struct span stream_span(const struct yaml_stream *stream, uint32_t start, uint32_t end)
{
	return (struct span){.source = &stream->source, .start = start, .end = end};
}

struct span stream_point(const struct yaml_stream *stream, uint32_t offset)
{
	struct str text = stream->source.text;
	uint32_t end = offset;

	if (end < text.len && span_break_width(text, end) == 0) {
		end++;
		while (end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
			end++;
	}
	return stream_span(stream, offset, end);
}

struct yaml_issue *stream_issue(
	struct yaml_stream *stream, enum yaml_issue_kind kind, struct span span, const char *format, ...)
{
	struct yaml_issue *issue = vec_push(&stream->issues);
	struct strbuf message = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&message, format, args);
	va_end(args);
	issue->kind = kind;
	issue->span = span;
	issue->message = arena_str(stream->arena, strbuf_str(&message));
	strbuf_release(&message);
	return issue;
}

static int compare_issues(const void *a, const void *b)
{
	const struct yaml_issue *first = a, *second = b;

	if (first->span.start != second->span.start)
		return first->span.start < second->span.start ? -1 : 1;
	return 0;
}

void stream_sort_issues(struct yaml_stream *stream)
{
	if (stream->issues.len > 1)
		vec_sort(&stream->issues, compare_issues);
}

struct node *stream_node(
	struct yaml_stream *stream, enum node_kind kind, enum node_style style, uint32_t start, uint32_t end)
{
	struct node *node = arena_alloc(stream->arena, sizeof(*node));

	*node = (struct node){
		.kind = (uint8_t)kind,
		.style = (uint8_t)style,
		.start = start,
		.value_start = start,
		.end = end,
		.stream = stream,
	};
	return node;
}

struct node_extra *stream_extra(const struct yaml_stream *stream, struct node *node)
{
	if (!node->extra)
		node->extra = arena_calloc(stream->arena, 1, sizeof(*node->extra));
	return node->extra;
}

static void close_sequence(struct node *node, struct arena *arena, struct node *const *children, size_t count)
{
	struct node **items = arena_alloc(arena, count * sizeof(struct node *));

	for (size_t i = 0; i < count; i++)
		items[i] = children[i];
	node->sequence.items = items;
	node->sequence.count = (uint32_t)count;
}

static void close_mapping(struct node *node, struct arena *arena, struct node *const *children, size_t count)
{
	struct node_pair *pairs = arena_alloc(arena, count * sizeof(struct node_pair));

	for (size_t i = 0; i < count; i++)
		pairs[i] = (struct node_pair){.key = children[2 * i], .value = children[2 * i + 1]};
	node->mapping.pairs = pairs;
	node->mapping.count = (uint32_t)count;
}

void stream_close(struct node *node, struct yaml_stream *stream, struct vec *children, size_t first)
{
	size_t count = children->len - first;
	struct node *const *items = count > 0 ? vec_at(children, first) : NULL;

	if (node->kind == NODE_SEQUENCE) {
		close_sequence(node, stream->arena, items, count);
	} else {
		close_mapping(node, stream->arena, items, count / 2);
		keys_index(stream, node);
	}
	children->len = first;
}
