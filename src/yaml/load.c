/* libyaml's events become the located tree. The loop keeps its own stack, so that depth costs no stack of ours. */
#include <yaml.h>

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "yaml/construct.h"
#include "yaml/internal.h"
#include "yaml/stream.h"

/* libyaml compares every %TAG directive with all before it. */
#define DIRECTIVES_MAX 1000

/* Tags may take no more memory than this, and as much as the text. */
#define TAG_BYTES_MAX ((size_t)16 << 20)

/* A collection whose end has not come yet. */
struct frame {
	struct node *node;
	size_t first;    /* of its children among the loader's */
	uint32_t end;    /* of its last child */
	unsigned height; /* collections on the longest way down so far, aliases followed */
	uint64_t size;   /* nodes of the subtree so far, aliases followed */
};

/* What an anchor stands for, and what following an alias to it costs. */
struct anchor {
	struct node *node;
	bool open; /* its collection has not ended */
	unsigned height;
	uint64_t size;
};

struct loader {
	struct yaml_stream *stream;
	struct str text;
	yaml_parser_t parser;
	bool is_ascii;
	uint32_t base;       /* of what libyaml reads: behind a byte order mark */
	size_t mark_index;   /* a code point … */
	uint32_t mark_bytes; /* … and where it is: moves along with the marks */
	struct vec frames;   /* struct frame */
	struct vec children; /* struct node *: those of all open collections, one behind the other */
	struct map anchors;  /* struct anchor *, of the current document */
	struct node *root;
	uint32_t document_start, document_end;
	uint64_t added;    /* nodes that aliases add to the current document */
	size_t tag_bytes;  /* of all tags, which directives make longer than they are written */
	bool needs_verify; /* there may be something in it that CSafeLoader rejects */
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

/* The character at offset as a span, for what concerns a point. */
static struct span point(const struct loader *loader, uint32_t offset)
{
	uint32_t end = offset;

