#include "yaml/builder.h"

#include "yaml/construct.h"
#include "yaml/internal.h"

/* What an anchor stands for, and what following an alias to it costs. */
struct builder_anchor {
	struct node *node;
	bool open; /* its collection has not ended */
	unsigned height;
	uint64_t size;
};

void builder_init(struct builder *builder, struct yaml_stream *stream)
{
	*builder = (struct builder){.stream = stream};
	vec_init(&builder->frames, sizeof(struct builder_frame));
	vec_init(&builder->children, sizeof(struct node *));
	map_init(&builder->anchors);
}

void builder_release(struct builder *builder)
{
	vec_release(&builder->frames);
	vec_release(&builder->children);
	map_release(&builder->anchors);
}

void builder_reset(struct builder *builder)
{
	vec_clear(&builder->frames);
	vec_clear(&builder->children);
	vec_clear(&builder->stream->documents);
	vec_clear(&builder->stream->issues);
	builder->stream->broken = false;
}

void builder_begin(struct builder *builder, uint32_t start, uint32_t end)
{
	if (builder->anchors.len > 0) {
		map_release(&builder->anchors);
		map_init(&builder->anchors);
	}
	builder->added = 0;
	builder->root = NULL;
	builder->needs_verify = false;
	builder->document_start = start;
	builder->document_end = end;
}

/* An empty document has an empty scalar for its root, or none. */
static bool is_nothing(const struct node *root)
{
	return !root || (root->kind == NODE_SCALAR && root->style == NODE_PLAIN && root->scalar.len == 0 &&
				str_is_absent(node_tag(root)) && str_is_absent(node_anchor(root)));
}

void builder_end(struct builder *builder)
{
	struct yaml_document *document = vec_push(&builder->stream->documents);

	document->root = is_nothing(builder->root) ? NULL : builder->root;
	document->span = stream_span(builder->stream, builder->document_start, builder->document_end);
	if (document->root && builder->needs_verify)
		verify_document(builder->stream, document->root);
}

static struct builder_frame *top_frame(const struct builder *builder)
{
	return builder->frames.len > 0 ? vec_last(&builder->frames) : NULL;
}

/* Whether the next node is a key (not a value) of the mapping in frame. */
static bool awaits_key(const struct builder *builder, const struct builder_frame *frame)
{
	return frame && frame->node->kind == NODE_MAPPING && (builder->children.len - frame->first) % 2 == 0;
}

const struct node *builder_pending_key(const struct builder *builder)
{
	const struct builder_frame *frame = top_frame(builder);

	if (!frame || frame->node->kind != NODE_MAPPING || awaits_key(builder, frame))
		return NULL;
	return vec_last_pointer(&builder->children);
}

/* Whether CSafeLoader builds a dict or set from a mapping: in these, a plain key = is a string. */
static bool is_dict(const struct node *mapping)
{
	return mapping->type == TYPE_MAP || mapping->type == TYPE_SET;
}

void builder_place(struct builder *builder, struct node *node, uint64_t size, unsigned height)
{
	struct builder_frame *frame = top_frame(builder);

	if (!frame) {
		builder->root = node;
		return;
	}
	if (awaits_key(builder, frame)) {
		if (node->type == TYPE_VALUE && node->kind == NODE_SCALAR && is_dict(frame->node))
			node->type = TYPE_STR;
		if (node->type == TYPE_MERGE)
			frame->node->has_merge = true;
		if (node->kind != NODE_SCALAR)
			builder->needs_verify = true;
	}
	vec_push_pointer(&builder->children, node);
	frame->end = node->end;
	frame->size += size;
	if (frame->height < height + 1)
		frame->height = height + 1;
}

void builder_anchor(struct builder *builder, struct node *node)
{
	struct builder_anchor *anchor = arena_alloc(builder->stream->arena, sizeof(*anchor)), *earlier;

	*anchor = (struct builder_anchor){.node = node, .open = node->kind != NODE_SCALAR, .height = 0, .size = 1};
	earlier = map_set(&builder->anchors, node_anchor(node), anchor);
	if (earlier) {
		struct yaml_issue *issue = stream_issue(builder->stream, YAML_UNCONSTRUCTIBLE,
			stream_span(builder->stream, node->start, node->value_start),
			"the anchor \"%.*s\" is there already", STR_ARG(node_anchor(node)));

		issue->related = stream_span(builder->stream, earlier->node->start, earlier->node->value_start);
	}
}

