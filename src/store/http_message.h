/* What goes wrong with a request, and how it is said. For http.c alone, which finds the cause; nothing here sees what was sent or received. */
#ifndef ASPIS_STORE_HTTP_MESSAGE_H
#define ASPIS_STORE_HTTP_MESSAGE_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

enum http_cause {
	HTTP_CAUSE_NAME,
	HTTP_CAUSE_PROXY_NAME,
	HTTP_CAUSE_PROXY,
	HTTP_CAUSE_CONNECT,
	HTTP_CAUSE_CONNECT_TIME,
	HTTP_CAUSE_TIME,
	HTTP_CAUSE_HANDSHAKE,
	HTTP_CAUSE_CERTIFICATE_EXPIRED,
	HTTP_CAUSE_CERTIFICATE_EARLY,
	HTTP_CAUSE_CERTIFICATE_NAME,
	HTTP_CAUSE_CERTIFICATE_UNKNOWN,
	HTTP_CAUSE_CERTIFICATE_OTHER,
	HTTP_CAUSE_CA_FILE,
	HTTP_CAUSE_CLIENT_CERTIFICATE,
	HTTP_CAUSE_LOST,
	HTTP_CAUSE_BODY_SIZE,
	HTTP_CAUSE_HEADER_SIZE,
	HTTP_CAUSE_ENCODING,
	HTTP_CAUSE_NO_HTTP,
	HTTP_CAUSE_REDIRECT_AWAY,
	HTTP_CAUSE_REDIRECT_CHANGE,
	HTTP_CAUSE_REDIRECTS,
	HTTP_CAUSE_INTERRUPTED,
	HTTP_CAUSE_MEMORY,
	HTTP_CAUSE_OTHER,
	HTTP_CAUSE_COUNT
};

struct http_problem {
	enum http_cause cause;
	int os_error;      /* errno of a connection that failed; 0: unknown */
	struct str detail; /* what the library calls it, where a redirect leads, or absent */
	double limit;      /* of time in seconds, of sizes in MiB */
	bool uncertain;    /* the request may have been carried out */
	unsigned attempts; /* how often it was sent */
};

/* Whether another attempt may go better. */
bool http_cause_passes(enum http_cause cause);

/* Appends a clause that names the server ("https://vault.example.org: …"), says what is wrong with it and, where there is something to be done, what. */
void http_message(struct strbuf *out, struct str server, const struct http_problem *problem);

#endif
