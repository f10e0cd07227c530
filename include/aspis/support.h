/* What aspis's own programs share with the library. Not covered by the promises of the public interface: may change with any release. */
#ifndef ASPIS_SUPPORT_H
#define ASPIS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/error.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The candidate that is most like a name that is not known, or NULL where none is near enough. Borrowed from the candidates. */
ASPIS_API const char *aspis_support_suggest(const char *wanted, const char *const *candidates, size_t count);

/* A copy of text with everything that a terminal could act on made visible, line breaks excepted. The caller frees. */
ASPIS_API char *aspis_support_visible(const char *text);

/* Replaces a file whole, through a temporary file beside it; one with the same bytes is left alone. */
ASPIS_API bool aspis_support_write_file(const char *path, const char *text, size_t size, struct aspis_error *error);

/* Adds to the end of a file, which is made if it is not there. */
ASPIS_API bool aspis_support_append_file(const char *path, const char *text, size_t size, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
