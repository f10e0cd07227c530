/* Any text as YAML, by both readers. */
#include "same_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	require_same_readers((struct str){(const char *)data, size});
	return 0;
}
