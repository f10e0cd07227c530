#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"
#include "store/vault_private.h"

static void free_vault(struct store *store)
{
	struct vault_store *vault = (struct vault_store *)store;

	vault_server_free(vault->server);
	store_release(store);
	free(vault);
}

static bool is_versioned(const struct store *store)
{
	return ((const struct vault_store *)store)->mount.version == 2;
}

static struct str undelete_command(const struct store *store, struct arena *arena, struct str name, uint64_t version)
{
	const struct vault_store *vault = (const struct vault_store *)store;
	struct strbuf command = STRBUF_INIT;
	struct str result, path;

	if (vault->mount.version != 2)
		return STR_ABSENT;
	strbuf_append_c(&command, "vault kv undelete ");
	if (vault->namespace_name.len > 0) {
		store_shell_word(&command, arena_printf(arena, "-namespace=%s", vault->namespace_name.ptr));
		strbuf_append_char(&command, ' ');
	}
	store_shell_word(&command, arena_printf(arena, "-mount=%s", vault->mount.path.ptr));
	strbuf_append_c(&command, " -versions=");
	strbuf_append_uint(&command, version);
	strbuf_append_char(&command, ' ');
	path = vault_path(vault, arena, NULL, name);
	store_shell_word(&command, str_slice(path, vault->mount.path.len + 1, path.len));
	result = arena_str(arena, strbuf_str(&command));
	strbuf_release(&command);
	return result;
}

static void run(struct store *store)
{
	http_run(((struct vault_store *)store)->http);
}

static const struct store_kind vault_kind = {
	.free = free_vault,
	.is_versioned = is_versioned,
	.read = vault_read_start,
	.entry = vault_entry_start,
	.write = vault_write_start,
	.delete_version = vault_delete_start,
	.undelete_command = undelete_command,
	.run = run,
};

struct str vault_path(const struct vault_store *vault, struct arena *arena, const char *kind, struct str name)
{
	struct str below = str_slice(vault->prefix, vault->mount.path.len, vault->prefix.len); /* "" or "/…" */
	struct strbuf path = STRBUF_INIT;
	struct str result;

	strbuf_append(&path, vault->mount.path);
	if (kind && vault->mount.version != 1)
		strbuf_printf(&path, "/%s", kind);
	strbuf_append(&path, below);
	if (!str_is_absent(name)) {
		strbuf_append_char(&path, '/');
		strbuf_append(&path, name);
	}
	result = arena_str(arena, strbuf_str(&path));
	strbuf_release(&path);
	return result;
}

static bool is_plain_component(struct str component)
{
	for (size_t i = 0; i < component.len; i++) {
		if ((unsigned char)component.ptr[i] < ' ' || component.ptr[i] == 0x7F)
			return false;
	}
	return !str_is(component, ".") && !str_is(component, "..");
}

/* Doubled slashes are one, and those at the ends nothing. */
static bool read_prefix(struct vault_store *vault, struct str text, struct error *error)
{
	struct strbuf prefix = STRBUF_INIT;
	struct str rest = text;
	size_t count = 0;
	bool good = true;

	while (!str_is_absent(rest)) {
		struct str component = str_cut(&rest, '/');

		if (component.len == 0)
			continue;
		good = good && is_plain_component(component);
		if (count++ > 0)
			strbuf_append_char(&prefix, '/');
		strbuf_append(&prefix, component);
	}
	vault->prefix = arena_str(&vault->store.arena, strbuf_str(&prefix));
	strbuf_release(&prefix);
	if (!good)
		return error_set(error, ERROR_USAGE,
			"vaultPathPrefix has a component in it that no path in Vault has (`.`, `..` or control "
			"characters)");
	if (count < 2)
		return error_set(error, ERROR_USAGE,
			"vaultPathPrefix (“%.*s”) names no path below a mount: it has to be like "
			"secret/phalanx/example",
			STR_ARG(vault->prefix));
	return true;
}

static void guess_mount(struct vault_store *vault)
{
	struct str prefix = vault->prefix;

	vault->mount = (struct vault_mount){
		.path = arena_str(&vault->store.arena, str_slice(prefix, 0, str_find(prefix, '/'))),
		.type = STR("kv"),
		.version = 2,
	};
}

struct store *store_vault_new(struct http *http, const struct vault_settings *settings, struct error *error)
{
	struct vault_store *vault = xcalloc(1, sizeof(*vault));
	struct arena *arena = &vault->store.arena;

	store_init(&vault->store, &vault_kind);
	vault->http = http;
	vault->namespace_name = arena_str(arena, str_trim(settings->namespace_name));
	if (!read_prefix(vault, settings->prefix, error))
		goto failed;
	guess_mount(vault);
	vault->server = vault_server_new(http, settings->url, settings->namespace_name, settings->token, error);
	if (!vault->server)
		goto failed;
	vault->store.name = arena_printf(
		arena, "Vault at %.*s, %.*s", STR_ARG(vault_server_name(vault->server)), STR_ARG(vault->prefix));
	return &vault->store;
failed:
	free_vault(&vault->store);
	return NULL;
}
