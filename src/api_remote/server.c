#include "api_remote/server.h"

#include <errno.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/path.h"

/* A setting of the environment that is a string with something in it; else absent. */
static struct str setting(const struct server *server, const char *path)
{
	struct value_lookup lookup = environment_setting(server->environment, str_of(path));
	struct str text = node_string(lookup.node);

	return text.len > 0 ? text : STR_ABSENT;
}

static void warn_of_variables(const struct aspis_remote *remote)
{
	if (remote->variables.skip_verify)
		remote_warn(remote,
			"VAULT_SKIP_VERIFY is not honoured: whoever stands in between would get the token and every "
			"secret. Name the CA of the server with --ca-cert or VAULT_CACERT");
}

/* Said before anything is asked: libcurl would say it of the server that it is for. */
static bool check_file(struct str path, const char *what, const char *named_by, struct error *error)
{
	return str_is_absent(path) || access(path.ptr, R_OK) == 0 ||
	       error_set_errno(error, errno, "the %s %s (%s) cannot be read", what, path.ptr, named_by);
}

static bool check_files(const struct http_settings *settings, struct error *error)
{
	return check_file(settings->ca_file, "CA file", "--ca-cert, VAULT_CACERT", error) &&
	       check_file(settings->ca_folder, "folder of CA files", "VAULT_CAPATH", error) &&
	       check_file(settings->client_certificate, "client certificate", "VAULT_CLIENT_CERT", error) &&
	       check_file(settings->client_key, "key of the client certificate", "VAULT_CLIENT_KEY", error);
}

bool server_init(struct server *server, struct aspis_remote *remote, const struct environment *environment,
	enum aspis_remote_caller caller, struct error *error)
{
	const struct remote_variables *variables = &remote->variables;
	struct http_settings settings;

	*server = (struct server){.remote = remote, .environment = environment, .caller = caller};
	arena_init_sensitive(&server->arena);
	http_settings_init(&settings);
	settings.ca_file = str_is_absent(remote->ca_file) ? variables->ca_file : remote->ca_file;
	settings.ca_folder = str_is_absent(remote->ca_file) ? variables->ca_folder : STR_ABSENT;
	settings.client_certificate = variables->client_certificate;
	settings.client_key = variables->client_key;
	settings.server_name = variables->server_name;
	settings.insecure_http = remote->insecure_http;
	settings.concurrency = remote->concurrency;
	warn_of_variables(remote);
	if (check_files(&settings, error))
		server->http = http_new(&settings, error);
	return server->http != NULL;
}

void server_release(struct server *server)
{
	store_free(server->store);
	onepassword_free(server->onepassword);
	http_free(server->http);
	secret_free(server->source_token);
	secret_free(server->home_token);
	arena_release(&server->arena);
}

/* Whether the store is one of --store, so that no Vault is asked. */
static bool has_folder(const struct server *server)
{
	return !str_is_absent(server->remote->folder);
}

/* Where 1Password Connect is, by the layout of either year. */
static struct str onepassword_url(const struct server *server)
{
	struct str url = setting(server, "onepassword.connectUrl");

	return str_is_absent(url) ? setting(server, "onePasswordConnectServer") : url;
}

bool server_has_onepassword(const struct server *server)
{
	return !str_is_absent(onepassword_url(server));
}

bool server_has_onepassword_token(const struct server *server)
{
	return server->remote->onepassword_token != NULL;
}

/* Hosts and schemes are the same in any case; a path that differs in it alone is not told apart, which a warning can bear. */
static bool is_same_url(struct str a, struct str b)
{
	for (size_t i = 0; a.len == b.len && i < a.len; i++) {
		if (ascii_to_lower(a.ptr[i]) != ascii_to_lower(b.ptr[i]))
			return false;
	}
	return a.len == b.len;
}

/* What the shell last used must not receive a token that is for another server. */
static void warn_of_other(
	const struct aspis_remote *remote, const char *variable, struct str value, const char *name, struct str url)
{
	struct str a = path_without_slashes(value), b = path_without_slashes(url);

	if (!str_is_absent(value) && !is_same_url(a, b))
		remote_warn(remote, "%s is ignored, and differs from the %s of the environment, %.*s", variable, name,
			STR_ARG(b));
}

/* The vault by its id, its title, or, as the layout of 2023 has it, as the only one there is. */
static bool choose_vault(
	const struct server *server, bool legacy, struct onepassword_settings *settings, struct error *error)
{
	struct str name = server->environment->name;

	settings->vault_title = setting(server, "onepassword.vaultTitle");
	settings->vault_id = legacy ? setting(server, "onepasswordUuid") : STR_ABSENT;
	if (legacy && str_is_absent(settings->vault_id))
		return error_set(error, ERROR_USAGE,
			"%.*s sets no onepasswordUuid, the vault of the legacy scheme; set it in "
			"environments/values.yaml",
			STR_ARG(name));
	if (!legacy && str_is_absent(settings->vault_title) &&
		!str_is_absent(setting(server, "onepassword.connectUrl")))
		return error_set(error, ERROR_USAGE,
			"%.*s sets onepassword.connectUrl, but no onepassword.vaultTitle: set it in "
			"environments/values-%.*s.yaml",
			STR_ARG(name), STR_ARG(name));
	return true;
}

