/* What a file of static secrets gives for an environment. For this room alone. */
#ifndef ASPIS_API_REMOTE_GIVEN_FILE_H
#define ASPIS_API_REMOTE_GIVEN_FILE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/vec.h"
#include "model/resolve.h"
#include "statics/static_secrets.h"
#include "sync/given.h"

/* Adds what a file that has been read, without problems, says of the static secrets of an environment, and of the special ones, to given (initialised), and seals it. A place
 * without a value is GIVEN_KEEP. Values of what is no static secret here are ignored, with a note for each appended to notes (struct str, in given's arena; one sentence that begins
 * with file, line and column, and shows no value). */
void given_from_static_secrets(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const struct static_secrets *file);

/* The same from the file at path, in either form; wiped when it has been read. False, with an error that names every place and shows no value, where it cannot be read (ERROR_SYSTEM) or is no
 * such file (ERROR_USAGE). */
bool given_from_file(struct given_values *given, struct vec *notes, const struct resolution *resolution,
	const char *path, struct error *error) __attribute__((warn_unused_result));

/* Sets an error to all that is wrong with a file, a line for each with file, line and column. Always false. */
bool given_file_refuse(const struct static_secrets *file, struct error *error);

#endif
