#include <aspis/copy.h>

#include <stdlib.h>

#include "api/api.h"
#include "api/environment.h"
#include "api_remote/server.h"
#include "base/xalloc.h"
#include "sync/copy.h"

struct aspis_copy {
	struct server server; /* its store is where it is written to */
	struct store *source;
	struct store_snapshot from;
	struct store_snapshot to;
	struct copy copy;
};

/* Whether a path has a component below its mount. */
static bool names_path(struct str prefix)
{
	size_t count = 0;

	while (!str_is_absent(prefix))
		count += str_cut(&prefix, '/').len > 0;
	return count >= 2;
}

static bool open_stores(struct aspis_copy *own, const char *prefix, struct error *error)
{
	struct vault_settings settings = {.url = STR_ABSENT};

	if (!server_vault_settings(&own->server, NULL, &settings, error) ||
		!server_open_store(&own->server, NULL, error))
		return false;
	settings.prefix = str_of(prefix);
	if (!names_path(settings.prefix))
		return error_set(error, ERROR_USAGE,
			"'%s' names no path below a mount to copy from: it has to be like secret/phalanx/example",
			prefix);
	own->source = store_vault_new(own->server.http, &settings, error);
	if (!own->source)
		return false;
	if (!str_equal(store_name(own->source), store_name(own->server.store)))
		return true;
	return error_set(error, ERROR_USAGE, "%s is where the secrets of %.*s lie already: there is nothing to copy",
		prefix, STR_ARG(own->server.environment->name));
}

static bool read_both(struct aspis_copy *own, bool apply, struct error *error)
{
	store_read_start(own->source, &own->from, STORE_READ, NULL, NULL);
	store_read_start(own->server.store, &own->to, apply ? STORE_READ | STORE_WRITE : STORE_READ, NULL, NULL);
	server_run(&own->server);
	if (own->from.error.kind != ERROR_NONE)
		return error_set(error, own->from.error.kind, "%s", own->from.error.message);
	if (own->to.error.kind != ERROR_NONE)
		return error_set(error, own->to.error.kind, "%s", own->to.error.message);
	for (size_t i = 0; i < own->from.folders.len; i++)
		remote_warn(own->server.remote, "%.*s is a folder of further entries, which are not copied",
			STR_ARG(*(const struct str *)vec_at(&own->from.folders, i)));
	return own->from.entries.len > 0 ||
	       error_set(error, ERROR_USAGE, "there is nothing to copy in %s: it has no entries",
		       store_name(own->source).ptr);
}

static bool prepare(struct aspis_copy *own, struct aspis_remote *remote, const struct aspis_environment *environment,
	const struct aspis_copy_options *options, struct error *error)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct copy_options inner = {
		.only = options->only,
		.only_count = options->only_count,
		.exclude = options->exclude,
		.exclude_count = options->exclude_count,
		.overwrite = options->overwrite,
	};

	return server_init(&own->server, remote, resolution->environment, ASPIS_REMOTE_VAULT, error) &&
	       open_stores(own, options->prefix, error) && read_both(own, options->apply, error) &&
	       copy_plan(&own->copy, &own->from, &own->to, &inner, error);
}

struct aspis_copy *aspis_copy_open(struct aspis_remote *remote, const struct aspis_environment *environment,
	const struct aspis_copy_options *options, struct aspis_error *error)
{
	struct aspis_copy *own = xcalloc(1, sizeof(*own));
	struct error cause = ERROR_INIT;

	store_snapshot_init(&own->from);
	store_snapshot_init(&own->to);
	copy_init(&own->copy);
	if (prepare(own, remote, environment, options, &cause))
		return own;
	api_fail(error, &cause);
	aspis_copy_free(own);
	return NULL;
}

void aspis_copy_free(struct aspis_copy *own)
{
	if (!own)
		return;
	copy_release(&own->copy);
	store_snapshot_release(&own->from);
	store_snapshot_release(&own->to);
	store_free(own->source);
	server_release(&own->server);
	free(own);
}

const char *aspis_copy_target(const struct aspis_copy *copy)
{
	return store_name(copy->server.store).ptr;
}

size_t aspis_copy_work(const struct aspis_copy *copy)
{
	return copy_count(&copy->copy, COPY_CREATE) + copy_count(&copy->copy, COPY_OVERWRITE);
}

size_t aspis_copy_refused(const struct aspis_copy *copy)
{
	return copy_count(&copy->copy, COPY_REFUSE) + copy_count(&copy->copy, COPY_BLOCK);
}

char *aspis_copy_render(
	const struct aspis_copy *own, const char *format, bool quiet, size_t *size, struct aspis_error *error)
{
	struct str name = str_of(format ? format : "text");
	struct strbuf text = STRBUF_INIT;

	if (str_is(name, "text")) {
		copy_text(&text, &own->copy, store_name(own->source), store_name(own->server.store), quiet);
	} else if (str_is(name, "json")) {
		copy_json(&text, &own->copy, store_name(own->source), store_name(own->server.store));
	} else {
		api_refuse(error, "a copy cannot be shown as '%s'", format);
		return NULL;
	}
	return api_detach(&text, size);
}

bool aspis_copy_apply(struct aspis_copy *copy)
{
	return copy_apply(&copy->copy, copy->server.store);
}

char *aspis_copy_summary(const struct aspis_copy *copy, size_t *size)
{
	struct strbuf text = STRBUF_INIT;

	copy_summary(&text, &copy->copy);
	return api_detach(&text, size);
}
