/* HTTP to one or several servers at once, over libcurl's multi interface, which http.c, http_transfer.c and http_conclude.c alone know. Requests are started, and
 * http_run() carries all of them out together; what depends on an answer is started from the callback of that answer. Whatever a server sends or is sent
 * lies in memory that is wiped. */
#ifndef ASPIS_STORE_HTTP_H
#define ASPIS_STORE_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/secret.h"
#include "base/str.h"

/* What holds for all requests of a client. Texts are copied. */
struct http_settings {
	struct str ca_file;            /* PEM; absent: the system's (VAULT_CACERT, --ca-cert) */
	struct str ca_folder;          /* absent: none (VAULT_CAPATH) */
	struct str client_certificate; /* PEM; absent: none (VAULT_CLIENT_CERT) */
	struct str client_key;         /* PEM; absent: none (VAULT_CLIENT_KEY) */
	struct str server_name;        /* absent: the one of the URL (VAULT_TLS_SERVER_NAME) */
	bool insecure_http;            /* plain http is allowed outside loopback, too */
	unsigned concurrency;          /* requests at once: 1 … 64; 0: 64 */
	unsigned connect_timeout;      /* milliseconds; 0: 10,000 */
	unsigned timeout;              /* of a request, milliseconds; 0: 60,000 */
	unsigned retries;              /* after the first attempt; HTTP_RETRIES_DEFAULT by http_settings_init() */
	unsigned retry_delay;          /* the unit of the back-off, milliseconds; 0: 250 */
	size_t body_max;               /* of a response, after decompression; 0: 32 MiB */
};

#define HTTP_RETRIES_DEFAULT 4

void http_settings_init(struct http_settings *settings);

struct http;

/* NULL and an error where libcurl cannot be set up. The caller frees, after http_run(). Before the first one, and before any thread is started,
 * http_global_init() has been called once. */
struct http *http_new(const struct http_settings *settings, struct error *error);
void http_free(struct http *http);

/* Sets libcurl up with the allocator that wipes. False: it cannot be. */
bool http_global_init(void);

/* A server: scheme, host and port, with a path before those of the requests where the URL has one, and the headers that go with each request to it. */
struct http_origin;

/* NULL and an error for what is no http or https URL, has credentials, a query or a fragment in it, or is plain http to another than a loopback address
 * without insecure_http. The caller frees. */
struct http_origin *http_origin_new(const struct http *http, struct str url, struct error *error);
void http_origin_free(struct http_origin *origin);

/* "https://vault.example.org:8200", for messages; NUL-terminated. Borrowed. */
struct str http_origin_name(const struct http_origin *origin);

/* Adds a header. The second form: name, ": ", prefix and the bytes of a secret, which is copied into memory of its own kind. False (and an error) where the value could not
 * stand in a header: it is empty, or has a line break or another character that is no visible ASCII. */
bool http_origin_header(struct http_origin *origin, const char *name, struct str value);
bool http_origin_credential(struct http_origin *origin, const char *name, const char *prefix, struct secret *credential,
	struct error *error) __attribute__((warn_unused_result));

/* For a server that is not the one that the settings speak of: their client certificate and server name are not for it, and it may be trusted by the system's authorities as well as by
 * theirs. */
void http_origin_use_common_tls(struct http_origin *origin);

enum http_method {
	HTTP_GET,
	HTTP_LIST, /* Vault's own */
	HTTP_POST,
	HTTP_PUT,
	HTTP_DELETE,
};

enum http_failure {
	HTTP_ANSWERED, /* there is a response, whatever its status */
	/* no connection, or no request that could have reached anybody: nothing has happened */
	HTTP_NOT_SENT,
	/* the connection was lost or time ran out after something was sent: it may have happened or not */
	HTTP_UNCERTAIN,
};

struct http_response {
	enum http_failure failure;
	unsigned status;         /* 100 … 599; 0 where failure is not HTTP_ANSWERED */
	struct str body;         /* decoded; in wiped memory, until the callback returns; NUL-terminated */
	struct str content_type; /* absent: none */
	const char *message;     /* of a failure: a clause for a person, that names the server and shows no body */
	unsigned attempts;       /* how often it was sent */
};

typedef void http_done(void *context, const struct http_response *response);

/* A request. What it points to is copied or, where it says so, borrowed until done was called. */
struct http_request {
	enum http_method method;
	const struct http_origin *origin; /* borrowed */
	struct str path;                  /* percent-encoded, from "/v1/…" on, query included */
	struct secret *body;              /* JSON, borrowed; NULL: none */
	/* Asked for as often as need be: on 429, 500, 502, 503, 504 and lost connections, with full-jitter back-off, or after Retry-After (seconds or date, bounded by a
	 * minute). Requests that change something never are. */
	bool idempotent;
	http_done *done; /* called exactly once, from http_run(); may start further requests */
	void *context;
};

/* One that can be sent to its own origin alone; a redirect to another is a failure whose message says where it would have led. Redirects within the origin are followed
 * where the request is idempotent. */
void http_start(struct http *http, const struct http_request *request);

/* Returns when all requests are done, those that callbacks have started included. */
void http_run(struct http *http);

/* Interrupts, for good: what has not been sent is dropped (HTTP_NOT_SENT), also what is started later, and so is what is read; a change that has been sent may still be
 * answered for a few seconds, or until this is called again, and is HTTP_UNCERTAIN then. May be called by another thread and from a signal handler. */
void http_cancel(struct http *http);

/* Text for a path or a query, percent-encoded but for unreserved characters (RFC 3986, section 2.3) and, where asked for, '/'. In arena, NUL-terminated. */
struct str http_encode(struct arena *arena, struct str text, bool keep_slashes);

#endif
