/* ECMA-262 patterns with the u flag (section 22.2.1), and of Annex B what cannot be misread: braces and brackets that are literals, escaped ASCII punctuation,
 * and sets as the end of a class range. */
#include "base/regex_ecma.h"
#include "base/map.h"

enum group_kind { GROUP_PLAIN, GROUP_CAPTURE, GROUP_LOOKAHEAD, GROUP_LOOKBEHIND };

struct group {
	enum group_kind kind;
	uint32_t number; /* of a capture */
	size_t parent;   /* index; SIZE_MAX at the top */
	size_t start;    /* byte of the source */
	bool has_alternatives;
	uint32_t min, max; /* its quantifier */
};

struct reference {
	uint32_t number;
	size_t start;
};

struct parser {
	struct regex_translation *translation;
	struct vec groups;     /* struct group, in the order of their parentheses */
	struct vec captures;   /* size_t: index of the group, by capture number - 1 */
	struct vec references; /* struct reference: those that were written as such */
	struct map names;      /* to the capture number, as a pointer */
	uint32_t capture_count;
	size_t current;    /* the innermost open group; SIZE_MAX at the top */
	unsigned depth;    /* of open groups */
	bool quantifiable; /* what was read last may have a quantifier */
	size_t last_group; /* the group that was read last, or SIZE_MAX */
};

static bool collect_name(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;
	size_t start = translation->at;
	struct str name;

	if (!regex_name(translation, '>', &name) || !regex_is_identifier(name, true))
		return regex_fail(translation, start, "a group needs a name that ends with '>'");
	if (map_has(&parser->names, name))
		return regex_fail(translation, start, "a second group is named '%.*s'", STR_ARG(name));
	map_set(&parser->names, name, (void *)(uintptr_t)parser->capture_count);
	return true;
}

/* Captures may be referred to before they come, so they are counted first. */
static bool collect_captures(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;
	bool in_class = false;

	for (uint32_t c = regex_next(translation); c != REGEX_END; c = regex_next(translation)) {
		if (c == '\\')
			regex_next(translation);
		else if (c == '[')
			in_class = true;
		else if (c == ']')
			in_class = false;
		if (c != '(' || in_class)
			continue;
		if (regex_peek(translation) != '?') {
			parser->capture_count++;
		} else if (regex_accept(translation, "?<") && regex_peek(translation) != '=' &&
			   regex_peek(translation) != '!') {
			parser->capture_count++;
			if (!collect_name(parser))
				return false;
		}
	}
	translation->at = 0;
	return true;
}

static bool is_open(const struct parser *parser, uint32_t number)
{
	for (size_t i = parser->current; i != SIZE_MAX;) {
		const struct group *group = vec_at(&parser->groups, i);

		if (group->kind == GROUP_CAPTURE && group->number == number)
			return true;
		i = group->parent;
	}
	return false;
}

static bool in_lookbehind(const struct parser *parser, size_t index)
{
	for (size_t i = index; i != SIZE_MAX;) {
		const struct group *group = vec_at(&parser->groups, i);

		if (group->kind == GROUP_LOOKBEHIND)
			return true;
		i = group->parent;
	}
	return false;
}

/* A reference to a group that is still open or is yet to come matches the empty string. */
static bool emit_reference(struct parser *parser, uint32_t number, size_t start)
{
	if (in_lookbehind(parser, parser->current))
		return regex_fail(parser->translation, start, "a back reference inside a lookbehind is not supported,");
	parser->quantifiable = true;
	if (number > parser->captures.len || is_open(parser, number)) {
		strbuf_append_c(&parser->translation->out, "(?:)");
		return true;
	}
	*(struct reference *)vec_push(&parser->references) = (struct reference){.number = number, .start = start};
	strbuf_printf(&parser->translation->out, "\\g{%u}", (unsigned)number);
	return true;
}

static bool translate_named_reference(struct parser *parser, size_t start)
{
	struct str name;
	uint32_t number;

	if (!regex_accept(parser->translation, "<") || !regex_name(parser->translation, '>', &name))
		return regex_fail(parser->translation, start, "\\k needs the name of a group in angle brackets");
	number = (uint32_t)(uintptr_t)map_get(&parser->names, name);
	if (number == 0)
		return regex_fail(parser->translation, start, "no group is named '%.*s'", STR_ARG(name));
	return emit_reference(parser, number, start);
}

