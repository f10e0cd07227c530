/* Shared by the reader and the writer of files; for these two alone. */
#ifndef ASPIS_BASE_FILE_KIND_H
#define ASPIS_BASE_FILE_KIND_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"

/* Whether it is a regular file; where not, the error says what it is instead. */
bool file_check_regular(const struct stat *status, struct error *error);

#endif
