#include <aspis/debug.h>

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "schema/schema_debug.h"
#include "yaml/construct.h"
#include "yaml/stream.h"

/* Reads a file that the user named. */
static bool read_named(struct str *out, struct arena *arena, const char *file, struct error *error)
{
	struct error cause = ERROR_INIT;

	if (file_read(out, arena, AT_FDCWD, file, &cause))
		return true;
	error_set(error, cause.kind, "%s %s", file, cause.message);
	error_release(&cause);
	return false;
}

char *aspis_debug_yaml(const char *file, size_t *size, bool *valid, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct strbuf result = STRBUF_INIT;
	struct arena arena;
	struct str text;

	arena_init(&arena);
	bool read = read_named(&text, &arena, file, &cause);
	if (read) {
		struct yaml_stream *stream = yaml_load(&arena, str_of(file), text, true);
		*valid = yaml_dump(&result, stream);
		yaml_stream_release(stream);
	} else {
		api_fail(error, &cause);
	}
	arena_release(&arena);
	return read ? api_detach(&result, size) : NULL;
}

struct aspis_debug_schema {
	struct arena arena;
	struct vec resources; /* struct schema_debug_resource */
	struct schema_debug *schema;
};

struct aspis_debug_schema *aspis_debug_schema_new(void)
{
	struct aspis_debug_schema *schema = xcalloc(1, sizeof(*schema));
	arena_init(&schema->arena);
	vec_init(&schema->resources, sizeof(struct schema_debug_resource));
	return schema;
}

void aspis_debug_schema_free(struct aspis_debug_schema *schema)
{
	if (!schema)
		return;
	schema_debug_free(schema->schema);
	vec_release(&schema->resources);
	arena_release(&schema->arena);
	free(schema);
}

bool aspis_debug_schema_add(
	struct aspis_debug_schema *schema, const char *uri, const char *file, struct aspis_error *error)
{
	struct schema_debug_resource resource = {.uri = arena_str(&schema->arena, str_of(uri))};
	struct error cause = ERROR_INIT;

	if (!read_named(&resource.text, &schema->arena, file, &cause))
		return api_fail(error, &cause);
	vec_append(&schema->resources, &resource, 1);
	return true;
}

bool aspis_debug_schema_compile(struct aspis_debug_schema *schema, const char *file, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct str path = arena_str(&schema->arena, str_of(file));
	struct str text;

	assert(!schema->schema);
	if (read_named(&text, &schema->arena, file, &cause))
		schema->schema = schema_debug_new(path, text, schema->resources.items, schema->resources.len, &cause);
	return schema->schema || api_fail(error, &cause);
}

bool aspis_debug_schema_check(
	struct aspis_debug_schema *schema, const char *json, size_t size, bool *valid, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct str line = {.ptr = json, .len = size};
	enum schema_verdict verdict = schema_debug_line(schema->schema, line, &cause);

	*valid = verdict == SCHEMA_VALID;
	return verdict != SCHEMA_ERROR || api_fail(error, &cause);
}
