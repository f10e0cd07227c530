#include "base/error.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

static void set(struct error *error, enum error_kind kind, const char *detail, const char *format, va_list args)
	__attribute__((format(printf, 4, 0)));

static void set(struct error *error, enum error_kind kind, const char *detail, const char *format, va_list args)
{
	struct strbuf text = STRBUF_INIT;

	if (!error || error->kind != ERROR_NONE)
		return;
	strbuf_vprintf(&text, format, args);
	if (detail)
		strbuf_printf(&text, ": %s", detail);
	error->kind = kind;
	error->message = strbuf_detach(&text, NULL);
}

bool error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set(error, kind, NULL, format, args);
	va_end(args);
	return false;
}

bool error_set_errno(struct error *error, int errnum, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set(error, ERROR_SYSTEM, strerror(errnum), format, args);
	va_end(args);
	return false;
}

void error_release(struct error *error)
{
	free(error->message);
	*error = (struct error)ERROR_INIT;
}
