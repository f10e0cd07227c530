/* Any bytes as Markdown: read, and written in every format. */
#include <stdint.h>

#include "fuzz_prose.h"
#include "text/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct document *document = markdown_read((struct str){(const char *)data, size});

	check_tree(document, size);
	require_of(document->messages.len == 0, "Markdown has a message", STR(""));
	write_in_all_formats(document);
	document_free(document);
	return 0;
}
