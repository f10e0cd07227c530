/* Why something did not succeed: a value that the caller owns.
 *
 * Functions that can fail take a `struct aspis_error *` last, which must be zeroed before (ASPIS_ERROR_INIT) and may be NULL for whoever does not want
 * to know. It is set exactly when the function says that it failed. What is wrong with the files of a repository is no error in this sense
 * but a finding (aspis/diag.h). */
#ifndef ASPIS_ERROR_H
#define ASPIS_ERROR_H

#include <stddef.h>

#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

enum aspis_error_kind {
	ASPIS_ERROR_NONE = 0,
	ASPIS_ERROR_USAGE = 2,  /* a wrong argument, or a broken configuration or input; the programs exit with 2 */
	ASPIS_ERROR_SYSTEM = 3, /* could not finish: I/O, permission; the programs exit with 3 */
};

struct aspis_error {
	enum aspis_error_kind kind;
	char *message; /* owned; UTF-8, one line or several, no newline at the end, control characters made visible */
};

#define ASPIS_ERROR_INIT                                                                                               \
	{                                                                                                              \
		ASPIS_ERROR_NONE, NULL                                                                                 \
	}

/* Frees the message and makes the value usable for the next call. */
ASPIS_API void aspis_error_release(struct aspis_error *error);

/* The library does not hand up that memory has run out: it calls this handler with the size that could not be had, and aborts the process when
 * the handler returns. A program sets it once, before anything else and before it starts threads; NULL takes it away. */
typedef void aspis_out_of_memory_handler(size_t size);
ASPIS_API void aspis_set_out_of_memory_handler(aspis_out_of_memory_handler *handler);

#ifdef __cplusplus
}
#endif

#endif
