/* Python's re for str patterns (Lib/re/_parser.py of 3.11 and later, where global flags must come first and possessive quantifiers exist). */
#include "base/regex_python.h"
#include "base/map.h"

enum flag {
	FLAG_ASCII = 1 << 0,
	FLAG_IGNORECASE = 1 << 1,
	FLAG_MULTILINE = 1 << 2,
	FLAG_DOTALL = 1 << 3,
	FLAG_VERBOSE = 1 << 4,
	FLAG_UNICODE = 1 << 5,
};

/* What stands before a quantifier decides whether it may be there. */
enum last_item { LAST_NOTHING, LAST_ATOM, LAST_REPEAT };

struct group {
	uint32_t number; /* of a capture, else 0 */
	size_t start;
	unsigned outer_flags;
	bool conditional;
	bool has_alternatives;
};

struct reference {
	uint32_t number;
	size_t start;
};

struct parser {
	struct regex_translation *translation;
	struct vec open;       /* struct group */
	struct vec closed;     /* bool, by capture number - 1 */
	struct vec conditions; /* struct reference: of conditional groups, which may look ahead */
	struct map names;      /* to the capture number, as a pointer */
	unsigned flags;
	bool started;   /* something was read: global flags come too late */
	bool unnoticed; /* but what was just read were flags or a comment */
	enum last_item last;
};

static unsigned flag_of(uint32_t c)
{
	switch (c) {
	case 'a':
		return FLAG_ASCII;
	case 'i':
		return FLAG_IGNORECASE;
	case 'm':
		return FLAG_MULTILINE;
	case 's':
		return FLAG_DOTALL;
	case 'u':
		return FLAG_UNICODE;
	case 'x':
		return FLAG_VERBOSE;
	default:
		return 0;
	}
}

/* PCRE2 and Python agree on the case of ASCII; beyond it they differ in places. */
static bool note_ignorecase(struct parser *parser)
{
	struct str source = parser->translation->source;

	parser->translation->ascii_subjects = true;
	for (size_t i = 0; i < source.len; i++)
		if ((unsigned char)source.ptr[i] >= 0x80)
			return regex_fail(parser->translation, i,
				"ignoring case is supported for patterns of ASCII only, which this is not");
	return true;
}

static unsigned read_flags(struct regex_translation *translation)
{
	unsigned flags = 0;

	for (unsigned flag; (flag = flag_of(regex_peek(translation))) != 0; flags |= flag)
		regex_next(translation);
	return flags;
}

static void push_group(struct parser *parser, struct group group)
{
	*(struct group *)vec_push(&parser->open) = group;
	parser->last = LAST_NOTHING;
}

/* (?flags), (?flags:…) and (?flags-flags:…), the question mark having been read. */
static bool translate_flags(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	unsigned on = read_flags(translation);
	unsigned off = 0;

	if ((on & FLAG_ASCII) && (on & FLAG_UNICODE))
		return regex_fail(translation, start, "the flags 'a' and 'u' exclude each other");
	if ((on & FLAG_IGNORECASE) && !note_ignorecase(parser))
		return false;
	if (on != 0 && regex_accept(translation, ")")) {
		if (parser->started)
			return regex_fail(translation, start, "global flags belong at the start of the pattern, not");
		parser->flags |= on;
		parser->unnoticed = true;
		if (on & FLAG_IGNORECASE)
			strbuf_append_c(&translation->out, "(?i)");
		return true;
	}
	if (regex_accept(translation, "-")) {
		off = read_flags(translation);
		if (off == 0 || (off & (FLAG_ASCII | FLAG_UNICODE)) || (on & off))
			return regex_fail(translation, start, "these flags cannot be turned off");
	}
	if ((on | off) == 0 || !regex_accept(translation, ":"))
		return regex_fail(translation, start, "no such group in Python's re");
	strbuf_append_c(&translation->out, on & FLAG_IGNORECASE ? "(?i:" : off & FLAG_IGNORECASE ? "(?-i:" : "(?:");
	push_group(parser, (struct group){.start = start, .outer_flags = parser->flags});
	if (on & FLAG_UNICODE)
		off |= FLAG_ASCII;
	parser->flags = (parser->flags | on) & ~off;
	return true;
}

