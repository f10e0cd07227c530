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

bool api_fail(struct aspis_error *out, struct error *error)
{
	if (out && out->kind == ASPIS_ERROR_NONE) {
		out->kind = public_kind(error->kind);
		out->message = error->message ? aspis_support_visible(error->message) : NULL;
	}
	error_release(error);
	return false;
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
