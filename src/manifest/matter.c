/* Whether a template may say anything about Secrets, from its text alone. Nearly all that does has "ecret" in it. What has not is looked at line by line: kinds that make
 * a Secret without naming it, the few references without the word, and actions that insert YAML of which nothing is known where it could matter. */
#include "base/ascii.h"
#include "manifest/barren.h"
#include "manifest/kinds.h"
#include "manifest/references.h"

/* The keys that are open around a line, by column. More than so many are not told apart, and then all matters. */
#define OPEN_MAX 64

struct open_key {
	size_t column;
	struct str key;
	bool barren;
};

struct scan {
	struct str text;
	size_t at;
	struct open_key open[OPEN_MAX];
	size_t count;
};

static bool is_at_action(const struct scan *scan)
{
	return scan->at + 1 < scan->text.len && scan->text.ptr[scan->at] == '{' && scan->text.ptr[scan->at + 1] == '{';
}

/* The offset of the first byte before end that is no blank. */
static size_t skip_blanks(struct str text, size_t at, size_t end)
{
	while (end - at >= 8 && memcmp(text.ptr + at, "        ", 8) == 0)
		at += 8;
	while (at < end && ascii_is_blank(text.ptr[at]))
		at++;
	return at;
}

/* The end of the line at an offset: its line feed, or the end of the text. */
static size_t line_end(struct str text, size_t at)
{
	const char *end = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;

	return end ? (size_t)(end - text.ptr) : text.len;
}

/* The start of the first action in a text, or NULL. */
static const char *find_action(struct str text)
{
	size_t at = str_find(text, '{');

	while (at + 1 < text.len && text.ptr[at + 1] != '{')
		at += 1 + str_find(str_slice(text, at + 1, text.len), '{');
	return at + 1 < text.len ? text.ptr + at : NULL;
}

/* The action at the start of what is left; moves behind it. */
static struct str take_action(struct scan *scan)
{
	struct str rest = str_slice(scan->text, scan->at + 2, scan->text.len);
	struct str inside = str_slice(rest, rest.len > 0 && *rest.ptr == '-', rest.len);
	const char *closing = str_starts_with(str_trim(inside), STR("/*")) ? "*/" : "}}";
	const char *end = memmem(rest.ptr, rest.len, closing, 2);

	if (end && *closing == '*')
		end = memmem(end, rest.len - (size_t)(end - rest.ptr), "}}", 2);
	if (!end) {
		scan->at = scan->text.len;
		return rest;
	}
	scan->at = (size_t)(end - scan->text.ptr) + 2;
	return str_slice(rest, 0, (size_t)(end - rest.ptr));
}

/* The first word of an action. */
static struct str word_of(struct str action)
{
	size_t length = 0;

	if (action.len > 0 && *action.ptr == '-')
		action = str_slice(action, 1, action.len);
	action = str_trim(action);
	while (length < action.len && !ascii_is_blank(action.ptr[length]) && action.ptr[length] != '\n')
		length++;
	return str_slice(action, 0, length);
}

/* $x := …, $x = … */
static bool assigns(struct str word, struct str action)
{
	struct str rest = str_trim(str_slice(action, (size_t)(word.ptr - action.ptr) + word.len, action.len));

	if (*word.ptr != '$')
		return false;
	return str_contains(word, STR(":=")) || str_starts_with(rest, STR(":=")) || str_starts_with(rest, STR("= "));
}

/* Whether an action prints anything. */
static bool prints(struct str action)
{
	static const char *const silent[] = {
		"if", "else", "end", "with", "range", "define", "break", "continue", "fail"};
	struct str word = word_of(action);

	for (size_t i = 0; i < sizeof(silent) / sizeof(*silent); i++) {
		if (str_is(word, silent[i]))
			return false;
	}
	return word.len > 0 && !str_starts_with(word, STR("/*")) && !assigns(word, action);
}

/* Whether what an action prints behind a key may be more than a scalar. */
static bool prints_structure(struct str action)
{
	static const char *const makers[] = {"toYaml", "toJson", "toRawJson", "toPrettyJson", "indent", ".Files.Get"};

	for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++) {
		if (str_contains(action, str_of(makers[i])))
			return true;
	}
	return false;
}

/* The column that nindent and indent give, else the one where it stands. */
static size_t column_of(struct str action, size_t column)
{
	const char *found = memmem(action.ptr, action.len, "indent ", 7);
	size_t given = 0;
	const char *at;

	if (!found)
		return column;
	at = found + 7;
	if (at == action.ptr + action.len || *at < '0' || *at > '9')
		return SIZE_MAX;
	for (; at < action.ptr + action.len && *at >= '0' && *at <= '9' && given < 10000; at++)
		given = given * 10 + (size_t)(*at - '0');
	return given;
}

/* Whether what is inserted at a column may stand below a key that matters. At the very column of an open key it is either its sequence, or pairs beside it. */
static bool insertion_matters(const struct scan *scan, size_t column)
{
	if (column == SIZE_MAX)
		return true;
	for (size_t i = scan->count; i-- > 0;) {
		if (scan->open[i].column > column)
			continue;
		if (!scan->open[i].barren)
			return true;
		if (scan->open[i].column < column)
			return false;
	}
	return true;
}

