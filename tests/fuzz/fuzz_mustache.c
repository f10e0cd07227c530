/* Any bytes as a Mustache template, which is its own partial, with JSON as its data: what stands before the first NUL is the template. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/mustache.h"
#include "yaml/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition, const char *what)
{
	if (condition)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

static const struct mustache_template *itself(void *context, struct str name)
{
	return name.len < 3 ? context : NULL;
}

static void render(struct mustache_template *mustache, const struct mustache_value *value, bool lenient)
{
	const struct mustache_options options = {.partial = itself, .partial_context = mustache, .lenient = lenient};
	struct strbuf out = STRBUF_INIT;
	struct error error = ERROR_INIT;

	strbuf_append_c(&out, "before");
	bool rendered = mustache_render(&out, mustache, value, &options, &error);
	require(str_starts_with(strbuf_str(&out), STR("before")), "what stood in the buffer is lost");
	require(rendered || out.len == 6, "half a text is left");
	require(rendered == (error.message == NULL), "an error without a message, or a message without an error");
	require(error.message == NULL || strncmp(error.message, "fuzz:", 5) == 0, "an error does not say where");
	error_release(&error);
	strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct str template = str_slice(text, 0, str_find(text, '\0'));
	struct str json = str_slice(text, template.len + 1, size);
	struct error error = ERROR_INIT;
	struct arena arena;

	arena_init(&arena);
	struct mustache_template *mustache = mustache_parse(STR("fuzz"), template, &error);
	require((mustache == NULL) == (error.message != NULL), "no template and no error");
	if (mustache) {
		struct yaml_stream *stream = json_load(&arena, STR("data"), json);
		const struct mustache_value *value =
			stream->broken ? NULL : mustache_of_node(&arena, yaml_root(stream));

		render(mustache, value, true);
		render(mustache, value, false);
		yaml_stream_release(stream);
	}
	error_release(&error);
	mustache_template_free(mustache);
	arena_release(&arena);
	return 0;
}