static bool open_capture(struct parser *parser, size_t start, struct str name)
{
	uint32_t number;

	*(bool *)vec_push(&parser->closed) = false;
	number = (uint32_t)parser->closed.len;
	if (!str_is_absent(name)) {
		if (map_has(&parser->names, name))
			return regex_fail(parser->translation, start, "a second group is named '%.*s'", STR_ARG(name));
		map_set(&parser->names, name, (void *)(uintptr_t)number);
	}
	strbuf_append_char(&parser->translation->out, '(');
	push_group(parser, (struct group){.number = number, .start = start, .outer_flags = parser->flags});
	return true;
}

static bool emit_reference(struct parser *parser, uint32_t number, size_t start)
{
	if (number == 0 || number > parser->closed.len)
		return regex_fail(
			parser->translation, start, "there is no group %u before this reference,", (unsigned)number);
	if (!*(bool *)vec_at(&parser->closed, number - 1))
		return regex_fail(parser->translation, start, "a group refers to itself");
	strbuf_printf(&parser->translation->out, "\\g{%u}", (unsigned)number);
	parser->last = LAST_ATOM;
	return true;
}

/* (?P<name>…) and (?P=name), the P having been read. */
static bool translate_named(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	bool definition = regex_accept(translation, "<");
	struct str name;
	uint32_t number;

	if (!definition && !regex_accept(translation, "="))
		return regex_fail(translation, start, "no such group in Python's re");
	if (!regex_name(translation, definition ? '>' : ')', &name) || !regex_is_identifier(name, false))
		return regex_fail(translation, start, "a group needs a name that is a Python identifier");
	if (definition)
		return open_capture(parser, start, name);
	number = (uint32_t)(uintptr_t)map_get(&parser->names, name);
	if (number == 0)
		return regex_fail(translation, start, "no group is named '%.*s'", STR_ARG(name));
	return emit_reference(parser, number, start);
}

/* (?(1)…|…) and (?(name)…|…), both parentheses having been read. */
static bool translate_condition(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	struct str name;
	uint32_t number;

	if (regex_decimal(translation, &number)) {
		if (!regex_accept(translation, ")") || number == 0)
			return regex_fail(translation, start, "the condition of a group is neither number nor name");
	} else {
		if (!regex_name(translation, ')', &name))
			return regex_fail(translation, start, "the condition of a group has no ')'");
		number = (uint32_t)(uintptr_t)map_get(&parser->names, name);
		if (number == 0)
			return regex_fail(translation, start, "no group is named '%.*s'", STR_ARG(name));
	}
	*(struct reference *)vec_push(&parser->conditions) = (struct reference){.number = number, .start = start};
	strbuf_printf(&translation->out, "(?(%u)", (unsigned)number);
	push_group(parser, (struct group){.start = start, .outer_flags = parser->flags, .conditional = true});
	return true;
}

static bool skip_comment(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	size_t len = str_find(str_slice(translation->source, translation->at, SIZE_MAX), ')');

	if (translation->at + len >= translation->source.len)
		return regex_fail(translation, start, "a comment has no ')'; it starts");
	translation->at += len + 1;
	parser->unnoticed = true;
	return true;
}

static bool open_group(struct parser *parser, size_t start)
{
	static const char *const prefixes[] = {"?:", "?=", "?!", "?<=", "?<!", "?>"};
	struct regex_translation *translation = parser->translation;

	if (parser->open.len >= REGEX_NESTING_MAX)
		return regex_fail(translation, start, "more than %d groups inside each other", REGEX_NESTING_MAX);
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (!regex_accept(translation, prefixes[i]))
			continue;
		strbuf_append_char(&translation->out, '(');
		strbuf_append_c(&translation->out, prefixes[i]);
		push_group(parser, (struct group){.start = start, .outer_flags = parser->flags});
		return true;
	}
	if (regex_accept(translation, "?#"))
		return skip_comment(parser, start);
	if (regex_accept(translation, "?P"))
		return translate_named(parser, start);
	if (regex_accept(translation, "?("))
		return translate_condition(parser, start);
	if (regex_accept(translation, "?"))
		return translate_flags(parser, start);
	return open_capture(parser, start, STR_ABSENT);
}

