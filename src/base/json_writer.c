#include "base/json_writer.h"

#include <assert.h>

#include "base/utf8.h"

struct level {
	bool is_object;
	bool has_members;
};

void json_writer_init(struct json_writer *json, struct strbuf *out, unsigned indent)
{
	*json = (struct json_writer){.out = out, .indent = indent, .stack = VEC_INIT(struct level)};
}

void json_writer_release(struct json_writer *json)
{
	vec_release(&json->stack);
}

static struct level *innermost(struct json_writer *json)
{
	return json->stack.len > 0 ? vec_last(&json->stack) : NULL;
}

static void begin_line(struct json_writer *json)
{
	if (json->indent == 0)
		return;
	strbuf_append_char(json->out, '\n');
	strbuf_append_repeat(json->out, ' ', json->stack.len * json->indent);
}

/* What stands before a key or an element. */
static void begin_member(struct json_writer *json, struct level *level)
{
	if (level->has_members)
		strbuf_append_char(json->out, ',');
	level->has_members = true;
	begin_line(json);
}

static void begin_value(struct json_writer *json)
{
	struct level *level = innermost(json);

	assert(!level || level->is_object == json->after_key);
	if (level && !level->is_object)
		begin_member(json, level);
	json->after_key = false;
}

static void begin_level(struct json_writer *json, bool is_object)
{
	struct level *level;

	begin_value(json);
	strbuf_append_char(json->out, is_object ? '{' : '[');
	level = vec_push(&json->stack);
	level->is_object = is_object;
}

static void end_level(struct json_writer *json, bool is_object)
{
	struct level level = *(struct level *)vec_last(&json->stack);

	assert(level.is_object == is_object && !json->after_key);
	vec_pop(&json->stack);
	if (level.has_members)
		begin_line(json);
	strbuf_append_char(json->out, is_object ? '}' : ']');
}

void json_begin_object(struct json_writer *json)
{
	begin_level(json, true);
}

void json_end_object(struct json_writer *json)
{
	end_level(json, true);
}

void json_begin_array(struct json_writer *json)
{
	begin_level(json, false);
}

void json_end_array(struct json_writer *json)
{
	end_level(json, false);
}

static bool needs_escape(uint32_t codepoint)
{
	return codepoint < 0x20 || codepoint == '"' || codepoint == '\\' || (codepoint >= 0x7F && codepoint <= 0x9F) ||
	       codepoint == 0x2028 || codepoint == 0x2029 || codepoint == UTF8_INVALID;
}

static void append_escaped(struct strbuf *out, uint32_t codepoint)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};

	if (codepoint == UTF8_INVALID)
		strbuf_append_codepoint(out, 0xFFFD);
	else if (codepoint < sizeof(letters) && letters[codepoint] != '\0')
		strbuf_printf(out, "\\%c", letters[codepoint]);
	else
		strbuf_printf(out, "\\u%04x", (unsigned)codepoint);
}

static void append_quoted(struct strbuf *out, struct str text)
{
	size_t start = 0;
	size_t width;

	strbuf_append_char(out, '"');
	for (size_t i = 0; i < text.len; i += width) {
		uint32_t codepoint = utf8_decode(str_slice(text, i, text.len), &width);

		if (!needs_escape(codepoint))
			continue;
		strbuf_append(out, str_slice(text, start, i - start));
		append_escaped(out, codepoint);
		start = i + width;
	}
	strbuf_append(out, str_slice(text, start, text.len));
	strbuf_append_char(out, '"');
}

void json_key(struct json_writer *json, const char *key)
{
	json_key_str(json, str_of(key));
}

void json_key_str(struct json_writer *json, struct str key)
{
	struct level *level = innermost(json);

	assert(level && level->is_object && !json->after_key);
	begin_member(json, level);
	append_quoted(json->out, key);
	strbuf_append_c(json->out, json->indent > 0 ? ": " : ":");
	json->after_key = true;
}

void json_string(struct json_writer *json, struct str value)
{
	if (str_is_absent(value)) {
		json_null(json);
		return;
	}
	begin_value(json);
	append_quoted(json->out, value);
}

void json_string_c(struct json_writer *json, const char *value)
{
	json_string(json, str_of(value));
}

void json_uint(struct json_writer *json, uint64_t value)
{
	begin_value(json);
	strbuf_append_uint(json->out, value);
}

void json_bool(struct json_writer *json, bool value)
{
	json_raw(json, value ? STR("true") : STR("false"));
}

void json_null(struct json_writer *json)
{
	json_raw(json, STR("null"));
}

void json_raw(struct json_writer *json, struct str text)
{
	begin_value(json);
	strbuf_append(json->out, text);
}

void json_member_str(struct json_writer *json, const char *key, struct str value)
{
	json_key(json, key);
	json_string(json, value);
}

void json_member_c(struct json_writer *json, const char *key, const char *value)
{
	json_member_str(json, key, str_of(value));
}

void json_member_uint(struct json_writer *json, const char *key, uint64_t value)
{
	json_key(json, key);
	json_uint(json, value);
}

void json_member_bool(struct json_writer *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}
