#include <string.h>

#include "yaml/builder.h"
#include "yaml/internal.h"
#include "yaml/readers.h"

/* libyaml compares every %TAG directive with all before it. */
#define DIRECTIVES_MAX 1000

/* Moves *at behind the next line start with word before end; to end, and false, where there is none. */
static bool find_line(struct str text, size_t *at, size_t end, struct str word)
{
	while (*at < end) {
		const char *found = memmem(text.ptr + *at, end - *at, word.ptr, word.len);

		if (!found)
			break;
		*at = (size_t)(found - text.ptr) + word.len;
		if (span_is_line_start(text, *at - word.len))
			return true;
	}
	*at = end;
	return false;
}

/* Whether a document has so many %TAG directives that libyaml would take long to compare them. */
static bool has_many_directives(struct str text)
{
	size_t at = 0, last = 0;
	unsigned count = 0;

	if (str_find(text, '%') == text.len)
		return false;
	while (count <= DIRECTIVES_MAX && find_line(text, &at, text.len, STR("%TAG"))) {
		count = find_line(text, &last, at, STR("---")) ? 1 : count + 1;
		last = at;
	}
	return count > DIRECTIVES_MAX;
}

/* Nearly all texts are simple ones. What is read of one that turns out not to be is thrown away. */
static void read_text(struct yaml_stream *stream, uint32_t start, bool is_ascii)
{
	struct builder builder;

	builder_init(&builder, stream);
	if (start > 0 || !simple_read(&builder)) {
		builder_reset(&builder);
		libyaml_read(&builder, start, is_ascii);
	}
	builder_release(&builder);
	stream_sort_issues(stream);
}

struct yaml_stream *yaml_load(struct arena *arena, struct str path, struct str text, bool accept_utf16)
{
	struct yaml_stream *stream;
	bool converted = true, is_ascii;
	size_t valid;

	if (accept_utf16 && encoding_is_utf16(text))
		converted = encoding_from_utf16(&text, arena);
	stream = stream_new(arena, path, text);
	valid = encoding_valid_prefix(&stream->source, &is_ascii);
	if (valid < text.len || !converted) {
		encoding_issue(stream, valid);
	} else if (has_many_directives(text)) {
		stream_issue(stream, YAML_NESTING, stream_point(stream, 0),
			"the document has more than 1000 %%TAG directives");
		stream->broken = true;
	} else {
		read_text(stream, (uint32_t)encoding_bom(text), is_ascii);
	}
	return stream;
}
