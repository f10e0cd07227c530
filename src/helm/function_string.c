/* Functions of text. Where Go asks Unicode tables of what is not ASCII, the result is unknown. */
#include "base/ascii.h"
#include "base/path.h"
#include "base/utf8.h"
#include "helm/function.h"

static char to_upper(char c)
{
	return ascii_is_lower(c) ? (char)(c - ('a' - 'A')) : c;
}

/* An argument that is ASCII, as a copy to be changed. */
static bool copy_ascii(const struct call *call, size_t index, struct str *text, char **copy)
{
	if (!call_string(call, index, text) || !utf8_is_ascii(*text))
		return false;
	*copy = arena_bytes(call->arena, text->len + 1);
	if (text->len > 0)
		memcpy(*copy, text->ptr, text->len);
	return true;
}

static const struct data *text_of(const struct call *call, const char *bytes, size_t len)
{
	return call_text(call, (struct str){.ptr = bytes, .len = len});
}

/* Part of a text; cut in the middle of a character it is no text. */
static const struct data *part_of(const struct call *call, struct str part)
{
	return utf8_valid_prefix(part) == part.len ? call_text(call, part) : &DATA_IS_UNKNOWN;
}

const struct data *function_upper(const struct call *call)
{
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++)
		copy[i] = to_upper(copy[i]);
	return text_of(call, copy, text.len);
}

const struct data *function_lower(const struct call *call)
{
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++)
		copy[i] = ascii_to_lower(copy[i]);
	return text_of(call, copy, text.len);
}

const struct data *function_title(const struct call *call)
{
	bool starts = true;
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		if (starts)
			copy[i] = to_upper(copy[i]);
		starts = !ascii_is_word(copy[i]);
	}
	return text_of(call, copy, text.len);
}

const struct data *function_untitle(const struct call *call)
{
	bool starts = true;
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		if (starts)
			copy[i] = ascii_to_lower(copy[i]);
		starts = ascii_is_space(copy[i]);
	}
	return text_of(call, copy, text.len);
}

const struct data *function_swapcase(const struct call *call)
{
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++)
		copy[i] = ascii_is_upper(copy[i]) ? ascii_to_lower(copy[i]) : to_upper(copy[i]);
	return text_of(call, copy, text.len);
}

const struct data *function_initials(const struct call *call)
{
	bool starts = true;
	size_t count = 0;
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		if (starts && !ascii_is_space(text.ptr[i]))
			copy[count++] = text.ptr[i];
		starts = ascii_is_space(text.ptr[i]);
	}
	return text_of(call, copy, count);
}

const struct data *function_nospace(const struct call *call)
{
	size_t count = 0;
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		if (!ascii_is_space(text.ptr[i]))
			copy[count++] = text.ptr[i];
	}
	return text_of(call, copy, count);
}

/* Words of lower-case letters with one '-', '_' or blank between them, joined otherwise. What has capitals or digits is cut by rules of its own. */
static const struct data *rejoin(const struct call *call, char separator)
{
	struct str text;
	char *copy;

	if (!copy_ascii(call, 0, &text, &copy))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++) {
		bool is_inner =
			i > 0 && i + 1 < text.len && ascii_is_lower(text.ptr[i - 1]) && ascii_is_lower(text.ptr[i + 1]);

		if (is_inner && (copy[i] == '-' || copy[i] == '_' || copy[i] == ' '))
			copy[i] = separator;
		else if (!ascii_is_lower(copy[i]))
			return &DATA_IS_UNKNOWN;
	}
	return text_of(call, copy, text.len);
}

const struct data *function_snakecase(const struct call *call)
{
	return rejoin(call, '_');
}

const struct data *function_kebabcase(const struct call *call)
{
	return rejoin(call, '-');
}

