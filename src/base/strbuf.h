/* A growing string. Its pointer is never NULL and always NUL-terminated behind len; appending cannot fail (xalloc.h). */
#ifndef ASPIS_BASE_STRBUF_H
#define ASPIS_BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct strbuf {
	char *ptr;
	size_t len;
	size_t capacity; /* 0: ptr is the shared empty string */
};

#define STRBUF_INIT                                                                                                    \
	{                                                                                                              \
		.ptr = strbuf_empty, .len = 0, .capacity = 0                                                           \
	}
extern char strbuf_empty[1]; /* never written to */

/* The longest text that a buffer holds; appending beyond it is an allocation that fails. */
#define STRBUF_SIZE_MAX ((size_t)1 << 30)

void strbuf_init(struct strbuf *buf);
void strbuf_release(struct strbuf *buf);
void strbuf_clear(struct strbuf *buf); /* keeps the memory */
void strbuf_reserve(struct strbuf *buf, size_t more);

/* Gives the text away (malloc'ed; the caller frees) and leaves the buffer empty. */
char *strbuf_detach(struct strbuf *buf, size_t *len);

static inline struct str strbuf_str(const struct strbuf *buf)
{
	return (struct str){.ptr = buf->ptr, .len = buf->len};
}

/* What is appended must not lie in the buffer itself, which may move. */
void strbuf_append(struct strbuf *buf, struct str s);
void strbuf_append_c(struct strbuf *buf, const char *text);
void strbuf_append_bytes(struct strbuf *buf, const void *bytes, size_t len);
void strbuf_append_char(struct strbuf *buf, char c);
void strbuf_append_repeat(struct strbuf *buf, char c, size_t count);
void strbuf_append_uint(struct strbuf *buf, uint64_t value);          /* decimal */
void strbuf_append_codepoint(struct strbuf *buf, uint32_t codepoint); /* as UTF-8 */
void strbuf_printf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vprintf(struct strbuf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void strbuf_truncate(struct strbuf *buf, size_t len); /* to len, which is at most the present one (asserted) */

#endif
