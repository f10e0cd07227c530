/* Any bytes as JSON. */
#include "fuzz_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yaml_stream *stream;
	struct arena arena;

	arena_init(&arena);
	stream = json_load(&arena, STR("fuzz.json"), (struct str){(const char *)data, size});
	check_stream(stream);
	yaml_stream_release(stream);
	arena_release(&arena);
	return 0;
}