/* White space beyond ASCII, which Go trims too. */
static bool is_wide_space(uint32_t c)
{
	return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool has_wide_space(struct str text)
{
	size_t width;

	for (size_t at = 0; at < text.len; at += width) {
		if (is_wide_space(utf8_decode(str_slice(text, at, text.len), &width)))
			return true;
	}
	return false;
}

const struct data *function_trim(const struct call *call)
{
	struct str text;

	if (call_is_yaml(call, 0))
		return call->arguments[0];
	if (!call_string(call, 0, &text) || has_wide_space(text))
		return &DATA_IS_UNKNOWN;
	while (text.len > 0 && ascii_is_space(text.ptr[0]))
		text = str_slice(text, 1, text.len);
	while (text.len > 0 && ascii_is_space(text.ptr[text.len - 1]))
		text.len--;
	return call_text(call, text);
}

static bool is_among(struct str set, char c)
{
	return set.len > 0 && memchr(set.ptr, c, set.len);
}

const struct data *function_trim_all(const struct call *call)
{
	struct str set, text;

	if (!call_string(call, 0, &set) || !call_string(call, 1, &text) || !utf8_is_ascii(set))
		return &DATA_IS_UNKNOWN;
	while (text.len > 0 && is_among(set, text.ptr[0]))
		text = str_slice(text, 1, text.len);
	while (text.len > 0 && is_among(set, text.ptr[text.len - 1]))
		text.len--;
	return call_text(call, text);
}

/* What is trimmed off YAML: nothing but line ends changes nothing. */
static const struct data *trim_yaml(const struct call *call)
{
	struct str part;

	if (!call_string(call, 0, &part) || str_trim(part).len > 0)
		return &DATA_IS_UNKNOWN;
	return call->arguments[1];
}

const struct data *function_trim_prefix(const struct call *call)
{
	struct str prefix, text;

	if (call_is_yaml(call, 1))
		return trim_yaml(call);
	if (!call_string(call, 0, &prefix) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return part_of(call, str_starts_with(text, prefix) ? str_slice(text, prefix.len, text.len) : text);
}

const struct data *function_trim_suffix(const struct call *call)
{
	struct str suffix, text;

	if (call_is_yaml(call, 1))
		return trim_yaml(call);
	if (!call_string(call, 0, &suffix) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return part_of(call, str_ends_with(text, suffix) ? str_slice(text, 0, text.len - suffix.len) : text);
}

/* The first bytes, or with a negative number the last ones. */
const struct data *function_trunc(const struct call *call)
{
	struct str text;
	int64_t count;

	if (!call_integer(call, 0, &count) || !call_string(call, 1, &text) || count == INT64_MIN)
		return &DATA_IS_UNKNOWN;
	if (count >= 0)
		return part_of(call, (uint64_t)count < text.len ? str_slice(text, 0, (size_t)count) : text);
	return part_of(call, (uint64_t)-count < text.len ? str_slice(text, text.len - (size_t)-count, text.len) : text);
}

const struct data *function_abbrev(const struct call *call)
{
	struct str text;
	int64_t width;

	if (!call_integer(call, 0, &width) || !call_string(call, 1, &text) || !utf8_is_ascii(text))
		return &DATA_IS_UNKNOWN;
	if (width < 4 || (uint64_t)width >= text.len)
		return call_text(call, text);
	return call_text(call, arena_printf(call->arena, "%.*s...", (int)width - 3, text.ptr));
}

const struct data *function_substr(const struct call *call)
{
	int64_t start, end;
	struct str text;

	if (!call_integer(call, 0, &start) || !call_integer(call, 1, &end) || !call_string(call, 2, &text))
		return &DATA_IS_UNKNOWN;
	if (start < 0 && end < 0)
		return &DATA_IS_UNKNOWN;
	if (start < 0)
		start = 0;
	else if (end < 0 || (uint64_t)end > text.len)
		end = (int64_t)text.len;
	if (start > end || (uint64_t)end > text.len)
		return &DATA_IS_UNKNOWN;
	return part_of(call, str_slice(text, (size_t)start, (size_t)(end - start)));
}

const struct data *function_repeat(const struct call *call)
{
	struct strbuf repeated = STRBUF_INIT;
	struct str text;
	int64_t count;

	if (!call_integer(call, 0, &count) || !call_string(call, 1, &text) || count < 0)
		return &DATA_IS_UNKNOWN;
	if (text.len > 0 && (uint64_t)count > EVALUATION_TEXT_MAX / text.len)
		return &DATA_IS_UNKNOWN;
	for (int64_t i = 0; i < count && text.len > 0; i++)
		strbuf_append(&repeated, text);
	return call_take(call, &repeated);
}

const struct data *function_contains(const struct call *call)
{
	struct str part, text;

	if (!call_string(call, 0, &part) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return data_bool(str_contains(text, part));
}

const struct data *function_has_prefix(const struct call *call)
{
	struct str part, text;

	if (!call_string(call, 0, &part) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return data_bool(str_starts_with(text, part));
}

const struct data *function_has_suffix(const struct call *call)
{
	struct str part, text;

	if (!call_string(call, 0, &part) || !call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	return data_bool(str_ends_with(text, part));
}

const struct data *function_replace(const struct call *call)
{
	struct strbuf replaced = STRBUF_INIT;
	struct str old, new, text;

	if (!call_string(call, 0, &old) || !call_string(call, 1, &new) || !call_string(call, 2, &text) || old.len == 0)
		return &DATA_IS_UNKNOWN;
	for (size_t at = 0; at < text.len && replaced.len <= EVALUATION_TEXT_MAX;) {
		bool is_old = str_starts_with(str_slice(text, at, text.len), old);

		if (is_old)
			strbuf_append(&replaced, new);
		else
			strbuf_append_char(&replaced, text.ptr[at]);
		at += is_old ? old.len : 1;
	}
	return call_take(call, &replaced);
}

const struct data *function_plural(const struct call *call)
{
	struct str one, many;
	int64_t count;

	if (!call_string(call, 0, &one) || !call_string(call, 1, &many) || !call_integer(call, 2, &count))
		return &DATA_IS_UNKNOWN;
	return call_text(call, count == 1 ? one : many);
}

/* The part behind the last slash, as path.Base has it. */
const struct data *function_base(const struct call *call)
{
	struct str text;
	size_t slash;

	if (!call_string(call, 0, &text))
		return &DATA_IS_UNKNOWN;
	if (text.len == 0)
		return call_text(call, STR("."));
	text = path_without_slashes(text);
	if (text.len == 0)
		return call_text(call, STR("/"));
	slash = str_find_last(text, '/');
	return call_text(call, slash < text.len ? str_slice(text, slash + 1, text.len) : text);
}
