/* The JSON Schemas (draft 2020-12) of the files that aspis reads and writes, for editors and other checkers. */
#ifndef ASPIS_SCHEMA_H
#define ASPIS_SCHEMA_H

#include <stddef.h>

#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The text of a schema by the name of its file, such as "secrets.json"; NULL where there is none. It lives as long as the process. *size (may be
 * NULL) is its length. */
ASPIS_API const char *aspis_schema(const char *name, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
