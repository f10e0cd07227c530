/* Files are read in one go and written whole (ARCHITECTURE decisions 9 and 10). */
#ifndef ASPIS_BASE_FILE_H
#define ASPIS_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* No file of a GitOps repository is larger; what is, is refused with a clear error. */
#define FILE_SIZE_MAX ((size_t)256 << 20)

/* Reads the whole file at path (relative to the directory dirfd, or AT_FDCWD) into arena, NUL-terminated behind its length. It is opened
 * without blocking and must be a regular file: a folder, FIFO, socket or device is an error, and so is one that vanished or shrank.
 * The error is an ERROR_SYSTEM whose message does not name the path ("is a folder, not a file"): the caller knows how to call it. */
bool file_read(struct str *out, struct arena *arena, int dirfd, const char *path, struct error *error)
	__attribute__((warn_unused_result));

enum file_write_flags {
	/* fsync file and directory: what holds values or is the user's own */
	FILE_WRITE_SYNC = 1,
	/* for its owner alone from its first moment: mode 0600, or the mode that is there without group and others */
	FILE_WRITE_PRIVATE = 2,
};

/* Replaces path by text through a temporary file in its directory and a rename; nothing is written when the bytes are equal already
 * (*changed, which may be NULL, tells). A symbolic link is followed. The mode of a file that is there is kept, and so is
 * its owner where that is allowed. On failure the old file is intact and no temporary file is left; the message, as above, does not name the path. */
bool file_write(const char *path, struct str text, unsigned flags, bool *changed, struct error *error)
	__attribute__((warn_unused_result));

#endif
