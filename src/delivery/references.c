#include "delivery/build.h"

#include "base/strbuf.h"

/* Where names are collected before they are counted. */
struct collector {
	struct template_file *file;
	struct vec defines; /* struct str */
	struct vec calls;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The offset behind a quoted text that starts at `at`; text.len where it has no end. */
static size_t skip_quoted(struct str text, size_t at)
{
	char quote = text.ptr[at++];

	while (at < text.len && text.ptr[at] != quote)
		at += text.ptr[at] == '\\' && quote != '`' ? 2 : 1;
	return at < text.len ? at + 1 : text.len;
}

/* The name that a word of an action is about, which ends before `at`; absent where it is computed. */
static struct str name_behind(struct str text, size_t at)
{
	while (at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '('))
		at++;
	if (at >= text.len || (text.ptr[at] != '"' && text.ptr[at] != '`'))
		return STR_ABSENT;
	size_t end = skip_quoted(text, at);
	return end - at >= 2 ? str_slice(text, at + 1, end - at - 2) : STR_ABSENT;
}

static void add_name(struct vec *names, struct str name)
{
	*(struct str *)vec_push(names) = name;
}

static void take_word(struct collector *collector, struct str text, size_t start, size_t end)
{
	struct str word = str_slice(text, start, end - start);
	bool defines = str_is(word, "define") || str_is(word, "block");
	bool calls = str_is(word, "include") || str_is(word, "template") || str_is(word, "block");

	if (str_is(word, "tpl") || str_starts_with(word, STR("toYaml")) || str_starts_with(word, STR("toJson")) ||
		str_is(word, "toPrettyJson"))
		collector->file->inserts_values = true;
	if (!defines && !calls)
		return;
	struct str name = name_behind(text, end);
	if (str_is_absent(name)) {
		collector->file->calls_any = collector->file->calls_any || calls;
		return;
	}
	if (defines)
		add_name(&collector->defines, name);
	if (calls)
		add_name(&collector->calls, name);
}

/* From behind "{{" to behind "}}". Names of fields and variables are no words. */
static size_t take_action(struct collector *collector, struct str text, size_t at)
{
	while (at < text.len) {
		char c = text.ptr[at];
		if (c == '}' && at + 1 < text.len && text.ptr[at + 1] == '}')
			return at + 2;
		if (c == '"' || c == '`') {
			at = skip_quoted(text, at);
		} else if (is_word(c) || c == '.' || c == '$') {
			size_t start = at;
			while (at < text.len && (is_word(text.ptr[at]) || text.ptr[at] == '.' || text.ptr[at] == '$'))
				at++;
			take_word(collector, text, start, at);
		} else {
			at++;
		}
	}
	return at;
}

static size_t skip_comment(struct str text, size_t at)
{
	const char *end = memmem(text.ptr + at, text.len - at, "*/", 2);
	return end ? (size_t)(end - text.ptr) + 2 : text.len;
}

static struct str *names_of(struct vec *names, struct arena *arena, size_t *count)
{
	struct str *copy = arena_calloc(arena, names->len, sizeof(*copy));

	if (names->len > 0)
		memcpy(copy, names->items, names->len * sizeof(*copy));
	*count = names->len;
	vec_release(names);
	return copy;
}

void template_references(struct template_file *out, struct arena *arena, struct str text)
{
	struct collector collector = {.file = out, .defines = VEC_INIT(struct str), .calls = VEC_INIT(struct str)};
	size_t at = 0;

	while (at < text.len) {
		const char *open = memmem(text.ptr + at, text.len - at, "{{", 2);
		if (!open)
			break;
		at = (size_t)(open - text.ptr) + 2;
		while (at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '-'))
			at++;
		if (at + 1 < text.len && text.ptr[at] == '/' && text.ptr[at + 1] == '*')
			at = skip_comment(text, at + 2);
		else
			at = take_action(&collector, text, at);
	}
	out->defines = names_of(&collector.defines, arena, &out->define_count);
	out->calls = names_of(&collector.calls, arena, &out->call_count);
}
