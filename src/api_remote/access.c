#include <aspis/access.h>

#include <stdlib.h>

#include "access/audit.h"
#include "access/credential.h"
#include "api/api.h"
#include "api/environment.h"
#include "api_remote/server.h"
#include "base/file.h"
#include "base/xalloc.h"

#define LIFETIME_DEFAULT "3650d"

/* A session with the Vault of an environment. */
struct connection {
	struct server server;
	struct access_session session;
	bool has_session;
};

static void warn(void *context, const char *message)
{
	remote_warn(context, "%s", message);
}

static bool connection_open(struct connection *connection, struct aspis_remote *remote,
	const struct aspis_environment *environment, struct error *error)
{
	const struct resolution *resolution = api_environment_resolution(environment);
	struct vault_settings settings = {.url = STR_ABSENT};

	connection->has_session = false;
	if (!server_init(&connection->server, remote, resolution->environment, ASPIS_REMOTE_VAULT, error) ||
		!server_vault_settings(&connection->server, NULL, &settings, error))
		return false;
	connection->has_session = true;
	bool opened = access_open(&connection->session, connection->server.http, &settings, error);
	connection->session.warn = warn;
	connection->session.warn_context = remote;
	return opened;
}

static void connection_close(struct connection *connection)
{
	if (connection->has_session)
		access_close(&connection->session);
	server_release(&connection->server);
}

static char *render(
	const struct access_audit *audit, const struct aspis_environment *environment, bool as_json, size_t *size)
{
	struct strbuf text = STRBUF_INIT;

	if (as_json)
		access_audit_json(&text, audit, str_of(aspis_environment_name(environment)));
	else
		access_audit_text(&text, audit, str_of(aspis_environment_name(environment)));
	return api_detach(&text, size);
}

char *aspis_access_audit(struct aspis_remote *remote, const struct aspis_environment *environment, const char *format,
	bool *clean, size_t *size, struct aspis_error *error)
{
	bool as_json = format && str_is(str_of(format), "json");
	struct connection connection;
	struct access_audit audit;
	struct error cause = ERROR_INIT;
	char *text = NULL;

	if (format && !as_json && !str_is(str_of(format), "text")) {
		api_refuse(error, "an audit cannot be shown as '%s'", format);
		return NULL;
	}
	access_audit_init(&audit);
	if (connection_open(&connection, remote, environment, &cause) &&
		access_audit_run(&audit, &connection.session, &cause)) {
		text = render(&audit, environment, as_json, size);
		*clean = audit.problems.len == 0;
	} else {
		api_fail(error, &cause);
	}
	access_audit_release(&audit);
	connection_close(&connection);
	return text;
}

struct aspis_access_credential {
	struct connection connection;
	struct credential credential;
	struct secret *text;
};

static struct aspis_access_credential *credential_new(struct aspis_remote *remote,
	const struct aspis_environment *environment, enum credential_kind kind, struct error *error)
{
	struct aspis_access_credential *own = xcalloc(1, sizeof(*own));

	credential_init(&own->credential, kind);
	if (connection_open(&own->connection, remote, environment, error))
		return own;
	aspis_access_credential_free(own);
	return NULL;
}

void aspis_access_credential_free(struct aspis_access_credential *credential)
{
	if (!credential)
		return;
	credential_release(&credential->credential);
	secret_free(credential->text);
	connection_close(&credential->connection);
	free(credential);
}

static struct aspis_access_credential *make_approle(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *secret_name, unsigned token_lifetime,
	struct error *error)
{
	struct aspis_access_credential *own;

	if (secret_name && !credential_is_secret_name(str_of(secret_name))) {
		error_set(error, ERROR_USAGE,
			"'%s' cannot be the name of a Kubernetes Secret: expected small letters, digits, '-' and '.', "
			"with a "
			"letter or digit at both ends",
			secret_name);
		return NULL;
	}
	own = credential_new(remote, environment, CREDENTIAL_READ_APPROLE, error);
	if (!own)
		return NULL;
	if (!credential_make_approle(&own->credential, &own->connection.session, token_lifetime, error)) {
		aspis_access_credential_free(own);
		return NULL;
	}
	own->text = secret_name ? credential_secret(&own->credential, str_of(secret_name))
				: credential_yaml(&own->credential);
	return own;
}

struct aspis_access_credential *aspis_access_credential_new_read_approle(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *secret_name, unsigned token_lifetime,
	struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct aspis_access_credential *own = make_approle(remote, environment, secret_name, token_lifetime, &cause);

	if (!own)
		api_fail(error, &cause);
	return own;
}

static struct aspis_access_credential *make_token(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *lifetime, struct error *error)
{
	struct aspis_access_credential *own;
	uint64_t seconds;

	if (!credential_duration(&seconds, str_of(lifetime))) {
		error_set(error, ERROR_USAGE,
			"'%s' is no lifetime: expected a number with s, m, h, d or w behind it, such as 3650d, of a "
			"century at "
			"most",
			lifetime);
		return NULL;
	}
	own = credential_new(remote, environment, CREDENTIAL_WRITE_TOKEN, error);
	if (!own)
		return NULL;
	if (!credential_make_token(&own->credential, &own->connection.session, seconds, error)) {
		aspis_access_credential_free(own);
		return NULL;
	}
	own->text = credential_yaml(&own->credential);
	return own;
}

struct aspis_access_credential *aspis_access_credential_new_write_token(struct aspis_remote *remote,
	const struct aspis_environment *environment, const char *lifetime, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct aspis_access_credential *own =
		make_token(remote, environment, lifetime ? lifetime : LIFETIME_DEFAULT, &cause);

	if (!own)
		api_fail(error, &cause);
	return own;
}

const char *aspis_access_credential_text(struct aspis_access_credential *credential, size_t *size)
{
	*size = secret_size(credential->text);
	return secret_bytes(credential->text);
}

const char *aspis_access_credential_accessor(const struct aspis_access_credential *credential)
{
	return credential->credential.accessor.ptr;
}

bool aspis_access_credential_write(
	struct aspis_access_credential *credential, const char *path, struct aspis_error *error)
{
	struct str text = secret_str(credential->text);
	struct error inner = ERROR_INIT, cause = ERROR_INIT;

	if (file_write(path, text, FILE_WRITE_SYNC | FILE_WRITE_PRIVATE, NULL, &inner))
		return true;
	error_set(&cause, inner.kind, "%s %s", path, inner.message);
	error_release(&inner);
	return api_fail(error, &cause);
}

bool aspis_access_credential_retire_old(
	struct aspis_access_credential *credential, size_t *count, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;

	return credential_retire(&credential->credential, &credential->connection.session, count, &cause) ||
	       api_fail(error, &cause);
}
