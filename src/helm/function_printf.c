/* printf, as fmt.Sprintf formats values of the kinds that templates have. */
#include <inttypes.h>

#include "base/utf8.h"
#include "helm/function.h"

/* Wider fields are nothing that a chart has. */
#define FIELD_MAX 200

/* %[flags][width][.precision]verb */
struct directive {
	bool minus, plus, space, zero;
	int width;     /* -1: none */
	int precision; /* -1: none */
	char verb;
};

/* Reads digits at *at; -1 where there are none, and FIELD_MAX + 1 where they are too many. */
static int read_number(struct str format, size_t *at)
{
	int value = -1;

	for (; *at < format.len && format.ptr[*at] >= '0' && format.ptr[*at] <= '9'; (*at)++) {
		value = (value < 0 ? 0 : value) * 10 + (format.ptr[*at] - '0');
		if (value > FIELD_MAX)
			value = FIELD_MAX + 1;
	}
	return value;
}

/* Reads what follows a '%'; false where it is nothing simple. */
static bool read_directive(struct directive *directive, struct str format, size_t *at)
{
	*directive = (struct directive){.precision = -1};
	for (; *at < format.len; (*at)++) {
		char c = format.ptr[*at];

		if (c != '-' && c != '+' && c != ' ' && c != '0')
			break;
		directive->minus = directive->minus || c == '-';
		directive->plus = directive->plus || c == '+';
		directive->space = directive->space || c == ' ';
		directive->zero = directive->zero || c == '0';
	}
	directive->width = read_number(format, at);
	if (*at < format.len && format.ptr[*at] == '.') {
		(*at)++;
		directive->precision = read_number(format, at);
		if (directive->precision < 0)
			directive->precision = 0;
	}
	if (*at >= format.len || directive->width > FIELD_MAX || directive->precision > FIELD_MAX)
		return false;
	directive->verb = format.ptr[(*at)++];
	return true;
}

/* Appends text in its field. Zeros as padding are for numbers, which pad themselves. */
static bool append_field(struct strbuf *out, const struct directive *directive, struct str text)
{
	size_t length = utf8_length(text);
	size_t padding =
		directive->width > 0 && (size_t)directive->width > length ? (size_t)directive->width - length : 0;

	if (directive->zero || directive->plus || directive->space)
		return false;
	if (!directive->minus)
		strbuf_append_repeat(out, ' ', padding);
	strbuf_append(out, text);
	if (directive->minus)
		strbuf_append_repeat(out, ' ', padding);
	return true;
}

static bool append_text(
	struct strbuf *out, struct arena *arena, const struct directive *directive, const struct data *data)
{
	struct str text = directive->verb == 'v' ? function_strval(arena, data) : data_text(arena, data);
	size_t end = 0, width;

	if (directive->verb == 's' && data->kind != DATA_STRING)
		return false;
	if (str_is_absent(text) || (directive->precision >= 0 && data->kind != DATA_STRING))
		return false;
	for (int i = 0; directive->precision >= 0 && end < text.len && i < directive->precision; i++) {
		utf8_decode(str_slice(text, end, text.len), &width);
		end += width;
	}
	return append_field(out, directive, directive->precision >= 0 ? str_slice(text, 0, end) : text);
}

static bool append_quoted(struct strbuf *out, const struct directive *directive, const struct data *data)
{
	bool is_plain = !directive->minus && !directive->plus && !directive->space && !directive->zero;

	if (data->kind != DATA_STRING || !is_plain || directive->width >= 0 || directive->precision >= 0)
		return false;
	return function_append_quoted(out, data->string);
}

