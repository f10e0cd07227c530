/* Quoting, indenting, printing and encoding. */
#include "base/base64.h"
#include "base/utf8.h"
#include "helm/function.h"

/* Characters beyond ASCII of which it is certain that Go prints them as they are: letters and signs of Latin, general punctuation, CJK. */
static bool is_printable(uint32_t c)
{
	return (c >= 0xA1 && c <= 0x24F && c != 0xAD) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) ||
	       (c >= 0x2190 && c <= 0x21FF) || (c >= 0x4E00 && c <= 0x9FA5);
}

static void append_escaped(struct strbuf *out, char c)
{
	static const char letters[] = "abtnvfr";

	if (c == '"' || c == '\\')
		strbuf_printf(out, "\\%c", c);
	else if (c >= '\a' && c <= '\r')
		strbuf_printf(out, "\\%c", letters[c - '\a']);
	else if ((unsigned char)c < ' ' || c == 0x7F)
		strbuf_printf(out, "\\x%02x", (unsigned)c);
	else
		strbuf_append_char(out, c);
}

bool function_append_quoted(struct strbuf *out, struct str text)
{
	size_t width;

	strbuf_append_char(out, '"');
	for (size_t at = 0; at < text.len; at += width) {
		uint32_t c = utf8_decode(str_slice(text, at, text.len), &width);

		if (c >= 0x80 && !is_printable(c))
			return false;
		if (c < 0x80)
			append_escaped(out, (char)c);
		else
			strbuf_append(out, str_slice(text, at, width));
	}
	strbuf_append_char(out, '"');
	return true;
}

/* Appends an argument in quotes; false where it is unknown. */
static bool append_argument(const struct call *call, struct strbuf *out, const struct data *data, bool single)
{
	struct str text = function_strval(call->arena, data);

	if (str_is_absent(text))
		return false;
	if (!single)
		return function_append_quoted(out, text);
	strbuf_append_char(out, '\'');
	strbuf_append(out, text);
	strbuf_append_char(out, '\'');
	return true;
}

/* Each argument in quotes with blanks between them; nil ones are left out. Of an unknown one alone the end may be known. */
static const struct data *quote_all(const struct call *call, bool single)
{
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < call->count; i++) {
		if (call->arguments[i]->kind == DATA_NIL)
			continue;
		if (out.len > 0)
			strbuf_append_char(&out, ' ');
		if (!append_argument(call, &out, call->arguments[i], single)) {
			strbuf_release(&out);
			return &DATA_IS_UNKNOWN;
		}
	}
	return call_take(call, &out);
}

const struct data *function_quote(const struct call *call)
{
	return quote_all(call, false);
}

const struct data *function_squote(const struct call *call)
{
	return quote_all(call, true);
}

const struct data *function_cat(const struct call *call)
{
	struct strbuf out = STRBUF_INIT;
	bool any = false;

	for (size_t i = 0; i < call->count; i++) {
		struct str text = data_text(call->arena, call->arguments[i]);

		if (call->arguments[i]->kind == DATA_NIL)
			continue;
		if (str_is_absent(text)) {
			strbuf_release(&out);
			return &DATA_IS_UNKNOWN;
		}
		if (any)
			strbuf_append_char(&out, ' ');
		strbuf_append(&out, text);
		any = true;
	}
	return call_take(call, &out);
}

static const struct data *indent(const struct call *call, struct str before)
{
	struct strbuf out = STRBUF_INIT;
	struct str text;
	int64_t count;

	if (!call_integer(call, 0, &count) || count < 0 || count > 1000)
		return &DATA_IS_UNKNOWN;
	if (call_is_yaml(call, 1))
		return call->arguments[1];
	if (!call_string(call, 1, &text))
		return &DATA_IS_UNKNOWN;
	strbuf_append(&out, before);
	strbuf_append_repeat(&out, ' ', (size_t)count);
	for (size_t i = 0; i < text.len && out.len <= EVALUATION_TEXT_MAX; i++) {
		strbuf_append_char(&out, text.ptr[i]);
		if (text.ptr[i] == '\n')
			strbuf_append_repeat(&out, ' ', (size_t)count);
	}
	return call_take(call, &out);
}

const struct data *function_indent(const struct call *call)
{
	return indent(call, STR(""));
}

const struct data *function_nindent(const struct call *call)
{
	return indent(call, STR("\n"));
}

