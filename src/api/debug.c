#include <aspis/debug.h>

#include <fcntl.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/file.h"
#include "base/xalloc.h"
#include "schema/schema.h"
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

char *aspis_debug_yaml(const char *file, size_t *size, bool *valid, struct aspis_error *out)
{
	struct error error = ERROR_INIT;
	struct strbuf result = STRBUF_INIT;
	struct arena arena;
	struct str text;

	arena_init(&arena);
	bool read = read_named(&text, &arena, file, &error);
	if (read) {
		struct yaml_stream *stream = yaml_load(&arena, str_of(file), text, true);
		*valid = yaml_dump(&result, stream);
		yaml_stream_release(stream);
	} else {
		api_fail(out, &error);
	}
	arena_release(&arena);
	return read ? api_detach(&result, size) : NULL;
}

struct aspis_debug_schema {
	struct arena arena;
	struct vec streams; /* struct yaml_stream *: what the registry borrows */
	struct schema_registry *registry;
	struct schema *schema;
};

struct aspis_debug_schema *aspis_debug_schema_new(void)
{
	struct aspis_debug_schema *schema = xcalloc(1, sizeof(*schema));
	arena_init(&schema->arena);
	vec_init(&schema->streams, sizeof(struct yaml_stream *));
	schema->registry = schema_registry_new();
	return schema;
}

void aspis_debug_schema_free(struct aspis_debug_schema *schema)
{
	if (!schema)
		return;
	schema_free(schema->schema);
	schema_registry_free(schema->registry);
	for (size_t i = 0; i < schema->streams.len; i++)
		yaml_stream_release(*(struct yaml_stream **)vec_at(&schema->streams, i));
	vec_release(&schema->streams);
	arena_release(&schema->arena);
	free(schema);
}

/* The first thing that is wrong with a JSON text. */
static bool fail_json(struct error *error, const struct yaml_stream *stream)
{
	const struct yaml_issue *issue = vec_at(&stream->issues, 0);
	struct position position = source_position(issue->span.source, issue->span.start);
	return error_set(error, ERROR_USAGE, "%.*s:%u:%u: %.*s", STR_ARG(stream->source.path), position.line,
		position.column, STR_ARG(issue->message));
}

static const struct node *load_json(struct aspis_debug_schema *schema, const char *file, struct error *error)
{
	struct str text;

	if (!read_named(&text, &schema->arena, file, error))
		return NULL;
	struct yaml_stream *stream = json_load(&schema->arena, arena_str(&schema->arena, str_of(file)), text);
	*(struct yaml_stream **)vec_push(&schema->streams) = stream;
	if (stream->broken)
		fail_json(error, stream);
	return yaml_root(stream);
}

bool aspis_debug_schema_add(
	struct aspis_debug_schema *schema, const char *uri, const char *file, struct aspis_error *out)
{
	struct error error = ERROR_INIT;
	const struct node *root = load_json(schema, file, &error);
	if (!root)
		return api_fail(out, &error);
	schema_registry_add(schema->registry, arena_str(&schema->arena, str_of(uri)), root);
	return true;
}

bool aspis_debug_schema_compile(struct aspis_debug_schema *schema, const char *file, struct aspis_error *out)
{
	struct error error = ERROR_INIT;
	const struct node *root = load_json(schema, file, &error);
	if (root)
		schema->schema = schema_compile(schema->registry, STR(""), root, &error);
	return schema->schema || api_fail(out, &error);
}

bool aspis_debug_schema_check(
	struct aspis_debug_schema *schema, const char *json, size_t size, bool *valid, struct aspis_error *out)
{
	struct error error = ERROR_INIT;
	struct arena arena;

	arena_init(&arena);
	struct yaml_stream *stream = json_load(&arena, STR("instance"), (struct str){.ptr = json, .len = size});
	if (stream->broken)
		fail_json(&error, stream);
	else
		*valid = schema_validate(schema->schema, yaml_root(stream), &arena, NULL);
	yaml_stream_release(stream);
	arena_release(&arena);
	return error.kind == ERROR_NONE || api_fail(out, &error);
}
