#include "repo/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "repo/glob.h"
#include "repo/roles.h"

/* Links to folders may show as many entries again; beyond that somebody plays tricks. */
#define LINKED_ENTRIES_MAX 200000

/* Folders that hold no source of the repository: version control and installed packages. */
static const char *const passed_over[] = {
	".git",
	".hg",
	".svn",
	".tox",
	".venv",
	"__pycache__",
	"node_modules",
};

struct folder {
	struct str path;   /* "" for the root */
	bool through_link; /* a link to a folder led here */
	bool excluded;
};

struct walk {
	struct repository *repository;
	const struct vec *excludes;
	char *real_root;    /* without links */
	struct vec pending; /* struct folder */
	bool excluded;      /* the entry that is being added */
	size_t linked;      /* entries found through links to folders */
	bool gave_up;       /* there were too many of them */
};

enum entry_kind {
	ENTRY_FILE,
	ENTRY_FOLDER,
	ENTRY_LINK,
	ENTRY_SPECIAL,
};

static bool is_passed_over(const char *name)
{
	for (size_t i = 0; i < sizeof(passed_over) / sizeof(passed_over[0]); i++)
		if (strcmp(passed_over[i], name) == 0)
			return true;
	return false;
}

static bool is_excluded(const struct walk *walk, struct str path)
{
	for (size_t i = 0; walk->excludes && i < walk->excludes->len; i++) {
		const struct str *pattern = vec_at(walk->excludes, i);
		if (glob_match(*pattern, path))
			return true;
	}
	return false;
}

/* What the layout reads decides what is true of other files: it is read even where nothing is to be said of it. */
static bool is_part_of_layout(struct str path)
{
	struct str first = path_component(&path);

	return str_is(first, "applications") || str_is(first, "charts") || str_is(first, "environments");
}

static struct source *new_source(struct repository *repository, struct str path)
{
	struct source *source = arena_alloc(&repository->arena, sizeof(*source));
	source_init(source, &repository->arena, path, STR(""));
	return source;
}

static void add_problem(struct walk *walk, struct str path, struct str message)
{
	struct repo_problem *problem = vec_push(&walk->repository->problems);
	problem->source = new_source(walk->repository, path.len ? path : STR("."));
	problem->message = message;
}

static void add_file(struct walk *walk, struct str path, struct str obstacle)
{
	struct repo_file *file = arena_calloc(&walk->repository->arena, 1, sizeof(*file));
	struct repo_file **slot = vec_push(&walk->repository->files);

	file->path = path;
	file->source = new_source(walk->repository, path);
	file->obstacle = obstacle;
	file->excluded = walk->excluded;
	*slot = file;
}

static void add_folder(struct walk *walk, struct str path, bool through_link)
{
	if (role_expects_file(path)) {
		add_file(walk, path, STR("is a folder, and a file belongs here"));
		return;
	}
	struct folder *folder = vec_push(&walk->pending);
	folder->path = path;
	folder->through_link = through_link;
	folder->excluded = walk->excluded;
}

static bool is_within(const char *path, struct str root)
{
	return strncmp(path, root.ptr, root.len) == 0 &&
	       (path[root.len] == '/' || path[root.len] == '\0' || root.len == 1);
}

/* Where a link leads in the end, without links (malloc'ed); NULL with errno where it leads nowhere. */
static char *real_path(const struct walk *walk, struct str path)
{
	struct str absolute = arena_printf(&walk->repository->arena, "%s/%.*s", walk->real_root, STR_ARG(path));
	return realpath(absolute.ptr, NULL);
}

static void add_linked_folder(struct walk *walk, const struct folder *folder, struct str path, const char *target)
{
	char *here = folder->through_link ? NULL : real_path(walk, path_directory(path));
	bool leads_back = here && is_within(here, str_of(target));

	if (here && !leads_back && is_within(target, str_of(walk->real_root)))
		add_folder(walk, path, true);
	free(here);
}

static void add_link(struct walk *walk, const struct folder *folder, struct str path)
{
	struct repository *repository = walk->repository;
	struct stat status;
	char *target = real_path(walk, path);

	if (!target || stat(target, &status) != 0) {
		struct str why =
			arena_printf(&repository->arena, "is a symbolic link that leads nowhere: %s", strerror(errno));
		add_file(walk, path, why);
	} else if (S_ISDIR(status.st_mode)) {
		add_linked_folder(walk, folder, path, target);
	} else if (!is_within(target, str_of(walk->real_root))) {
		add_file(walk, path, STR("is a symbolic link that leads out of the repository"));
	} else {
		add_file(walk, path, STR_ABSENT);
	}
	free(target);
}

