#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_kind.h"

static const char *kind_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return "a folder";
	case S_IFIFO:
		return "a FIFO";
	case S_IFSOCK:
		return "a socket";
	case S_IFCHR:
	case S_IFBLK:
		return "a device";
	default:
		return "something else";
	}
}

bool file_check_regular(const struct stat *status, struct error *error)
{
	if (S_ISREG(status->st_mode))
		return true;
	return error_set(error, ERROR_SYSTEM, "is %s, not a file", kind_of(status->st_mode));
}

/* A socket cannot be opened at all, and says so with an errno that means nothing to a reader. */
static bool report_open(int dirfd, const char *path, int errnum, struct error *error)
{
	struct stat status;

	if (errnum == ENXIO && fstatat(dirfd, path, &status, 0) == 0 && !file_check_regular(&status, error))
		return false;
	return error_set_errno(error, errnum, "cannot be opened");
}

static bool report_size(struct error *error)
{
	return error_set(error, ERROR_SYSTEM, "is larger than %zu MiB, more than any file of a repository should be",
		FILE_SIZE_MAX >> 20);
}

/* Reads until size bytes are there or the file ends, which it does where it is expected to and a read brings no more. */
static bool read_up_to(int fd, char *bytes, size_t size, size_t expected, size_t *len, struct error *error)
{
	*len = 0;
	while (*len < size && (*len != expected || *len == 0)) {
		ssize_t got = read(fd, bytes + *len, size - *len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set_errno(error, errno, "cannot be read");
		if (got == 0)
			break;
		*len += (size_t)got;
	}
	return true;
}

/* One byte more than the file has is asked for: getting it tells that the file grew, and the rest is read in larger steps. */
static bool read_all(struct str *out, struct arena *arena, int fd, size_t expected, struct error *error)
{
	size_t room = expected + 1;
	char *bytes = arena_alloc(arena, room);
	size_t len;

	if (!read_up_to(fd, bytes, room, expected, &len, error))
		return false;
	if (len < expected)
		return error_set(error, ERROR_SYSTEM, "became shorter while it was being read");
	while (len == room) {
		size_t more;

		if (len > FILE_SIZE_MAX)
			return report_size(error);
		bytes = arena_grow(arena, bytes, room, room * 2);
		room *= 2;
		if (!read_up_to(fd, bytes + len, room - len, room - len, &more, error))
			return false;
		len += more;
	}
	if (len > FILE_SIZE_MAX)
		return report_size(error);
	bytes[len] = '\0';
	*out = (struct str){.ptr = bytes, .len = len};
	return true;
}

bool file_read(struct str *out, struct arena *arena, int dirfd, const char *path, struct error *error)
{
	int fd = openat(dirfd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat status;
	bool done = false;

	*out = STR_ABSENT;
	if (fd < 0)
		return report_open(dirfd, path, errno, error);
	if (fstat(fd, &status) != 0)
		error_set_errno(error, errno, "cannot be examined");
	else if (!file_check_regular(&status, error))
		done = false;
	else if (status.st_size > (off_t)FILE_SIZE_MAX)
		done = report_size(error);
	else
		done = read_all(out, arena, fd, (size_t)status.st_size, error);
	close(fd);
	return done;
}
