/* The store in a folder. What is started waits for file_run(), as it would with a server. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "base/xalloc.h"
#include "store/file_private.h"

struct task;
typedef void task_runner(struct task *task);

struct file_store {
	struct store store;
	struct str folder;
	struct vec tasks; /* struct task *, those from next on to be done */
	size_t next;
	struct map seen; /* struct file_identity *: values as they were read or written here */
};

struct task {
	struct file_store *file;
	task_runner *run;
	struct arena arena; /* sensitive */
	struct str name;
	uint64_t version;
	struct secret *body;
	struct store_snapshot *snapshot;
	unsigned purposes;
	union {
		store_each *each;
		store_entry_done *entry_done;
		store_write_done *write_done;
	};
	void *context;
};

static struct task *add_task(struct store *store, task_runner *run, struct str name, void *context)
{
	struct file_store *file = (struct file_store *)store;
	struct task *task = xcalloc(1, sizeof(*task));

	*task = (struct task){.file = file, .run = run, .context = context};
	arena_init_sensitive(&task->arena);
	task->name = arena_str(&task->arena, name);
	vec_push_pointer(&file->tasks, task);
	return task;
}

static void task_free(struct task *task)
{
	arena_release(&task->arena);
	free(task);
}

static void remember(struct file_store *file, struct str name, const struct file_identity *identity)
{
	struct file_identity *seen = map_get(&file->seen, name);

	if (!seen) {
		seen = arena_calloc(&file->store.arena, 1, sizeof(*seen));
		map_set(&file->seen, arena_str(&file->store.arena, name), seen);
	}
	*seen = *identity;
}

/* One entry into arena; the lock is held. */
static struct store_entry *read_entry(struct task *task, struct arena *arena, struct str name, struct error *error)
{
	struct store_entry *entry = arena_calloc(arena, 1, sizeof(*entry));
	struct file_place place = file_place_of(&task->arena, task->file->folder, name);
	struct file_identity identity;

	store_entry_init(entry, arena_str(arena, name));
	if (file_entry_read(entry, &identity, arena, &place, error)) {
		remember(task->file, name, &identity);
		return entry;
	}
	store_entry_release(entry);
	return NULL;
}

static void take_name(struct map *names, struct arena *arena, struct str file_name, struct str suffix)
{
	struct str name = str_slice(file_name, 0, file_name.len - suffix.len);

	if (file_name_is_fit(name) && !map_has(names, name))
		map_set(names, arena_str(arena, name), names);
}

