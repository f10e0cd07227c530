/* Where findings are: paths, lines and columns. */
#include "base/utf8.h"
#include "report/render.h"

static struct position locate_offset(struct locator *locator, const struct source *source, uint32_t offset)
{
	if (offset > source->text.len)
		offset = (uint32_t)source->text.len;
	uint32_t line = source_line_at(source, offset);
	uint32_t from = source_line_start(source, line);
	uint32_t column = 1;

	if (locator->source == source && locator->position.line == line && locator->offset <= offset) {
		from = locator->offset;
		column = locator->position.column;
	}
	column += (uint32_t)utf8_length(str_slice(source->text, from, offset - from));
	*locator = (struct locator){.source = source, .offset = offset, .position = {.line = line, .column = column}};
	return locator->position;
}

struct place locate(struct locator *locator, struct span span)
{
	struct place place = {.path = STR("."), .start = {1, 1}, .end = {1, 1}};

	if (span.source == NULL)
		return place;
	if (span.source->path.len > 0)
		place.path = span.source->path;
	place.start = locate_offset(locator, span.source, span.start);
	struct locator end = *locator; /* the next finding may start before the end of this one */
	place.end = locate_offset(&end, span.source, span.end);
	return place;
}

void append_path(struct strbuf *out, struct str path)
{
	if (str_contains(path, STR("::")))
		strbuf_append_c(out, "./");
	strbuf_append_visible(out, path);
}

void append_place(struct strbuf *out, struct place place)
{
	append_path(out, place.path);
	strbuf_printf(out, ":%u:%u", place.start.line, place.start.column);
}