static bool close_group(struct parser *parser, size_t start)
{
	const struct group *group;

	if (parser->open.len == 0)
		return regex_fail(parser->translation, start, "a ')' closes nothing");
	group = vec_last(&parser->open);
	if (group->number > 0)
		*(bool *)vec_at(&parser->closed, group->number - 1) = true;
	parser->flags = group->outer_flags;
	parser->last = LAST_ATOM;
	strbuf_append_char(&parser->translation->out, ')');
	vec_pop(&parser->open);
	return true;
}

static bool translate_alternative(struct parser *parser, size_t start)
{
	struct group *group = parser->open.len > 0 ? vec_last(&parser->open) : NULL;

	if (group != NULL && group->conditional && group->has_alternatives)
		return regex_fail(parser->translation, start, "a conditional group has more than two branches");
	if (group != NULL)
		group->has_alternatives = true;
	strbuf_append_char(&parser->translation->out, '|');
	parser->last = LAST_NOTHING;
	return true;
}

static bool translate_class(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;
	struct regex_class class;
	bool done;

	regex_class_init(&class, translation, regex_accept(translation, "^"));
	done = regex_python_members(&class, parser->flags & FLAG_ASCII);
	if (done)
		regex_class_emit(&class);
	regex_class_release(&class);
	parser->last = LAST_ATOM;
	return done;
}

/* Octal where it starts with 0 or has three octal digits, else a group. */
static bool translate_number(struct parser *parser, size_t start, uint32_t first)
{
	struct regex_translation *translation = parser->translation;
	size_t at = translation->at;
	uint32_t number = first - '0';
	uint32_t second = regex_peek(translation);
	uint32_t octal;

	parser->last = LAST_ATOM;
	if (number == 0) {
		regex_emit_literal(translation, regex_python_octal(translation, 0, 2));
		return true;
	}
	octal = number <= 7 ? regex_python_octal(translation, number, 2) : 0;
	if (translation->at == at + 2) {
		if (octal > 0377)
			return regex_fail(translation, start, "an octal escape is above \\377");
		regex_emit_literal(translation, octal);
		return true;
	}
	translation->at = at;
	if (second >= '0' && second <= '9') {
		number = number * 10 + (second - '0');
		regex_next(translation);
	}
	return emit_reference(parser, number, start);
}

static void emit_boundary(const struct parser *parser, bool boundary)
{
	const char *word = regex_python_word(parser->flags & FLAG_ASCII);
	const char *inside = boundary ? "!" : "=";
	const char *outside = boundary ? "=" : "!";

	strbuf_printf(&parser->translation->out, "(?:(?<=[%s])(?%s[%s])|(?<![%s])(?%s[%s]))", word, inside, word, word,
		outside, word);
}

static bool translate_escape(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	uint32_t c = regex_next(translation);
	struct regex_class class;
	bool is_set;

	if (c == 'A' || c == 'Z' || c == 'b' || c == 'B') {
		if (c == 'A' || c == 'Z')
			strbuf_append_c(&translation->out, c == 'A' ? "\\A" : "\\z");
		else
			emit_boundary(parser, c == 'b');
		parser->last = LAST_NOTHING;
		return true;
	}
	if (c >= '0' && c <= '9')
		return translate_number(parser, start, c);
	parser->last = LAST_ATOM;
	regex_class_init(&class, translation, false);
	is_set = regex_python_set(&class, parser->flags & FLAG_ASCII, c);
	if (is_set)
		regex_class_emit(&class);
	regex_class_release(&class);
	if (is_set)
		return true;
	if (!regex_python_character(translation, start, c, &c))
		return false;
	regex_emit_literal(translation, c);
	return true;
}