bool server_open_onepassword(struct server *server, bool legacy, struct error *error)
{
	const struct aspis_remote *remote = server->remote;
	struct str name = server->environment->name;
	struct onepassword_settings settings = {.url = onepassword_url(server), .token = remote->onepassword_token};

	if (!str_is_absent(settings.url))
		warn_of_other(remote, "OP_CONNECT_HOST", remote->variables.onepassword_host, "1Password Connect",
			settings.url);
	else if (legacy)
		settings.url = remote->variables.onepassword_host;
	settings.url = path_without_slashes(settings.url);
	if (settings.url.len == 0)
		return error_set(error, ERROR_USAGE,
			"%.*s configures no 1Password Connect: set onepassword.connectUrl and onepassword.vaultTitle "
			"in "
			"environments/values-%.*s.yaml%s",
			STR_ARG(name), STR_ARG(name), legacy ? ", or OP_CONNECT_HOST" : "");
	if (!settings.token)
		return error_set(error, ERROR_USAGE,
			"there is no token for 1Password Connect at %.*s: set OP_CONNECT_TOKEN", STR_ARG(settings.url));
	if (!choose_vault(server, legacy, &settings, error))
		return false;
	server->onepassword = onepassword_new(server->http, &settings, error);
	return server->onepassword != NULL;
}

bool server_needs_source_token(const struct server *server)
{
	const struct aspis_remote *remote = server->remote;

	return server->caller == ASPIS_REMOTE_SECRETS && !has_folder(server) && !remote->vault_token &&
	       !remote->file_token;
}

/* The token that `vault login` has left; none where it has left none. */
static bool read_home_token(struct server *server, struct error *error)
{
	struct str home = server->remote->variables.home;

	if (!server->remote->use_vault_token_file || server->home_token)
		return true;
	if (str_is_absent(home))
		return error_set(error, ERROR_USAGE, "--use-vault-token-file needs HOME, which is not set");
	struct str path = path_join(&server->arena, home, STR(".vault-token"));
	if (access(path.ptr, F_OK) != 0 && errno == ENOENT)
		return true;
	server->home_token = remote_token_read(path.ptr, error);
	return server->home_token != NULL;
}

static void say_no_token(const struct server *server, struct str url, struct error *error)
{
	const char *source = server->caller == ASPIS_REMOTE_SECRETS
				     ? ", give vault-write-token in the source of the static secrets"
				     : "";

	if (server->remote->use_vault_token_file)
		error_set(error, ERROR_USAGE,
			"there is no token for Vault at %.*s, as there is no file ~/.vault-token: 'vault login' makes "
			"it. Or name a file with --token-file (- is standard input)%s, or set VAULT_TOKEN",
			STR_ARG(url), source);
	else
		error_set(error, ERROR_USAGE,
			"there is no token for Vault at %.*s: set VAULT_TOKEN, name a file with --token-file (- is "
			"standard input)%s, or take the one of 'vault login' with --use-vault-token-file",
			STR_ARG(url), source);
}

/* By order of precedence. NULL and an error where there is none. */
static struct secret *choose_token(
	struct server *server, struct secret *source_token, struct str url, struct error *error)
{
	const struct aspis_remote *remote = server->remote;
	bool may_use_source = server->caller == ASPIS_REMOTE_SECRETS;

	if (remote->vault_token)
		return remote->vault_token;
	if (remote->file_token)
		return remote->file_token;
	if (source_token && may_use_source) {
		if (!server->source_token)
			server->source_token = remote_token_new(
				"vault-write-token of the static secrets", secret_str(source_token), error);
		return server->source_token;
	}
	if (!read_home_token(server, error))
		return NULL;
	if (!server->home_token)
		say_no_token(server, url, error);
	return server->home_token;
}

/* A setting without which there is no Vault to talk to. */
static bool require(struct str *out, const struct server *server, const char *name, struct error *error)
{
	struct str environment = server->environment->name;

	*out = setting(server, name);
	if (!str_is_absent(*out))
		return true;
	return error_set(error, ERROR_USAGE,
		"%.*s sets no %s: set it in environments/values-%.*s.yaml or environments/values.yaml",
		STR_ARG(environment), name, STR_ARG(environment));
}

bool server_vault_settings(
	struct server *server, struct secret *source_token, struct vault_settings *out, struct error *error)
{
	const struct remote_variables *variables = &server->remote->variables;

	if (!require(&out->url, server, "vaultUrl", error) || !require(&out->prefix, server, "vaultPathPrefix", error))
		return false;
	out->url = path_without_slashes(out->url);
	out->namespace_name = variables->vault_namespace;
	warn_of_other(server->remote, "VAULT_ADDR", variables->vault_address, "vaultUrl", out->url);
	out->token = choose_token(server, source_token, out->url, error);
	return out->token != NULL;
}

bool server_open_store(struct server *server, struct secret *source_token, struct error *error)
{
	struct vault_settings settings;

	if (has_folder(server))
		server->store = store_file_new(server->remote->folder, error);
	else if (server_vault_settings(server, source_token, &settings, error))
		server->store = store_vault_new(server->http, &settings, error);
	return server->store != NULL;
}

void server_run(struct server *server)
{
	if (server->store)
		store_run(server->store);
	http_run(server->http);
	remote_check_memory(server->remote);
}
