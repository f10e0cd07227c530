#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "repo/walk.h"

static bool is_there(int directory, const char *name, bool must_be_folder)
{
	struct stat status;
	return fstatat(directory, name, &status, 0) == 0 && (!must_be_folder || S_ISDIR(status.st_mode));
}

static bool is_root(const char *path)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0)
		return false;

	bool found = is_there(directory, "aspis.yaml", false) || is_there(directory, ".git", false) ||
		     (is_there(directory, "applications", true) && is_there(directory, "environments", true));
	close(directory);
	return found;
}

bool repository_root_error(struct error *error, int errnum, const char *path)
{
	if (errnum == ENOENT || errnum == ENOTDIR)
		return error_set(error, ERROR_USAGE, "%s is not a folder: name the root of a repository", path);
	return error_set_errno(error, errnum, "cannot open the repository %s", path);
}

bool repository_find_root(struct str *out, struct arena *arena, const char *start, struct error *error)
{
	char *absolute = realpath(start ? start : ".", NULL);
	if (!absolute)
		return repository_root_error(error, errno, start ? start : ".");

	struct str path = arena_str(arena, str_of(absolute));
	struct str from = path;
	free(absolute);
	while (!is_root(path.ptr)) {
		if (path.len <= 1)
			return error_set(error, ERROR_USAGE,
				"no repository here: neither %.*s nor a folder above it has an aspis.yaml, a .git, or "
				"both applications/ and environments/; "
				"name its root with --root DIR",
				STR_ARG(from));
		struct str parent = path_directory(path);
		path = parent.len ? arena_str(arena, parent) : STR("/");
	}
	*out = path;
	return true;
}
