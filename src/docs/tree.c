#include "docs/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/strbuf.h"

bool tree_open(struct tree *tree, const char *root, struct error *error)
{
	*tree = (struct tree){.fd = -1, .folder_fd = -1, .folder = STR_ABSENT};
	arena_init(&tree->arena);
	tree->root = arena_str(&tree->arena, str_of(root));
	tree->fd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (tree->fd >= 0 || errno == ENOENT)
		return true;
	if (errno == ENOTDIR)
		return error_set(error, ERROR_USAGE, "%s is not a folder: pages cannot be written into it", root);
	return error_set_errno(error, errno, "%s cannot be opened", root);
}

static void close_folder(struct tree *tree)
{
	if (tree->folder_fd >= 0)
		close(tree->folder_fd);
	tree->folder_fd = -1;
	tree->folder = STR_ABSENT;
}

void tree_release(struct tree *tree)
{
	close_folder(tree);
	if (tree->fd >= 0)
		close(tree->fd);
	arena_release(&tree->arena);
}

bool tree_holds(struct str path)
{
	struct str rest = path;

	if (path.len == 0 || memchr(path.ptr, '\0', path.len) != NULL)
		return false;
	while (!str_is_absent(rest)) {
		struct str component = str_cut(&rest, '/');

		if (component.len == 0 || str_is(component, ".") || str_is(component, ".."))
			return false;
	}
	return true;
}

static bool fail(const struct tree *tree, struct str path, int errnum, struct error *error, const char *what)
{
	return error_set_errno(error, errnum, "%.*s/%.*s %s", STR_ARG(tree->root), STR_ARG(path), what);
}

static bool refuse_link(const struct tree *tree, struct str path, const char *what, struct error *error)
{
	return error_set(error, ERROR_USAGE, "%.*s/%.*s is %s, which pages are never written through; move it away",
		STR_ARG(tree->root), STR_ARG(path), what);
}

/* Why a component could not be opened as a folder. */
static bool explain(const struct tree *tree, struct str folder, int errnum, struct error *error)
{
	if (errnum == ELOOP || errnum == ENOTDIR) {
		struct stat status;
		struct strbuf path = STRBUF_INIT;

		strbuf_append(&path, folder);
		bool is_link =
			fstatat(tree->fd, path.ptr, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
		strbuf_release(&path);
		return refuse_link(tree, folder, is_link ? "a symbolic link" : "not a folder", error);
	}
	return fail(tree, folder, errnum, error, "cannot be opened");
}

/* Opens a folder below the root component by component, making those that are missing or not. The descriptor goes to *out, -1 where it is not there. */
static bool open_below(int *out, struct tree *tree, struct str folder, bool make, struct error *error)
{
	struct str rest = folder;
	int fd = dup(tree->fd);

	while (fd >= 0 && folder.len > 0 && !str_is_absent(rest)) {
		struct str component = arena_str(&tree->arena, str_cut(&rest, '/'));
		int outer = fd;
		int errnum;

		if (make && mkdirat(outer, component.ptr, 0777) != 0 && errno != EEXIST) {
			fail(tree, folder, errno, error, "cannot be made");
			close(outer);
			return false;
		}
		fd = openat(outer, component.ptr, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		errnum = errno;
		close(outer);
		if (fd < 0 && errnum != ENOENT) {
			size_t seen = (size_t)(str_is_absent(rest) ? folder.len : (size_t)(rest.ptr - folder.ptr) - 1);
			return explain(tree, str_slice(folder, 0, seen), errnum, error);
		}
	}
	*out = fd;
	return true;
}

/* The folder of a path, as long as possible the one that is open. */
static bool enter(struct tree *tree, struct str path, bool make, struct error *error)
{
	struct str folder = path_directory(path);

	if (!str_is_absent(tree->folder) && str_equal(tree->folder, folder) && (tree->folder_fd >= 0 || !make))
		return true;
	close_folder(tree);
	if (tree->fd >= 0 && !open_below(&tree->folder_fd, tree, folder, make, error))
		return false;
	tree->folder = arena_str(&tree->arena, folder);
	return true;
}

static struct str base_name(struct tree *tree, struct str path)
{
	return arena_str(&tree->arena, path_base(path));
}

bool tree_read(struct str *out, struct arena *arena, struct tree *tree, struct str path, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct stat status;

	*out = STR_ABSENT;
	if (!enter(tree, path, false, error))
		return false;
	if (tree->folder_fd < 0)
		return true;
	struct str name = base_name(tree, path);
	if (fstatat(tree->folder_fd, name.ptr, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || fail(tree, path, errno, error, "cannot be examined");
	if (S_ISLNK(status.st_mode))
		return refuse_link(tree, path, "a symbolic link", error);
	if (!S_ISREG(status.st_mode))
		return refuse_link(tree, path, "not a file", error);
	bool done = file_read(out, arena, tree->folder_fd, name.ptr, &cause) ||
		    error_set(error, cause.kind, "%.*s/%.*s %s", STR_ARG(tree->root), STR_ARG(path), cause.message);
	error_release(&cause);
	return done;
}

static bool make_root(struct tree *tree, struct error *error)
{
	for (size_t i = 1; i <= tree->root.len; i++) {
		if (i < tree->root.len && tree->root.ptr[i] != '/')
			continue;
		struct str made = arena_str(&tree->arena, str_slice(tree->root, 0, i));
		if (mkdir(made.ptr, 0777) != 0 && errno != EEXIST)
			return error_set_errno(error, errno, "%.*s cannot be made", STR_ARG(made));
	}
	tree->fd = open(tree->root.ptr, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return tree->fd >= 0 || error_set_errno(error, errno, "%.*s cannot be opened", STR_ARG(tree->root));
}

bool tree_write(struct tree *tree, struct str path, struct str text, struct error *error)
{
	struct error cause = ERROR_INIT;

	if ((tree->fd < 0 && !make_root(tree, error)) || !enter(tree, path, true, error))
		return false;
	struct str whole = path_join(&tree->arena, tree->root, path);
	bool done = file_write(whole.ptr, text, 0, NULL, &cause) ||
		    error_set(error, cause.kind, "%.*s %s", STR_ARG(whole), cause.message);
	error_release(&cause);
	return done;
}

/* Not empty, or somebody else's: it stays. */
static void remove_folder(struct tree *tree, struct str folder)
{
	int fd = -1;

	close_folder(tree);
	while (folder.len > 0) {
		struct str outer = path_directory(folder);

		if (!open_below(&fd, tree, outer, false, NULL) || fd < 0)
			return;
		int removed = unlinkat(fd, base_name(tree, folder).ptr, AT_REMOVEDIR);
		close(fd);
		if (removed != 0)
			return;
		folder = outer;
	}
}

bool tree_remove(struct tree *tree, struct str path, struct error *error)
{
	if (!enter(tree, path, false, error))
		return false;
	if (tree->folder_fd < 0)
		return true;
	if (unlinkat(tree->folder_fd, base_name(tree, path).ptr, 0) != 0 && errno != ENOENT)
		return fail(tree, path, errno, error, "cannot be removed");
	remove_folder(tree, path_directory(path));
	return true;
}
