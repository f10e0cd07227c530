#include "base/strbuf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"

#define CAPACITY_MIN 64

char strbuf_empty[1];

void strbuf_init(struct strbuf *buf)
{
	*buf = (struct strbuf)STRBUF_INIT;
}

void strbuf_release(struct strbuf *buf)
{
	if (buf->capacity > 0)
		free(buf->ptr);
	strbuf_init(buf);
}

void strbuf_clear(struct strbuf *buf)
{
	strbuf_truncate(buf, 0);
}

void strbuf_reserve(struct strbuf *buf, size_t more)
{
	size_t capacity = buf->capacity > 0 ? buf->capacity : CAPACITY_MIN;
	size_t needed;

	if (more > STRBUF_SIZE_MAX - buf->len)
		xalloc_fail(xalloc_sum(buf->len, more));
	needed = buf->len + more + 1;
	if (needed <= buf->capacity)
		return;
	while (capacity < needed)
		capacity *= 2;
	buf->ptr = xgrow(buf->capacity > 0 ? buf->ptr : NULL, buf->capacity, capacity);
	buf->capacity = capacity;
	buf->ptr[buf->len] = '\0';
}

/* Mostly there is room. */
static inline void reserve(struct strbuf *buf, size_t more)
{
	if (more >= buf->capacity - buf->len)
		strbuf_reserve(buf, more);
}

char *strbuf_detach(struct strbuf *buf, size_t *len)
{
	char *text;

	strbuf_reserve(buf, 0);
	text = buf->ptr;
	if (len)
		*len = buf->len;
	strbuf_init(buf);
	return text;
}

void strbuf_append_bytes(struct strbuf *buf, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	reserve(buf, len);
	memcpy(buf->ptr + buf->len, bytes, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void strbuf_append(struct strbuf *buf, struct str s)
{
	strbuf_append_bytes(buf, s.ptr, s.len);
}

void strbuf_append_c(struct strbuf *buf, const char *text)
{
	strbuf_append_bytes(buf, text, strlen(text));
}

void strbuf_append_char(struct strbuf *buf, char c)
{
	reserve(buf, 1);
	buf->ptr[buf->len++] = c;
	buf->ptr[buf->len] = '\0';
}

void strbuf_append_repeat(struct strbuf *buf, char c, size_t count)
{
	if (count == 0)
		return;
	strbuf_reserve(buf, count);
	memset(buf->ptr + buf->len, c, count);
	buf->len += count;
	buf->ptr[buf->len] = '\0';
}

void strbuf_append_uint(struct strbuf *buf, uint64_t value)
{
	char digits[20];
	size_t start = sizeof(digits);

	do {
		digits[--start] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	strbuf_append_bytes(buf, digits + start, sizeof(digits) - start);
}

void strbuf_append_codepoint(struct strbuf *buf, uint32_t codepoint)
{
	unsigned char bytes[4];
	size_t width = codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;

	assert(codepoint <= 0x10FFFF);
	for (size_t i = width - 1; i > 0; i--) {
		bytes[i] = (unsigned char)(0x80 | (codepoint & 0x3F));
		codepoint >>= 6;
	}
	bytes[0] = (unsigned char)(width == 1 ? codepoint : (0xF00u >> width & 0xFFu) | codepoint);
	strbuf_append_bytes(buf, bytes, width);
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strbuf_vprintf(buf, format, args);
	va_end(args);
}

void strbuf_vprintf(struct strbuf *buf, const char *format, va_list args)
{
	va_list again;
	int len;

	strbuf_reserve(buf, CAPACITY_MIN);
	va_copy(again, args);
	len = vsnprintf(buf->ptr + buf->len, buf->capacity - buf->len, format, again);
	va_end(again);
	if (len < 0)
		xalloc_fail(SIZE_MAX);
	if ((size_t)len >= buf->capacity - buf->len) {
		strbuf_reserve(buf, (size_t)len);
		vsnprintf(buf->ptr + buf->len, buf->capacity - buf->len, format, args);
	}
	buf->len += (size_t)len;
}

void strbuf_truncate(struct strbuf *buf, size_t len)
{
	assert(len <= buf->len);
	if (buf->capacity == 0)
		return;
	buf->len = len;
	buf->ptr[len] = '\0';
}
