#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "store/file_private.h"
#include "store/json_values.h"

#define NAME_SIZE_MAX 200

bool file_name_is_fit(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if ((unsigned char)name.ptr[i] < ' ' || name.ptr[i] == 0x7F || name.ptr[i] == '/')
			return false;
	}
	return name.len > 0 && name.len <= NAME_SIZE_MAX && name.ptr[0] != '.';
}

struct file_place file_place_of(struct arena *arena, struct str folder, struct str name)
{
	struct file_place place = {.folder = folder, .name = name};

	place.values = path_join(arena, folder, arena_printf(arena, "%.*s.json", STR_ARG(name)));
	place.records = path_join(arena, folder, STR(FILE_RECORDS));
	place.record = path_join(arena, place.records, arena_printf(arena, "%.*s.version", STR_ARG(name)));
	return place;
}

struct str file_deleted_path(struct arena *arena, const struct file_place *place, uint64_t version)
{
	return path_join(
		arena, place->records, arena_printf(arena, "%.*s.%" PRIu64 ".deleted", STR_ARG(place->name), version));
}

/* Hands an error on that does not name its file. */
static bool fail(struct error *error, struct str path, struct error *cause)
{
	error_set(error, ERROR_SYSTEM, "%s %s", path.ptr, cause->message);
	error_release(cause);
	return false;
}

bool file_state_read(enum store_state *state, uint64_t *version, struct file_identity *identity,
	const struct file_place *place, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct file_record record;

	*identity = (struct file_identity){.size = 0};
	if (!file_record_read(&record, place->record, &cause))
		return fail(error, place->record, &cause);
	*version = record.version;
	if (!file_identity_of(identity, place->values)) {
		if (errno != ENOENT)
			return error_set_errno(error, errno, "%s cannot be examined", place->values.ptr);
		*state = record.version > 0 ? STORE_DELETED : STORE_ABSENT;
		return true;
	}
	*state = STORE_PRESENT;
	/* Without a record, or with that of another file, somebody else has put it there: that is a version of its own. */
	if (record.version == 0 || (record.has_identity && !file_identity_equal(identity, &record.identity)))
		++*version;
	return true;
}

static bool read_values(
	struct store_entry *entry, struct arena *arena, const struct file_place *place, struct error *error)
{
	struct error cause = ERROR_INIT;
	struct arena scratch;
	struct str text;
	bool done;

	arena_init_sensitive(&scratch);
	done = file_read(&text, &scratch, AT_FDCWD, place->values.ptr, &cause) &&
	       json_values_parse(entry, arena, text, &cause);
	arena_release(&scratch);
	return done || fail(error, place->values, &cause);
}

bool file_entry_read(struct store_entry *entry, struct file_identity *identity, struct arena *arena,
	const struct file_place *place, struct error *error)
{
	if (!file_state_read(&entry->state, &entry->version, identity, place, error))
		return false;
	return entry->state != STORE_PRESENT || read_values(entry, arena, place, error);
}

static bool write_record(const struct file_place *place, const struct file_record *record, struct error *error)
{
	struct error cause = ERROR_INIT;

	return file_record_write(place->record, record, &cause) || fail(error, place->record, &cause);
}

/* The body on lines of their own, for people. */
static struct secret *make_text(const struct file_place *place, struct secret *body, struct error *error)
{
	struct str text = secret_str(body);
	struct error cause = ERROR_INIT;
	struct secret *object = NULL;
	struct store_entry entry;
	struct arena arena;

	arena_init_sensitive(&arena);
	store_entry_init(&entry, place->name);
	if (json_values_parse(&entry, &arena, text, &cause) && str_is_absent(entry.obstacle))
		object = json_values_write(&entry.values, 2, &cause);
	else if (cause.kind == ERROR_NONE)
		error_set(&cause, ERROR_SYSTEM, "cannot be written, as %s", entry.obstacle.ptr);
	store_entry_release(&entry);
	arena_release(&arena);
	if (!object)
		fail(error, place->values, &cause);
	return object;
}

static bool write_values(const struct file_place *place, struct secret *text, struct error *error)
{
	struct str bytes = secret_str(text);
	struct error cause = ERROR_INIT;

	return file_write(place->values.ptr, bytes, FILE_WRITE_SYNC | FILE_WRITE_PRIVATE, NULL, &cause) ||
	       fail(error, place->values, &cause);
}

/* The version first: whoever has read the earlier one writes over nothing then, even where this is cut short in between. */
enum store_outcome file_entry_write(const struct file_place *place, uint64_t version, struct secret *body,
	struct file_identity *identity, struct error *error)
{
	struct secret *text = make_text(place, body, error);
	enum store_outcome outcome = STORE_FAILED;
	struct file_record record = {.version = version};

	if (text && write_record(place, &record, error))
		outcome = write_values(place, text, error) ? STORE_DONE : STORE_UNCERTAIN;
	secret_free(text);
	if (outcome != STORE_DONE)
		return outcome;
	record.has_identity = file_identity_of(identity, place->values);
	record.identity = *identity;
	return write_record(place, &record, error) ? STORE_DONE : STORE_UNCERTAIN;
}

static bool sync_folder(struct str path, struct error *error)
{
	int fd = open(path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return error_set_errno(error, errno, "the folder %s cannot be opened", path.ptr);
	done = fsync(fd) == 0 || errno == EINVAL ||
	       error_set_errno(error, errno, "the folder %s cannot be written to the disk", path.ptr);
	close(fd);
	return done;
}

bool file_entry_delete(const struct file_place *place, uint64_t version, struct error *error)
{
	struct file_record record = {.version = version};
	struct arena arena;
	struct str away;
	bool done;

	arena_init(&arena);
	away = file_deleted_path(&arena, place, version);
	record.has_identity = file_identity_of(&record.identity, place->values);
	done = write_record(place, &record, error);
	if (done && rename(place->values.ptr, away.ptr) != 0)
		done = error_set_errno(error, errno, "%s cannot be moved to %s", place->values.ptr, away.ptr);
	done = done && sync_folder(place->records, error) && sync_folder(place->folder, error);
	arena_release(&arena);
	return done;
}
