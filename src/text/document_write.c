#include "text/document_write.h"

#include "text/document_write_private.h"

static const struct {
	document_writer *blocks;
	document_writer *line;
} formats[] = {
	[DOCUMENT_FORMAT_XML] = {write_xml, write_xml_inline},
};

static const struct document_write_options no_options;

void document_write(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options)
{
	formats[format].blocks(out, node, options ? options : &no_options);
}

/* The first element below a node that holds inline content, or NULL. */
static const struct document_node *first_with_inlines(const struct document_node *root)
{
	for (const struct document_node *node = document_next(root, NULL); node; node = document_next(root, node)) {
		if (!document_kind_is_block(node->kind) || document_kind_content(node->kind) == DOCUMENT_HOLDS_INLINES)
			return node;
	}
	return NULL;
}

void document_write_inline(struct strbuf *out, const struct document_node *node, enum document_format format,
	const struct document_write_options *options)
{
	const struct document_node *content = first_with_inlines(node);

	if (content)
		formats[format].line(out, content, options ? options : &no_options);
}