static bool is_folder(struct arena *arena, struct str folder, struct str name)
{
	struct stat status;

	return stat(path_join(arena, folder, name).ptr, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The names of what lies in a folder and ends in suffix; of other folders in it, where they are asked for. A folder that is not there is empty. */
static bool list_folder(struct map *names, struct vec *folders, struct task *task, struct str folder, struct str suffix,
	struct error *error)
{
	DIR *directory = opendir(folder.ptr);
	const struct dirent *item;

	if (!directory)
		return errno == ENOENT || error_set_errno(error, errno, "the folder %s cannot be read", folder.ptr);
	for (errno = 0; (item = readdir(directory)); errno = 0) {
		struct str name = str_of(item->d_name);

		if (folders && file_name_is_fit(name) && is_folder(&task->arena, folder, name))
			*(struct str *)vec_push(folders) = arena_printf(&task->snapshot->arena, "%s/", item->d_name);
		else if (str_ends_with(name, suffix))
			take_name(names, &task->arena, name, suffix);
	}
	if (errno != 0)
		error_set_errno(error, errno, "the folder %s cannot be read", folder.ptr);
	closedir(directory);
	return error->kind == ERROR_NONE;
}

static void read_all(struct task *task, struct error *error)
{
	struct store_snapshot *snapshot = task->snapshot;
	struct str folder = task->file->folder;
	struct map names;

	map_init(&names);
	if (list_folder(&names, &snapshot->folders, task, folder, STR(".json"), error) &&
		list_folder(&names, NULL, task, path_join(&task->arena, folder, STR(FILE_RECORDS)), STR(".version"),
			error)) {
		for (size_t i = 0; i < names.len; i++) {
			struct store_entry *entry = read_entry(task, &snapshot->arena, names.entries[i].key, error);

			if (entry && store_snapshot_add(snapshot, entry) && task->each)
				task->each(task->context, entry);
		}
	}
	map_release(&names);
	store_snapshot_seal(snapshot);
}

static void run_read(struct task *task)
{
	struct error *error = &task->snapshot->error;
	bool writes = (task->purposes & ~(unsigned)STORE_READ) != 0;
	int lock = -1;

	if ((!writes || file_folder_is_writable(task->file->folder, error)) &&
		file_lock(&lock, task->file->folder, false, error))
		read_all(task, error);
	file_unlock(lock);
}

static void run_entry(struct task *task)
{
	struct error error = ERROR_INIT;
	struct store_entry *entry = NULL;
	int lock = -1;

	if (!file_name_is_fit(task->name))
		error_set(&error, ERROR_SYSTEM, "the folder %s cannot have an entry of that name",
			task->file->folder.ptr);
	else if (file_lock(&lock, task->file->folder, false, &error))
		entry = read_entry(task, &task->arena, task->name, &error);
	file_unlock(lock);
	task->entry_done(task->context, entry, entry ? NULL : &error);
	if (entry)
		store_entry_release(entry);
	error_release(&error);
}

/* Whether what lies there is still what was read. */
static bool is_current(const struct task *task, uint64_t version, const struct file_identity *identity)
{
	const struct file_identity *seen = map_get(&task->file->seen, task->name);

	return version == task->version && (!seen || file_identity_equal(seen, identity));
}

/* With the lock held: *version is the new one, or that which is deleted. */
static enum store_outcome write_locked(struct task *task, uint64_t *version, struct error *error)
{
	struct file_place place = file_place_of(&task->arena, task->file->folder, task->name);
	struct file_identity identity;
	enum store_state state;

	if (!file_state_read(&state, version, &identity, &place, error))
		return STORE_FAILED;
	if (!is_current(task, *version, &identity)) {
		error_set(error, ERROR_SYSTEM, "%s has been changed since it was read", place.values.ptr);
		return STORE_CONFLICT;
	}
	if (task->body) {
		enum store_outcome outcome = file_entry_write(&place, ++*version, task->body, &identity, error);

		if (outcome == STORE_DONE)
			remember(task->file, task->name, &identity);
		return outcome;
	}
	return state != STORE_PRESENT || file_entry_delete(&place, *version, error) ? STORE_DONE : STORE_UNCERTAIN;
}

static void run_write(struct task *task)
{
	enum store_outcome outcome = STORE_FAILED;
	struct error error = ERROR_INIT;
	uint64_t version = 0;
	int lock = -1;

	if (!file_name_is_fit(task->name))
		error_set(&error, ERROR_SYSTEM, "the folder %s cannot have an entry of that name",
			task->file->folder.ptr);
	else if (file_lock(&lock, task->file->folder, true, &error))
		outcome = write_locked(task, &version, &error);
	file_unlock(lock);
	task->write_done(
		task->context, outcome, outcome == STORE_DONE ? version : 0, outcome == STORE_DONE ? NULL : &error);
	error_release(&error);
}

static void read_start(
	struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each, void *context)
{
	struct task *task = add_task(store, run_read, STR(""), context);

	task->snapshot = snapshot;
	task->purposes = purposes;
	task->each = each;
}

static void entry_start(struct store *store, struct str name, store_entry_done *done, void *context)
{
	add_task(store, run_entry, name, context)->entry_done = done;
}

static void write_start(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context)
{
	struct task *task = add_task(store, run_write, name, context);

	task->version = cas;
	task->body = body;
	task->write_done = done;
}

static void delete_start(struct store *store, struct str name, uint64_t version, store_write_done *done, void *context)
{
	struct task *task = add_task(store, run_write, name, context);

	task->version = version;
	task->write_done = done;
}

static struct str undelete_command(const struct store *store, struct arena *arena, struct str name, uint64_t version)
{
	struct file_place place = file_place_of(arena, ((const struct file_store *)store)->folder, name);
	struct strbuf command = STRBUF_INIT;
	struct str result;

	strbuf_append_c(&command, "mv -n -- ");
	store_shell_word(&command, file_deleted_path(arena, &place, version));
	strbuf_append_char(&command, ' ');
	store_shell_word(&command, place.values);
	result = arena_str(arena, strbuf_str(&command));
	strbuf_release(&command);
	return result;
}

static void run(struct store *store)
{
	struct file_store *file = (struct file_store *)store;

	while (file->next < file->tasks.len) {
		struct task *task = vec_pointer(&file->tasks, file->next++);

		task->run(task);
		task_free(task);
	}
	vec_clear(&file->tasks);
	file->next = 0;
}

static bool is_versioned(const struct store *store)
{
	(void)store;
	return true;
}

static void free_file(struct store *store)
{
	struct file_store *file = (struct file_store *)store;

	for (size_t i = file->next; i < file->tasks.len; i++)
		task_free(vec_pointer(&file->tasks, i));
	vec_release(&file->tasks);
	map_release(&file->seen);
	store_release(store);
	free(file);
}

static const struct store_kind kind = {
	.free = free_file,
	.is_versioned = is_versioned,
	.read = read_start,
	.entry = entry_start,
	.write = write_start,
	.delete_version = delete_start,
	.undelete_command = undelete_command,
	.run = run,
};

struct store *store_file_new(struct str folder, struct error *error)
{
	struct file_store *file;

	if (folder.len == 0 || str_find(folder, '\0') < folder.len) {
		error_set(error, ERROR_USAGE, "file: has to be followed by the path of a folder");
		return NULL;
	}
	file = xcalloc(1, sizeof(*file));
	store_init(&file->store, &kind);
	file->folder = path_normalize(&file->store.arena, folder);
	file->store.name = arena_printf(&file->store.arena, "folder %.*s", STR_ARG(file->folder));
	file->tasks = (struct vec)VEC_INIT(struct task *);
	map_init(&file->seen);
	return &file->store;
}
