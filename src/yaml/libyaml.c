/* libyaml's events become the located tree. The loop keeps its own stack, so that depth costs no stack of ours. */
#include <yaml.h>

#include <string.h>

#include "base/secret.h"
#include "base/xalloc.h"
#include "yaml/builder.h"
#include "yaml/internal.h"
#include "yaml/readers.h"

/* Tags may take no more memory than this, and as much as the text. */
#define TAG_BYTES_MAX ((size_t)16 << 20)

struct loader {
	struct builder *builder;
	struct yaml_stream *stream; /* the builder's */
	struct str text;
	yaml_parser_t parser;
	bool is_ascii;
	uint32_t base;       /* of what libyaml reads: behind a byte order mark */
	size_t mark_index;   /* a code point … */
	uint32_t mark_bytes; /* … and where it is: moves along with the marks */
	size_t tag_bytes;    /* of all tags, which directives make longer than they are written */
};

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The byte offset of a mark, whose index counts code points. */
static uint32_t mark_offset(struct loader *loader, const yaml_mark_t *mark)
{
	struct str text = loader->text;
	uint32_t at = loader->mark_bytes;

	if (loader->is_ascii) {
		size_t offset = loader->base + mark->index;

		return (uint32_t)(offset < text.len ? offset : text.len);
	}
	for (; loader->mark_index < mark->index && at < text.len; loader->mark_index++) {
		at++;
		while (at < text.len && is_continuation(text.ptr[at]))
			at++;
	}
	for (; loader->mark_index > mark->index; loader->mark_index--) {
		at--;
		while (is_continuation(text.ptr[at]))
			at--;
	}
	loader->mark_bytes = at;
	return at;
}

/* Fails for good, with an issue at span. */
static bool give_up(struct loader *loader, enum yaml_issue_kind kind, struct span span, const char *message)
{
	stream_issue(loader->stream, kind, span, "%s", message);
	loader->stream->broken = true;
	return false;
}

static struct str borrowed_name(const struct loader *loader, const yaml_char_t *name)
{
	return name ? arena_str(loader->stream->arena, str_of((const char *)name)) : STR_ABSENT;
}

/* Tag and anchor of a node, which stand in front of its value. */
static void set_properties(struct loader *loader, struct node *node, const yaml_char_t *tag, const yaml_char_t *name)
{
	struct node_extra *extra = stream_extra(loader->stream, node);

	extra->tag = borrowed_name(loader, tag);
	loader->tag_bytes += extra->tag.len;
	extra->anchor = borrowed_name(loader, name);
	if (name)
		builder_anchor(loader->builder, node);
}

static enum node_style scalar_style(yaml_scalar_style_t style)
{
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return NODE_SINGLE_QUOTED;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return NODE_DOUBLE_QUOTED;
	case YAML_LITERAL_SCALAR_STYLE:
		return NODE_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return NODE_FOLDED;
	default:
		return NODE_PLAIN;
	}
}

/* Where an empty plain scalar stands: libyaml may see it as late as at the next token. */
static uint32_t empty_offset(struct loader *loader, const yaml_event_t *event, bool has_properties, uint32_t start)
{
	const struct node *key = builder_pending_key(loader->builder);

	if (has_properties)
		return mark_offset(loader, &event->end_mark);
	return key ? span_empty_value(loader->text, key->end, start) : start;
}

static bool on_scalar(struct loader *loader, const yaml_event_t *event)
{
	const yaml_char_t *tag = event->data.scalar.tag, *anchor = event->data.scalar.anchor;
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	enum node_style style = scalar_style(event->data.scalar.style);
	uint32_t start = mark_offset(loader, &event->start_mark);
	struct node *node;

	if (style == NODE_PLAIN && value.len == 0 && !tag && !anchor)
		start = empty_offset(loader, event, false, start);
	node = stream_node(loader->stream, NODE_SCALAR, style, start, start);
	if (style == NODE_PLAIN && value.len == 0)
		node->value_start = tag || anchor ? empty_offset(loader, event, true, start) : start;
	else if (tag || anchor)
		node->value_start = span_skip_properties(loader->text, start);
	node->scalar = builder_value(loader->builder, node, value);
	node->end = value.len == 0 && style == NODE_PLAIN ? node->value_start : mark_offset(loader, &event->end_mark);
	if (style == NODE_LITERAL || style == NODE_FOLDED)
		node->end = span_block_scalar_end(node, node->end);
	if (tag || anchor)
		set_properties(loader, node, tag, anchor);
	builder_place_scalar(loader->builder, node, event->data.scalar.plain_implicit);
	return true;
}

static bool on_alias(struct loader *loader, const yaml_event_t *event)
{
	struct str name = str_of((const char *)event->data.alias.anchor);
	uint32_t start = mark_offset(loader, &event->start_mark);

	return builder_place_alias(loader->builder, name, start, mark_offset(loader, &event->end_mark));
}

