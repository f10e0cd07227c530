#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "store/file_private.h"

#define WAIT_STEP_MS 10
#define WAIT_MAX_MS  30000

/* Made, it is on the disk with the folder that it lies in. */
static bool make_folder(struct str path, struct error *error)
{
	struct arena arena;
	struct str above;
	int fd;

	if (mkdir(path.ptr, 0700) != 0)
		return errno == EEXIST || error_set_errno(error, errno, "the folder %s cannot be made", path.ptr);
	arena_init(&arena);
	above = arena_str(&arena, path_directory(path));
	fd = open(above.len > 0 ? above.ptr : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		/* Some file systems cannot: what is written later says what matters. */
		(void)!fsync(fd);
		close(fd);
	}
	arena_release(&arena);
	return true;
}

static bool wait_for(int fd, int operation, struct str path, struct error *error)
{
	const struct timespec step = {.tv_nsec = WAIT_STEP_MS * 1000000L};

	for (unsigned waited = 0; flock(fd, operation | LOCK_NB) != 0; waited += WAIT_STEP_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return error_set_errno(error, errno, "%s cannot be locked", path.ptr);
		if (waited >= WAIT_MAX_MS)
			return error_set(error, ERROR_SYSTEM,
				"%s has been locked by another process for %d s: is one of them hanging?", path.ptr,
				WAIT_MAX_MS / 1000);
		nanosleep(&step, NULL);
	}
	return true;
}

static bool open_and_lock(int *fd, struct str path, bool exclusive, struct error *error)
{
	int flags = exclusive ? O_RDWR | O_CREAT : O_RDONLY;

	*fd = open(path.ptr, flags | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (*fd < 0 && !exclusive)
		return errno == ENOENT || error_set_errno(error, errno, "%s cannot be opened", path.ptr);
	if (*fd < 0)
		return error_set_errno(error, errno, "%s cannot be made", path.ptr);
	if (wait_for(*fd, exclusive ? LOCK_EX : LOCK_SH, path, error))
		return true;
	file_unlock(*fd);
	*fd = -1;
	return false;
}

bool file_lock(int *fd, struct str folder, bool exclusive, struct error *error)
{
	struct str records;
	struct arena arena;
	bool done;

	*fd = -1;
	arena_init(&arena);
	records = path_join(&arena, folder, STR(FILE_RECORDS));
	done = !exclusive || (make_folder(folder, error) && make_folder(records, error));
	done = done && open_and_lock(fd, path_join(&arena, records, STR("lock")), exclusive, error);
	arena_release(&arena);
	return done;
}

void file_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}

bool file_folder_is_writable(struct str folder, struct error *error)
{
	struct arena arena;
	struct str above;
	bool done = true;

	arena_init(&arena);
	above = arena_str(&arena, path_directory(folder));
	if (above.len == 0)
		above = STR(".");
	if (access(folder.ptr, W_OK | X_OK) != 0) {
		done = errno == ENOENT ? access(above.ptr, W_OK | X_OK) == 0 : false;
		if (!done)
			error_set_errno(error, errno, "the folder %s cannot be written to", folder.ptr);
	}
	arena_release(&arena);
	return done;
}