static bool translate_numbered_reference(struct parser *parser, size_t start)
{
	uint32_t number;

	regex_decimal(parser->translation, &number);
	if (number > parser->capture_count)
		return regex_fail(parser->translation, start, "there is no group %u", (unsigned)number);
	return emit_reference(parser, number, start);
}

static bool translate_class(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;
	struct regex_class class;
	bool done;

	regex_class_init(&class, translation, regex_accept(translation, "^"));
	done = regex_ecma_members(&class);
	if (done)
		regex_class_emit(&class);
	regex_class_release(&class);
	parser->quantifiable = true;
	return done;
}

static bool translate_escape(struct parser *parser, size_t start)
{
	struct regex_translation *translation = parser->translation;
	uint32_t c = regex_peek(translation);
	struct regex_class class;
	bool failed = false;
	bool is_set;

	if (c >= '1' && c <= '9')
		return translate_numbered_reference(parser, start);
	regex_next(translation);
	if (c == 'b' || c == 'B') {
		strbuf_append_c(&translation->out, c == 'b' ? "\\b" : "\\B");
		return true;
	}
	if (c == 'k')
		return translate_named_reference(parser, start);
	parser->quantifiable = true;
	regex_class_init(&class, translation, false);
	is_set = regex_ecma_set(&class, start, c, &failed);
	if (is_set && !failed)
		regex_class_emit(&class);
	regex_class_release(&class);
	if (is_set)
		return !failed;
	if (!regex_ecma_character(translation, start, c, &c))
		return false;
	regex_emit_literal(translation, c);
	return true;
}

static bool open_group(struct parser *parser, size_t start)
{
	static const struct {
		const char *text;
		enum group_kind kind;
	} prefixes[] = {
		{"?:", GROUP_PLAIN},
		{"?=", GROUP_LOOKAHEAD},
		{"?!", GROUP_LOOKAHEAD},
		{"?<=", GROUP_LOOKBEHIND},
		{"?<!", GROUP_LOOKBEHIND},
	};
	struct regex_translation *translation = parser->translation;
	struct group group = {.kind = GROUP_CAPTURE, .parent = parser->current, .start = start, .min = 1, .max = 1};
	struct str name;

	if (++parser->depth > REGEX_NESTING_MAX)
		return regex_fail(translation, start, "more than %d groups inside each other", REGEX_NESTING_MAX);
	strbuf_append_char(&translation->out, '(');
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]) && group.kind == GROUP_CAPTURE; i++) {
		if (!regex_accept(translation, prefixes[i].text))
			continue;
		group.kind = prefixes[i].kind;
		strbuf_append_c(&translation->out, prefixes[i].text);
	}
	if (group.kind == GROUP_CAPTURE) {
		if (regex_accept(translation, "?<"))
			regex_name(translation, '>', &name);
		else if (regex_peek(translation) == '?')
			return regex_fail(translation, start, "no such group in ECMA-262");
		*(size_t *)vec_push(&parser->captures) = parser->groups.len;
		group.number = (uint32_t)parser->captures.len;
	}
	parser->current = parser->groups.len;
	*(struct group *)vec_push(&parser->groups) = group;
	return true;
}

static bool close_group(struct parser *parser, size_t start)
{
	struct group *group;

	if (parser->current == SIZE_MAX)
		return regex_fail(parser->translation, start, "a ')' closes nothing");
	group = vec_at(&parser->groups, parser->current);
	strbuf_append_char(&parser->translation->out, ')');
	parser->quantifiable = group->kind == GROUP_PLAIN || group->kind == GROUP_CAPTURE;
	parser->last_group = parser->current;
	parser->current = group->parent;
	parser->depth--;
	return true;
}

