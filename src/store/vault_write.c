/* Writing an entry, and deleting a version of one: never sent twice. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "store/json_values.h"
#include "store/vault_private.h"

struct change {
	struct vault_store *vault;
	struct secret *body;
	uint64_t version; /* of a deletion */
	store_write_done *done;
	void *context;
};

static struct change *change_new(struct vault_store *vault, store_write_done *done, void *context)
{
	struct change *change = xcalloc(1, sizeof(*change));

	*change = (struct change){.vault = vault, .done = done, .context = context};
	return change;
}

static void finish(struct change *change, enum store_outcome outcome, uint64_t version, const struct error *error)
{
	change->done(change->context, outcome, version, error);
	secret_free(change->body);
	free(change);
}

static void fail(struct change *change, enum store_outcome outcome, struct str message)
{
	struct error error = ERROR_INIT;

	error_set(&error, ERROR_SYSTEM, "%s", message.ptr);
	finish(change, outcome, 0, &error);
	error_release(&error);
}

static bool is_conflict(const struct vault_answer *answer)
{
	bool may_be = answer->status == 400 || answer->status == 409 || answer->status == 412;

	/* "… parameter required for this call" cannot be, as it always is there. */
	return may_be && vault_answer_says(answer, "errors", "check-and-set") &&
	       !vault_answer_says(answer, "errors", "required");
}

/* What a failure says about whether anything was changed. An error of a server or of what stands before it may come after the write. */
static enum store_outcome judge(const struct vault_answer *answer)
{
	if (answer->failure == HTTP_NOT_SENT)
		return STORE_FAILED;
	if (answer->failure == HTTP_UNCERTAIN || answer->status < 300)
		return STORE_UNCERTAIN;
	if (is_conflict(answer))
		return STORE_CONFLICT;
	return answer->status < 500 || answer->sealed ? STORE_FAILED : STORE_UNCERTAIN;
}

static void on_written(void *context, const struct vault_answer *answer)
{
	struct change *change = context;
	struct str server = vault_server_name(change->vault->server);
	uint64_t version;

	if (!answer->success)
		fail(change, judge(answer), answer->message);
	else if (vault_version_read(&version, answer->root))
		finish(change, STORE_DONE, version, NULL);
	else
		fail(change, STORE_UNCERTAIN,
			arena_printf(answer->arena, "%s: the answer to a write says no version", server.ptr));
}

static void on_deleted(void *context, const struct vault_answer *answer)
{
	struct change *change = context;

	if (answer->success)
		finish(change, STORE_DONE, change->version, NULL);
	else
		fail(change, judge(answer), answer->message);
}

/* Whether a path can be that of an entry: neither one of another engine, nor one whose name leads elsewhere. */
static bool is_safe(struct change *change, struct str name)
{
	struct vault_store *vault = change->vault;
	bool is_name = name.len > 0 && str_find(name, '/') == name.len && !str_is(name, ".") && !str_is(name, "..");
	struct arena arena;

	if (is_name && vault->is_known && vault->mount.version == 2)
		return true;
	arena_init(&arena);
	fail(change, STORE_FAILED,
		arena_printf(&arena, "%s: nothing is written below %s, as %s", vault_server_name(vault->server).ptr,
			vault->prefix.ptr,
			is_name ? "it is not known to lie in a KV engine of version 2"
				: "no entry can have the name that is asked for"));
	arena_release(&arena);
	return false;
}

static void send(struct change *change, const char *part, struct str name, vault_answered *answered)
{
	struct arena arena;

	arena_init(&arena);
	vault_start(change->vault->server, &(struct vault_request){
						   .method = HTTP_POST,
						   .path = vault_path(change->vault, &arena, part, name),
						   .body = change->body,
						   .body_is_secret = true,
						   .answered = answered,
						   .context = change,
					   });
	arena_release(&arena);
}

void vault_write_start(
	struct store *store, struct str name, uint64_t cas, struct secret *body, store_write_done *done, void *context)
{
	struct change *change = change_new((struct vault_store *)store, done, context);
	struct arena arena;

	if (!is_safe(change, name))
		return;
	arena_init(&arena);
	change->body = json_values_join(
		(const struct str[]){
			STR("{\"data\":"),
			secret_str(body),
			arena_printf(&arena, ",\"options\":{\"cas\":%llu}}", (unsigned long long)cas),
		},
		3);
	arena_release(&arena);
	send(change, "data", name, on_written);
}

void vault_delete_start(struct store *store, struct str name, uint64_t version, store_write_done *done, void *context)
{
	struct change *change = change_new((struct vault_store *)store, done, context);
	struct arena arena;

	if (!is_safe(change, name))
		return;
	arena_init(&arena);
	change->version = version;
	change->body = json_values_join(
		(const struct str[]){arena_printf(&arena, "{\"versions\":[%llu]}", (unsigned long long)version)}, 1);
	arena_release(&arena);
	send(change, "delete", name, on_deleted);
}
