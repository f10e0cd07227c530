#include "base/embedded.h"

struct str embedded_find(const struct embedded_file *table, const char *name)
{
	for (const struct embedded_file *file = table; file->name; file++) {
		if (strcmp(file->name, name) == 0)
			return (struct str){.ptr = file->bytes, .len = file->size};
	}
	return STR_ABSENT;
}
