#include "schema/schema_debug.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "schema/schema.h"
#include "yaml/stream.h"

struct schema_debug {
	struct arena arena;
	struct vec streams; /* struct yaml_stream * */
	struct schema_registry *registry;
	struct schema *schema;
};

/* The tree of a JSON text; the stream is appended to streams. */
static bool load(struct arena *arena, struct vec *streams, struct str path, struct str text, const struct node **root,
	struct error *error)
{
	struct yaml_stream *stream = json_load(arena, path, text);

	vec_push_pointer(streams, stream);
	*root = yaml_root(stream);
	if (*root != NULL && !stream->broken)
		return true;
	if (stream->issues.len > 0) {
		const struct yaml_issue *issue = vec_at(&stream->issues, 0);
		struct position position = source_position(issue->span.source, issue->span.start);

		return error_set(error, ERROR_USAGE, "%.*s:%u:%u: %.*s", STR_ARG(path), (unsigned)position.line,
			(unsigned)position.column, STR_ARG(issue->message));
	}
	return error_set(error, ERROR_USAGE, "%.*s: there is no JSON value", STR_ARG(path));
}

static void release_streams(struct vec *streams)
{
	for (size_t i = 0; i < streams->len; i++)
		yaml_stream_release(*(struct yaml_stream **)vec_at(streams, i));
	vec_release(streams);
}

struct schema_debug *schema_debug_new(struct str path, struct str schema, const struct schema_debug_resource *resources,
	size_t resource_count, struct error *error)
{
	struct schema_debug *debug = xcalloc(1, sizeof(*debug));
	const struct node *root;
	bool done = true;

	arena_init(&debug->arena);
	vec_init(&debug->streams, sizeof(struct yaml_stream *));
	debug->registry = schema_registry_new();
	for (size_t i = 0; done && i < resource_count; i++) {
		done = load(&debug->arena, &debug->streams, resources[i].uri, resources[i].text, &root, error);
		if (done)
			schema_registry_add(debug->registry, resources[i].uri, root);
	}
	if (done && load(&debug->arena, &debug->streams, path, schema, &root, error))
		debug->schema = schema_compile(debug->registry, STR(""), root, error);
	if (debug->schema != NULL)
		return debug;
	schema_debug_free(debug);
	return NULL;
}

void schema_debug_free(struct schema_debug *debug)
{
	if (debug == NULL)
		return;
	schema_free(debug->schema);
	schema_registry_free(debug->registry);
	release_streams(&debug->streams);
	arena_release(&debug->arena);
	free(debug);
}

enum schema_verdict schema_debug_line(const struct schema_debug *debug, struct str line, struct error *error)
{
	struct arena arena;
	struct vec streams = VEC_INIT(struct yaml_stream *);
	struct vec errors = VEC_INIT(struct schema_error);
	enum schema_verdict verdict = SCHEMA_ERROR;
	const struct node *root;

	arena_init(&arena);
	if (load(&arena, &streams, STR("instance"), line, &root, error)) {
		verdict = schema_validate(debug->schema, root, &arena, &errors) ? SCHEMA_VALID : SCHEMA_INVALID;
		if (errors.len > 0 && ((struct schema_error *)vec_at(&errors, 0))->fault == SCHEMA_UNDECIDED) {
			verdict = SCHEMA_ERROR;
			error_set(error, ERROR_SYSTEM, "instance: %.*s",
				STR_ARG(((struct schema_error *)vec_at(&errors, 0))->message));
		}
	}
	vec_release(&errors);
	release_streams(&streams);
	arena_release(&arena);
	return verdict;
}
