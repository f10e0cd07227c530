#include <stdlib.h>

#include <aspis/support.h>

#include "api/api.h"
#include "base/utf8.h"
#include "base/xalloc.h"

_Static_assert((int)ASPIS_ERROR_NONE == (int)ERROR_NONE, "an error that is none is none in both");

static enum aspis_error_kind public_kind(enum error_kind kind)
{
	switch (kind) {
	case ERROR_NONE:
		return ASPIS_ERROR_NONE;
	case ERROR_USAGE:
		return ASPIS_ERROR_USAGE;
	case ERROR_SYSTEM:
		return ASPIS_ERROR_SYSTEM;
	}
	return ASPIS_ERROR_SYSTEM;
}

bool api_fail(struct aspis_error *error, struct error *cause)
{
	if (error && error->kind == ASPIS_ERROR_NONE) {
		error->kind = public_kind(cause->kind);
		error->message = cause->message ? aspis_support_visible(cause->message) : NULL;
	}
	error_release(cause);
	return false;
}

bool api_refuse(struct aspis_error *error, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	struct error cause = {.kind = ERROR_USAGE, .message = strbuf_detach(&text, NULL)};
	return api_fail(error, &cause);
}

char *api_detach(struct strbuf *text, size_t *size)
{
	size_t len = 0;
	char *detached = strbuf_detach(text, &len);
	if (size)
		*size = len;
	return detached;
}

const char *api_text(struct arena *arena, struct str text)
{
	return str_is_absent(text) ? NULL : arena_str(arena, text).ptr;
}

void aspis_error_release(struct aspis_error *error)
{
	free(error->message);
	*error = (struct aspis_error)ASPIS_ERROR_INIT;
}

void aspis_set_out_of_memory_handler(aspis_out_of_memory_handler *handler)
{
	xalloc_set_handler(handler);
}
