/* Talking to servers: what all of libaspis-remote begins with. One object a process holds the tokens and how servers are reached. */
#ifndef ASPIS_REMOTE_H
#define ASPIS_REMOTE_H

#include <stdbool.h>
#include <stddef.h>

#include <aspis/environment.h>
#include <aspis/error.h>
#include <aspis/export.h>

#ifdef __cplusplus
extern "C" {
#endif

struct aspis_remote;

/* Keeps other processes of the same user from looking into this one, and the system from writing its memory to a file: not dumpable, no core, as much memory locked as it may. What it changes holds for the
 * whole process, so it is a program's decision; aspis's own does it first of all. */
ASPIS_API void aspis_remote_harden(void);

/* Gives libcurl and OpenSSL an allocator that wipes, has SIGPIPE ignored, and takes the tokens out of the environment: VAULT_TOKEN and OP_CONNECT_TOKEN are unset, and
 * their bytes wiped where the process got them (/proc/PID/environ). Once a process, before it starts threads or uses either library. NULL and an error where that cannot
 * be, or where a token is none (control characters in it). The caller frees, which wipes. */
ASPIS_API struct aspis_remote *aspis_remote_start(struct aspis_error *error);
ASPIS_API void aspis_remote_free(struct aspis_remote *remote);

/* Something that a person should know, one sentence without a newline: a variable that is not honoured, memory that cannot be locked. */
typedef void aspis_remote_warning(void *context, const char *message);

/* How servers are reached, as options of the command line say it; the environment variables of the ecosystem say the rest (VAULT_NAMESPACE, VAULT_CACERT, VAULT_CAPATH, VAULT_CLIENT_CERT,
 * VAULT_CLIENT_KEY, VAULT_TLS_SERVER_NAME). Texts are copied. */
struct aspis_remote_options {
	const char *store;          /* "file:DIR"; NULL: the Vault of the environment */
	const char *token_file;     /* "-": standard input; NULL: none */
	bool use_vault_token_file;  /* ~/.vault-token, where there is no other token */
	const char *ca_file;        /* PEM; NULL: what VAULT_CACERT says, else the system's */
	bool insecure_http;         /* plain http is allowed outside loopback, too */
	unsigned concurrency;       /* requests at once, 1 … 64; 0: 64 */
	aspis_remote_warning *warn; /* may be NULL */
	void *warn_context;
};

/* Takes the options, before any server is asked, and reads the file of the token. False and an error where a store or a number is wrong, or the file cannot be read or is no token. */
ASPIS_API bool aspis_remote_configure(
	struct aspis_remote *remote, const struct aspis_remote_options *options, struct aspis_error *error);

/* Which kind of command asks: only `aspis secrets …` uses a token that the static source holds. */
enum aspis_remote_caller {
	ASPIS_REMOTE_SECRETS,
	ASPIS_REMOTE_VAULT,
};

/* Writes all that the environment's store holds into folder (made, 0700, where it is not there), a file NAME.json (0600) for each entry, each written whole. KV v1 will do. *count is the number
 * of entries. False and an error where not everything could be read: nothing is written then; or where a file cannot be written. */
ASPIS_API bool aspis_remote_export(struct aspis_remote *remote, const struct aspis_environment *environment,
	enum aspis_remote_caller caller, const char *folder, size_t *count, struct aspis_error *error);

#ifdef __cplusplus
}
#endif

#endif
