#include <aspis/debug.h>

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/file.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "delivery/dump.h"
#include "helm/helm.h"
#include "schema/schema_debug.h"
#include "text/document_write.h"
#include "text/mustache.h"
#include "text/rst.h"
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

/* Writes how a text is seen; false where it is refused. */
typedef bool view(struct strbuf *out, struct arena *arena, struct str path, struct str text);

/* What a view makes of a file that the user named. */
static char *view_named(view *write, const char *file, size_t *size, bool *valid, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct strbuf result = STRBUF_INIT;
	struct arena arena;
	struct str text;

	arena_init(&arena);
	bool read = read_named(&text, &arena, file, &cause);
	if (read)
		*valid = write(&result, &arena, str_of(file), text);
	else
		api_fail(error, &cause);
	arena_release(&arena);
	return read ? api_detach(&result, size) : NULL;
}

static bool view_yaml(struct strbuf *out, struct arena *arena, struct str path, struct str text)
{
	struct yaml_stream *stream = yaml_load(arena, path, text, true);
	bool valid = yaml_dump(out, stream);

	yaml_stream_release(stream);
	return valid;
}

char *aspis_debug_yaml(const char *file, size_t *size, bool *valid, struct aspis_error *error)
{
	return view_named(view_yaml, file, size, valid, error);
}

char *aspis_debug_delivery(struct aspis_repository *repository, const char *const *environments, size_t count,
	size_t *size, struct aspis_error *error)
{
	struct vec followed = VEC_INIT(const struct environment *);
	struct strbuf result = STRBUF_INIT;
	bool known = true;

	for (size_t i = 0; i < count && known; i++) {
		const struct environment *environment = api_environment(repository, environments[i], error);
		known = environment != NULL;
		vec_push_pointer(&followed, environment);
	}
	if (known) {
		struct delivery *delivery = api_delivery(repository, count > 0 ? &followed : NULL);
		delivery_dump(&result, delivery);
		delivery_free(delivery);
	}
	vec_release(&followed);
	return known ? api_detach(&result, size) : NULL;
}

/* A line for each document, or one that says why there are none. */
static bool write_helm(struct strbuf *out, const struct helm_template *read)
{
	const struct helm_fragment *body = vec_at(&read->fragments, 0);

	if (read->gave_up) {
		struct position position = source_position(read->source, read->problem_at);

		strbuf_printf(out, "error %u:%u: ", (unsigned)position.line, (unsigned)position.column);
		strbuf_append_visible(out, read->problem);
		strbuf_append_char(out, '\n');
		return false;
	}
	for (size_t i = 0; i < body->documents.len; i++) {
		struct json_writer json;

		json_writer_init(&json, out, 0);
		helm_write_document(&json, read, vec_at(&body->documents, i));
		json_writer_release(&json);
		strbuf_append_char(out, '\n');
	}
	return true;
}

static bool view_helm(struct strbuf *out, struct arena *arena, struct str path, struct str text)
{
	struct source source;

	source_init(&source, arena, path, text);
	struct helm_template *template = helm_read(arena, &source, NULL);
	bool valid = write_helm(out, template);
	helm_template_release(template);
	return valid;
}

char *aspis_debug_helm(const char *file, size_t *size, bool *valid, struct aspis_error *error)
{
	return view_named(view_helm, file, size, valid, error);
}

/* The result for a template that was given as text, on one line. */
static void write_helm_line(struct strbuf *out, struct arena *arena, struct str text)
{
	struct source source;
	struct helm_template *read;
	struct json_writer json;

	source_init(&source, arena, STR("template"), text);
	read = helm_read(arena, &source, NULL);
	json_writer_init(&json, out, 0);
	if (read->gave_up) {
		struct position position = source_position(&source, read->problem_at);

		json_begin_object(&json);
		json_member_str(&json, "error", read->problem);
		json_member_uint(&json, "line", position.line);
		json_member_uint(&json, "column", position.column);
		json_end_object(&json);
	} else {
		helm_write_json(&json, read);
	}
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
	helm_template_release(read);
}

