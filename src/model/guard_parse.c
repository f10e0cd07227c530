/* The grammar that is read, a part of Go's text/template:
 *
 *   pipeline = command { "|" function }        the result so far becomes the last operand of the function
 *   command  = operand | function | index
 *   function = ("and" | "or" | "not") { operand }
 *   index    = "index" field { string }
 *   operand  = "(" pipeline ")" | field | "true" | "false"
 *   field    = [ "$" ] ".Values" { "." name }
 *
 * Anything else is unknown, and the rest of it is skipped as operands. */
#include <string.h>

#include "base/ascii.h"
#include "base/vec.h"
#include "model/guard.h"

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	unsigned depth;
};

static const struct guard *parse_pipeline(struct parser *parser);

/* The next character that is no white space, or 0 at the end. */
static char peek(struct parser *parser)
{
	while (parser->at < parser->text.len && ascii_is_white(parser->text.ptr[parser->at]))
		parser->at++;
	return parser->at < parser->text.len ? parser->text.ptr[parser->at] : '\0';
}

static bool at_end_of_command(struct parser *parser)
{
	char c = peek(parser);
	return c == '\0' || c == ')' || c == '|';
}

/* The word that stands there, up to white space or punctuation. */
static struct str peek_word(struct parser *parser)
{
	size_t end;

	peek(parser);
	for (end = parser->at; end < parser->text.len; end++) {
		char c = parser->text.ptr[end];
		if (ascii_is_white(c) || c == '\0' || strchr("()|\"`'", c))
			break;
	}
	return str_slice(parser->text, parser->at, end - parser->at);
}

static struct str take_word(struct parser *parser)
{
	struct str word = peek_word(parser);
	parser->at += word.len;
	return word;
}

/* A string without escapes; absent where it is not so simple, and then all is skipped, since its end is not known. */
static struct str take_string(struct parser *parser)
{
	char quote = peek(parser);
	struct str rest = str_slice(parser->text, parser->at + 1, parser->text.len);
	size_t end = str_find(rest, quote);
	struct str string = str_slice(rest, 0, end);

	if (end == rest.len || quote == '\'' || (quote == '"' && str_find(string, '\\') < string.len)) {
		parser->at = parser->text.len;
		return STR_ABSENT;
	}
	parser->at += end + 2;
	return string;
}

static const struct guard *new_value(struct parser *parser, struct values_path path)
{
	struct guard *guard = arena_calloc(parser->arena, 1, sizeof(*guard));

	guard->kind = GUARD_VALUE;
	guard->path = path;
	return path.count > 0 ? guard : guard_unknown();
}

/* What follows .Values in a field ("" or ".a.b"); absent where the word is something else. */
static struct str behind_values(struct str word)
{
	struct str root = STR(".Values");

	if (str_starts_with(word, STR("$.")))
		word = str_slice(word, 1, word.len);
	if (!str_starts_with(word, root) || (word.len > root.len && word.ptr[root.len] != '.'))
		return STR_ABSENT;
	return str_slice(word, root.len, word.len);
}

static const struct guard *parse_field(struct parser *parser, struct str word)
{
	struct str rest = behind_values(word);

	if (rest.len < 2 || str_contains(rest, STR("..")) || rest.ptr[rest.len - 1] == '.')
		return guard_unknown();
	return new_value(parser, values_path_parse(parser->arena, str_slice(rest, 1, rest.len)));
}

/* index .Values "a" "b", or index .Values.a "b" */
static const struct guard *parse_index(struct parser *parser)
{
	struct str fields = behind_values(take_word(parser));
	struct vec keys = VEC_INIT(struct str);
	bool simple = !str_is_absent(fields);

	if (fields.len > 0)
		str_cut(&fields, '.');
	while (fields.len > 0) {
		struct str field = str_cut(&fields, '.');
		vec_append(&keys, &field, 1);
	}
	while (simple && !at_end_of_command(parser)) {
		char c = peek(parser);
		struct str key = c == '"' || c == '`' ? take_string(parser) : STR_ABSENT;
		vec_append(&keys, &key, 1);
		simple = !str_is_absent(key);
	}
	struct str *components = arena_calloc(parser->arena, keys.len, sizeof(*components));
	for (size_t i = 0; i < keys.len; i++)
		components[i] = arena_str(parser->arena, *(struct str *)vec_at(&keys, i));
	struct values_path path = {.components = components, .count = keys.len};
	vec_release(&keys);
	return simple ? new_value(parser, path) : guard_unknown();
}

