#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/file_kind.h"
#include "base/path.h"

#define LINKS_MAX     40
#define LINK_SIZE_MAX ((size_t)4096) /* the kernel's PATH_MAX */
#define ATTEMPTS_MAX  100

/* One replacement under way. */
struct replacement {
	unsigned flags;     /* enum file_write_flags */
	const char *name;   /* of the file in its folder */
	int folder;         /* the folder, opened */
	bool exists;        /* whether there is a file */
	struct stat old;    /* what it is */
	char temporary[40]; /* name of the new file */
	int fd;             /* the new file; -1 where it is not open */
	struct error *error;
};

static bool fail(struct replacement *replacement, const char *message)
{
	return error_set_errno(replacement->error, errno, "%s", message);
}

/* Replaces a path that is a symbolic link by what it leads to, also where that is no file yet. */
static bool follow_links(struct str *path, struct arena *arena, struct error *error)
{
	for (unsigned links = 0; links < LINKS_MAX; links++) {
		char *bytes = arena_bytes(arena, LINK_SIZE_MAX);
		ssize_t len = readlink(path->ptr, bytes, LINK_SIZE_MAX);

		if (len < 0 && (errno == EINVAL || errno == ENOENT))
			return true;
		if (len < 0)
			return error_set_errno(error, errno, "cannot be examined");
		*path = path_join(arena, path_directory(*path), (struct str){.ptr = bytes, .len = (size_t)len});
	}
	return error_set_errno(error, ELOOP, "cannot be examined");
}

/* Opens the folder and looks at the file in it. */
static bool open_folder(struct replacement *replacement, struct arena *arena, struct str path)
{
	struct str folder = path_directory(path);
	int access = (replacement->flags & FILE_WRITE_SYNC) != 0 ? O_RDONLY : O_PATH;

	replacement->name = path_base(path).ptr;
	replacement->folder =
		open(folder.len > 0 ? arena_str(arena, folder).ptr : ".", access | O_DIRECTORY | O_CLOEXEC);
	if (replacement->folder < 0)
		return fail(replacement, "cannot be written, as its folder cannot be opened");
	replacement->exists = fstatat(replacement->folder, replacement->name, &replacement->old, 0) == 0;
	if (!replacement->exists)
		return errno == ENOENT || fail(replacement, "cannot be examined");
	return file_check_regular(&replacement->old, replacement->error);
}

/* The mode that the file shall have where there is one already. */
static mode_t wanted_mode(const struct replacement *replacement)
{
	mode_t mode = replacement->old.st_mode & 07777;

	return (replacement->flags & FILE_WRITE_PRIVATE) != 0 ? mode & S_IRWXU : mode;
}

/* Whether the file has the wanted bytes and mode, so that there is nothing to do. What cannot be read is written. */
static bool is_up_to_date(const struct replacement *replacement, struct str text)
{
	struct arena arena;
	struct str old;
	bool same;

	if (!replacement->exists || (size_t)replacement->old.st_size != text.len ||
		wanted_mode(replacement) != (replacement->old.st_mode & 07777))
		return false;
	arena_init_sensitive(&arena);
	same = file_read(&old, &arena, replacement->folder, replacement->name, NULL) && str_equal(old, text);
	arena_release(&arena);
	return same;
}

/* Makes a new file of a name that nothing has. */
static bool create_temporary(struct replacement *replacement)
{
	bool closed = replacement->exists || (replacement->flags & FILE_WRITE_PRIVATE) != 0;

	for (unsigned attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		uint64_t number;

		if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
			return fail(replacement, "cannot be written, as there are no random numbers");
		snprintf(replacement->temporary, sizeof(replacement->temporary), ".aspis-%016llx",
			(unsigned long long)number);
		replacement->fd = openat(replacement->folder, replacement->temporary,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, closed ? 0600 : 0666);
		if (replacement->fd >= 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	return fail(replacement, "cannot be written, as no file can be made in its folder");
}

static bool write_all(struct replacement *replacement, struct str text)
{
	while (text.len > 0) {
		ssize_t written = write(replacement->fd, text.ptr, text.len);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail(replacement, "cannot be written");
		text = str_slice(text, (size_t)written, text.len);
	}
	return true;
}

/* The owner first, since a change of it clears bits of the mode. Only root may give files away; where the file gets another owner than it had, it
 * must not act for that one. */
static bool set_mode(struct replacement *replacement)
{
	mode_t mode = wanted_mode(replacement);

	if (!replacement->exists)
		return true;
	if (fchown(replacement->fd, replacement->old.st_uid, replacement->old.st_gid) != 0)
		mode &= 0777;
	return fchmod(replacement->fd, mode) == 0 || fail(replacement, "cannot be given its mode");
}

/* Some file systems cannot flush a folder, and say EINVAL. */
static bool sync_folder(struct replacement *replacement)
{
	if ((replacement->flags & FILE_WRITE_SYNC) == 0 || fsync(replacement->folder) == 0 || errno == EINVAL)
		return true;
	return fail(replacement, "was written, but perhaps not to the disk");
}

static bool fill_temporary(struct replacement *replacement, struct str text)
{
	int fd = replacement->fd;

	if (!write_all(replacement, text) || !set_mode(replacement))
		return false;
	if ((replacement->flags & FILE_WRITE_SYNC) != 0 && fsync(fd) != 0)
		return fail(replacement, "cannot be written to the disk");
	replacement->fd = -1;
	return close(fd) == 0 || fail(replacement, "cannot be written");
}

static bool replace(struct replacement *replacement, struct str text)
{
	if (!create_temporary(replacement))
		return false;
	if (!fill_temporary(replacement, text))
		goto discard;
	if (renameat(replacement->folder, replacement->temporary, replacement->folder, replacement->name) == 0)
		return sync_folder(replacement);
	fail(replacement, "cannot be replaced");
discard:
	if (replacement->fd >= 0)
		close(replacement->fd);
	unlinkat(replacement->folder, replacement->temporary, 0);
	return false;
}

bool file_write(const char *path, struct str text, unsigned flags, bool *changed, struct error *error)
{
	struct replacement replacement = {.flags = flags, .folder = -1, .fd = -1, .error = error};
	struct arena arena;
	struct str target;
	bool written = false;
	bool done;

	arena_init(&arena);
	target = arena_str(&arena, str_of(path));
	done = follow_links(&target, &arena, error) && open_folder(&replacement, &arena, target);
	if (done && !is_up_to_date(&replacement, text)) {
		done = replace(&replacement, text);
		written = done;
	}
	if (changed)
		*changed = written;
	if (replacement.folder >= 0)
		close(replacement.folder);
	arena_release(&arena);
	return done;
}
