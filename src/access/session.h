/* A server of Vault whose credentials for one environment are managed: what they are called, and requests one after the other. For this room alone, but for opening and
 * closing. */
#ifndef ASPIS_ACCESS_SESSION_H
#define ASPIS_ACCESS_SESSION_H

#include <stdbool.h>

#include "access/policy.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "base/secret.h"
#include "base/vec.h"
#include "store/http.h"
#include "store/store.h"
#include "store/vault_request.h"

/* Called with something that a person should know, a sentence without a newline. */
typedef void access_warn(void *context, const char *message);

struct access_session {
	struct arena arena;
	struct http *http; /* borrowed */
	struct vault_server *server;
	struct str mount;        /* "secret" */
	struct str path;         /* vaultPathPrefix without it: "phalanx/idfdev" */
	struct str name;         /* its last component: that of the AppRole, and what the token is called */
	struct str display_name; /* of the token, as Vault has it: "token-idfdev" */
	struct str policies[POLICY_KIND_COUNT]; /* their names: "phalanx/idfdev/read" */
	access_warn *warn;
	void *warn_context;
};

/* Opens a session and asks the server where the prefix is mounted. The settings are copied, the client is borrowed. False and an error where the URL or the prefix is none that may be used, or
 * the server is not reached. access_close() is due all the same. */
bool access_open(
	struct access_session *session, struct http *http, const struct vault_settings *settings, struct error *error);
void access_close(struct access_session *session);

/* Tells a person. */
void access_tell(const struct access_session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Asks, and returns when it is answered. body (NULL: none) is JSON without anything secret; idempotent as in struct http_request. */
void access_ask(struct access_session *session, enum http_method method, struct str path, const struct strbuf *body,
	bool idempotent, vault_answered *answered, void *context);

/* The error of an answer without success, with what kind of token is needed where this one was refused. Always false. */
bool access_fail(const struct vault_answer *answer, struct error *error);

/* Whether an answer says that there is nothing at the path. */
bool access_is_absent(const struct vault_answer *answer);

/* The strings of a list into out (struct str), copied into arena. */
void access_copy_list(struct vec *out, struct arena *arena, const struct node *list);

/* Writes the policy of a kind, as policy_text() has it. */
bool access_write_policy(struct access_session *session, enum policy_kind kind, struct error *error);

/* Reads the text of a policy into *text (in the session's arena; absent: there is none of that name). */
bool access_read_policy(struct access_session *session, struct str name, struct str *text, struct error *error);

#endif
