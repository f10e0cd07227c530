#include "text/mustache_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define DELIMITER_SIZE_MAX 32
#define NAME_SHOWN_MAX     80

/* A template being parsed. */
struct parser {
	struct mustache_template *mustache;
	struct str text;
	size_t at;       /* the text before it is done */
	bool at_line;    /* what follows begins a line of the output's */
	struct str open; /* delimiters */
	struct str close;
	size_t sections[MUSTACHE_SECTION_DEPTH_MAX]; /* those that are open: their steps */
	size_t depth;
	struct error *error;
};

/* A tag as found: {{ SIGIL content }}. */
struct tag {
	size_t start; /* of the opening delimiter */
	size_t end;   /* behind the closing delimiter */
	char sigil;   /* 0: a name alone */
	struct str content;
};

bool mustache_error(struct error *error, const struct mustache_template *mustache, size_t at, const char *format, ...)
{
	struct position position = source_position(&mustache->source, (uint32_t)at);
	struct strbuf message = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&message, format, args);
	va_end(args);
	error_set(error, ERROR_USAGE, "%.*s:%u:%u: %s", STR_ARG(mustache->source.path), (unsigned)position.line,
		(unsigned)position.column, message.ptr);
	strbuf_release(&message);
	return false;
}

static bool fail(struct parser *parser, size_t at, const char *what, struct str name)
{
	return mustache_error(
		parser->error, parser->mustache, at, "%s%.*s'", what, STR_ARG(str_slice(name, 0, NAME_SHOWN_MAX)));
}

static struct mustache_step *add_step(struct parser *parser, enum mustache_step_kind kind, size_t at, struct str text)
{
	struct mustache_step *step = vec_push(&parser->mustache->steps);

	step->kind = kind;
	step->at = (uint32_t)at;
	step->text = text;
	return step;
}

/* The text up to end. An empty one counts where a line begins: that is where the indentation of a partial goes. */
static void add_text(struct parser *parser, size_t end)
{
	struct str text = str_slice(parser->text, parser->at, end - parser->at);

	if (text.len == 0 && !parser->at_line)
		return;
	add_step(parser, MUSTACHE_STEP_TEXT, parser->at, text)->line_start = parser->at_line;
	parser->at_line = text.len > 0 && text.ptr[text.len - 1] == '\n';
}

/* The offset of needle from start on, or the length of text. needle is short. */
static size_t find(struct str text, struct str needle, size_t start)
{
	while (start + needle.len <= text.len) {
		const char *found = memchr(text.ptr + start, needle.ptr[0], text.len - start - needle.len + 1);

		if (!found)
			break;
		start = (size_t)(found - text.ptr);
		if (memcmp(found, needle.ptr, needle.len) == 0)
			return start;
		start++;
	}
	return text.len;
}

/* Whether nothing but blanks stands around a tag on its line (on its lines). *start is then the beginning of the line, *end that of the next one. */
static bool stands_alone(const struct parser *parser, const struct tag *tag, size_t *start, size_t *end)
{
	struct str text = parser->text;

	*start = tag->start;
	while (*start > parser->at && ascii_is_blank(text.ptr[*start - 1]))
		--*start;
	if (*start > 0 && text.ptr[*start - 1] != '\n')
		return false;
	*end = tag->end;
	while (*end < text.len && ascii_is_blank(text.ptr[*end]))
		++*end;
	if (*end == text.len)
		return true;
	if (text.ptr[*end] == '\r' && *end + 1 < text.len)
		++*end;
	return text.ptr[(*end)++] == '\n';
}

/* What a sigil must be followed by before the closing delimiter; 0: nothing. */
static char closing_sigil(char sigil)
{
	return sigil == '{' ? '}' : sigil == '=' ? '=' : 0;
}

