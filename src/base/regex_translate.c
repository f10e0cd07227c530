#include "base/regex_translate.h"

#include <stdarg.h>

#include "base/utf8.h"

bool regex_fail(struct regex_translation *translation, size_t offset, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	error_set(translation->error, ERROR_USAGE, "%s at character %zu", text.ptr,
		utf8_length(str_slice(translation->source, 0, offset)) + 1);
	strbuf_release(&text);
	return false;
}

uint32_t regex_peek(const struct regex_translation *translation)
{
	size_t width;

	if (translation->at >= translation->source.len)
		return REGEX_END;
	return utf8_decode(str_slice(translation->source, translation->at, 4), &width);
}

uint32_t regex_next(struct regex_translation *translation)
{
	uint32_t codepoint;
	size_t width;

	if (translation->at >= translation->source.len)
		return REGEX_END;
	codepoint = utf8_decode(str_slice(translation->source, translation->at, 4), &width);
	translation->at += width;
	return codepoint;
}

bool regex_accept(struct regex_translation *translation, const char *text)
{
	struct str wanted = str_of(text);

	if (!str_equal(str_slice(translation->source, translation->at, wanted.len), wanted))
		return false;
	translation->at += wanted.len;
	return true;
}

bool regex_hex(struct regex_translation *translation, unsigned count, uint32_t *value)
{
	struct str digits = str_slice(translation->source, translation->at, count);
	uint32_t result = 0;

	if (digits.len != count)
		return false;
	for (unsigned i = 0; i < count; i++) {
		int digit = str_hex_digit(digits.ptr[i]);

		if (digit < 0)
			return false;
		result = result << 4 | (uint32_t)digit;
	}
	translation->at += count;
	*value = result;
	return true;
}

bool regex_decimal(struct regex_translation *translation, uint32_t *value)
{
	uint32_t c = regex_peek(translation);
	uint32_t result = 0;

	if (c < '0' || c > '9')
		return false;
	for (; c >= '0' && c <= '9'; c = regex_peek(translation)) {
		result = result >= REGEX_UNBOUNDED / 10 - 1 ? REGEX_UNBOUNDED - 1 : result * 10 + (c - '0');
		regex_next(translation);
	}
	*value = result;
	return true;
}

bool regex_braces(struct regex_translation *translation, bool open_start, uint32_t *min, uint32_t *max)
{
	size_t start = translation->at;
	bool has_min;
	bool has_comma;

	if (!regex_accept(translation, "{"))
		return false;
	*min = 0;
	has_min = regex_decimal(translation, min);
	has_comma = regex_accept(translation, ",");
	*max = has_comma ? REGEX_UNBOUNDED : *min;
	if (has_comma)
		regex_decimal(translation, max);
	if (regex_accept(translation, "}") && (has_min || (open_start && has_comma)))
		return true;
	translation->at = start;
	return false;
}

bool regex_name(struct regex_translation *translation, char end, struct str *name)
{
	struct str rest = str_slice(translation->source, translation->at, SIZE_MAX);
	size_t len = str_find(rest, end);

	if (len == rest.len || len == 0)
		return false;
	*name = str_slice(rest, 0, len);
	translation->at += len + 1;
	return true;
}

bool regex_is_identifier(struct str name, bool dollar)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;

		if (!letter && !(c == '$' && dollar) && !(i > 0 && c >= '0' && c <= '9'))
			return false;
	}
	return name.len > 0;
}

void regex_mark(struct regex_translation *translation, size_t source)
{
	struct regex_origin *origin = vec_push(&translation->origins);

	*origin = (struct regex_origin){.out = translation->out.len, .source = source};
}

static bool is_surrogate(uint32_t codepoint)
{
	return codepoint >= 0xd800 && codepoint <= 0xdfff;
}

static void append_codepoint(struct strbuf *out, uint32_t codepoint)
{
	bool plain = (codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z') ||
		     (codepoint >= 'a' && codepoint <= 'z') || codepoint == '_' || codepoint == '/';

	if (plain)
		strbuf_append_char(out, (char)codepoint);
	else
		strbuf_printf(out, "\\x{%x}", (unsigned)codepoint);
}

void regex_emit_literal(struct regex_translation *translation, uint32_t codepoint)
{
	if (is_surrogate(codepoint))
		strbuf_append_c(&translation->out, "(?!)");
	else
		append_codepoint(&translation->out, codepoint);
}

bool regex_emit_repeat(struct regex_translation *translation, size_t offset, uint32_t min, uint32_t max)
{
	struct strbuf *out = &translation->out;

	if (max < min)
		return regex_fail(translation, offset, "the bounds of a quantifier are out of order");
	if (min > REGEX_REPEAT_MAX || (max != REGEX_UNBOUNDED && max > REGEX_REPEAT_MAX))
		return regex_fail(translation, offset, "a quantifier above %d is not supported", REGEX_REPEAT_MAX);
	if (max == REGEX_UNBOUNDED)
		strbuf_printf(out, "{%u,}", (unsigned)min);
	else
		strbuf_printf(out, "{%u,%u}", (unsigned)min, (unsigned)max);
	return true;
}

void regex_class_init(struct regex_class *class, struct regex_translation *translation, bool negated)
{
	class->translation = translation;
	class->negated = negated;
	strbuf_init(&class->items);
	strbuf_init(&class->complements);
}

void regex_class_release(struct regex_class *class)
{
	strbuf_release(&class->items);
	strbuf_release(&class->complements);
}

void regex_class_range(struct regex_class *class, uint32_t low, uint32_t high)
{
	if (is_surrogate(low))
		low = 0xe000;
	if (is_surrogate(high))
		high = 0xd7ff;
	if (low > high)
		return;
	append_codepoint(&class->items, low);
	if (low == high)
		return;
	strbuf_append_char(&class->items, '-');
	append_codepoint(&class->items, high);
}

void regex_class_set(struct regex_class *class, const char *items, bool negated)
{
	if (!negated) {
		strbuf_append_c(&class->items, items);
		return;
	}
	if (class->complements.len > 0)
		strbuf_append_char(&class->complements, '|');
	strbuf_printf(&class->complements, "[^%s]", items);
}

static void append_brackets(struct strbuf *out, struct str items, bool negated)
{
	if (items.len == 0) {
		strbuf_append_c(out, negated ? "(?s:.)" : "(?!)");
		return;
	}
	strbuf_append_c(out, negated ? "[^" : "[");
	strbuf_append(out, items);
	strbuf_append_char(out, ']');
}

void regex_class_emit(struct regex_class *class)
{
	struct strbuf *out = &class->translation->out;
	struct str complements = strbuf_str(&class->complements);

	if (complements.len == 0) {
		append_brackets(out, strbuf_str(&class->items), class->negated);
		return;
	}
	strbuf_append_c(out, class->negated ? "(?:(?!" : "(?:");
	strbuf_append(out, complements);
	strbuf_append_char(out, class->negated ? ')' : '|');
	append_brackets(out, strbuf_str(&class->items), class->negated);
	strbuf_append_char(out, ')');
}
