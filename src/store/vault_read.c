/* Reading everything below the prefix. Mount, capabilities and listing are asked for together, as if the first component of the prefix were the mount of a KV engine of
 * version 2; where it turns out otherwise, the last two are asked for again. The entries follow, all at once. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/vault_private.h"

enum listing {
	LISTING_READ,
	LISTING_EMPTY,
	LISTING_UNMOUNTED, /* no engine has the path */
	LISTING_REFUSED,   /* 403 */
	LISTING_FAILED,    /* anything else: there is a message */
};

struct reading {
	struct vault_store *vault;
	struct store_snapshot *snapshot;
	unsigned purposes;
	store_each *each;
	void *context;

	struct arena arena;
	size_t pending;
	void (*next)(struct reading *reading); /* once nothing is pending */
	enum vault_detection detection;
	struct vault_mount mount; /* as detected */
	enum listing listing;
	struct str message; /* of LISTING_FAILED and LISTING_REFUSED */
	struct vec names;   /* struct str */
	struct vec folders;
	bool was_told; /* capabilities */
	unsigned lacking;
};

static void finish(struct reading *reading)
{
	store_snapshot_seal(reading->snapshot);
	vec_release(&reading->names);
	vec_release(&reading->folders);
	arena_release(&reading->arena);
	free(reading);
}

/* Requests are started between begin() and settle(). */
static void begin(struct reading *reading, void (*next)(struct reading *))
{
	reading->next = next;
	reading->pending++;
}

static void settle(struct reading *reading)
{
	if (--reading->pending > 0)
		return;
	if (reading->snapshot->error.kind != ERROR_NONE)
		finish(reading);
	else
		reading->next(reading);
}

static void fail(struct reading *reading, struct str message)
{
	error_set(&reading->snapshot->error, ERROR_SYSTEM, "%s", message.ptr);
}

static void on_mount(
	void *context, enum vault_detection detection, const struct vault_mount *mount, const struct error *error)
{
	struct reading *reading = context;

	reading->detection = detection;
	if (mount)
		reading->mount = (struct vault_mount){.path = arena_str(&reading->arena, mount->path),
			.type = arena_str(&reading->arena, mount->type),
			.version = mount->version};
	if (error)
		error_set(&reading->snapshot->error, error->kind, "%s", error->message);
	settle(reading);
}

static void on_capabilities(void *context, const struct vault_verdict *verdict)
{
	struct reading *reading = context;

	reading->was_told = verdict->was_told;
	reading->lacking = verdict->lacking;
	if (verdict->error.kind != ERROR_NONE)
		error_set(&reading->snapshot->error, verdict->error.kind, "%s", verdict->error.message);
	settle(reading);
}

/* Only Vault's own 404 says that there is nothing: that of a proxy does not. */
static enum listing judge_listing(struct reading *reading, const struct vault_answer *answer)
{
	if (answer->success)
		return vault_names_read(&reading->names, &reading->folders, &reading->arena, answer->root)
			       ? LISTING_READ
			       : LISTING_FAILED;
	if (answer->status == 403)
		return LISTING_REFUSED;
	if (answer->status == 404 && vault_answer_says(answer, "errors", "no handler for route"))
		return LISTING_UNMOUNTED;
	if (answer->status == 404 && vault_answer_is_silent(answer))
		return LISTING_EMPTY;
	return LISTING_FAILED;
}

static void on_listing(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	const char *server = vault_server_name(reading->vault->server).ptr;

	reading->listing = judge_listing(reading, answer);
	reading->message = answer->success ? arena_printf(&reading->arena,
						     "%s: the listing of %s makes no sense: is this a Vault?", server,
						     reading->vault->prefix.ptr)
					   : arena_str(&reading->arena, answer->message);
	settle(reading);
}

static void ask(struct reading *reading)
{
	vec_clear(&reading->names);
	vec_clear(&reading->folders);
	reading->pending++;
	vault_start(reading->vault->server,
		&(struct vault_request){
			.method = HTTP_LIST,
			.path = vault_path(reading->vault, &reading->arena, "metadata", STR_ABSENT),
			.idempotent = true,
			.answered = on_listing,
			.context = reading,
		});
	reading->pending++;
	vault_capabilities_start(reading->vault, reading->purposes, on_capabilities, reading);
}

static void on_entry(void *context, struct store_entry *entry, const struct error *error)
{
	struct reading *reading = context;

	if (error) {
		error_set(&reading->snapshot->error, error->kind, "%s", error->message);
		store_entry_release(entry);
	} else if (store_snapshot_add(reading->snapshot, entry) && reading->each) {
		reading->each(reading->context, entry);
	}
	settle(reading);
}

static void read_entries(struct reading *reading)
{
	for (size_t i = 0; i < reading->folders.len; i++)
		*(struct str *)vec_push(&reading->snapshot->folders) =
			arena_str(&reading->snapshot->arena, *(struct str *)vec_at(&reading->folders, i));
	begin(reading, finish);
	for (size_t i = 0; i < reading->names.len; i++) {
		reading->pending++;
		vault_fetch_start(reading->vault, &reading->snapshot->arena, *(struct str *)vec_at(&reading->names, i),
			on_entry, reading);
	}
	settle(reading);
}