/* The start of a sequence or mapping. */
static bool on_start(struct loader *loader, const yaml_event_t *event)
{
	bool is_mapping = event->type == YAML_MAPPING_START_EVENT;
	const yaml_char_t *tag = is_mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag;
	const yaml_char_t *anchor = is_mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	bool is_flow = is_mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
				  : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	uint32_t start = mark_offset(loader, &event->start_mark);
	struct node *node;

	if (loader->builder->frames.len == YAML_DEPTH_MAX)
		return give_up(
			loader, YAML_NESTING, stream_point(loader->stream, start), "the document is nested too deeply");
	node = stream_node(loader->stream, is_mapping ? NODE_MAPPING : NODE_SEQUENCE, is_flow ? NODE_FLOW : NODE_BLOCK,
		start, start);
	if (tag || anchor) {
		node->value_start = span_skip_properties(loader->text, start);
		set_properties(loader, node, tag, anchor);
	}
	builder_open(loader->builder, node);
	return true;
}

static bool on_end(struct loader *loader, const yaml_event_t *event)
{
	struct builder_frame frame = builder_close(loader->builder);

	/* A block collection has no end of its own, and neither has the single pair of a flow sequence: [a: b]. */
	if (frame.node->style == NODE_FLOW && event->end_mark.index > event->start_mark.index)
		frame.node->end = mark_offset(loader, &event->end_mark);
	builder_place(loader->builder, frame.node, frame.size, frame.height);
	return true;
}

static bool on_document_start(struct loader *loader, const yaml_event_t *event)
{
	uint32_t end = mark_offset(loader, &event->end_mark);
	bool has_dashes = !event->data.document_start.implicit && end >= 3;

	/* Directives stand before the dashes, and the start mark before them. */
	builder_begin(loader->builder, has_dashes ? end - 3 : end, end);
	return true;
}

/* Returns false where the loop ends. */
static bool on_event(struct loader *loader, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(loader, event);
	case YAML_ALIAS_EVENT:
		return on_alias(loader, event);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_start(loader, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(loader, event);
	case YAML_DOCUMENT_START_EVENT:
		return on_document_start(loader, event);
	case YAML_DOCUMENT_END_EVENT:
		builder_end(loader->builder);
		return true;
	case YAML_STREAM_START_EVENT:
		return true;
	default:
		return false;
	}
}

/* What libyaml has to say, at the place where it stopped. */
static void report_parser(struct loader *loader)
{
	const yaml_parser_t *parser = &loader->parser;
	const char *problem = parser->problem ? parser->problem : "the text is not YAML";
	uint32_t offset = mark_offset(loader, &parser->problem_mark);
	struct yaml_issue *issue;

	loader->stream->broken = true;
	if (parser->error == YAML_READER_ERROR) {
		offset = loader->base + (uint32_t)parser->problem_offset;
		stream_issue(loader->stream, YAML_INVALID, stream_point(loader->stream, offset), "%s (U+%04X)", problem,
			(unsigned)parser->problem_value);
	} else if (parser->context) {
		issue = stream_issue(loader->stream, YAML_INVALID, stream_point(loader->stream, offset), "%s %s",
			problem, parser->context);
		if (parser->context_mark.index != parser->problem_mark.index)
			issue->related = stream_point(loader->stream, mark_offset(loader, &parser->context_mark));
	} else {
		stream_issue(loader->stream, YAML_INVALID, stream_point(loader->stream, offset), "%s", problem);
	}
}

static bool check_tags(struct loader *loader, const yaml_event_t *event)
{
	if (loader->tag_bytes <= TAG_BYTES_MAX + loader->text.len)
		return true;
	return give_up(loader, YAML_NESTING, stream_point(loader->stream, mark_offset(loader, &event->start_mark)),
		"the tags expand the document beyond all bounds");
}

/* What libyaml holds of a sensitive text in buffers that it frees as they are. Where it moved a growing one, the old place is beyond reach. */
static void wipe_event(struct loader *loader, const yaml_event_t *event)
{
	if (loader->stream->arena->sensitive && event->type == YAML_SCALAR_EVENT)
		secret_wipe(event->data.scalar.value, event->data.scalar.length);
}

static void wipe_buffers(struct loader *loader)
{
	yaml_parser_t *parser = &loader->parser;

	if (!loader->stream->arena->sensitive)
		return;
	secret_wipe(parser->raw_buffer.start, (size_t)(parser->raw_buffer.end - parser->raw_buffer.start));
	secret_wipe(parser->buffer.start, (size_t)(parser->buffer.end - parser->buffer.start));
}

static void run(struct loader *loader)
{
	yaml_event_t event;
	bool more = true;

	while (more) {
		if (!yaml_parser_parse(&loader->parser, &event)) {
			report_parser(loader);
			break;
		}
		more = on_event(loader, &event) && check_tags(loader, &event);
		wipe_event(loader, &event);
		yaml_event_delete(&event);
	}
}

void libyaml_read(struct builder *builder, uint32_t start, bool is_ascii)
{
	struct str text = builder->stream->source.text;
	struct loader loader = {.builder = builder,
		.stream = builder->stream,
		.text = text,
		.is_ascii = is_ascii,
		.base = start,
		.mark_bytes = start};

	if (!yaml_parser_initialize(&loader.parser))
		xalloc_fail(sizeof(loader.parser));
	yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&loader.parser, (const unsigned char *)text.ptr + start, text.len - start);
	run(&loader);
	wipe_buffers(&loader);
	yaml_parser_delete(&loader.parser);
}
