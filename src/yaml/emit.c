#include <yaml.h>

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "yaml/construct.h"
#include "yaml/emit.h"

struct yaml_writer {
	yaml_emitter_t emitter;
	struct strbuf *out;
};

static int append(void *context, unsigned char *bytes, size_t size)
{
	struct yaml_writer *writer = context;

	strbuf_append_bytes(writer->out, bytes, size);
	return 1;
}

/* What is asked of the emitter is valid, so that all that can go wrong is memory. */
static void emit(struct yaml_writer *writer, yaml_event_t *event, int made)
{
	if (!made || !yaml_emitter_emit(&writer->emitter, event)) {
		assert(writer->emitter.error != YAML_EMITTER_ERROR && writer->emitter.error != YAML_WRITER_ERROR);
		xalloc_fail(sizeof(*event));
	}
}

struct yaml_writer *yaml_writer_new(struct strbuf *out, const struct yaml_writer_options *options)
{
	struct yaml_writer *writer = xcalloc(1, sizeof(*writer));
	yaml_event_t event;

	writer->out = out;
	if (!yaml_emitter_initialize(&writer->emitter))
		xalloc_fail(sizeof(writer->emitter));
	yaml_emitter_set_output(&writer->emitter, append, writer);
	yaml_emitter_set_indent(&writer->emitter, (int)options->indent);
	yaml_emitter_set_width(&writer->emitter, options->width > 0 ? (int)options->width : -1);
	emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	return writer;
}

void yaml_writer_free(struct yaml_writer *writer)
{
	yaml_event_t event;

	if (!writer)
		return;
	emit(writer, &event, yaml_document_end_event_initialize(&event, 1));
	emit(writer, &event, yaml_stream_end_event_initialize(&event));
	yaml_emitter_delete(&writer->emitter);
	free(writer);
}

void yaml_write_begin_mapping(struct yaml_writer *writer, enum node_style style)
{
	yaml_mapping_style_t wanted = style == NODE_FLOW ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
	yaml_event_t event;

	emit(writer, &event, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, wanted));
}

void yaml_write_end_mapping(struct yaml_writer *writer)
{
	yaml_event_t event;

	emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static yaml_scalar_style_t scalar_style(enum node_style style)
{
	switch (style) {
	case NODE_SINGLE_QUOTED:
		return YAML_SINGLE_QUOTED_SCALAR_STYLE;
	case NODE_DOUBLE_QUOTED:
		return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	case NODE_LITERAL:
		return YAML_LITERAL_SCALAR_STYLE;
	case NODE_FOLDED:
		return YAML_FOLDED_SCALAR_STYLE;
	default:
		return YAML_PLAIN_SCALAR_STYLE;
	}
}

static void write_scalar(struct yaml_writer *writer, struct str text, bool plain, yaml_scalar_style_t style)
{
	yaml_event_t event;

	assert(text.len <= INT_MAX);
	emit(writer, &event,
		yaml_scalar_event_initialize(
			&event, NULL, NULL, (const yaml_char_t *)text.ptr, (int)text.len, plain, 1, style));
}

void yaml_write_string(struct yaml_writer *writer, struct str text, enum node_style style)
{
	write_scalar(writer, text, yaml_implicit_type(text) == TYPE_STR, scalar_style(style));
}

void yaml_write_null(struct yaml_writer *writer)
{
	write_scalar(writer, STR("null"), true, YAML_PLAIN_SCALAR_STYLE);
}
