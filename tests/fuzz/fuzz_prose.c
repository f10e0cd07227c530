/* Any bytes as reStructuredText: read, and written in every format where it is valid. */
#include <stdint.h>

#include "fuzz_prose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str roles[] = {STR("ref"), STR("px-app")};
	struct rst_options options = {.roles = roles, .role_count = sizeof(roles) / sizeof(*roles)};
	struct document *document = rst_read((struct str){(const char *)data, size}, &options);

	check_tree(document, size);
	if (document_worst(document) < DOCUMENT_LEVEL_ERROR)
		write_in_all_formats(document);
	document_free(document);
	return 0;
}