const struct data *function_to_string(const struct call *call)
{
	if (call_is_yaml(call, 0))
		return call->arguments[0];
	return call_text(call, function_strval(call->arena, call->arguments[0]));
}

/* All arguments in a row, as fmt.Sprint (a blank between two that are no strings) and Sprintln (always one) have it. */
static bool append_all(const struct call *call, struct strbuf *out, bool always_blank)
{
	for (size_t i = 0; i < call->count; i++) {
		const struct data *data = call->arguments[i];
		struct str text = function_strval(call->arena, data);
		bool no_strings = i > 0 && data->kind != DATA_STRING && call->arguments[i - 1]->kind != DATA_STRING;

		if (str_is_absent(text))
			return false;
		if (i > 0 && (always_blank || no_strings))
			strbuf_append_char(out, ' ');
		strbuf_append(out, text);
	}
	return true;
}

const struct data *function_print(const struct call *call)
{
	struct strbuf out = STRBUF_INIT;

	if (append_all(call, &out, false))
		return call_take(call, &out);
	strbuf_release(&out);
	return &DATA_IS_UNKNOWN;
}

const struct data *function_println(const struct call *call)
{
	struct strbuf out = STRBUF_INIT;

	if (append_all(call, &out, true)) {
		strbuf_append_char(&out, '\n');
		return call_take(call, &out);
	}
	strbuf_release(&out);
	return &DATA_IS_UNKNOWN;
}

static void append_html(struct strbuf *out, char c)
{
	const char *escape = c == '"'    ? "&#34;"
			     : c == '\'' ? "&#39;"
			     : c == '&'  ? "&amp;"
			     : c == '<'  ? "&lt;"
			     : c == '>'  ? "&gt;"
			     : c == '\0' ? "\xEF\xBF\xBD"
					 : NULL;

	if (escape)
		strbuf_append_c(out, escape);
	else
		strbuf_append_char(out, c);
}

static void append_query(struct strbuf *out, char c)
{
	bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

	if (is_letter || c == '-' || c == '_' || c == '.' || c == '~')
		strbuf_append_char(out, c);
	else if (c == ' ')
		strbuf_append_char(out, '+');
	else
		strbuf_printf(out, "%%%02X", (unsigned char)c);
}

static const struct data *escape(const struct call *call, void (*append)(struct strbuf *out, char c))
{
	struct strbuf out = STRBUF_INIT;
	const struct data *argument = call->arguments[0];
	struct str text = data_text(call->arena, argument);

	if (call->count != 1 || argument->kind == DATA_NIL || str_is_absent(text))
		return &DATA_IS_UNKNOWN;
	for (size_t i = 0; i < text.len; i++)
		append(&out, text.ptr[i]);
	return call_take(call, &out);
}

const struct data *function_html(const struct call *call)
{
	return escape(call, append_html);
}

const struct data *function_urlquery(const struct call *call)
{
	return escape(call, append_query);
}

const struct data *function_b64enc(const struct call *call)
{
	struct str text;
	char *encoded;

	if (!call_string(call, 0, &text))
		return &DATA_IS_UNKNOWN;
	encoded = arena_bytes(call->arena, base64_size(text.len));
	base64_encode(encoded, text, false);
	return call_text(call, (struct str){.ptr = encoded, .len = base64_size(text.len)});
}

/* Of what is no base64 sprig makes the text of an error. */
const struct data *function_b64dec(const struct call *call)
{
	struct strbuf out = STRBUF_INIT;
	struct str text;
	size_t padding = 0;

	if (!call_string(call, 0, &text) || text.len % 4 != 0)
		return &DATA_IS_UNKNOWN;
	while (padding < 2 && padding < text.len && text.ptr[text.len - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < text.len; i += 4) {
		uint32_t bits = 0;

		for (size_t j = 0; j < 4; j++) {
			bool is_padding = i + j + padding >= text.len;
			int value = is_padding ? 0 : base64_digit(text.ptr[i + j]);

			if (value < 0) {
				strbuf_release(&out);
				return &DATA_IS_UNKNOWN;
			}
			bits = bits << 6 | (uint32_t)value;
		}
		for (size_t j = 0; j < 3; j++)
			strbuf_append_char(&out, (char)(bits >> (16 - 8 * j) & 0xFF));
	}
	strbuf_truncate(&out, out.len - padding);
	if (utf8_valid_prefix(strbuf_str(&out)) == out.len)
		return call_take(call, &out);
	strbuf_release(&out);
	return &DATA_IS_UNKNOWN;
}
