#include <errno.h>
#include <sys/stat.h>

#include "api/api.h"
#include "api/environment.h"
#include "api_remote/server.h"
#include "base/file.h"
#include "base/path.h"
#include "store/json_values.h"
#include "sync/given.h"

#define INDENT 4

/* Where the token of Vault is to come from 1Password, it is read first. NULL in *token: there is none. */
static bool read_source_token(
	struct server *server, const struct resolution *resolution, struct given_values *given, struct error *error)
{
	struct vec titles = VEC_INIT(struct str);
	struct onepassword_items items;

	if (!server_needs_source_token(server) || !server_has_onepassword(server) ||
		!server_has_onepassword_token(server))
		return true;
	if (!server_open_onepassword(server, false, error))
		return false;
	*(struct str *)vec_push(&titles) = STR("vault-write-token");
	onepassword_items_init(&items);
	onepassword_read_start(server->onepassword, &items, &titles);
	server_run(server);
	bool complete = items.error.kind == ERROR_NONE;
	if (complete)
		given_from_onepassword(given, resolution, &items);
	else
		error_set(error, items.error.kind, "%s", items.error.message);
	onepassword_items_release(&items);
	vec_release(&titles);
	return complete;
}

static bool read_store(struct server *server, struct store_snapshot *snapshot, struct error *error)
{
	store_read_start(server->store, snapshot, STORE_READ, NULL, NULL);
	server_run(server);
	return snapshot->error.kind == ERROR_NONE ||
	       error_set(error, snapshot->error.kind, "%s", snapshot->error.message);
}

/* A name decides where its file lies: below the folder, and nowhere else. */
static bool check_names(const struct store_snapshot *snapshot, struct error *error)
{
	for (size_t i = 0; i < snapshot->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&snapshot->entries, i);

		if (entry->name.len == 0 || str_find(entry->name, '/') < entry->name.len ||
			str_find(entry->name, '\0') < entry->name.len)
			return error_set(error, ERROR_USAGE,
				"there is an entry '%.*s', after which no file can be named", STR_ARG(entry->name));
	}
	return true;
}

static bool make_folder(const char *folder, struct error *error)
{
	struct stat status;

	if (mkdir(folder, 0700) == 0)
		return true;
	if (errno == EEXIST && stat(folder, &status) == 0 && !S_ISDIR(status.st_mode))
		return error_set(error, ERROR_SYSTEM, "%s is no folder", folder);
	return errno == EEXIST || error_set_errno(error, errno, "%s cannot be made", folder);
}

static bool write_entry(struct arena *arena, const char *folder, const struct store_entry *entry, struct error *error)
{
	struct str name = arena_printf(arena, "%.*s.json", STR_ARG(entry->name));
	struct str path = path_join(arena, str_of(folder), name);
	struct error cause = ERROR_INIT;
	struct secret *text = json_values_write(&entry->values, INDENT, &cause);
	bool written =
		text && file_write(path.ptr, secret_str(text), FILE_WRITE_SYNC | FILE_WRITE_PRIVATE, NULL, &cause);

	if (!written)
		error_set(error, cause.kind, "%s %s", path.ptr, cause.message);
	error_release(&cause);
	secret_free(text);
	return written;
}

static bool write_all(struct server *server, const struct store_snapshot *snapshot, const char *folder, size_t *count,
	struct error *error)
{
	if (!check_names(snapshot, error) || !make_folder(folder, error))
		return false;
	for (size_t i = 0; i < snapshot->entries.len; i++) {
		const struct store_entry *entry = vec_pointer(&snapshot->entries, i);

		if (entry->state != STORE_PRESENT)
			continue;
		if (!str_is_absent(entry->obstacle))
			remote_warn(server->remote, "%.*s: %.*s; the file holds what was read of it",
				STR_ARG(entry->name), STR_ARG(entry->obstacle));
		if (!write_entry(&server->arena, folder, entry, error))
			return false;
		(*count)++;
	}
	for (size_t i = 0; i < snapshot->folders.len; i++)
		remote_warn(server->remote, "%.*s is a folder of further entries, which were not exported",
			STR_ARG(*(const struct str *)vec_at(&snapshot->folders, i)));
	return true;
}

static bool export(struct server *server, const struct resolution *resolution, const char *folder, size_t *count,
	struct error *error)
{
	struct given_values given;
	struct store_snapshot snapshot;

	given_values_init(&given);
	store_snapshot_init(&snapshot);
	bool done = read_source_token(server, resolution, &given, error) &&
		    server_open_store(server, given.vault_write_token, error) && read_store(server, &snapshot, error) &&
		    write_all(server, &snapshot, folder, count, error);
	store_snapshot_release(&snapshot);
	given_values_release(&given);
	return done;
}

bool aspis_remote_export(struct aspis_remote *remote, const struct aspis_environment *environment,
	enum aspis_remote_caller caller, const char *folder, size_t *count, struct aspis_error *error)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct error cause = ERROR_INIT;
	struct server server;

	*count = 0;
	bool done = server_init(&server, remote, resolution->environment, caller, &cause) &&
		    export(&server, resolution, folder, count, &cause);
	server_release(&server);
	return done || api_fail(error, &cause);
}