	if (end < loader->text.len && span_break_width(loader->text, end) == 0) {
		end++;
		while (end < loader->text.len && is_continuation(loader->text.ptr[end]))
			end++;
	}
	return stream_span(loader->stream, offset, end);
}

static struct frame *top_frame(const struct loader *loader)
{
	return loader->frames.len > 0 ? vec_last(&loader->frames) : NULL;
}

/* Whether the next node is a key (not a value) of the mapping in frame. */
static bool awaits_key(const struct loader *loader, const struct frame *frame)
{
	return frame && frame->node->kind == NODE_MAPPING && (loader->children.len - frame->first) % 2 == 0;
}

/* The key that the next node is the value of, or NULL. */
static const struct node *pending_key(const struct loader *loader, const struct frame *frame)
{
	if (!frame || frame->node->kind != NODE_MAPPING || awaits_key(loader, frame))
		return NULL;
	return vec_last_pointer(&loader->children);
}

/* Whether CSafeLoader builds a dict or set from a mapping: in these, a plain key = is a string. */
static bool is_dict(const struct node *mapping)
{
	return mapping->type == TYPE_MAP || mapping->type == TYPE_SET;
}

/* Gives a finished node to the collection that it is in. */
static void place(struct loader *loader, struct node *node, uint64_t size, unsigned height)
{
	struct frame *frame = top_frame(loader);

	if (!frame) {
		loader->root = node;
		return;
	}
	if (awaits_key(loader, frame)) {
		if (node->type == TYPE_VALUE && node->kind == NODE_SCALAR && is_dict(frame->node))
			node->type = TYPE_STR;
		if (node->type == TYPE_MERGE)
			frame->node->has_merge = true;
		if (node->kind != NODE_SCALAR)
			loader->needs_verify = true;
	}
	vec_push_pointer(&loader->children, node);
	frame->end = node->end;
	frame->size += size;
	if (frame->height < height + 1)
		frame->height = height + 1;
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
static void set_properties(
	struct loader *loader, struct node *node, const yaml_char_t *tag, const yaml_char_t *name, bool open)
{
	struct anchor *anchor, *earlier;

	node->tag = borrowed_name(loader, tag);
	loader->tag_bytes += node->tag.len;
	node->anchor = borrowed_name(loader, name);
	if (tag)
		loader->needs_verify = true;
	if (!name)
		return;
	anchor = arena_alloc(loader->stream->arena, sizeof(*anchor));
	*anchor = (struct anchor){.node = node, .open = open, .height = 0, .size = 1};
	earlier = map_set(&loader->anchors, node->anchor, anchor);
	if (earlier) {
		struct yaml_issue *issue = stream_issue(loader->stream, YAML_UNCONSTRUCTIBLE,
			stream_span(loader->stream, node->start, node->value_start),
			"the anchor \"%.*s\" is there already", STR_ARG(node->anchor));

		issue->related = stream_span(loader->stream, earlier->node->start, earlier->node->value_start);
	}
}

static bool has_tag(const yaml_char_t *tag)
{
	return tag && !(tag[0] == '!' && tag[1] == '\0');
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

/* The value of a scalar: a piece of the source where it stands there as it is, else a copy. */
static struct str scalar_value(const struct loader *loader, const struct node *node, struct str value)
{
	uint32_t start = node->value_start + (node->style == NODE_PLAIN ? 0 : 1);
	struct str source = str_slice(loader->text, start, value.len);

	return str_equal(source, value) ? source : arena_str(loader->stream->arena, value);
}

/* Where an empty plain scalar stands: libyaml may see it as late as at the next token. */
static uint32_t empty_offset(struct loader *loader, const yaml_event_t *event, bool has_properties, uint32_t start)
{
	const struct node *key = pending_key(loader, top_frame(loader));

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
	node->scalar = scalar_value(loader, node, value);
	node->end = value.len == 0 && style == NODE_PLAIN ? node->value_start : mark_offset(loader, &event->end_mark);
	if (style == NODE_LITERAL || style == NODE_FOLDED)
		node->end = span_block_scalar_end(node, node->end);
	if (tag || anchor)
		set_properties(loader, node, tag, anchor, false);
	if (has_tag(tag))
		node->type = (uint8_t)resolve_tag((const char *)tag);
	else
		node->type = (uint8_t)(event->data.scalar.plain_implicit ? yaml_implicit_type(node->scalar) : TYPE_STR);
	if (!tag && !verify_implicit_scalar(node))
		loader->needs_verify = true;
	place(loader, node, 1, 0);
	return true;
}

static bool on_alias(struct loader *loader, const yaml_event_t *event)
{
	struct str name = str_of((const char *)event->data.alias.anchor);
	uint32_t start = mark_offset(loader, &event->start_mark), end = mark_offset(loader, &event->end_mark);
	struct span span = stream_span(loader->stream, start, end);
	const struct anchor *anchor = map_get(&loader->anchors, name);
	struct node *node;

	if (!anchor) {
		stream_issue(loader->stream, YAML_INVALID, span, "there is no anchor \"%.*s\" before this alias",
			STR_ARG(name));
		loader->stream->broken = true;
		return false;
	}
	if (anchor->open)
		return give_up(loader, YAML_NESTING, span, "the alias stands inside of what it refers to");
	loader->added += anchor->size;
	if (loader->added > YAML_EXPANSION_MAX)
		return give_up(loader, YAML_NESTING, span, "the aliases expand the document beyond all bounds");
	if (loader->frames.len + anchor->height > YAML_DEPTH_MAX)
		return give_up(loader, YAML_NESTING, span, "the alias nests the document too deeply");
	node = stream_node(loader->stream, NODE_ALIAS, NODE_PLAIN, start, end);
	node->target = anchor->node;
	node->type = anchor->node->type;
	place(loader, node, anchor->size, anchor->height);
	return true;
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
	struct frame *frame;

	if (loader->frames.len == YAML_DEPTH_MAX)
		return give_up(loader, YAML_NESTING, point(loader, start), "the document is nested too deeply");
	node = stream_node(loader->stream, is_mapping ? NODE_MAPPING : NODE_SEQUENCE, is_flow ? NODE_FLOW : NODE_BLOCK,
		start, start);
	if (has_tag(tag))
		node->type = (uint8_t)resolve_tag((const char *)tag);
	else
		node->type = is_mapping ? TYPE_MAP : TYPE_SEQ;
	if (tag || anchor) {
		node->value_start = span_skip_properties(loader->text, start);
		set_properties(loader, node, tag, anchor, true);
	}
	frame = vec_push(&loader->frames);
	*frame = (struct frame){
		.node = node, .first = loader->children.len, .end = node->value_start, .height = 1, .size = 1};
	return true;
}

static bool on_end(struct loader *loader, const yaml_event_t *event)
{
	struct frame frame = *top_frame(loader);
	struct node *node = frame.node;
	struct anchor *anchor;

	/* A block collection has no end of its own, and neither has the single pair of a flow sequence: [a: b]. */
	node->end = frame.end;
	if (node->style == NODE_FLOW && event->end_mark.index > event->start_mark.index)
		node->end = mark_offset(loader, &event->end_mark);
	stream_close(node, loader->stream, &loader->children, frame.first);
	if (!str_is_absent(node->anchor)) {
		anchor = map_get(&loader->anchors, node->anchor);
		if (anchor && anchor->node == node)
			*anchor = (struct anchor){
				.node = node, .open = false, .height = frame.height, .size = frame.size};
	}
	vec_pop(&loader->frames);
	place(loader, node, frame.size, frame.height);
	return true;
}

static bool on_document_start(struct loader *loader, const yaml_event_t *event)
{
	loader->root = NULL;
	loader->added = 0;
	loader->needs_verify = false;
	if (loader->anchors.len > 0) {
		map_release(&loader->anchors);
		map_init(&loader->anchors);
	}
	/* Directives stand before the dashes, and the start mark before them. */
	loader->document_end = mark_offset(loader, &event->end_mark);
	loader->document_start = loader->document_end;
	if (!event->data.document_start.implicit && loader->document_end >= 3)
		loader->document_start = loader->document_end - 3;
	return true;
}

static bool on_document_end(struct loader *loader)
{
	struct yaml_document *document = vec_push(&loader->stream->documents);
	struct node *root = loader->root;

	if (root && root->kind == NODE_SCALAR && root->style == NODE_PLAIN && root->scalar.len == 0 &&
		str_is_absent(root->tag) && str_is_absent(root->anchor))
		root = NULL;
	document->root = root;
	document->span = stream_span(loader->stream, loader->document_start, loader->document_end);
	if (root && loader->needs_verify)
		verify_document(loader->stream, root);
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
		return on_document_end(loader);
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
		stream_issue(loader->stream, YAML_INVALID, point(loader, offset), "%s (U+%04X)", problem,
			(unsigned)parser->problem_value);
	} else if (parser->context) {
		issue = stream_issue(
			loader->stream, YAML_INVALID, point(loader, offset), "%s %s", problem, parser->context);
		if (parser->context_mark.index != parser->problem_mark.index)
			issue->related = point(loader, mark_offset(loader, &parser->context_mark));
	} else {
		stream_issue(loader->stream, YAML_INVALID, point(loader, offset), "%s", problem);
	}
}

static bool check_tags(struct loader *loader, const yaml_event_t *event)
{
	if (loader->tag_bytes <= TAG_BYTES_MAX + loader->text.len)
		return true;
	return give_up(loader, YAML_NESTING, point(loader, mark_offset(loader, &event->start_mark)),
		"the tags expand the document beyond all bounds");
}

static void run(struct loader *loader)
{
	yaml_event_t event;
	bool more = true;

	if (!yaml_parser_initialize(&loader->parser))
		xalloc_fail(sizeof(loader->parser));
	yaml_parser_set_encoding(&loader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&loader->parser, (const unsigned char *)loader->text.ptr + loader->base,
		loader->text.len - loader->base);
	while (more) {
		if (!yaml_parser_parse(&loader->parser, &event)) {
			report_parser(loader);
			break;
		}
		more = on_event(loader, &event) && check_tags(loader, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&loader->parser);
}

/* Moves *at behind the next line start with word before end; to end, and false, where there is none. */
static bool find_line(struct str text, size_t *at, size_t end, struct str word)
{
	while (*at < end) {
		const char *found = memmem(text.ptr + *at, end - *at, word.ptr, word.len);

		if (!found)
			break;
		*at = (size_t)(found - text.ptr) + word.len;
		if (span_is_line_start(text, *at - word.len))
			return true;
	}
	*at = end;
	return false;
}

/* Whether a document has so many %TAG directives that libyaml would take long to compare them. */
static bool has_many_directives(struct str text)
{
	size_t at = 0, last = 0;
	unsigned count = 0;

	if (str_find(text, '%') == text.len)
		return false;
	while (count <= DIRECTIVES_MAX && find_line(text, &at, text.len, STR("%TAG"))) {
		count = find_line(text, &last, at, STR("---")) ? 1 : count + 1;
		last = at;
	}
	return count > DIRECTIVES_MAX;
}

struct yaml_stream *yaml_load(struct arena *arena, struct str path, struct str text, bool accept_utf16)
{
	struct loader loader = {0};
	bool converted = true;
	size_t valid;

	if (accept_utf16 && encoding_is_utf16(text))
		converted = encoding_from_utf16(&text, arena);
	loader.stream = stream_new(arena, path, text);
	loader.text = text;
	loader.base = (uint32_t)encoding_bom(text);
	loader.mark_bytes = loader.base;
	valid = encoding_valid_prefix(text, &loader.is_ascii);
	if (valid < text.len || !converted) {
		encoding_issue(loader.stream, valid);
		return loader.stream;
	}
	if (has_many_directives(text)) {
		give_up(&loader, YAML_NESTING, point(&loader, 0), "the document has more than 1000 %TAG directives");
		return loader.stream;
	}
	vec_init(&loader.frames, sizeof(struct frame));
	vec_init(&loader.children, sizeof(struct node *));
	map_init(&loader.anchors);
	run(&loader);
	map_release(&loader.anchors);
	vec_release(&loader.frames);
	vec_release(&loader.children);
	stream_sort_issues(loader.stream);
	return loader.stream;
}