/* The collection of an anchor, if it is still the one of its name, has ended. */
static void close_anchor(struct builder *builder, const struct builder_frame *frame)
{
	struct builder_anchor *anchor = map_get(&builder->anchors, node_anchor(frame->node));

	if (anchor && anchor->node == frame->node)
		*anchor = (struct builder_anchor){
			.node = frame->node, .open = false, .height = frame->height, .size = frame->size};
}

/* Fails for good, with an issue at span. */
static bool refuse_alias(struct builder *builder, struct span span, const char *message)
{
	stream_issue(builder->stream, YAML_NESTING, span, "%s", message);
	builder->stream->broken = true;
	return false;
}

bool builder_place_alias(struct builder *builder, struct str name, uint32_t start, uint32_t end)
{
	struct span span = stream_span(builder->stream, start, end);
	const struct builder_anchor *anchor = map_get(&builder->anchors, name);
	struct node *node;

	if (!anchor) {
		stream_issue(builder->stream, YAML_INVALID, span, "there is no anchor \"%.*s\" before this alias",
			STR_ARG(name));
		builder->stream->broken = true;
		return false;
	}
	if (anchor->open)
		return refuse_alias(builder, span, "the alias stands inside of what it refers to");
	builder->added += anchor->size;
	if (builder->added > YAML_EXPANSION_MAX)
		return refuse_alias(builder, span, "the aliases expand the document beyond all bounds");
	if (builder->frames.len + anchor->height > YAML_DEPTH_MAX)
		return refuse_alias(builder, span, "the alias nests the document too deeply");
	node = stream_node(builder->stream, NODE_ALIAS, NODE_PLAIN, start, end);
	node->target = anchor->node;
	node->type = anchor->node->type;
	builder_place(builder, node, anchor->size, anchor->height);
	return true;
}

struct str builder_value(const struct builder *builder, const struct node *scalar, struct str value)
{
	uint32_t start = scalar->value_start + (scalar->style == NODE_PLAIN ? 0 : 1);
	struct str source = str_slice(builder->stream->source.text, start, value.len);

	return source.ptr == value.ptr || str_equal(source, value) ? source : arena_str(builder->stream->arena, value);
}

/* Whether there is a tag that says what a node is: "!" alone does not. */
static bool has_tag(const struct node *node)
{
	struct str tag = node_tag(node);

	return !str_is_absent(tag) && !str_is(tag, "!");
}

void builder_place_scalar(struct builder *builder, struct node *scalar, bool implicit)
{
	if (has_tag(scalar))
		scalar->type = (uint8_t)resolve_tag(node_tag(scalar).ptr);
	else
		scalar->type = (uint8_t)(implicit ? yaml_implicit_type(scalar->scalar) : TYPE_STR);
	if (!str_is_absent(node_tag(scalar)) || !verify_implicit_scalar(scalar))
		builder->needs_verify = true;
	builder_place(builder, scalar, 1, 0);
}

void builder_open(struct builder *builder, struct node *collection)
{
	struct builder_frame *frame = vec_push(&builder->frames);

	if (has_tag(collection))
		collection->type = (uint8_t)resolve_tag(node_tag(collection).ptr);
	else
		collection->type = collection->kind == NODE_MAPPING ? TYPE_MAP : TYPE_SEQ;
	if (!str_is_absent(node_tag(collection)))
		builder->needs_verify = true;
	*frame = (struct builder_frame){.node = collection,
		.first = builder->children.len,
		.end = collection->value_start,
		.height = 1,
		.size = 1};
}

struct builder_frame builder_close(struct builder *builder)
{
	struct builder_frame frame = *top_frame(builder);

	frame.node->end = frame.end;
	stream_close(frame.node, builder->stream, &builder->children, frame.first);
	vec_pop(&builder->frames);
	if (!str_is_absent(node_anchor(frame.node)))
		close_anchor(builder, &frame);
	return frame;
}
