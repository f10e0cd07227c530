/* The first line as a JSON Schema, the rest as a YAML instance: what one pass says the other must say, and every mistake has its words and its place. */
#include <stdint.h>
#include <stdlib.h>

#include "schema/schema.h"
#include "yaml/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_error(const struct schema_error *error)
{
	struct span span = node_span(error->node);

	if (str_is_absent(error->message) || str_is_absent(error->keyword) || str_is_absent(error->pointer) ||
		str_is_absent(error->schema_pointer))
		abort();
	if (span.source != NULL && (span.start > span.end || span.end > span.source->text.len))
		abort();
}

static void check_instance(const struct schema *schema, const struct node *instance, struct arena *arena)
{
	struct vec errors = VEC_INIT(struct schema_error);
	bool valid = schema_validate(schema, instance, arena, &errors);

	if (valid != (errors.len == 0) || valid != schema_validate(schema, instance, arena, NULL))
		abort();
	for (size_t i = 0; i < errors.len; i++)
		check_error(vec_at(&errors, i));
	vec_release(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = {(const char *)data, size};
	struct error error = ERROR_INIT;
	struct yaml_stream *schema_stream;
	struct yaml_stream *stream;
	struct schema *schema;
	struct arena arena;

	arena_init(&arena);
	schema_stream = json_load(&arena, STR("schema.json"), str_cut(&rest, '\n'));
	stream = yaml_load(&arena, STR("instance.yaml"), str_is_absent(rest) ? STR("") : rest, false);
	schema = yaml_root(schema_stream) == NULL
			 ? NULL
			 : schema_compile(NULL, STR("http://fuzz/"), yaml_root(schema_stream), &error);
	if (schema != NULL && !stream->broken)
		check_instance(schema, yaml_root(stream), &arena);
	schema_free(schema);
	error_release(&error);
	yaml_stream_release(schema_stream);
	yaml_stream_release(stream);
	arena_release(&arena);
	return 0;
}
