/* Where the prefix of a store lies: the engine, and of which version it is. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/vault_private.h"

struct detection {
	struct vault_store *vault;
	vault_mount_done *done;
	void *context;
};

static void on_mount(void *context, const struct vault_answer *answer)
{
	struct detection *detection = context;
	struct error error = ERROR_INIT;
	struct vault_mount mount;

	if (vault_answer_refuses(answer)) {
		detection->done(detection->context, VAULT_UNTOLD, NULL, NULL);
	} else if (!answer->success) {
		error_set(&error, ERROR_SYSTEM, "%s", answer->message.ptr);
	} else if (!vault_mount_read(&mount, answer->arena, answer->root, detection->vault->prefix)) {
		error_set(&error, ERROR_SYSTEM,
			"%s: the answer to where %s is mounted makes no sense: is this a Vault?",
			vault_server_name(detection->vault->server).ptr, detection->vault->prefix.ptr);
	} else {
		detection->done(detection->context, VAULT_DETECTED, &mount, NULL);
	}
	if (error.kind != ERROR_NONE)
		detection->done(detection->context, VAULT_FAILED, NULL, &error);
	error_release(&error);
	free(detection);
}

void vault_mount_start(struct vault_store *vault, vault_mount_done *done, void *context)
{
	struct detection *detection = xcalloc(1, sizeof(*detection));
	struct arena arena;

	*detection = (struct detection){.vault = vault, .done = done, .context = context};
	arena_init(&arena);
	vault_start(vault->server, &(struct vault_request){
					   .method = HTTP_GET,
					   .path = arena_printf(&arena, "sys/internal/ui/mounts/%s", vault->prefix.ptr),
					   .idempotent = true,
					   .answered = on_mount,
					   .context = detection,
				   });
	arena_release(&arena);
}

void vault_mount_missing(const struct vault_store *vault, struct error *error)
{
	error_set(error, ERROR_SYSTEM,
		"%s: nothing is mounted at %s/, where vaultPathPrefix (%s) begins: correct vaultPathPrefix or "
		"VAULT_NAMESPACE, "
		"or have a KV engine of version 2 mounted there (`vault secrets enable -path=%s -version=2 kv`)",
		vault_server_name(vault->server).ptr, vault->mount.path.ptr, vault->prefix.ptr, vault->mount.path.ptr);
}

static bool check(
	const struct vault_store *vault, const struct vault_mount *mount, unsigned purposes, struct error *error)
{
	const char *server = vault_server_name(vault->server).ptr;
	bool is_kv = str_is(mount->type, "kv") || str_is(mount->type, "generic");

	if (!is_kv)
		return error_set(error, ERROR_SYSTEM,
			"%s: %s/ is no KV engine, but one of type “%s”: correct vaultPathPrefix (%s), which has to "
			"begin with the mount of a KV engine of version 2",
			server, mount->path.ptr, mount->type.ptr, vault->prefix.ptr);
	if (mount->version == 0)
		return error_set(error, ERROR_SYSTEM, "%s: %s/ is a KV engine of a version that is neither 1 nor 2",
			server, mount->path.ptr);
	if (mount->version == 1 && (purposes & ~(unsigned)STORE_READ) != 0)
		return error_set(error, ERROR_SYSTEM,
			"%s: %s/ is a KV engine of version 1, which has no check-and-set and brings nothing back that "
			"was deleted, so that nothing is written: "
			"have it made one of version 2 (`vault kv enable-versioning %s/`)",
			server, mount->path.ptr, mount->path.ptr);
	return true;
}

bool vault_mount_use(struct vault_store *vault, const struct vault_mount *mount, unsigned purposes, struct error *error)
{
	vault->mount = (struct vault_mount){
		.path = arena_str(&vault->store.arena, mount->path),
		.type = arena_str(&vault->store.arena, mount->type),
		.version = mount->version,
	};
	vault->is_known = true;
	return check(vault, &vault->mount, purposes, error);
}
