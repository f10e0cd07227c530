/* Files that are part of the program (cmake/AspisEmbed.cmake): schemas, rule texts. */
#ifndef ASPIS_BASE_EMBEDDED_H
#define ASPIS_BASE_EMBEDDED_H

#include <stddef.h>

#include "base/str.h"

/* A table of them ends with a row whose name is NULL. The bytes are NUL-terminated behind their size. */
struct embedded_file {
	const char *name; /* without folder */
	const char *bytes;
	size_t size;
};

/* The content of the file of that name, or the absent string. */
struct str embedded_find(const struct embedded_file *table, const char *name);

#endif
