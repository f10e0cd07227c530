#include <aspis/schema.h>

#include "schema/builtin.h"

const char *aspis_schema(const char *name, size_t *size)
{
	struct str text = embedded_find(schema_texts, name);
	if (size)
		*size = text.len;
	return text.ptr;
}
