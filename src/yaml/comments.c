/* Comments: a # at the start of a line or behind a blank, outside of every scalar. The scan runs from one scalar to the next. */
#include "yaml/internal.h"

struct scan {
	struct yaml_stream *stream;
	uint32_t offset; /* up to here, everything has been looked at */
};

/* Whether a comment starts at a '#' at offset. */
static bool starts_comment(struct str text, uint32_t offset)
{
	if (span_is_line_start(text, offset) || offset == encoding_bom(text))
		return true;
	return text.ptr[offset - 1] == ' ' || text.ptr[offset - 1] == '\t';
}

/* Collects the comments that start before end. */
static void scan_until(struct scan *scan, uint32_t end)
{
	struct str text = scan->stream->source.text;
	uint32_t at = scan->offset, start;

	while (at < end) {
		if (text.ptr[at] != '#' || !starts_comment(text, at)) {
			at++;
			continue;
		}
		start = at;
		while (at < text.len && span_break_width(text, at) == 0)
			at++;
		*(struct span *)vec_push(&scan->stream->comments) = stream_span(scan->stream, start, at);
	}
	scan->offset = at;
}

static void scan_scalar(struct scan *scan, const struct node *scalar)
{
	struct str text = scan->stream->source.text;
	struct block_header header;

	scan_until(scan, scalar->value_start);
	if (scalar->style == NODE_LITERAL || scalar->style == NODE_FOLDED) {
		header = span_block_header(text, scalar->value_start);
		scan->offset = header.indicators_end;
		scan_until(scan, header.line_end);
	}
	if (scan->offset < scalar->end)
		scan->offset = scalar->end;
}

static void scan_node(struct scan *scan, const struct node *node)
{
	switch ((enum node_kind)node->kind) {
	case NODE_SCALAR:
		scan_scalar(scan, node);
		break;
	case NODE_SEQUENCE:
		for (uint32_t i = 0; i < node->sequence.count; i++)
			scan_node(scan, node->sequence.items[i]);
		break;
	case NODE_MAPPING:
		for (uint32_t i = 0; i < node->mapping.count; i++) {
			scan_node(scan, node->mapping.pairs[i].key);
			scan_node(scan, node->mapping.pairs[i].value);
		}
		break;
	case NODE_ALIAS:
		break;
	}
}

/* In a broken text, what stands behind the last whole document is sure to be a comment only as long as nothing else comes. */
static uint32_t trusted_end(const struct scan *scan)
{
	struct str text = scan->stream->source.text;
	uint32_t start = scan->offset == 0 ? (uint32_t)encoding_bom(text) : scan->offset;

	if (!scan->stream->broken)
		return (uint32_t)text.len;
	if (start < text.len && text.ptr[start] == '#' && starts_comment(text, start)) {
		while (start < text.len && span_break_width(text, start) == 0)
			start++;
	}
	return span_skip_trivia(text, start);
}

const struct vec *yaml_comments(struct yaml_stream *stream)
{
	struct scan scan = {.stream = stream, .offset = 0};

	if (stream->has_comments)
		return &stream->comments;
	stream->has_comments = true;
	for (size_t i = 0; i < stream->documents.len; i++) {
		const struct yaml_document *document = vec_at(&stream->documents, i);

		if (document->root)
			scan_node(&scan, document->root);
	}
	scan_until(&scan, trusted_end(&scan));
	return &stream->comments;
}
