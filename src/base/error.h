/* Why something expected did not succeed: a text for a person, set where the cause is known and handed up untouched. */
#ifndef ASPIS_BASE_ERROR_H
#define ASPIS_BASE_ERROR_H

#include <stdbool.h>

/* What a failure means for the exit status (SPEC section 5). */
enum error_kind {
	ERROR_NONE,
	ERROR_USAGE,  /* exit 2: a wrong option, a broken configuration or input */
	ERROR_SYSTEM, /* exit 3: could not finish: I/O, network, permission */
};

struct error {
	enum error_kind kind;
	char *message; /* owned; one line or several, no newline at the end */
};

#define ERROR_INIT                                                                                                     \
	{                                                                                                              \
		.kind = ERROR_NONE, .message = NULL                                                                    \
	}

/* Sets the error (an earlier one is kept: the first cause counts; NULL where nobody asks for the cause). Always returns false, so that a function can end with `return error_set(…)`. */
bool error_set(struct error *error, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": " and strerror(errnum) behind it; the kind is ERROR_SYSTEM. */
bool error_set_errno(struct error *error, int errnum, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Frees the message; the error is empty and usable afterwards. */
void error_release(struct error *error);

#endif