/* Whether nothing below a key matters in a text that has the word nowhere. */
static bool is_barren_here(const struct scan *scan, struct str key)
{
	const struct open_key *outer = scan->count > 0 ? &scan->open[scan->count - 1] : NULL;

	if (key_is_barren(key) || (outer && outer->barren))
		return true;
	if (!outer)
		return str_is(key, "data") || str_is(key, "binaryData"); /* of a ConfigMap, then */
	if (str_is(key, "selector"))
		return scan->count == 1 && str_is(outer->key, "spec");
	return str_is(key, "resources") && str_ends_with(outer->key, STR("ontainers"));
}

static bool open_key(struct scan *scan, size_t column, struct str key)
{
	while (scan->count > 0 && scan->open[scan->count - 1].column >= column)
		scan->count--;
	if (scan->count == OPEN_MAX)
		return false;
	scan->open[scan->count] = (struct open_key){.column = column, .key = key, .barren = is_barren_here(scan, key)};
	scan->count++;
	return true;
}

/* Whether a flow collection with mappings stands behind a key; {{ is none. */
static bool holds_flow_mapping(struct str value)
{
	if (value.len <= 2 || (*value.ptr != '{' && *value.ptr != '['))
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] != '{')
			continue;
		if (i + 1 == value.len || value.ptr[i + 1] != '{')
			return true;
		i++;
	}
	return false;
}

/* Whether the value behind a key, on its line, matters. A kind that is not there is on another line, or cannot be known. */
static bool value_matters(const struct scan *scan, size_t column, struct str key, struct str value)
{
	if (str_is(key, "kind") && (value.len == 0 || kind_is_telling(value) || str_contains(value, STR("{{")) ||
					   str_starts_with(value, STR("&")) || str_starts_with(value, STR("!"))))
		return true;
	if (scan->open[scan->count - 1].barren)
		return false;
	if (str_starts_with(value, STR("{{")))
		return prints_structure(value) && insertion_matters(scan, column + 1);
	return holds_flow_mapping(value);
}

static struct str without_quotes(struct str s)
{
	bool quoted = s.len >= 2 && (*s.ptr == '"' || *s.ptr == '\'') && s.ptr[s.len - 1] == *s.ptr;

	return quoted ? str_slice(s, 1, s.len - 2) : s;
}

/* A value without comment and quotes. */
static struct str bare_value(struct str value)
{
	const char *comment = str_find(value, '#') < value.len ? memmem(value.ptr, value.len, " #", 2) : NULL;

	if (comment && !find_action(value))
		value = str_slice(value, 0, (size_t)(comment - value.ptr));
	return without_quotes(str_trim(value));
}

/* A line with all of the actions that start on it. */
static struct str whole_line(struct scan *scan, struct str line)
{
	size_t start = (size_t)(line.ptr - scan->text.ptr);
	const char *action = find_action(line);

	while (action) {
		size_t end;

		scan->at = (size_t)(action - scan->text.ptr);
		take_action(scan);
		end = line_end(scan->text, scan->at);
		line = str_trim(str_slice(scan->text, start, end - start));
		action = scan->at < end ? find_action(str_slice(scan->text, scan->at, end - scan->at)) : NULL;
	}
	return line;
}

/* A line of YAML that starts with no action. */
static bool line_matters(struct scan *scan, size_t column, struct str line)
{
	size_t colon;
	struct str key;

	while (line.len > 1 && *line.ptr == '-' && ascii_is_blank(line.ptr[1])) {
		struct str rest = str_trim(str_slice(line, 1, line.len));

		column += (size_t)(rest.ptr - line.ptr);
		line = rest;
	}
	if (line.len == 0 || *line.ptr == '#')
		return false;
	if (str_starts_with(line, STR("{{")))
		return prints_structure(line) && insertion_matters(scan, column);
	if (*line.ptr == '{' || *line.ptr == '[' || *line.ptr == '?')
		return insertion_matters(scan, column);
	line = whole_line(scan, line);
	colon = str_find(line, ':');
	if (colon == line.len)
		return false;
	key = without_quotes(str_trim(str_slice(line, 0, colon)));
	if (reference_matters(key) || !open_key(scan, column, key))
		return true;
	return value_matters(scan, column, key, bare_value(str_slice(line, colon + 1, line.len)));
}

/* What follows on the line of an action: nothing, a key of which the action is a part, or other text. */
static bool action_matters(struct scan *scan, size_t column, size_t end)
{
	while (is_at_action(scan)) {
		struct str action = take_action(scan);
		struct str rest;

		if (scan->at > end)
			end = line_end(scan->text, scan->at);
		rest = str_trim(str_slice(scan->text, scan->at, end - scan->at));
		if (prints(action) && insertion_matters(scan, column_of(action, column)))
			return true;
		if (rest.len == 0)
			return false;
		scan->at = (size_t)(rest.ptr - scan->text.ptr);
	}
	return line_matters(scan, column, str_trim(str_slice(scan->text, scan->at, end - scan->at)));
}

bool manifest_may_matter(struct str text)
{
	struct scan scan;

	if (memmem(text.ptr, text.len, "ecret", 5))
		return true;
	scan.text = text; /* what is not open is not looked at */
	scan.at = 0;
	scan.count = 0;
	while (scan.at < text.len) {
		size_t start = scan.at, end = line_end(text, start);

		scan.at = skip_blanks(text, start, end);
		if (scan.at == end) {
			scan.at++;
			continue;
		}
		if (is_at_action(&scan) ? action_matters(&scan, scan.at - start, end)
					: line_matters(&scan, scan.at - start,
						  str_trim(str_slice(text, scan.at, end - scan.at))))
			return true;
		scan.at = (scan.at > end ? line_end(text, scan.at) : end) + 1;
	}
	return false;
}
