#include "api_remote/remote.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "generate/generate.h"
#include "store/http.h"

#define CONCURRENCY_MAX 64

/* Larger than nearly all values, in bytes: what is left to be locked may be less than the next one takes. */
#define PROBE_SIZE ((size_t)16 << 10)

/* The kinds of --store. */
#define FOLDER_PREFIX "file:"

void remote_warn(const struct aspis_remote *remote, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT, visible = STRBUF_INIT;
	va_list args;

	if (!remote->warn)
		return;
	va_start(args, format);
	strbuf_vprintf(&text, format, args);
	va_end(args);
	strbuf_append_visible(&visible, strbuf_str(&text));
	remote->warn(remote->warn_context, visible.ptr);
	strbuf_release(&visible);
	strbuf_release(&text);
}

static bool start(struct aspis_remote *remote, struct error *error)
{
	/* Both are tried, and both tokens are taken, whatever comes of the first. */
	bool crypto = generate_global_init();
	bool http = http_global_init();
	bool vault = remote_token_take(&remote->vault_token, "VAULT_TOKEN", error);
	bool onepassword = remote_token_take(&remote->onepassword_token, "OP_CONNECT_TOKEN", error);

	if (!crypto || !http)
		return error_set(error, ERROR_SYSTEM, "%s cannot be given memory that is wiped: it is in use already",
			crypto ? "libcurl" : "OpenSSL");
	return vault && onepassword;
}

struct aspis_remote *aspis_remote_start(struct aspis_error *error)
{
	struct error cause = ERROR_INIT;
	struct aspis_remote *remote = xcalloc(1, sizeof(*remote));

	/* A connection that a server has closed is an error of that request, not the end of the process. */
	signal(SIGPIPE, SIG_IGN);
	arena_init(&remote->arena);
	remote->folder = STR_ABSENT;
	remote->ca_file = STR_ABSENT;
	if (!start(remote, &cause)) {
		api_fail(error, &cause);
		aspis_remote_free(remote);
		return NULL;
	}
	remote_variables_read(&remote->variables, &remote->arena);
	return remote;
}

void aspis_remote_free(struct aspis_remote *remote)
{
	if (!remote)
		return;
	secret_free(remote->vault_token);
	secret_free(remote->onepassword_token);
	secret_free(remote->file_token);
	arena_release(&remote->arena);
	free(remote);
	secret_wipe_stack();
}

static bool take_store(struct aspis_remote *remote, const char *store, struct error *error)
{
	struct str text = store ? str_of(store) : STR_ABSENT;

	if (str_is_absent(text))
		return true;
	if (!str_starts_with(text, STR(FOLDER_PREFIX)))
		return error_set(
			error, ERROR_USAGE, "'%s' is no store: expected " FOLDER_PREFIX "DIR, a folder", store);
	text = str_slice(text, strlen(FOLDER_PREFIX), text.len);
	if (text.len == 0)
		return error_set(error, ERROR_USAGE, "'%s' names no folder: expected " FOLDER_PREFIX "DIR", store);
	remote->folder = arena_str(&remote->arena, text);
	return true;
}

/* VAULT_TOKEN comes first, whatever --token-file says: the file is not even read then. */
static bool take_token_file(struct aspis_remote *remote, const char *path, struct error *error)
{
	if (!path)
		return true;
	if (remote->vault_token) {
		remote_warn(remote, "VAULT_TOKEN is set, and comes before --token-file: %s is not read", path);
		return true;
	}
	remote->file_token = remote_token_read(path, error);
	return remote->file_token != NULL;
}

void remote_check_memory(struct aspis_remote *remote)
{
	struct secret *probe = secret_new(NULL, PROBE_SIZE);

	if (!remote->warned_of_memory && secret_is_unlocked(probe)) {
		remote->warned_of_memory = true;
		remote_warn(remote,
			"the system does not let all values be locked in memory: they may be swapped to a disk");
	}
	secret_free(probe);
}

static bool configure(struct aspis_remote *remote, const struct aspis_remote_options *options, struct error *error)
{
	if (options->concurrency > CONCURRENCY_MAX)
		return error_set(error, ERROR_USAGE, "%u requests at once are too many: expected 1 to %d",
			options->concurrency, CONCURRENCY_MAX);
	return take_store(remote, options->store, error) && take_token_file(remote, options->token_file, error);
}

bool aspis_remote_configure(
	struct aspis_remote *remote, const struct aspis_remote_options *options, struct aspis_error *error)
{
	struct error cause = ERROR_INIT;

	remote->warn = options->warn;
	remote->warn_context = options->warn_context;
	remote->use_vault_token_file = options->use_vault_token_file;
	remote->insecure_http = options->insecure_http;
	remote->concurrency = options->concurrency;
	if (options->ca_file)
		remote->ca_file = arena_str(&remote->arena, str_of(options->ca_file));
	remote_check_memory(remote);
	return configure(remote, options, &cause) || api_fail(error, &cause);
}