/* Writes how a text is seen on one line. */
typedef void view_text(struct strbuf *out, struct arena *arena, struct str text);

/* What a view makes of a text that was given as a JSON string. */
static char *view_line(view_text *write, const char *json, size_t json_size, size_t *size, struct aspis_error *error)
{
	struct strbuf result = STRBUF_INIT;
	struct arena arena;

	arena_init(&arena);
	struct yaml_stream *stream = json_load(&arena, STR("text"), (struct str){json, json_size});
	const struct node *root = stream->broken ? NULL : yaml_root(stream);
	bool is_string = node_is_string(root);
	if (is_string)
		write(&result, &arena, node_string(root));
	else
		api_refuse(error, "a line of --batch must be a JSON string, which holds a text");
	yaml_stream_release(stream);
	arena_release(&arena);
	return is_string ? api_detach(&result, size) : NULL;
}

char *aspis_debug_helm_line(const char *json, size_t json_size, size_t *size, struct aspis_error *error)
{
	return view_line(write_helm_line, json, json_size, size, error);
}

/* "ok" where docutils has nothing to say. */
static const char *rst_verdict(const struct document *document)
{
	enum document_level worst = document_worst(document);

	if (worst < DOCUMENT_LEVEL_ERROR && document->unsupported.len > 0)
		return "unsupported";
	return worst == DOCUMENT_LEVEL_DEBUG ? "ok" : document_level_name(worst);
}

static bool is_shown(const struct document *document)
{
	return document_worst(document) < DOCUMENT_LEVEL_ERROR;
}

static bool view_rst(struct strbuf *out, struct arena *arena, struct str path, struct str text)
{
	/* A byte order mark is of the file, not of the text. */
	struct str bare = str_starts_with(text, STR("\xEF\xBB\xBF")) ? str_slice(text, 3, text.len) : text;
	struct document *document = rst_read(bare, NULL);
	bool shown = is_shown(document);

	(void)arena;
	(void)path;
	strbuf_printf(out, "%s\n", rst_verdict(document));
	for (size_t i = 0; i < document->messages.len; i++) {
		const struct document_message *message = vec_at(&document->messages, i);
		strbuf_printf(out, "%zu: %s: ", message->line, document_level_name(message->level));
		strbuf_append_visible(out, message->text);
		strbuf_append_char(out, '\n');
	}
	for (size_t i = 0; i < document->unsupported.len; i++) {
		const struct document_unsupported *unsupported = vec_at(&document->unsupported, i);
		strbuf_printf(out, "%zu: unsupported: ", unsupported->line);
		strbuf_append_visible(out, unsupported->what);
		strbuf_append_char(out, '\n');
	}
	if (shown) {
		document_write(out, document->root, DOCUMENT_FORMAT_XML, NULL);
		strbuf_append_char(out, '\n');
	}
	document_free(document);
	return shown;
}

char *aspis_debug_rst(const char *file, size_t *size, bool *valid, struct aspis_error *error)
{
	return view_named(view_rst, file, size, valid, error);
}

