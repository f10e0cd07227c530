#include <aspis/onepassword.h>

#include <stdlib.h>

#include "api/api.h"
#include "api/environment.h"
#include "api_remote/onepassword_file.h"
#include "api_remote/server.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "sync/given.h"

struct aspis_onepassword_secrets {
	struct arena arena; /* sensitive */
	struct vec missing; /* const char * */
	struct str text;
};

/* Asks the server. */
static bool read_items(struct onepassword_items *items, struct aspis_remote *remote,
	const struct resolution *resolution, bool legacy, struct error *error)
{
	struct vec titles = VEC_INIT(struct str);
	struct server server;
	bool good = server_init(&server, remote, resolution->environment, ASPIS_REMOTE_SECRETS, error) &&
		    server_open_onepassword(&server, legacy, error);

	if (good) {
		given_onepassword_titles(&titles, resolution);
		onepassword_read_start(server.onepassword, items, legacy ? NULL : &titles);
		server_run(&server);
		if (items->error.kind != ERROR_NONE)
			good = error_set(error, items->error.kind, "%s", items->error.message);
	}
	server_release(&server);
	vec_release(&titles);
	return good;
}

static void understand(struct given_values *given, const struct resolution *resolution,
	const struct onepassword_items *items, bool legacy)
{
	struct str fqdn = node_string(environment_setting(resolution->environment, STR("fqdn")).node);

	if (legacy)
		given_from_onepassword_legacy(given, resolution, items, fqdn);
	else
		given_from_onepassword(given, resolution, items);
}

/* Says all that is wrong with what was read, a line for each. */
static bool check_problems(const struct given_values *given, struct error *error)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < given->secrets.len; i++) {
		const struct given_secret *secret = vec_pointer(&given->secrets, i);

		if (secret->state == GIVEN_MALFORMED)
			strbuf_printf(&text, "\nThe value of %.*s %.*s %.*s.", STR_ARG(secret->application),
				STR_ARG(secret->key), STR_ARG(secret->problem));
	}
	for (size_t i = 0; i < given->problems.len; i++) {
		strbuf_append_char(&text, '\n');
		strbuf_append(&text, *(struct str *)vec_at(&given->problems, i));
	}
	if (text.len > 0)
		error_set(error, ERROR_USAGE, "the vault \"%.*s\" of 1Password cannot be taken as it is:%s",
			STR_ARG(given->name), text.ptr);
	strbuf_release(&text);
	return error->kind == ERROR_NONE;
}

/* Of an application without an item, only its name is listed, once. */
static void list_missing(struct aspis_onepassword_secrets *secrets, const struct given_values *given)
{
	const struct given_secret *last = NULL;

	for (size_t i = 0; i < given->secrets.len; i++) {
		const struct given_secret *secret = vec_pointer(&given->secrets, i);

		if (secret->state != GIVEN_MISSING)
			continue;
		if (!secret->no_item)
			*(const char **)vec_push(&secrets->missing) = arena_printf(
				&secrets->arena, "%.*s %.*s", STR_ARG(secret->application), STR_ARG(secret->key))
									      .ptr;
		else if (!last || !str_equal(last->application, secret->application))
			*(const char **)vec_push(&secrets->missing) =
				arena_str(&secrets->arena, secret->application).ptr;
		last = secret;
	}
}

/* Takes what a server has; an object in any case, to be freed where there is an error. */
static struct aspis_onepassword_secrets *read_secrets(
	struct aspis_remote *remote, const struct resolution *resolution, bool legacy, struct error *error)
{
	struct aspis_onepassword_secrets *secrets = xcalloc(1, sizeof(*secrets));
	struct onepassword_items items;
	struct given_values given;

	arena_init_sensitive(&secrets->arena);
	vec_init(&secrets->missing, sizeof(const char *));
	onepassword_items_init(&items);
	given_values_init(&given);
	if (read_items(&items, remote, resolution, legacy, error)) {
		understand(&given, resolution, &items, legacy);
		list_missing(secrets, &given);
		if (check_problems(&given, error) &&
			!onepassword_file_text(&secrets->text, &secrets->arena, &given, error))
			secrets->text = STR_ABSENT;
	}
	given_values_release(&given);
	onepassword_items_release(&items);
	return secrets;
}

struct aspis_onepassword_secrets *aspis_onepassword_secrets_read(struct aspis_remote *remote,
	const struct aspis_environment *environment, enum aspis_onepassword_scheme scheme, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct aspis_onepassword_secrets *secrets = read_secrets(
		remote, api_environment_resolution(environment), scheme == ASPIS_ONEPASSWORD_LEGACY, &cause);

	if (cause.kind == ERROR_NONE)
		return secrets;
	aspis_onepassword_secrets_free(secrets);
	api_fail(error, &cause);
	return NULL;
}

void aspis_onepassword_secrets_free(struct aspis_onepassword_secrets *secrets)
{
	if (!secrets)
		return;
	vec_release(&secrets->missing);
	arena_release(&secrets->arena);
	free(secrets);
}

size_t aspis_onepassword_secrets_missing_count(const struct aspis_onepassword_secrets *secrets)
{
	return secrets->missing.len;
}

const char *aspis_onepassword_secrets_missing(const struct aspis_onepassword_secrets *secrets, size_t index)
{
	return *(const char **)vec_at(&secrets->missing, index);
}

const char *aspis_onepassword_secrets_text(const struct aspis_onepassword_secrets *secrets, size_t *size)
{
	*size = secrets->text.len;
	return secrets->text.ptr;
}

bool aspis_onepassword_secrets_write(
	const struct aspis_onepassword_secrets *secrets, const char *path, struct aspis_error *error)
{
	struct error inner = ERROR_INIT, cause = ERROR_INIT;

	if (onepassword_file_may_replace(path, secrets->text, &cause) &&
		!file_write(path, secrets->text, FILE_WRITE_PRIVATE | FILE_WRITE_SYNC, NULL, &inner))
		error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return cause.kind == ERROR_NONE || api_fail(error, &cause);
}
