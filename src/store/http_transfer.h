/* One request on its way: what libcurl is told about it, and what became of it. For http*.c alone. */
#ifndef ASPIS_STORE_HTTP_TRANSFER_H
#define ASPIS_STORE_HTTP_TRANSFER_H

#include <stdint.h>

#include "base/strbuf.h"
#include "store/http.h"
#include "store/http_message.h"
#include "store/http_url.h"

struct http_transfer {
	struct http_transfer *next; /* in the queue */
	struct arena arena;
	const struct http_settings *settings;
	struct http_request request;
	enum http_method method; /* also after a redirect */
	struct str path;         /* with that of the origin before it */
	void *easy;              /* libcurl's handle, or NULL between attempts */
	char *library_message;   /* libcurl's, while under way */

	unsigned sends;     /* how often it went out */
	unsigned failures;  /* attempts that were not answered as hoped */
	unsigned redirects; /* that were followed */
	bool sent;          /* something of it may have reached the server */
	bool patient;       /* waits for a connection under way to tell whether it can be shared */
	uint64_t begun;     /* when it was first tried; 0: not yet */
	uint64_t due;       /* when the next attempt is */

	/* Of the attempt that is over, or under way: */
	struct secret *body; /* NULL: nothing of it yet */
	size_t body_len;
	size_t header_len;
	bool body_overflows;
	bool headers_overflow;
	bool headers_end; /* with the empty line behind them */
	bool failed;      /* problem says why; else status is set */
	unsigned status;
	int64_t retry_after; /* seconds; 0: none */
	struct str content_type;
	struct str location; /* absolute; absent: none */
	struct http_problem problem;
	struct strbuf message;
};

/* The settings are borrowed. The caller frees. */
struct http_transfer *http_transfer_new(const struct http_settings *settings, const struct http_request *request);
void http_transfer_free(struct http_transfer *transfer); /* wipes */

/* Makes a handle for an attempt. False: there is no memory. */
bool http_transfer_begin(struct http_transfer *transfer, uint64_t now) __attribute__((warn_unused_result));

/* Takes what libcurl says of an attempt (a CURLcode). */
void http_transfer_conclude(struct http_transfer *transfer, unsigned code);

/* Drops the handle, which belongs to no multi handle any more. */
void http_transfer_end(struct http_transfer *transfer);

bool http_transfer_is_redirect(const struct http_transfer *transfer);

/* Where it leads, as http_url_follow() says it. */
enum http_target http_transfer_target(struct http_transfer *transfer, struct str *path);

/* Has the next attempt ask for path. */
void http_transfer_redirect(struct http_transfer *transfer, struct str path);

/* What is told of the request. It lives as long as transfer. */
void http_transfer_response(struct http_transfer *transfer, struct http_response *response);

#endif
