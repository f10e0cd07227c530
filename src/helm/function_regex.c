/* Regular expressions of RE2, as far as they mean the same in ECMA-262: a few constructs that are the same everywhere, and subjects of printable ASCII. */
#include "base/ascii.h"
#include "base/regex.h"
#include "helm/function.h"

static bool is_printable(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < ' ' || text.ptr[i] > '~')
			return false;
	}
	return true;
}

/* Reads a class from behind its bracket on: characters, ranges of them, \d \w \s and escaped signs. */
static bool skip_class(struct str pattern, size_t *at)
{
	size_t start;

	if (*at < pattern.len && pattern.ptr[*at] == '^')
		(*at)++;
	start = *at;
	for (; *at < pattern.len; (*at)++) {
		char c = pattern.ptr[*at];

		if (c == ']')
			return *at > start;
		if (c == '[' || c == '&' || c == '~')
			return false;
		if (c != '\\')
			continue;
		if (++*at >= pattern.len || (ascii_is_alnum(pattern.ptr[*at]) && !strchr("dw", pattern.ptr[*at])))
			return false;
	}
	return false;
}

/* {n}, {n,} and {n,m} with small numbers. */
static bool skip_braces(struct str pattern, size_t *at)
{
	size_t start = *at, commas = 0;

	for (; *at < pattern.len && pattern.ptr[*at] != '}'; (*at)++) {
		char c = pattern.ptr[*at];

		commas += c == ',' ? 1 : 0;
		if ((c != ',' && (c < '0' || c > '9')) || (c == ',' && *at == start) || commas > 1 || *at - start > 5)
			return false;
	}
	return *at<pattern.len && * at> start;
}

/* Whether a pattern is made of what means the same in both dialects. */
static bool is_common(struct str pattern)
{
	if (!is_printable(pattern))
		return false;
	for (size_t at = 0; at < pattern.len; at++) {
		char c = pattern.ptr[at];
		bool is_special = c == '(' && at + 1 < pattern.len && pattern.ptr[at + 1] == '?';

		if (c == '}' || c == ']' ||
			(is_special && !str_starts_with(str_slice(pattern, at, pattern.len), STR("(?:"))))
			return false;
		if (is_special)
			at += 2;
		if (c == '\\' && (++at >= pattern.len ||
					 (ascii_is_alnum(pattern.ptr[at]) && !strchr("dDwWbB", pattern.ptr[at]))))
			return false;
		if ((c == '[' || c == '{') && (at++, !(c == '[' ? skip_class : skip_braces)(pattern, &at)))
			return false;
	}
	return true;
}

enum truth function_regex_search(struct str pattern, struct str text)
{
	enum truth truth = TRUTH_UNKNOWN;
	enum regex_result result;
	struct regex *regex;
	struct error error = ERROR_INIT;

	if (!is_common(pattern) || !is_printable(text))
		return TRUTH_UNKNOWN;
	regex = regex_new(pattern, REGEX_ECMA, &error);
	if (regex) {
		result = regex_search(regex, text);
		truth = result == REGEX_UNDECIDED ? TRUTH_UNKNOWN : result == REGEX_MATCH ? TRUTH_YES : TRUTH_NO;
	}
	regex_free(regex);
	error_release(&error);
	return truth;
}

const struct data *function_regex_match(const struct call *call)
{
	struct str pattern, text;

	if (!call_string(call, 0, &pattern) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	if (!evaluation_spend(call->evaluation, 20 + pattern.len))
		return &DATA_IS_UNKNOWN;
	return call_truth(function_regex_search(pattern, text));
}

const struct data *function_regex_quote_meta(const struct call *call)
{
	struct strbuf out = STRBUF_INIT;
	struct str text;

	if (!call_string(call, 0, &text))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '\0' && strchr("\\.+*?()|[]{}^$", text.ptr[i]))
			strbuf_append_char(&out, '\\');
		strbuf_append_char(&out, text.ptr[i]);
	}
	return call_take(call, &out);
}