static enum entry_kind kind_of_mode(mode_t mode)
{
	return S_ISREG(mode) ? ENTRY_FILE : S_ISDIR(mode) ? ENTRY_FOLDER : S_ISLNK(mode) ? ENTRY_LINK : ENTRY_SPECIAL;
}

static enum entry_kind entry_kind(int directory, const struct dirent *entry)
{
	struct stat status;

	switch (entry->d_type) {
	case DT_REG:
		return ENTRY_FILE;
	case DT_DIR:
		return ENTRY_FOLDER;
	case DT_LNK:
		return ENTRY_LINK;
	case DT_UNKNOWN:
		if (fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
			return kind_of_mode(status.st_mode);
		return ENTRY_FILE; /* gone meanwhile: its load says so */
	default:
		return ENTRY_SPECIAL;
	}
}

static void add_entry(struct walk *walk, const struct folder *folder, int directory, const struct dirent *entry)
{
	struct arena *arena = &walk->repository->arena;
	enum entry_kind kind = entry_kind(directory, entry);

	if (kind == ENTRY_FOLDER && is_passed_over(entry->d_name))
		return;
	struct str path = path_join(arena, folder->path, str_of(entry->d_name));
	walk->excluded = folder->excluded || is_excluded(walk, path);
	if (walk->excluded && !is_part_of_layout(path))
		return;
	if (folder->through_link)
		walk->linked++;
	switch (kind) {
	case ENTRY_FILE:
	case ENTRY_SPECIAL: /* its load says what it is */
		add_file(walk, path, STR_ABSENT);
		break;
	case ENTRY_FOLDER:
		add_folder(walk, path, folder->through_link);
		break;
	case ENTRY_LINK:
		add_link(walk, folder, path);
		break;
	}
}

static DIR *open_folder(const struct walk *walk, struct str path)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK;
	int descriptor = openat(walk->repository->root_fd, path.len ? path.ptr : ".", flags);
	if (descriptor < 0)
		return NULL;

	DIR *stream = fdopendir(descriptor);
	if (!stream) {
		int cause = errno;
		close(descriptor);
		errno = cause;
	}
	return stream;
}

static void read_folder(struct walk *walk, struct folder folder)
{
	struct arena *arena = &walk->repository->arena;
	DIR *stream = open_folder(walk, folder.path);
	const struct dirent *entry;

	if (!stream) {
		if (!folder.excluded)
			add_problem(walk, folder.path,
				arena_printf(arena, "is a folder that cannot be read: %s", strerror(errno)));
		return;
	}
	while (errno = 0, (entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add_entry(walk, &folder, dirfd(stream), entry);
	}
	if (errno != 0)
		add_problem(walk, folder.path,
			arena_printf(arena, "is a folder that cannot be read to its end: %s", strerror(errno)));
	closedir(stream);
}

/* Reads one pending folder, unless links have led to too much already; that is said once. */
static void take_folder(struct walk *walk, struct folder folder)
{
	if (walk->linked <= LINKED_ENTRIES_MAX || !folder.through_link) {
		read_folder(walk, folder);
		return;
	}
	if (!walk->gave_up)
		add_problem(walk, folder.path,
			STR("symbolic links to folders lead to more files than can be read; remove some, or exclude "
			    "them"));
	walk->gave_up = true;
}

void walk_repository(struct repository *repository, const struct vec *excludes)
{
	struct walk walk = {.repository = repository, .excludes = excludes, .pending = VEC_INIT(struct folder)};

	walk.real_root = realpath(repository->root.ptr, NULL);
	if (!walk.real_root) {
		add_problem(&walk, STR(""),
			arena_printf(&repository->arena, "is a folder that cannot be found: %s", strerror(errno)));
		return;
	}
	vec_push(&walk.pending);
	((struct folder *)vec_last(&walk.pending))->path = STR("");
	while (walk.pending.len > 0) {
		struct folder folder = *(struct folder *)vec_last(&walk.pending);
		vec_pop(&walk.pending);
		take_folder(&walk, folder);
	}
	vec_release(&walk.pending);
	free(walk.real_root);
}