/* Whether an entry may be read is shown by reading it, where there is one. */
static void decide_capabilities(struct reading *reading)
{
	unsigned lacking = reading->lacking;

	if (reading->names.len > 0)
		lacking = vault_lacking_without(lacking, STORE_READ);
	if (lacking == 0) {
		read_entries(reading);
		return;
	}
	vault_lacking_error(reading->vault, lacking, &reading->snapshot->error);
	finish(reading);
}

static void fail_refused(struct reading *reading)
{
	const char *server = vault_server_name(reading->vault->server).ptr;

	if (reading->detection == VAULT_UNTOLD && !reading->was_told)
		error_set(&reading->snapshot->error, ERROR_SYSTEM,
			"%s: the token is refused everywhere (403): it is wrong, expired or revoked, or one of another "
			"namespace (VAULT_NAMESPACE)",
			server);
	else
		error_set(&reading->snapshot->error, ERROR_SYSTEM,
			"%s: the token may not list %s (the capability list is missing), so that what lies there is "
			"not known%s",
			server, vault_path(reading->vault, &reading->arena, "metadata", STR_ABSENT).ptr,
			reading->detection == VAULT_UNTOLD ? "; or vaultPathPrefix names a mount that is not there"
							   : "");
}

static void decide_listing(struct reading *reading)
{
	unsigned changes = reading->purposes & ~(unsigned)STORE_READ;

	if (reading->listing == LISTING_UNMOUNTED)
		vault_mount_missing(reading->vault, &reading->snapshot->error);
	else if (reading->listing == LISTING_REFUSED)
		fail_refused(reading);
	else if (reading->listing == LISTING_FAILED)
		fail(reading, reading->message);
	if (reading->snapshot->error.kind != ERROR_NONE) {
		finish(reading);
	} else if (!reading->was_told && changes != 0) {
		begin(reading, decide_capabilities);
		reading->pending++;
		vault_probe_start(reading->vault, changes, on_capabilities, reading);
		settle(reading);
	} else {
		decide_capabilities(reading);
	}
}

static bool is_where_asked(const struct reading *reading)
{
	const struct vault_mount *mount = &reading->vault->mount;

	return mount->version == reading->mount.version && str_equal(mount->path, reading->mount.path);
}

static void use_mount(struct reading *reading)
{
	bool again = !is_where_asked(reading);

	if (!vault_mount_use(reading->vault, &reading->mount, reading->purposes, &reading->snapshot->error)) {
		finish(reading);
	} else if (again) {
		begin(reading, decide_listing);
		ask(reading);
		settle(reading);
	} else {
		decide_listing(reading);
	}
}

/* Where an engine of version 2 is asked in the way of version 1, it says so in a warning; a token that may not ask so was made for version 2. */
static void on_version(void *context, const struct vault_answer *answer)
{
	struct reading *reading = context;
	bool is_first = answer->success || (answer->status == 404 && vault_answer_is_silent(answer) &&
						   !vault_answer_says(answer, "warnings", "versioned"));

	if (is_first)
		reading->mount.version = 1;
	if (!answer->success && !vault_answer_refuses(answer))
		fail(reading, answer->message);
	settle(reading);
}

static void ask_version(struct reading *reading)
{
	begin(reading, use_mount);
	reading->pending++;
	vault_start(reading->vault->server, &(struct vault_request){
						    .method = HTTP_GET,
						    .path = reading->vault->prefix,
						    .idempotent = true,
						    .answered = on_version,
						    .context = reading,
					    });
	settle(reading);
}

/* Without word of the server, names under metadata/ tell that it is an engine of version 2. */
static void decide_mount(struct reading *reading)
{
	bool is_there = reading->listing == LISTING_READ || reading->listing == LISTING_EMPTY;

	if (reading->detection == VAULT_UNTOLD)
		reading->mount = reading->vault->mount;
	if (reading->detection == VAULT_DETECTED || reading->listing == LISTING_READ ||
		(is_there && reading->vault->is_known))
		use_mount(reading);
	else if (is_there)
		ask_version(reading);
	else
		decide_listing(reading);
}

void vault_read_start(
	struct store *store, struct store_snapshot *snapshot, unsigned purposes, store_each *each, void *context)
{
	struct reading *reading = xcalloc(1, sizeof(*reading));

	*reading = (struct reading){
		.vault = (struct vault_store *)store,
		.snapshot = snapshot,
		.purposes = purposes | STORE_READ,
		.each = each,
		.context = context,
		.names = VEC_INIT(struct str),
		.folders = VEC_INIT(struct str),
	};
	arena_init(&reading->arena);
	begin(reading, decide_mount);
	reading->pending++;
	vault_mount_start(reading->vault, on_mount, reading);
	ask(reading);
	settle(reading);
}
