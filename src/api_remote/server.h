/* The servers of an environment, opened by what its settings, the options and the environment variables say (SPEC section 9, "Rules for servers"). For this room alone.
 *
 * A command that reads both sides:
 *
 *	server_init(&server, remote, resolution->environment, ASPIS_REMOTE_SECRETS, error)
 *	server_open_onepassword(&server, false, error)     where server_has_onepassword() and no file of static secrets is given
 *	onepassword_read_start(server.onepassword, …)
 *	if (server_needs_source_token(&server)) server_run(&server), and only then …
 *	server_open_store(&server, given.vault_write_token, error)
 *	store_read_start(server.store, …)
 *	server_run(&server)
 *	server_release(&server) */
#ifndef ASPIS_API_REMOTE_SERVER_H
#define ASPIS_API_REMOTE_SERVER_H

#include <stdbool.h>

#include "api_remote/remote.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "model/environment.h"
#include "store/http.h"
#include "store/onepassword.h"
#include "store/store.h"

struct server {
	struct aspis_remote *remote;           /* borrowed */
	const struct environment *environment; /* borrowed */
	enum aspis_remote_caller caller;
	struct arena arena;
	struct http *http;
	struct store *store;             /* NULL: not opened */
	struct onepassword *onepassword; /* NULL: not opened */
	struct secret *source_token;     /* private: of the static source, … */
	struct secret *home_token;       /* … and of ~/.vault-token */
};

/* A client without anything to talk to yet. False and an error where it cannot be; server_release() is due all the same. The remote object has been configured. */
bool server_init(struct server *server, struct aspis_remote *remote, const struct environment *environment,
	enum aspis_remote_caller caller, struct error *error);
void server_release(struct server *server);

/* Whether the environment configures 1Password (`onepassword.connectUrl`, or `onePasswordConnectServer` of 2023), and whether there is a token for it (OP_CONNECT_TOKEN). */
bool server_has_onepassword(const struct server *server);
bool server_has_onepassword_token(const struct server *server);

/* Opens server->onepassword. legacy: the scheme of seed 001, whose vault is `onepasswordUuid`, and whose server may be named by OP_CONNECT_HOST where the settings name none. ERROR_USAGE,
 * with what to do, where a setting or the token is missing. */
bool server_open_onepassword(struct server *server, bool legacy, struct error *error);

/* Whether the token of Vault is to come from the static source, which then has to be read before the store is opened: neither VAULT_TOKEN nor --token-file is given, and the
 * command is one that may use it. */
bool server_needs_source_token(const struct server *server);

/* Opens server->store: the folder of --store, else the environment's Vault. source_token is the static source's `vault-write-token`, or NULL; it is looked at where
 * server_needs_source_token(). ERROR_USAGE, with what to do, where a setting or every token is missing. */
bool server_open_store(struct server *server, struct secret *source_token, struct error *error);

/* Where Vault is and what goes with each request, for who speaks to other parts of it than a KV engine (access/). The texts and the token are borrowed from the server. ERROR_USAGE as above. */
bool server_vault_settings(
	struct server *server, struct secret *source_token, struct vault_settings *out, struct error *error);

/* Carries out all that was started, with every server. */
void server_run(struct server *server);

#endif