/* The flags of C mean the same. */
static bool append_integer(struct strbuf *out, const struct directive *directive, int64_t value)
{
	int width = directive->width > 0 ? directive->width : 0;

	if (directive->precision >= 0 || (directive->zero && directive->minus))
		return false;
	if (directive->verb == 'd' && !directive->space) {
		if (directive->minus)
			strbuf_printf(out, directive->plus ? "%-+*" PRId64 : "%-*" PRId64, width, value);
		else if (directive->zero)
			strbuf_printf(out, directive->plus ? "%+0*" PRId64 : "%0*" PRId64, width, value);
		else
			strbuf_printf(out, directive->plus ? "%+*" PRId64 : "%*" PRId64, width, value);
		return true;
	}
	if (value < 0 || directive->plus || directive->space || directive->minus)
		return false;
	if (directive->verb == 'x')
		strbuf_printf(out, directive->zero ? "%0*" PRIx64 : "%*" PRIx64, width, (uint64_t)value);
	else if (directive->verb == 'X')
		strbuf_printf(out, directive->zero ? "%0*" PRIX64 : "%*" PRIX64, width, (uint64_t)value);
	else if (directive->verb == 'o')
		strbuf_printf(out, directive->zero ? "%0*" PRIo64 : "%*" PRIo64, width, (uint64_t)value);
	else
		return false;
	return true;
}

static bool append_float(struct strbuf *out, const struct directive *directive, double value)
{
	int precision = directive->precision < 0 ? 6 : directive->precision;
	int width = directive->width > 0 ? directive->width : 0;

	if (directive->plus || directive->space || directive->minus || value - value != 0)
		return false;
	strbuf_printf(out, directive->zero ? "%0*.*f" : "%*.*f", width, precision, value);
	return true;
}

/* Appends one argument; false where it is unknown, or what Go prints is a complaint. */
static bool append_directive(
	struct strbuf *out, struct arena *arena, const struct directive *directive, const struct data *data)
{
	switch (directive->verb) {
	case 's':
	case 'v':
		return append_text(out, arena, directive, data);
	case 't':
		return data->kind == DATA_BOOL && directive->precision < 0 &&
		       append_field(out, directive, data_text(arena, data));
	case 'q':
		return append_quoted(out, directive, data);
	case 'd':
	case 'x':
	case 'X':
	case 'o':
		return data->kind == DATA_INT && append_integer(out, directive, data->integer);
	case 'f':
		return data->kind == DATA_FLOAT && append_float(out, directive, data->number);
	default:
		return false;
	}
}

/* What is known of the end of an argument that is unknown as a whole. */
static struct str tail_of(const struct directive *directive, const struct data *data)
{
	bool is_plain =
		directive->width < 0 && directive->precision < 0 && (directive->verb == 's' || directive->verb == 'v');

	return data->kind == DATA_UNKNOWN && is_plain ? data->tail : STR("");
}

/* Appends all; *known is false where the text begins behind an argument that is unknown. The result is false where nothing is known. */
static bool format_all(const struct call *call, struct str format, struct strbuf *out, bool *known)
{
	struct directive directive;
	size_t next = 1;

	for (size_t at = 0; at < format.len;) {
		if (format.ptr[at++] != '%') {
			strbuf_append_char(out, format.ptr[at - 1]);
			continue;
		}
		if (!read_directive(&directive, format, &at))
			return false;
		if (directive.verb == '%') {
			strbuf_append_char(out, '%');
			continue;
		}
		if (next >= call->count)
			return false;
		if (!append_directive(out, call->arena, &directive, call->arguments[next])) {
			*known = false;
			strbuf_clear(out);
			strbuf_append(out, tail_of(&directive, call->arguments[next]));
		}
		next++;
	}
	return next == call->count;
}

const struct data *function_printf(const struct call *call)
{
	const struct data *result = &DATA_IS_UNKNOWN;
	struct strbuf out = STRBUF_INIT;
	bool known = true;
	struct str format;

	if (!call_string(call, 0, &format) || !format_all(call, format, &out, &known))
		strbuf_clear(&out);
	else if (known)
		return call_take(call, &out);
	else
		result = data_unknown(call->arena, arena_str(call->arena, strbuf_str(&out)), (struct span){0});
	strbuf_release(&out);
	return result;
}
