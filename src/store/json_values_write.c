/* Writing objects: first measured, then written into memory of its size, so that no copy is left behind by a buffer that grows. */
#include <assert.h>
#include <stdio.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/json_values.h"

/* Counts the bytes as long as out is NULL. */
struct sink {
	char *out;
	size_t len;
};

static void put(struct sink *sink, struct str text)
{
	if (sink->out && text.len > 0)
		memcpy(sink->out + sink->len, text.ptr, text.len);
	sink->len += text.len;
}

static void put_escape(struct sink *sink, unsigned char c)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
	static const char digits[] = "0123456789abcdef";
	char escape[6] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
	size_t len = sizeof(escape);

	if (c < sizeof(letters) && letters[c] != '\0') {
		escape[1] = letters[c];
		len = 2;
	}
	put(sink, (struct str){.ptr = escape, .len = len});
	secret_wipe(escape, sizeof(escape));
}

static bool needs_escape(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

static void put_quoted(struct sink *sink, struct str text)
{
	size_t start = 0;

	put(sink, STR("\""));
	for (size_t i = 0; i < text.len; i++) {
		if (!needs_escape((unsigned char)text.ptr[i]))
			continue;
		put(sink, str_slice(text, start, i - start));
		put_escape(sink, (unsigned char)text.ptr[i]);
		start = i + 1;
	}
	put(sink, str_slice(text, start, text.len));
	put(sink, STR("\""));
}

static void put_break(struct sink *sink, unsigned indent)
{
	put(sink, STR("\n"));
	for (unsigned i = 0; i < indent; i++)
		put(sink, STR(" "));
}

static void put_member(struct sink *sink, const struct store_value *member, unsigned indent)
{
	if (indent > 0)
		put_break(sink, indent);
	put_quoted(sink, member->key);
	put(sink, indent > 0 ? STR(": ") : STR(":"));
	if (member->json)
		put(sink, secret_str(member->json));
	else if (member->text)
		put_quoted(sink, secret_str(member->text));
	else
		put(sink, STR("null"));
}

static void put_object(struct sink *sink, const struct vec *members, unsigned indent)
{
	put(sink, STR("{"));
	for (size_t i = 0; i < members->len; i++) {
		if (i > 0)
			put(sink, STR(","));
		put_member(sink, vec_at(members, i), indent);
	}
	if (indent > 0 && members->len > 0)
		put(sink, STR("\n"));
	put(sink, indent > 0 ? STR("}\n") : STR("}"));
}

static bool check_text(const struct store_value *member, struct error *error)
{
	struct str text = secret_str(member->text);
	struct strbuf key = STRBUF_INIT;
	const char *problem = NULL;

	if (utf8_valid_prefix(text) < text.len)
		problem = "is not UTF-8, and cannot be written as JSON";
	else if (str_find(text, '\0') < text.len)
		problem = "has a NUL character in it, which many readers lose";
	if (problem) {
		strbuf_append_visible(&key, utf8_prefix(member->key, 200));
		error_set(error, ERROR_SYSTEM, "the value of “%s” %s", key.ptr, problem);
		strbuf_release(&key);
	}
	return problem == NULL;
}

struct secret *json_values_write(const struct vec *members, unsigned indent, struct error *error)
{
	struct sink sink = {.out = NULL};
	struct secret *object;

	for (size_t i = 0; i < members->len; i++) {
		const struct store_value *member = vec_at(members, i);

		assert(utf8_valid_prefix(member->key) == member->key.len);
		if (!member->json && member->text && !check_text(member, error))
			return NULL;
	}
	put_object(&sink, members, indent);
	object = secret_new(NULL, sink.len);
	sink = (struct sink){.out = secret_bytes(object)};
	put_object(&sink, members, indent);
	return object;
}

struct secret *json_values_quote(struct str text)
{
	struct sink sink = {.out = NULL};
	struct secret *quoted;

	assert(utf8_valid_prefix(text) == text.len);
	put_quoted(&sink, text);
	quoted = secret_new(NULL, sink.len);
	sink = (struct sink){.out = secret_bytes(quoted)};
	put_quoted(&sink, text);
	return quoted;
}

struct secret *json_values_join(const struct str *parts, size_t count)
{
	struct sink sink = {.out = NULL};
	struct secret *joined;

	for (size_t i = 0; i < count; i++)
		put(&sink, parts[i]);
	joined = secret_new(NULL, sink.len);
	sink = (struct sink){.out = secret_bytes(joined)};
	for (size_t i = 0; i < count; i++)
		put(&sink, parts[i]);
	return joined;
}
