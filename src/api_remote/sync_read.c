/* Both sides are asked at the same time, and bcrypt hashes are verified while answers are awaited. */
#include "api/api.h"
#include "api/environment.h"
#include "api_remote/given_file.h"
#include "api_remote/sync_private.h"

static void note_entry(void *context, const struct store_entry *entry)
{
	struct aspis_sync *sync = context;

	bcrypt_verdicts_foresee(sync->verdicts, sync->resolution, sync->is_given ? &sync->given : NULL, entry);
	sync->entries_read++;
	if (sync->settings.progress)
		sync->settings.progress(sync->settings.context, "reading", sync->entries_read, 0);
}

static unsigned purposes_of(const struct aspis_sync *sync)
{
	unsigned purposes = STORE_READ;

	if (sync->settings.purpose != ASPIS_SYNC_APPLY)
		return purposes;
	purposes |= STORE_WRITE;
	return sync->options.delete_unknown || sync->options.delete_pull_secret ? purposes | STORE_DELETE : purposes;
}

static bool read_file(struct aspis_sync *sync, struct error *error)
{
	struct vec notes = VEC_INIT(struct str);
	/* Called what the person calls it. */
	const char *path = sync->settings.secrets ? sync->settings.secrets : sync->secrets.ptr;
	bool good = given_from_file(&sync->given, &notes, sync->resolution, path, error);

	for (size_t i = 0; i < notes.len && good && sync->settings.warn; i++)
		sync->settings.warn(
			sync->settings.context, arena_str(&sync->arena, *(struct str *)vec_at(&notes, i)).ptr);
	vec_release(&notes);
	sync->is_given = good;
	return good;
}

static void take_items(struct aspis_sync *sync, const struct onepassword_items *items)
{
	struct value_lookup fqdn = environment_setting(sync->resolution->environment, STR("fqdn"));

	if (sync->legacy)
		given_from_onepassword_legacy(&sync->given, sync->resolution, items, node_string(fqdn.node));
	else
		given_from_onepassword(&sync->given, sync->resolution, items);
	sync->is_given = true;
}

static bool fail_with(struct error *error, const struct error *cause)
{
	return cause->kind == ERROR_NONE || error_set(error, cause->kind, "%s", cause->message);
}

static bool start_store(struct aspis_sync *sync, struct error *error)
{
	if (!server_open_store(&sync->server, sync->given.vault_write_token, error))
		return false;
	store_read_start(sync->server.store, &sync->remote, purposes_of(sync), note_entry, sync);
	return true;
}

static bool names(const struct vec *words, struct str word)
{
	for (size_t i = 0; i < words->len; i++) {
		if (str_equal(*(const struct str *)vec_at(words, i), word))
			return true;
	}
	return false;
}

/* Whether --only or --exclude leave an entry out, so that nothing is said of it. */
static bool leaves_out(const struct aspis_sync *sync, struct str entry)
{
	const struct plan_options *options = &sync->options;

	return (options->only->len > 0 && !names(options->only, entry)) || names(options->exclude, entry);
}

/* The titles of the items that count: of those of entries that are left out, nothing is asked. */
static void list_titles(struct vec *titles, const struct aspis_sync *sync)
{
	struct vec all = VEC_INIT(struct str);

	given_onepassword_titles(&all, sync->resolution);
	for (size_t i = 0; i < all.len; i++) {
		struct str title = *(const struct str *)vec_at(&all, i);
		bool is_entry = map_has(&sync->resolution->by_name, title) || str_is(title, "pull-secret");

		if (!is_entry || !leaves_out(sync, title))
			*(struct str *)vec_push(titles) = title;
	}
	vec_release(&all);
}

/* Where the token of Vault lies in 1Password, that is read first. */
static bool read_onepassword(struct aspis_sync *sync, struct onepassword_items *items, struct error *error)
{
	struct vec titles = VEC_INIT(struct str);
	bool waits = server_needs_source_token(&sync->server), good;

	list_titles(&titles, sync);
	onepassword_read_start(sync->server.onepassword, items, sync->legacy ? NULL : &titles);
	if (waits) {
		server_run(&sync->server);
		good = fail_with(error, &items->error);
		if (good)
			take_items(sync, items);
		good = good && start_store(sync, error);
	} else {
		good = start_store(sync, error);
	}
	/* What was started is carried out in any case: it refers to what lies here. */
	server_run(&sync->server);
	good = good && fail_with(error, &items->error);
	if (good && !waits)
		take_items(sync, items);
	vec_release(&titles);
	return good;
}

static bool read_sides(struct aspis_sync *sync, struct error *error)
{
	struct onepassword_items items;
	bool good;

	if (!str_is_absent(sync->secrets) && !read_file(sync, error))
		return false;
	if (!str_is_absent(sync->secrets) || !(sync->legacy || server_has_onepassword(&sync->server))) {
		sync->is_given = true;
		if (!start_store(sync, error))
			return false;
		server_run(&sync->server);
		return true;
	}
	if (!server_has_onepassword_token(&sync->server))
		return error_set(error, ERROR_USAGE,
			"%.*s takes its static secrets from 1Password Connect, and there is no token for it: set "
			"OP_CONNECT_TOKEN, or "
			"give a file of static secrets with --secrets",
			STR_ARG(sync->resolution->environment->name));
	if (!server_open_onepassword(&sync->server, sync->legacy, error))
		return false;
	onepassword_items_init(&items);
	good = read_onepassword(sync, &items, error);
	onepassword_items_release(&items);
	return good;
}

bool sync_read(struct aspis_sync *sync, struct error *error)
{
	if (!read_sides(sync, error) || !fail_with(error, &sync->remote.error))
		return false;
	if (leaves_out(sync, STR("pull-secret")))
		given_values_forget_pull_secret(&sync->given);
	given_values_seal(&sync->given);
	if (sync->settings.purpose != ASPIS_SYNC_AUDIT && !store_is_versioned(sync->server.store))
		return error_set(error, ERROR_SYSTEM,
			"%s keeps no versions (KV version 1), so that nothing can be written without the danger of "
			"overwriting "
			"what others write; 'aspis vault copy-secrets' copies from it to an engine of version 2",
			store_name(sync->server.store).ptr);
	return true;
}

struct plan *sync_plan(const struct aspis_sync *sync, const struct store_snapshot *remote)
{
	const struct environment *environment = sync->resolution->environment;
	struct plan_input input = {
		.resolution = sync->resolution,
		.given = &sync->given,
		.remote = remote,
		.store_name = store_name(sync->server.store),
		.delivery = sync->delivery ? delivery_environment(sync->delivery, environment->name) : NULL,
		.verdicts = sync->verdicts,
		.options = &sync->options,
	};

	return plan_new(&input);
}
