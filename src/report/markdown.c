#include "report/markdown.h"

#include <limits.h>

#include "text/document_write.h"
#include "text/markdown.h"

void markdown_plain(struct strbuf *out, struct str markdown, size_t width, bool colour)
{
	struct document *document = markdown_read(markdown);
	struct document_write_options options = {
		.width = width > 0 && width < UINT_MAX ? (unsigned)width : UINT_MAX,
		.color = colour,
	};
	size_t length = out->len;

	document_write(out, document->root, DOCUMENT_FORMAT_TERMINAL, &options);
	strbuf_append_c(out, out->len > length ? "\n" : "");
	document_free(document);
}

struct str markdown_first_paragraph(struct str markdown)
{
	struct document *document = markdown_read(markdown);
	const struct document_node *first = document->root->first_child;
	struct str paragraph = STR("");

	if (first && first->kind == DOCUMENT_PARAGRAPH)
		paragraph = str_slice(markdown, first->start, first->end - first->start);
	document_free(document);
	return paragraph;
}
