/* Any bytes as YAML, with UTF-16 and without. */
#include "fuzz_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};

	for (int utf16 = 0; utf16 < 2; utf16++) {
		struct yaml_stream *stream;
		struct arena arena;

		arena_init(&arena);
		stream = yaml_load(&arena, STR("fuzz.yaml"), text, utf16 == 1);
		check_stream(stream);
		yaml_stream_release(stream);
		arena_release(&arena);
	}
	return 0;
}