static bool read_quantifier(struct regex_translation *translation, uint32_t *min, uint32_t *max)
{
	*min = 0;
	*max = REGEX_UNBOUNDED;
	if (regex_accept(translation, "*"))
		return true;
	if (regex_accept(translation, "+")) {
		*min = 1;
		return true;
	}
	if (regex_accept(translation, "?")) {
		*max = 1;
		return true;
	}
	return regex_braces(translation, true, min, max);
}

static bool translate_quantifier(struct parser *parser, size_t start, uint32_t min, uint32_t max)
{
	struct regex_translation *translation = parser->translation;

	if (parser->last != LAST_ATOM)
		return regex_fail(translation, start, "there is nothing to repeat");
	if (!regex_emit_repeat(translation, start, min, max))
		return false;
	if (regex_accept(translation, "?"))
		strbuf_append_char(&translation->out, '?');
	else if (regex_accept(translation, "+"))
		strbuf_append_char(&translation->out, '+');
	parser->last = LAST_REPEAT;
	return true;
}

static bool translate_anchor(struct parser *parser, uint32_t c)
{
	bool multiline = parser->flags & FLAG_MULTILINE;

	if (c == '^')
		strbuf_append_c(&parser->translation->out, multiline ? "(?<![^\\n])" : "\\A");
	else
		strbuf_append_c(&parser->translation->out, multiline ? "(?![^\\n])" : "(?=\\n?\\z)");
	parser->last = LAST_NOTHING;
	return true;
}

static bool translate_item(struct parser *parser, uint32_t c, size_t start)
{
	struct regex_translation *translation = parser->translation;

	switch (c) {
	case '(':
		return open_group(parser, start);
	case ')':
		return close_group(parser, start);
	case '|':
		return translate_alternative(parser, start);
	case '^':
	case '$':
		return translate_anchor(parser, c);
	case '[':
		return translate_class(parser);
	case '\\':
		return translate_escape(parser, start);
	case '.':
		strbuf_append_c(&translation->out, parser->flags & FLAG_DOTALL ? "(?s:.)" : "[^\\n]");
		break;
	default:
		regex_emit_literal(translation, c);
	}
	parser->last = LAST_ATOM;
	return true;
}

/* White space and comments of a verbose pattern. */
static bool skip_verbose(const struct parser *parser)
{
	struct regex_translation *translation = parser->translation;
	uint32_t c = regex_peek(translation);

	if (!(parser->flags & FLAG_VERBOSE))
		return false;
	if (c == '#') {
		while (c != REGEX_END && c != '\n')
			c = regex_next(translation);
		return true;
	}
	if (c != ' ' && !(c >= '\t' && c <= '\r'))
		return false;
	regex_next(translation);
	return true;
}

static bool translate(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;

	while (translation->at < translation->source.len) {
		size_t start = translation->at;
		uint32_t min;
		uint32_t max;
		bool done;

		regex_mark(translation, start);
		if (skip_verbose(parser))
			continue;
		parser->unnoticed = false;
		done = read_quantifier(translation, &min, &max)
			       ? translate_quantifier(parser, start, min, max)
			       : translate_item(parser, regex_next(translation), start);
		if (!done)
			return false;
		parser->started = parser->started || !parser->unnoticed;
	}
	if (parser->open.len > 0)
		return regex_fail(
			translation, ((struct group *)vec_last(&parser->open))->start, "a group has no ')'; it starts");
	for (size_t i = 0; i < parser->conditions.len; i++) {
		const struct reference *reference = vec_at(&parser->conditions, i);

		if (reference->number > parser->closed.len)
			return regex_fail(
				translation, reference->start, "there is no group %u", (unsigned)reference->number);
	}
	return true;
}

bool regex_translate_python(struct regex_translation *translation)
{
	struct parser parser = {.translation = translation, .last = LAST_NOTHING};
	bool done;

	vec_init(&parser.open, sizeof(struct group));
	vec_init(&parser.closed, sizeof(bool));
	vec_init(&parser.conditions, sizeof(struct reference));
	map_init(&parser.names);
	done = translate(&parser);
	vec_release(&parser.open);
	vec_release(&parser.closed);
	vec_release(&parser.conditions);
	map_release(&parser.names);
	return done;
}