static bool translate_quantifier(struct parser *parser, bool quantifiable, size_t last_group)
{
	struct regex_translation *translation = parser->translation;
	size_t start = translation->at;
	uint32_t min = 0;
	uint32_t max = REGEX_UNBOUNDED;

	if (regex_accept(translation, "+"))
		min = 1;
	else if (regex_accept(translation, "?"))
		max = 1;
	else if (!regex_accept(translation, "*") && !regex_braces(translation, false, &min, &max))
		return true;
	if (!quantifiable)
		return regex_fail(translation, start, "there is nothing to repeat");
	if (last_group != SIZE_MAX) {
		struct group *group = vec_at(&parser->groups, last_group);

		group->min = min;
		group->max = max;
	}
	if (!regex_emit_repeat(translation, start, min, max))
		return false;
	if (regex_accept(translation, "?"))
		strbuf_append_char(&translation->out, '?');
	return true;
}

static bool translate_atom(struct parser *parser, uint32_t c, size_t start)
{
	struct regex_translation *translation = parser->translation;

	switch (c) {
	case '(':
		return open_group(parser, start);
	case ')':
		return close_group(parser, start);
	case '|':
		if (parser->current != SIZE_MAX)
			((struct group *)vec_at(&parser->groups, parser->current))->has_alternatives = true;
		strbuf_append_char(&translation->out, '|');
		return true;
	case '^':
		strbuf_append_char(&translation->out, '^');
		return true;
	case '$':
		strbuf_append_c(&translation->out, "\\z");
		return true;
	case '.':
		strbuf_append_c(&translation->out, "[^\\n\\r\\x{2028}\\x{2029}]");
		break;
	case '[':
		return translate_class(parser);
	case '\\':
		return translate_escape(parser, start);
	default:
		regex_emit_literal(translation, c);
	}
	parser->quantifiable = true;
	return true;
}

/* ECMA forgets at each turn of a quantifier what the groups inside had matched, PCRE2 does not: a reference to a group that a turn may pass over would
 * see an older match. */
static bool check_reference(const struct parser *parser, const struct reference *reference)
{
	size_t index = *(size_t *)vec_at(&parser->captures, reference->number - 1);
	bool avoidable = false;

	if (in_lookbehind(parser, index))
		return regex_fail(parser->translation, reference->start,
			"a back reference to a group in a lookbehind is not supported,");
	for (bool inner = true; index != SIZE_MAX; inner = false) {
		const struct group *group = vec_at(&parser->groups, index);

		avoidable = avoidable || (!inner && group->has_alternatives);
		if (avoidable && group->max > 1)
			return regex_fail(parser->translation, reference->start,
				"a back reference to a group that a repetition may pass over is not supported,");
		avoidable = avoidable || group->min == 0;
		index = group->parent;
	}
	return true;
}

static bool check_end(const struct parser *parser)
{
	if (parser->current != SIZE_MAX)
		return regex_fail(parser->translation,
			((struct group *)vec_at(&parser->groups, parser->current))->start,
			"a group has no ')'; it starts");
	for (size_t i = 0; i < parser->references.len; i++)
		if (!check_reference(parser, vec_at(&parser->references, i)))
			return false;
	return true;
}

static bool translate(struct parser *parser)
{
	struct regex_translation *translation = parser->translation;

	if (!collect_captures(parser))
		return false;
	while (translation->at < translation->source.len) {
		size_t start = translation->at;

		regex_mark(translation, start);
		parser->quantifiable = false;
		parser->last_group = SIZE_MAX;
		if (!translate_quantifier(parser, false, SIZE_MAX) ||
			!translate_atom(parser, regex_next(translation), start) ||
			!translate_quantifier(parser, parser->quantifiable, parser->last_group))
			return false;
	}
	return check_end(parser);
}

bool regex_translate_ecma(struct regex_translation *translation)
{
	struct parser parser = {.translation = translation, .current = SIZE_MAX, .last_group = SIZE_MAX};
	bool done;

	vec_init(&parser.groups, sizeof(struct group));
	vec_init(&parser.references, sizeof(struct reference));
	vec_init(&parser.captures, sizeof(size_t));
	map_init(&parser.names);
	translation->unset_backreferences = true;
	done = translate(&parser);
	vec_release(&parser.groups);
	vec_release(&parser.references);
	vec_release(&parser.captures);
	map_release(&parser.names);
	return done;
}
