#include "model/template_lines.h"

#include "base/strbuf.h"

/* One of the mapping keys that a line stands under. */
struct open_key {
	size_t indent;
	size_t path_len; /* of the path without this key */
};

struct reader {
	const struct template_scan *scan;
	const struct template_handler *handler;
	struct vec keys;    /* struct open_key */
	struct strbuf path; /* of the last of them */
	size_t state;       /* index of what holds at the current line */
};

static size_t skip_blanks(struct str text)
{
	size_t i = 0;
	while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t'))
		i++;
	return i;
}

static struct template_value read_value(struct str text, uint32_t offset)
{
	size_t blanks = skip_blanks(text);
	struct template_value value = {.text = str_slice(text, blanks, text.len), .offset = offset + (uint32_t)blanks};
	char quote = value.text.len > 0 ? value.text.ptr[0] : '\0';

	if (quote == '"' || quote == '\'') {
		value.text = str_slice(value.text, 1, value.text.len);
		value.text.len = str_find(value.text, quote);
		value.offset++;
	} else {
		for (size_t i = 0; i < value.text.len; i++)
			if (value.text.ptr[i] == '#' && (i == 0 || value.text.ptr[i - 1] == ' '))
				value.text.len = i;
		value.text = str_trim(value.text);
	}
	value.hole = str_find(value.text, TEMPLATE_HOLE) < value.text.len;
	return value;
}

/* A sequence may stand at the indentation of the key that it belongs to. */
static void close_keys(struct reader *reader, size_t indent, bool item)
{
	while (reader->keys.len > 0) {
		const struct open_key *key = vec_last(&reader->keys);
		if (key->indent < indent || (item && key->indent == indent))
			return;
		strbuf_truncate(&reader->path, key->path_len);
		vec_pop(&reader->keys);
	}
}

static void open_key(struct reader *reader, size_t indent, struct str name)
{
	struct open_key *key = vec_push(&reader->keys);

	key->indent = indent;
	key->path_len = reader->path.len;
	if (reader->path.len > 0)
		strbuf_append_char(&reader->path, '.');
	strbuf_append(&reader->path, name);
}

/* The length of a key at the start of text, its quotes included, or text.len where there is no colon behind one. */
static size_t key_length(struct str text)
{
	size_t i = 0;

	if (text.len > 0 && (text.ptr[0] == '"' || text.ptr[0] == '\''))
		i = 1 + str_find(str_slice(text, 1, text.len), text.ptr[0]);
	for (; i < text.len; i++)
		if (text.ptr[i] == ':' && (i + 1 == text.len || text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '\t'))
			return i;
	return text.len;
}

static void take_action(struct reader *reader, struct template_line *line)
{
	struct str previous = strbuf_str(&reader->path);
	char copy[TEMPLATE_PREVIOUS_MAX];

	line->previous = str_slice(previous, 0, sizeof(copy));
	memcpy(copy, line->previous.ptr, line->previous.len);
	line->previous.ptr = copy;
	close_keys(reader, line->indent, false);
	line->path = strbuf_str(&reader->path);
	reader->handler->action(reader->handler->context, line);
}

/* Goes behind the dashes of sequence entries at the start of a line. */
static bool skip_dashes(struct reader *reader, struct template_line *line, struct str *text)
{
	bool item = false;

	while (text->len > 0 && text->ptr[0] == '-' && (text->len == 1 || text->ptr[1] == ' ')) {
		size_t skipped = 1 + skip_blanks(str_slice(*text, 1, text->len));
		if (!item)
			close_keys(reader, line->indent, true);
		item = true;
		*text = str_slice(*text, skipped, text->len);
		line->indent += skipped;
		line->offset += (uint32_t)skipped;
	}
	return item;
}

static void take_content(struct reader *reader, struct template_line *line, struct str text)
{
	bool item = skip_dashes(reader, line, &text);
	size_t len = key_length(text);
	struct template_value key = read_value(str_slice(text, 0, len), line->offset);
	const struct template_handler *handler = reader->handler;

	if (len < text.len && !key.hole) {
		if (!item)
			close_keys(reader, line->indent, false);
		open_key(reader, line->indent, key.text);
		line->path = strbuf_str(&reader->path);
		struct str rest = str_slice(text, len + 1, text.len);
		handler->key(handler->context, line, read_value(rest, line->offset + (uint32_t)len + 1));
	} else if (item) {
		line->path = strbuf_str(&reader->path);
		handler->item(handler->context, line, key);
	} else if (key.hole) {
		take_action(reader, line);
	}
}

static struct template_state state_at(struct reader *reader, uint32_t offset)
{
	while (reader->state + 1 < reader->scan->states.len) {
		const struct template_state *next = vec_at(&reader->scan->states, reader->state + 1);
		if (next->offset > offset)
			break;
		reader->state++;
	}
	return *(struct template_state *)vec_at(&reader->scan->states, reader->state);
}

static bool is_separator(struct str text)
{
	return str_starts_with(text, STR("---")) && (text.len == 3 || text.ptr[3] == ' ' || text.ptr[3] == '\t');
}

static void read_line(struct reader *reader, size_t start, size_t end)
{
	struct str text = {.ptr = reader->scan->text + start, .len = end - start};
	size_t indent = skip_blanks(text);
	struct template_line line = {.indent = indent, .offset = (uint32_t)(start + indent)};

	text = str_trim(str_slice(text, indent, text.len));
	if (text.len == 0 || text.ptr[0] == '#')
		return;
	line.state = state_at(reader, line.offset);
	if (indent == 0 && is_separator(text)) {
		close_keys(reader, 0, false);
		reader->handler->separator(reader->handler->context);
	} else if (text.ptr[0] == TEMPLATE_HOLE) {
		take_action(reader, &line);
	} else {
		take_content(reader, &line, text);
	}
}

void template_lines(const struct template_scan *scan, const struct template_handler *handler)
{
	struct reader reader = {
		.scan = scan, .handler = handler, .keys = VEC_INIT(struct open_key), .path = STRBUF_INIT};
	size_t start = 0;

	while (start < scan->len) {
		struct str rest = {.ptr = scan->text + start, .len = scan->len - start};
		size_t end = start + str_find(rest, '\n');
		read_line(&reader, start, end);
		start = end + 1;
	}
	vec_release(&reader.keys);
	strbuf_release(&reader.path);
}
