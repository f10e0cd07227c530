/* The inside of what a process that talks to servers holds. For this room alone. */
#ifndef ASPIS_API_REMOTE_REMOTE_H
#define ASPIS_API_REMOTE_REMOTE_H

#include <aspis/remote.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/str.h"

/* What the environment variables say; absent: not set, or empty. */
struct remote_variables {
	struct str vault_address;
	struct str vault_namespace;
	struct str ca_file;
	struct str ca_folder;
	struct str client_certificate;
	struct str client_key;
	struct str server_name;
	struct str onepassword_host;
	struct str home;
	bool skip_verify; /* VAULT_SKIP_VERIFY asks for what is not done */
};

struct aspis_remote {
	struct arena arena;
	struct remote_variables variables;
	struct secret *vault_token;       /* VAULT_TOKEN; NULL: not set */
	struct secret *onepassword_token; /* OP_CONNECT_TOKEN */
	struct secret *file_token;        /* --token-file */
	struct str folder;                /* of --store; absent: Vault */
	bool use_vault_token_file;
	struct str ca_file; /* --ca-cert; absent: what the variables say */
	bool insecure_http;
	unsigned concurrency;
	aspis_remote_warning *warn;
	void *warn_context;
	bool warned_of_memory;
};

/* Tells a person, where there is somebody who does. */
void remote_warn(const struct aspis_remote *remote, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Warns, once, where a value would not be locked in memory by now: there is a limit to how many can be. */
void remote_check_memory(struct aspis_remote *remote);

/* Reads the variables into the arena. */
void remote_variables_read(struct remote_variables *out, struct arena *arena);

/* Takes a token out of the environment: *out is NULL where it is not set. False and an error (which names the variable) for what is none. */
bool remote_token_take(struct secret **out, const char *variable, struct error *error);

/* Reads one from a file; "-": standard input. The caller frees. NULL and an error for what is none. */
struct secret *remote_token_read(const char *path, struct error *error);

/* A token without the white space around it. The caller frees. NULL and an error, which begins with where it comes from and shows nothing of it, where nothing is left or control characters or
 * white space stand in it. */
struct secret *remote_token_new(const char *origin, struct str bytes, struct error *error);

#endif