static bool read_tag(struct parser *parser, struct tag *tag, size_t start)
{
	static const char sigils[] = "!=#^/>&{";
	size_t inner = start + parser->open.len;
	char last[DELIMITER_SIZE_MAX + 1];
	struct str close = parser->close;

	*tag = (struct tag){.start = start};
	if (inner < parser->text.len && parser->text.ptr[inner] != '\0' && strchr(sigils, parser->text.ptr[inner]))
		tag->sigil = parser->text.ptr[inner++];
	if (closing_sigil(tag->sigil)) {
		last[0] = closing_sigil(tag->sigil);
		memcpy(last + 1, close.ptr, close.len);
		close = (struct str){.ptr = last, .len = close.len + 1};
	}
	size_t end = find(parser->text, close, inner);
	if (end == parser->text.len)
		return fail(parser, start, "this tag is never closed: after it there is no '", close);
	tag->content = str_trim(str_slice(parser->text, inner, end - inner));
	tag->end = end + close.len;
	return true;
}

/* "a.b.c" or "." */
static bool check_name(struct parser *parser, const struct tag *tag)
{
	struct str name = tag->content;
	struct str rest = name;

	if (name.len == 0)
		return mustache_error(parser->error, parser->mustache, tag->start, "this tag has no name");
	for (size_t i = 0; i < name.len; i++) {
		if ((unsigned char)name.ptr[i] <= ' ')
			return fail(parser, tag->start, "a name has no white space in it; this one is '", name);
	}
	if (str_is(name, "."))
		return true;
	while (!str_is_absent(rest)) {
		if (str_cut(&rest, '.').len == 0)
			return fail(parser, tag->start,
				"a name begins and ends with no dot, and has no two in a row; this one is '", name);
	}
	return true;
}

/* {{=<% %>=}} */
static bool set_delimiters(struct parser *parser, const struct tag *tag)
{
	struct str open = tag->content;
	struct str close;
	size_t length = 0;

	while (length < open.len && (unsigned char)open.ptr[length] > ' ')
		length++;
	close = str_trim(str_slice(open, length, open.len));
	open = str_slice(open, 0, length);
	for (size_t i = 0; i < tag->content.len; i++) {
		if (tag->content.ptr[i] == '=')
			close.len = 0;
	}
	for (size_t i = 0; i < close.len; i++) {
		if ((unsigned char)close.ptr[i] <= ' ')
			close.len = 0;
	}
	if (open.len == 0 || close.len == 0 || open.len > DELIMITER_SIZE_MAX || close.len >= DELIMITER_SIZE_MAX)
		return fail(parser, tag->start,
			"new delimiters are written {{=<% %>=}}: two words without '=', of less than 32 bytes each, "
			"not '",
			tag->content);
	parser->open = open;
	parser->close = close;
	return true;
}

static bool open_section(struct parser *parser, const struct tag *tag)
{
	if (!check_name(parser, tag))
		return false;
	if (parser->depth == MUSTACHE_SECTION_DEPTH_MAX)
		return mustache_error(parser->error, parser->mustache, tag->start,
			"sections nest deeper than %d levels; put inner ones into a partial",
			MUSTACHE_SECTION_DEPTH_MAX);
	parser->sections[parser->depth++] = parser->mustache->steps.len;
	add_step(parser, tag->sigil == '#' ? MUSTACHE_STEP_SECTION : MUSTACHE_STEP_INVERTED, tag->start, tag->content);
	return true;
}

static bool close_section(struct parser *parser, const struct tag *tag)
{
	struct mustache_step *section;

	if (parser->depth == 0)
		return fail(parser, tag->start, "no section is open here that would be '", tag->content);
	section = vec_at(&parser->mustache->steps, parser->sections[parser->depth - 1]);
	if (!str_equal(section->text, tag->content)) {
		unsigned line = (unsigned)source_line_at(&parser->mustache->source, section->at);
		struct str shown = str_slice(tag->content, 0, NAME_SHOWN_MAX);

		return mustache_error(parser->error, parser->mustache, tag->start,
			"'%.*s' is closed here, but '%.*s' of line %u is open: sections close in the opposite order",
			STR_ARG(shown), STR_ARG(str_slice(section->text, 0, NAME_SHOWN_MAX)), line);
	}
	section->end = parser->mustache->steps.len;
	parser->depth--;
	return true;
}