static void write_rst_messages(struct json_writer *json, const struct document *document)
{
	json_key(json, "messages");
	json_begin_array(json);
	for (size_t i = 0; i < document->messages.len; i++) {
		const struct document_message *message = vec_at(&document->messages, i);
		json_begin_object(json);
		json_member_uint(json, "line", message->line);
		json_member_c(json, "level", document_level_name(message->level));
		json_member_str(json, "text", message->text);
		json_end_object(json);
	}
	json_end_array(json);
	json_key(json, "unsupported");
	json_begin_array(json);
	for (size_t i = 0; i < document->unsupported.len; i++) {
		const struct document_unsupported *unsupported = vec_at(&document->unsupported, i);
		json_begin_object(json);
		json_member_uint(json, "line", unsupported->line);
		json_member_str(json, "what", unsupported->what);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_rst_line(struct strbuf *out, struct arena *arena, struct str text)
{
	struct document *document = rst_read(text, NULL);
	struct strbuf tree = STRBUF_INIT;
	struct json_writer json;

	(void)arena;
	json_writer_init(&json, out, 0);
	json_begin_object(&json);
	json_member_c(&json, "level", rst_verdict(document));
	write_rst_messages(&json, document);
	if (is_shown(document))
		document_write(&tree, document->root, DOCUMENT_FORMAT_XML, NULL);
	json_member_str(&json, "tree", is_shown(document) ? strbuf_str(&tree) : STR_ABSENT);
	json_end_object(&json);
	json_writer_release(&json);
	strbuf_append_char(out, '\n');
	strbuf_release(&tree);
	document_free(document);
}

char *aspis_debug_rst_line(const char *json, size_t json_size, size_t *size, struct aspis_error *error)
{
	return view_line(write_rst_line, json, json_size, size, error);
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

/* The templates of one rendering. */
struct templates {
	struct arena *arena;
	struct map by_name; /* struct mustache_template */
	struct mustache_template *whole;
};

static struct mustache_template *parse_named(struct arena *arena, const char *file, struct error *error)
{
	struct str text;

	return read_named(&text, arena, file, error) ? mustache_parse(str_of(file), text, error) : NULL;
}

static bool parse_templates(struct templates *templates, const char *file, const struct aspis_debug_partial *partials,
	size_t partial_count, struct error *error)
{
	templates->whole = parse_named(templates->arena, file, error);
	for (size_t i = 0; templates->whole && i < partial_count; i++) {
		struct mustache_template *partial = parse_named(templates->arena, partials[i].file, error);

		if (!partial)
			return false;
		mustache_template_free(map_set(&templates->by_name, str_of(partials[i].name), partial));
	}
	return templates->whole != NULL;
}

static void free_templates(struct templates *templates)
{
	for (size_t i = 0; i < templates->by_name.len; i++)
		mustache_template_free(templates->by_name.entries[i].value);
	map_release(&templates->by_name);
	mustache_template_free(templates->whole);
}

static const struct mustache_template *find_partial(void *context, struct str name)
{
	return map_get(context, name);
}

static bool render_json(
	struct strbuf *out, struct templates *templates, struct str json, bool lenient, struct error *error)
{
	const struct mustache_options options = {
		.partial = find_partial, .partial_context = &templates->by_name, .lenient = lenient};
	struct yaml_stream *stream = json_load(templates->arena, STR("standard input"), json);
	bool done;

	if (stream->broken) {
		const struct yaml_issue *issue = vec_at(&stream->issues, 0);
		struct position position = source_position(issue->span.source, issue->span.start);

		done = error_set(error, ERROR_USAGE, "standard input:%u:%u: %.*s", (unsigned)position.line,
			(unsigned)position.column, STR_ARG(issue->message));
	} else {
		const struct mustache_value *data = mustache_of_node(templates->arena, yaml_root(stream));

		done = mustache_render(out, templates->whole, data, &options, error);
	}
	yaml_stream_release(stream);
	return done;
}

char *aspis_debug_mustache(const char *file, const struct aspis_debug_partial *partials, size_t partial_count,
	bool lenient, const char *json, size_t json_size, size_t *size, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct strbuf result = STRBUF_INIT;
	struct templates templates = {.whole = NULL};
	struct arena arena;

	arena_init(&arena);
	templates.arena = &arena;
	map_init(&templates.by_name);
	bool done = parse_templates(&templates, file, partials, partial_count, &cause) &&
		    render_json(&result, &templates, (struct str){json, json_size}, lenient, &cause);
	if (!done)
		api_fail(error, &cause);
	free_templates(&templates);
	arena_release(&arena);
	if (done)
		return api_detach(&result, size);
	strbuf_release(&result);
	return NULL;
}
