/* Reading one entry. */
#include <stdlib.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "store/vault_private.h"

struct fetch {
	struct vault_store *vault;
	struct arena *arena;
	struct store_entry *entry;
	vault_entry_done *done;
	void *context;
};

/* Of the path, since a name that comes from a listing may have anything in it. */
static void fail_entry(
	const struct fetch *fetch, struct error *error, const struct vault_answer *answer, const char *problem)
{
	struct strbuf path = STRBUF_INIT;

	strbuf_append_visible(&path, vault_path(fetch->vault, answer->arena, "data", fetch->entry->name));
	if (answer->status == 403)
		error_set(error, ERROR_SYSTEM, "%s: the token may not read %s (the capability read is missing)",
			vault_server_name(fetch->vault->server).ptr, path.ptr);
	else
		error_set(error, ERROR_SYSTEM, "%s: %s cannot be read: %s", vault_server_name(fetch->vault->server).ptr,
			path.ptr, problem);
	strbuf_release(&path);
}

static void read_answer(struct fetch *fetch, struct error *error, const struct vault_answer *answer)
{
	/* Of a version that was deleted there is still `data`. */
	bool is_absent = answer->status == 404 && (vault_answer_is_silent(answer) || vault_answer_data(answer));
	const char *problem;

	if (!answer->success && !is_absent) {
		if (answer->status == 403)
			fail_entry(fetch, error, answer, "");
		else
			error_set(error, ERROR_SYSTEM, "%s", answer->message.ptr);
		return;
	}
	problem =
		vault_entry_read(fetch->entry, fetch->arena, fetch->vault->mount.version, answer->status, answer->root);
	if (problem)
		fail_entry(fetch, error, answer, problem);
}

static void on_entry(void *context, const struct vault_answer *answer)
{
	struct fetch *fetch = context;
	struct error error = ERROR_INIT;

	read_answer(fetch, &error, answer);
	fetch->done(fetch->context, fetch->entry, error.kind != ERROR_NONE ? &error : NULL);
	error_release(&error);
	free(fetch);
}

void vault_fetch_start(
	struct vault_store *vault, struct arena *arena, struct str name, vault_entry_done *done, void *context)
{
	struct fetch *fetch = xcalloc(1, sizeof(*fetch));

	*fetch = (struct fetch){.vault = vault, .arena = arena, .done = done, .context = context};
	fetch->entry = arena_calloc(arena, 1, sizeof(*fetch->entry));
	store_entry_init(fetch->entry, arena_str(arena, name));
	vault_start(vault->server, &(struct vault_request){
					   .method = HTTP_GET,
					   .path = vault_path(vault, arena, "data", name),
					   .idempotent = true,
					   .answered = on_entry,
					   .context = fetch,
				   });
}

/* An entry by itself, whose mount may not be known yet. */
struct single {
	struct vault_store *vault;
	struct arena arena;
	struct str name;
	store_entry_done *done;
	void *context;
};

static void finish(void *context, struct store_entry *entry, const struct error *error)
{
	struct single *single = context;

	single->done(single->context, error ? NULL : entry, error);
	if (entry)
		store_entry_release(entry);
	arena_release(&single->arena);
	free(single);
}

static void on_single_mount(
	void *context, enum vault_detection detection, const struct vault_mount *mount, const struct error *error)
{
	struct single *single = context;
	struct error own = ERROR_INIT;

	if (detection == VAULT_DETECTED && !vault_mount_use(single->vault, mount, STORE_READ, &own))
		error = &own;
	if (error)
		finish(single, NULL, error);
	else
		vault_fetch_start(single->vault, &single->arena, single->name, finish, single);
	error_release(&own);
}

void vault_entry_start(struct store *store, struct str name, store_entry_done *done, void *context)
{
	struct single *single = xcalloc(1, sizeof(*single));

	*single = (struct single){.vault = (struct vault_store *)store, .done = done, .context = context};
	arena_init_sensitive(&single->arena);
	single->name = arena_str(&single->arena, name);
	if (single->vault->is_known)
		vault_fetch_start(single->vault, &single->arena, name, finish, single);
	else
		vault_mount_start(single->vault, on_single_mount, single);
}