static bool add_partial(struct parser *parser, const struct tag *tag, struct str blank)
{
	if (tag->content.len == 0)
		return mustache_error(parser->error, parser->mustache, tag->start, "this tag has no name");
	if (tag->content.ptr[0] == '*')
		return fail(parser, tag->start, "names of partials from data are not supported; this one is '",
			tag->content);
	add_step(parser, MUSTACHE_STEP_PARTIAL, tag->start, tag->content)->blank = blank;
	return true;
}

static bool add_variable(struct parser *parser, const struct tag *tag)
{
	bool verbatim = tag->sigil != 0;

	if (!verbatim && tag->content.len > 0 && strchr("<$", tag->content.ptr[0]))
		return fail(parser, tag->start,
			"blocks and parents are not supported; write sections and partials instead of '", tag->content);
	if (!check_name(parser, tag))
		return false;
	add_step(parser, verbatim ? MUSTACHE_STEP_VERBATIM : MUSTACHE_STEP_VARIABLE, tag->start, tag->content);
	return true;
}

/* What a tag adds; blank indents it. */
static bool add_tag(struct parser *parser, const struct tag *tag, struct str blank)
{
	switch (tag->sigil) {
	case '!':
		return true;
	case '=':
		return set_delimiters(parser, tag);
	case '#':
	case '^':
		return open_section(parser, tag);
	case '/':
		return close_section(parser, tag);
	case '>':
		return add_partial(parser, tag, blank);
	default:
		return add_variable(parser, tag);
	}
}

static bool parse_tag(struct parser *parser, size_t start)
{
	struct str blank = STR("");
	struct tag tag;
	size_t line;
	size_t next;
	bool shows;

	if (!read_tag(parser, &tag, start))
		return false;
	shows = tag.sigil == 0 || tag.sigil == '&' || tag.sigil == '{';
	if (!shows && stands_alone(parser, &tag, &line, &next)) {
		if (line > parser->at)
			add_text(parser, line);
		blank = str_slice(parser->text, line, start - line);
		parser->at_line = true;
	} else {
		next = tag.end;
		add_text(parser, start);
		parser->at = start;
		if (parser->at_line)
			add_text(parser, start);
	}
	parser->at = next;
	return add_tag(parser, &tag, blank);
}

static bool parse(struct parser *parser)
{
	size_t start;

	while ((start = find(parser->text, parser->open, parser->at)) < parser->text.len) {
		if (!parse_tag(parser, start))
			return false;
	}
	if (parser->at < parser->text.len)
		add_text(parser, parser->text.len);
	if (parser->depth > 0) {
		const struct mustache_step *section =
			vec_at(&parser->mustache->steps, parser->sections[parser->depth - 1]);

		return fail(
			parser, section->at, "this section is never closed: after it there is no '/", section->text);
	}
	return true;
}

static bool check_encoding(struct parser *parser)
{
	size_t at = utf8_valid_prefix(parser->text);

	return at == parser->text.len || mustache_error(parser->error, parser->mustache, at,
						 "this byte (0x%02x) is not UTF-8; save the template in UTF-8",
						 (unsigned char)parser->text.ptr[at]);
}

struct mustache_template *mustache_parse(struct str name, struct str text, struct error *error)
{
	struct mustache_template *mustache;
	struct parser parser = {.text = text, .at_line = true, .open = STR("{{"), .close = STR("}}"), .error = error};

	if (text.len >= MUSTACHE_OUTPUT_MAX) {
		error_set(error, ERROR_USAGE, "%.*s: too large for a template", STR_ARG(name));
		return NULL;
	}
	mustache = xcalloc(1, sizeof(*mustache));
	arena_init(&mustache->arena);
	vec_init(&mustache->steps, sizeof(struct mustache_step));
	source_init(&mustache->source, &mustache->arena, name, text);
	parser.mustache = mustache;
	if (check_encoding(&parser) && parse(&parser))
		return mustache;
	mustache_template_free(mustache);
	return NULL;
}

void mustache_template_free(struct mustache_template *mustache)
{
	if (!mustache)
		return;
	vec_release(&mustache->steps);
	arena_release(&mustache->arena);
	free(mustache);
}
