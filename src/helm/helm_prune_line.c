/* What one line of plain block YAML is made of. Whatever needs more than its line to be understood is left to the loader. */
#include "helm/helm_prune_private.h"

static bool is_blank(char c)
{
	return c == ' ';
}

/* Whether a text is blank from an offset on, but for a comment. */
static bool ends_at(struct str text, size_t at)
{
	size_t start = at;

	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at == text.len || (text.ptr[at] == '#' && at > start);
}

/* The offset of the comment in [at, end): of the blank in front of it; end where there is none. */
static size_t find_comment(struct str text, size_t at, size_t end)
{
	for (size_t from = at; from < end;) {
		const char *found = memchr(text.ptr + from, '#', end - from);

		if (!found)
			return end;
		from = (size_t)(found - text.ptr);
		if (from > at && is_blank(text.ptr[from - 1]))
			return from - 1;
		from++;
	}
	return end;
}

/* The offset behind a quoted scalar, or 0 where it does not end on the line. */
static size_t quoted_end(struct str text, size_t at)
{
	char quote = text.ptr[at++];

	for (; at < text.len; at++) {
		if (text.ptr[at] == '\\' && quote == '"')
			at++;
		else if (text.ptr[at] == quote && quote == '\'' && at + 1 < text.len && text.ptr[at + 1] == quote)
			at++;
		else if (text.ptr[at] == quote)
			return at + 1;
	}
	return 0;
}

/* The same of a flow collection. */
static size_t flow_end(struct str text, size_t at)
{
	size_t depth = 0;

	while (at < text.len) {
		char c = text.ptr[at];

		if (c == '"' || c == '\'') {
			at = quoted_end(text, at);
			if (at == 0)
				return 0;
			continue;
		}
		if (c == '#' || c == '&' || c == '*' || c == '!')
			return 0;
		if (c == '[' || c == '{')
			depth++;
		else if ((c == ']' || c == '}') && --depth == 0)
			return at + 1;
		at++;
	}
	return 0;
}

/* The head of a block scalar without an indentation of its own. */
static bool is_block_head(struct str text, size_t at)
{
	at++;
	if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+'))
		at++;
	return ends_at(text, at);
}

/* The offset of the colon of a pair at or behind an offset; text.len where there is none. */
static size_t find_colon(struct str text, size_t at)
{
	while (at < text.len) {
		const char *found = memchr(text.ptr + at, ':', text.len - at);

		if (!found)
			return text.len;
		at = (size_t)(found - text.ptr);
		if (at + 1 == text.len || is_blank(text.ptr[at + 1]))
			return at;
		at++;
	}
	return text.len;
}

/* Whether a plain scalar may begin with a character; the others mean something, or are no YAML. */
static bool begins_plain(struct str text, size_t at)
{
	char c = text.ptr[at];

	if (c == '-')
		return at + 1 < text.len && !is_blank(text.ptr[at + 1]);
	switch (c) {
	case '\0':
	case '?':
	case ':':
	case ',':
	case '[':
	case ']':
	case '{':
	case '}':
	case '#':
	case '&':
	case '*':
	case '!':
	case '|':
	case '>':
	case '\'':
	case '"':
	case '%':
	case '@':
	case '`':
		return false;
	default:
		return true;
	}
}

/* A plain scalar that ends on its line. */
static bool is_plain(struct str text, size_t at)
{
	size_t end = find_comment(text, at, text.len);

	return begins_plain(text, at) && find_colon(str_slice(text, 0, end), at) == end;
}

/* The value that begins at an offset; false where it is not to be understood. */
static bool read_value(enum prune_value *value, struct str text, size_t at)
{
	size_t end = 0;
	char c = text.ptr[at];

	*value = PRUNE_SCALAR;
	if (c == '|' || c == '>') {
		*value = PRUNE_BLOCK;
		return is_block_head(text, at);
	}
	if (c == '"' || c == '\'') {
		end = quoted_end(text, at);
	} else if (c == '[' || c == '{') {
		*value = PRUNE_FLOW;
		end = flow_end(text, at);
	} else {
		return is_plain(text, at);
	}
	return end > 0 && ends_at(text, end);
}

/* The end of the key that begins at an offset, 0 where there is none, and the offset of its colon. */
static size_t key_end(struct str text, size_t at, size_t *colon)
{
	size_t end;

	if (text.ptr[at] == '"' || text.ptr[at] == '\'') {
		end = quoted_end(text, at);
		*colon = end;
		while (end > 0 && *colon < text.len && is_blank(text.ptr[*colon]))
			++*colon;
		return end > 0 && *colon < text.len && find_colon(text, *colon) == *colon ? end : 0;
	}
	if (!begins_plain(text, at))
		return 0;
	*colon = find_colon(text, at);
	if (*colon == text.len || find_comment(text, at, *colon) < *colon)
		return 0;
	for (end = *colon; end > at && is_blank(text.ptr[end - 1]); end--)
		;
	return end;
}

static bool read_pair(struct prune_line *out, struct str text, size_t at, size_t end, size_t colon)
{
	bool quoted = text.ptr[at] == '"' || text.ptr[at] == '\'';

	out->content = PRUNE_KEY;
	out->key_start = (uint32_t)at;
	out->key_end = (uint32_t)end;
	out->key = str_slice(text, at + quoted, end - at - (quoted ? 2 : 0));
	if (quoted && (memchr(out->key.ptr, '\\', out->key.len) || memchr(out->key.ptr, '\'', out->key.len)))
		return false;
	if (str_is(out->key, "<<"))
		return false;
	for (at = colon + 1; at < text.len && is_blank(text.ptr[at]); at++)
		;
	if (at == text.len || text.ptr[at] == '#') {
		out->value = PRUNE_NOTHING;
		return true;
	}
	return read_value(&out->value, text, at);
}

bool prune_read_line(struct prune_line *out, struct str line, uint32_t indent)
{
	size_t at = indent, end, colon = 0;

	out->dash_count = 0;
	while (line.ptr[at] == '-' && (at + 1 == line.len || is_blank(line.ptr[at + 1]))) {
		if (out->dash_count == PRUNE_DASHES_MAX)
			return false;
		out->dashes[out->dash_count++] = (uint32_t)at;
		for (at++; at < line.len && is_blank(line.ptr[at]); at++)
			;
		if (at == line.len || line.ptr[at] == '#') {
			out->content = PRUNE_NOTHING;
			return true;
		}
	}
	end = key_end(line, at, &colon);
	if (end > 0)
		return read_pair(out, line, at, end, colon);
	return out->dash_count > 0 && read_value(&out->content, line, at);
}
