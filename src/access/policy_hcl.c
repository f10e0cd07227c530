#include "access/policy_hcl.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* Values may nest this deep. */
#define DEPTH_MAX 32

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,   /* a name, a number, true … */
	TOKEN_STRING, /* its content, escapes resolved */
	TOKEN_MARK,   /* one of = { } [ ] , : */
	TOKEN_WRONG,
};

struct token {
	enum token_kind kind;
	struct str text;
	size_t at;
};

struct reader {
	struct policy *policy;
	struct str text;
	size_t at;
	struct token token; /* the one that comes next */
};

/* Says where and why reading ends. Always false. */
static bool refuse(struct reader *reader, const char *what)
{
	struct str before = str_slice(reader->text, 0, reader->token.at);
	size_t line = 1, start = 0;

	for (size_t i = 0; i < before.len; i++) {
		if (before.ptr[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	if (str_is_absent(reader->policy->unread))
		reader->policy->unread = arena_printf(&reader->policy->arena, "line %zu, column %zu: %s", line,
			utf8_length(str_slice(before, start, before.len)) + 1, what);
	return false;
}

static char byte_at(const struct reader *reader, size_t at)
{
	return at < reader->text.len ? reader->text.ptr[at] : '\0';
}

static void skip_line(struct reader *reader)
{
	while (reader->at < reader->text.len && reader->text.ptr[reader->at] != '\n')
		reader->at++;
}

static void skip_block(struct reader *reader)
{
	reader->at += 2;
	while (reader->at < reader->text.len &&
		(byte_at(reader, reader->at) != '*' || byte_at(reader, reader->at + 1) != '/'))
		reader->at++;
	reader->at = reader->at < reader->text.len ? reader->at + 2 : reader->text.len;
}

/* Goes behind white space and comments. */
static void skip_blanks(struct reader *reader)
{
	for (;;) {
		char c = byte_at(reader, reader->at);
		char next = byte_at(reader, reader->at + 1);

		if (ascii_is_white(c))
			reader->at++;
		else if (c == '#' || (c == '/' && next == '/'))
			skip_line(reader);
		else if (c == '/' && next == '*')
			skip_block(reader);
		else
			return;
	}
}

static char unescape(char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

/* A string, behind its first quote; of its escapes those of one character. */
static void read_string(struct reader *reader)
{
	struct strbuf value = STRBUF_INIT;
	bool ended = false;

	reader->at++;
	while (reader->at < reader->text.len && !ended) {
		char c = reader->text.ptr[reader->at++];
		if (c == '\\' && reader->at < reader->text.len)
			strbuf_append_char(&value, unescape(reader->text.ptr[reader->at++]));
		else if (c == '"')
			ended = true;
		else
			strbuf_append_char(&value, c);
	}
	reader->token.kind = ended ? TOKEN_STRING : TOKEN_WRONG;
	reader->token.text = arena_str(&reader->policy->arena, strbuf_str(&value));
	strbuf_release(&value);
}

static bool is_word_character(char c)
{
	return ascii_is_word(c) || c == '-' || c == '.';
}

static void advance(struct reader *reader)
{
	size_t start;
	char c;

	skip_blanks(reader);
	start = reader->at;
	reader->token = (struct token){.at = start, .text = str_slice(reader->text, start, 1)};
	c = byte_at(reader, start);
	if (start >= reader->text.len) {
		reader->token.kind = TOKEN_END;
	} else if (c == '"') {
		read_string(reader);
	} else if (is_word_character(c)) {
		while (is_word_character(byte_at(reader, reader->at)))
			reader->at++;
		reader->token.kind = TOKEN_WORD;
		reader->token.text = str_slice(reader->text, start, reader->at - start);
	} else {
		reader->token.kind = c != '\0' && strchr("={}[],:", c) ? TOKEN_MARK : TOKEN_WRONG;
		reader->at++;
	}
}

static bool is_mark(const struct reader *reader, char mark)
{
	return reader->token.kind == TOKEN_MARK && reader->token.text.ptr[0] == mark;
}

static bool take_mark(struct reader *reader, char mark)
{
	if (!is_mark(reader, mark))
		return false;
	advance(reader);
	return true;
}

/* Goes behind a value that says nothing here. */
static bool skip_value(struct reader *reader, unsigned depth)
{
	char end = is_mark(reader, '{') ? '}' : is_mark(reader, '[') ? ']' : '\0';

	if (depth > DEPTH_MAX)
		return refuse(reader, "values are nested too deep");
	if (end == '\0') {
		if (reader->token.kind != TOKEN_WORD && reader->token.kind != TOKEN_STRING)
			return refuse(reader, "a value was expected here");
		advance(reader);
		return true;
	}
	advance(reader);
	while (!take_mark(reader, end)) {
		if (take_mark(reader, ',') || take_mark(reader, '=') || take_mark(reader, ':'))
			continue;
		if (!skip_value(reader, depth + 1))
			return false;
	}
	return true;
}

static bool read_capabilities(struct reader *reader, struct policy_grant *grant)
{
	if (!take_mark(reader, '['))
		return refuse(reader, "a list of capabilities was expected here");
	while (!take_mark(reader, ']')) {
		if (reader->token.kind != TOKEN_STRING)
			return refuse(reader, "a capability in quotes was expected here");
		if (!policy_add_capability(grant, reader->token.text))
			return refuse(reader, "this capability is not known");
		advance(reader);
		if (!take_mark(reader, ',') && !is_mark(reader, ']'))
			return refuse(reader, "a comma or ] was expected here");
	}
	return true;
}

/* A member of a path's block. */
static bool read_rule(struct reader *reader, struct policy_grant *grant)
{
	struct token name = reader->token;

	if (name.kind != TOKEN_WORD && name.kind != TOKEN_STRING)
		return refuse(reader, "a name such as capabilities was expected here");
	advance(reader);
	take_mark(reader, '=');
	if (str_is(name.text, "capabilities"))
		return read_capabilities(reader, grant);
	if (!str_is(name.text, "policy")) {
		policy_add_limit(reader->policy, grant, name.text);
		return skip_value(reader, 0);
	}
	if (reader->token.kind != TOKEN_STRING || !policy_add_word(grant, reader->token.text))
		return refuse(reader, "one of \"read\", \"write\", \"sudo\" and \"deny\" was expected here");
	advance(reader);
	return true;
}

static bool read_path(struct reader *reader)
{
	if (reader->token.kind != TOKEN_STRING)
		return refuse(reader, "a path in quotes was expected here");
	struct policy_grant *grant = policy_grant_for(reader->policy, reader->token.text);
	advance(reader);
	take_mark(reader, '=');
	if (!take_mark(reader, '{'))
		return refuse(reader, "{ was expected here");
	while (!take_mark(reader, '}')) {
		if (!read_rule(reader, grant))
			return false;
		take_mark(reader, ',');
	}
	return true;
}

/* What stands beside the paths, such as the policy's name. */
static bool skip_member(struct reader *reader)
{
	take_mark(reader, '=');
	return skip_value(reader, 0);
}

void policy_hcl_read(struct policy *policy, struct str text)
{
	struct reader reader = {.policy = policy, .text = text};
	bool good = true;

	advance(&reader);
	while (good && reader.token.kind != TOKEN_END) {
		struct token name = reader.token;

		good = name.kind == TOKEN_WORD || name.kind == TOKEN_STRING ||
		       refuse(&reader, "path \"…\" { was expected here");
		if (!good)
			break;
		advance(&reader);
		if (str_is(name.text, "path"))
			good = read_path(&reader);
		else
			good = skip_member(&reader);
	}
}