static const struct guard *constant(struct parser *parser, bool value)
{
	struct guard *guard = arena_calloc(parser->arena, 1, sizeof(*guard));
	guard->kind = GUARD_CONSTANT;
	guard->constant = value;
	return guard;
}

static const struct guard *parse_parentheses(struct parser *parser)
{
	if (parser->depth >= GUARD_DEPTH_MAX) {
		parser->at = parser->text.len;
		return guard_unknown();
	}
	parser->at++;
	parser->depth++;
	const struct guard *inner = parse_pipeline(parser);
	parser->depth--;
	if (peek(parser) != ')')
		return guard_unknown();
	parser->at++;
	if (parser->at == parser->text.len || parser->text.ptr[parser->at] != '.')
		return inner;
	take_word(parser); /* a field of the result */
	return guard_unknown();
}

/* The next operand. Something is there. */
static const struct guard *parse_operand(struct parser *parser)
{
	char c = peek(parser);

	if (c == '(')
		return parse_parentheses(parser);
	if (c == '"' || c == '`' || c == '\'') {
		take_string(parser);
		return guard_unknown();
	}
	struct str word = take_word(parser);
	if (str_is(word, "true") || str_is(word, "false"))
		return constant(parser, str_is(word, "true"));
	return parse_field(parser, word);
}

/* Which function a word names; GUARD_UNKNOWN for none that is known. */
static enum guard_kind function_of(struct str word)
{
	return str_is(word, "and")   ? GUARD_AND
	       : str_is(word, "or")  ? GUARD_OR
	       : str_is(word, "not") ? GUARD_NOT
				     : GUARD_UNKNOWN;
}

/* The operands of a function up to the end of its command, and what is piped into it (NULL: nothing). */
static const struct guard *parse_function(struct parser *parser, enum guard_kind function, const struct guard *piped)
{
	struct vec operands = VEC_INIT(struct guard *);

	while (!at_end_of_command(parser)) {
		const struct guard *operand = parse_operand(parser);
		vec_append(&operands, &operand, 1);
	}
	if (piped)
		vec_append(&operands, &piped, 1);
	size_t count = operands.len;
	const struct guard **list = arena_calloc(parser->arena, count, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		list[i] = vec_pointer(&operands, i);
	vec_release(&operands);
	if (function == GUARD_UNKNOWN || count == 0 || (function == GUARD_NOT && count > 1))
		return guard_unknown();
	return guard_join(parser->arena, function, list, count);
}

static const struct guard *parse_command(struct parser *parser, const struct guard *piped)
{
	enum guard_kind function = function_of(peek_word(parser));

	if (function != GUARD_UNKNOWN) {
		take_word(parser);
		return parse_function(parser, function, piped);
	}
	if (piped || at_end_of_command(parser))
		return parse_function(parser, GUARD_UNKNOWN, piped);
	if (str_is(peek_word(parser), "index")) {
		take_word(parser);
		peek(parser);
		return parse_index(parser);
	}
	const struct guard *operand = parse_operand(parser);
	return at_end_of_command(parser) ? operand : parse_function(parser, GUARD_UNKNOWN, operand);
}

static const struct guard *parse_pipeline(struct parser *parser)
{
	const struct guard *result = parse_command(parser, NULL);

	while (peek(parser) == '|') {
		parser->at++;
		result = parse_command(parser, result);
	}
	return result;
}

const struct guard *guard_parse(struct arena *arena, struct str text)
{
	struct parser parser = {.arena = arena, .text = text};
	const struct guard *guard = parse_pipeline(&parser);

	return peek(&parser) == '\0' && parser.at == text.len ? guard : guard_unknown();
}
