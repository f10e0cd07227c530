/* A Vault server that is spoken to with one token: a request is a method, a path and perhaps JSON; an answer is a tree, or a message for a person. */
#ifndef ASPIS_STORE_VAULT_REQUEST_H
#define ASPIS_STORE_VAULT_REQUEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/str.h"
#include "store/http.h"
#include "yaml/node.h"

struct vault_server;

/* All is copied but the client, which is borrowed. namespace_name may be absent or empty, the token NULL (to log in). NULL and an error where the URL is none that may be used,
 * or namespace or token could not stand in a header. The caller frees, after the client has run. */
struct vault_server *vault_server_new(
	struct http *http, struct str url, struct str namespace_name, struct secret *token, struct error *error);
void vault_server_free(struct vault_server *server);

/* "https://vault.example.org:8200". Borrowed. */
struct str vault_server_name(const struct vault_server *server);

struct vault_answer {
	bool success; /* a status below 300, and no body or JSON in it */
	enum http_failure failure;
	unsigned status;         /* 0 where failure is not HTTP_ANSWERED */
	bool sealed;             /* the server says that it is sealed */
	const struct node *root; /* an object; NULL: the answer has no body, or none that is JSON */
	/* without success: a clause that names the server, the request and what the server says; absent otherwise */
	struct str message;
	struct arena *arena; /* sensitive; it goes, like all else here, when the callback returns */
};

typedef void vault_answered(void *context, const struct vault_answer *answer);

struct vault_request {
	enum http_method method;
	struct str path;     /* below /v1/, as text: it is percent-encoded, and doubled slashes become one. Copied */
	struct str query;    /* percent-encoded, without '?'; absent: none. Copied */
	struct secret *body; /* JSON, borrowed until answered was called; NULL: none */
	/* No string of the body is to be repeated, whatever the server says. Tokens never are. */
	bool body_is_secret;
	bool idempotent;          /* as in struct http_request */
	vault_answered *answered; /* called exactly once, from http_run() */
	void *context;
};

void vault_start(struct vault_server *server, const struct vault_request *request);

/* Whether the server will not say what it was asked, or does not know the question: a status of 4xx that is not one of haste (429). */
bool vault_answer_refuses(const struct vault_answer *answer);

/* The member `data` of the answer: an object, or NULL. */
const struct node *vault_answer_data(const struct vault_answer *answer);

/* Whether a string of the list `errors` or `warnings` has these words in it, without regard to case. */
bool vault_answer_says(const struct vault_answer *answer, const char *list, const char *words);

/* Whether the list `errors` is there and empty, as in Vault's own 404: that of a proxy says nothing of what Vault has. */
bool vault_answer_is_silent(const struct vault_answer *answer);

#endif
